"""The agenda on a tablet: blocks change places by drag, by button and by keyboard, and the focus stays."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def _titles(page):
    return page.locator(".agenda-plan > li .words").all_inner_texts()


def test_a_block_is_dragged_to_another_place_and_moved_by_keyboard(hall):
    page = hall.tablet("leader", f"/sessions/{hall.session}#agenda")
    before = _titles(page)
    handle, target = (page.locator(".agenda-plan > li").nth(n) for n in (0, 2))
    start, end = handle.locator("[data-handle]").bounding_box(), target.bounding_box()
    page.mouse.move(start["x"] + 10, start["y"] + 10)
    page.mouse.down()
    page.mouse.move(start["x"] + 10, start["y"] + 40, steps=3)
    page.mouse.move(start["x"] + 10, start["y"] + end["y"] + end["height"] - handle.bounding_box()["y"], steps=5)
    page.mouse.up()
    expect(page.locator(".agenda-plan > li .words").nth(0)).to_have_text(before[1])
    wanted = [*before[1:3], before[0], *before[3:]]
    assert _titles(page) == wanted
    button = page.get_by_role("button", name=re.compile(f"Earlier ?: {wanted[4]}"))
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".agenda-plan > li .words").nth(3)).to_have_text(wanted[4])
    expect(button).to_be_focused()
    assert hall.all("select count(*) from ledger where kind = 'sessions.move_block'") == [(2,)]
    page.reload()
    assert _titles(page) == [*wanted[:3], wanted[4], wanted[3], *wanted[5:]]
