"""Capture in one hand: the pads at the edge of the holding hand, and a minute of practice without a trace."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.driving import SIZES
from tests.browser.tablets import indicator, rows

pytestmark = pytest.mark.browser
SCROLLS = """(all) => all.filter((one) => one.scrollHeight > one.clientHeight + 1
  && getComputedStyle(one).overflowY !== "visible")
  .map((one) => `${one.className} ${one.scrollHeight} > ${one.clientHeight}`)"""
LEAST_PAD = 64  # px, as promised for what a thumb presses


def _choose(page, hand):
    page.get_by_text("Another pupil or table").click()
    page.locator("[data-hands] label", has_text=hand).click()
    page.get_by_text("Another pupil or table").click()


def _box(page, selector):
    return page.locator(selector).first.bounding_box()


@pytest.mark.parametrize("size", ["portrait", "landscape"])
def test_the_pads_lie_at_the_edge_of_the_hand_that_holds_the_tablet_and_stay_there(hall, size):
    page = hall.tablet("leader", hall.capture)
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})
    pads = _box(page, ".thumb")
    assert pads["x"] + pads["width"] == width and pads["y"] + pads["height"] == height
    _choose(page, "Left")
    assert _box(page, ".thumb")["x"] == 0
    page.reload()
    pads = _box(page, ".thumb")
    assert pads["x"] == 0 and pads["y"] + pads["height"] == height
    assert _box(page, ".capture .page")["x"] >= pads["width"]
    _choose(page, "Right")
    page.reload()
    assert _box(page, ".thumb")["x"] > 0


@pytest.mark.parametrize("size", ["portrait", "landscape"])
@pytest.mark.parametrize("hand", ["Left", "Right"])
def test_every_pad_is_large_enough_for_a_thumb_and_nothing_scrolls(hall, size, hand):
    page = hall.tablet("leader", hall.capture)
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})
    _choose(page, hand)
    page.get_by_role("button", name="Something else").click()
    page.locator("[data-count]", has_text="1 moment").wait_for()
    for pad in page.locator(".pad, .phases button, [data-undo]").all():
        box = pad.bounding_box()
        assert min(box["width"], box["height"]) >= LEAST_PAD and box["y"] + box["height"] <= height, pad.inner_text()
    assert page.locator(".capture, .capture > *, html").evaluate_all(SCROLLS) == []


def test_a_minute_of_practice_leaves_no_trace(hall):
    page = hall.tablet("leader", f"/lessons/{hall.lesson}/practice", setup=lambda p: p.clock.install())
    indicator(page, "Nothing waits")
    page.get_by_role("button", name="Begin the minute").click()
    page.locator("label.pad", has_text="B").first.click()
    page.get_by_role("button", name=re.compile("Folds to compare")).click()
    page.get_by_label("Words, now or later").fill("Only to try it")
    page.get_by_role("button", name="Something else").click()
    expect(page.locator("[data-who]")).to_have_text("Pupil B")
    page.get_by_role("button", name=re.compile("^Undo")).click()
    page.get_by_role("button", name="Pairs", exact=True).click()
    expect(page.locator("[data-count]")).to_have_text("1 moment")
    page.clock.fast_forward("01:00")
    words = "That was a minute: 1 moment, 1 with words. Nothing of it was kept."
    said = page.locator("[data-practised]", has_text=words)
    expect(said).to_be_focused()
    assert rows(page) == [] and rows(page, "draft") == []
    assert not [one for one in hall.proxy.seen if one.method == "POST"]
    page.get_by_role("link", name="Back to the briefing").click()
    page.goto(hall.capture)
    expect(page.locator("[data-count]")).to_have_text("0 moments")
    assert hall.all("select count(*) from noticing") == [(0,)]
    assert hall.all("select count(*) from phase_mark") == [(0,)]


def test_the_minute_of_practice_opens_and_runs_without_a_line(hall):
    page = hall.tablet("leader", f"/lessons/{hall.lesson}/practice")
    hall.proxy.fault("refuse")
    page.get_by_role("button", name="Something else").click()
    expect(page.locator("[data-count]")).to_have_text("1 moment")
    assert rows(page) == []
