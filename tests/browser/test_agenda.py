"""The agenda on a tablet: blocks change places by drag, by button and by keyboard, and the focus stays."""

import io
import re
import unicodedata

import pypdf
import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def _titles(page):
    return page.locator(".agenda-plan > li .words").all_inner_texts()


# what is left of the tool on paper: places to go, and anything to press but the names on the register
SHOWN = "(named) => [...document.querySelectorAll(named)].filter((e) => e.checkVisibility())"
TOOLS = "nav, header, footer, .button, .both, .not, summary, input, select, .run-links"


def _is_fit_for_paper(page, words):
    """On A4: the tool is gone, it is ink on white in a dark scheme too, and every word of what matters is there."""
    page.emulate_media(media="print", color_scheme="dark")
    text = " ".join(p.extract_text() for p in pypdf.PdfReader(io.BytesIO(page.pdf(format="A4"))).pages)
    squeezed = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))  # ligatures are letters
    assert [w for w in words if re.sub(r"\s+", "", w) not in squeezed] == [], text
    assert page.evaluate(f"(named) => ({SHOWN})(named).map((e) => e.outerHTML.slice(0, 120))", TOOLS) == []
    ink = page.evaluate(f"() => ({SHOWN})('h1, .words, .pad').map((e) => getComputedStyle(e).color)")
    assert ink and set(ink) <= {"rgb(0, 0, 0)", "rgb(68, 68, 68)"}, ink
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    size = page.viewport_size
    page.set_viewport_size({"width": 673, "height": 1000})  # A4 less its margins
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing is cut at the edge"
    page.set_viewport_size(size)
    page.emulate_media(media="screen", color_scheme="light")


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
    now = [*wanted[:3], wanted[4], wanted[3], *wanted[5:]]
    assert _titles(page) == now
    _is_fit_for_paper(page, now)
    page.goto(f"/sessions/{hall.session}/run")
    names = ["Nadine Member", "Toby Colleague", "Sunita Neighbour", "Staithe Lane Primary School", "Ottersby Church of"]
    page.locator(".school-row", has_text=names[2]).wait_for()
    _is_fit_for_paper(page, names)
