"""Drawing what was seen: with the pointer, stamps by keyboard alone; without a line; the same for the others."""

import pytest
from playwright.sync_api import expect

from tests.browser.offline.keeping import AXE, RULES, kept
from tests.browser.tablets import all_stand, ask_again, rows, wait_until
from tests.world import do

pytestmark = pytest.mark.browser


def _draw(page, *places):
    box = page.locator("[data-paper]").bounding_box()
    points = [(box["x"] + box["width"] * x, box["y"] + box["height"] * y) for x, y in places]
    page.mouse.move(*points[0])
    page.mouse.down()
    for x, y in points[1:]:
        page.mouse.move(x, y, steps=8)
    page.mouse.up()


def _press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def _focus(page, name):
    page.get_by_role("button", name=name, exact=True).focus()
    page.keyboard.press("Enter")


@pytest.fixture
def paper(hall):
    with hall.record() as db:
        for person in (hall.w.colleague, hall.w.leader):
            do(db, "sessions.mark", hall.w.leader, session=hall.session, person=person, status="present")
    return f"/lessons/{hall.lesson}/sketch"


def test_a_sketch_is_drawn_without_a_line_and_the_others_see_the_same(hall, paper):
    page = hall.tablet("colleague", paper)
    kept(page, paper)
    mine = f"/lessons/{hall.lesson}/mine"
    page.goto(mine)
    kept(page, mine)
    hall.proxy.fault("refuse")
    page.goto(paper)
    _draw(page, (0.2, 0.3), (0.4, 0.5), (0.6, 0.3))
    expect(page.get_by_label("In words")).to_have_value("A line drawn by hand.")
    _focus(page, "Bar")
    page.get_by_label("Parts").fill("3")
    page.get_by_label("Parts").press("Tab")
    page.get_by_label("Label").fill("Pupil A")
    page.get_by_label("Label").press("Tab")
    page.locator("[data-paper]").focus()
    _press(page, "ArrowRight", "ArrowDown", "d")
    expect(page.locator("[data-things] li")).to_have_count(3)
    _press(page, "Control+z")
    expect(page.locator("[data-things] li")).to_have_count(2)
    assert "a bar in 3 parts" in page.get_by_label("In words").input_value().lower()
    wait_until(page, lambda drafts: len(drafts) == 1, store="draft")
    page.reload()
    page.get_by_text("What you had drawn is here again: 2 things.").wait_for()
    expect(page.locator("[data-paper] g")).to_have_count(2)
    before = page.locator("[data-paper] path, [data-paper] rect, [data-paper] text").count()
    page.get_by_role("button", name="Keep the sketch").click()
    page.wait_for_url(f"**{mine}#sketches")
    page.locator("[data-own-sketches] [data-sketch-mark]", has_text="on this tablet").wait_for()
    hall.proxy.heal()
    ask_again(page)
    all_stand(page, "sent", 1)
    wait_until(page, lambda drafts: drafts == [], store="draft")
    with hall.record() as db:
        do(db, "lessons.open_discussion", hall.w.leader, lesson=hall.lesson)
    other = hall.tablet("leader", f"/lessons/{hall.lesson}/timeline")
    sketch = other.locator(".sketched")
    expect(sketch).to_have_count(1)
    assert sketch.locator("path, rect, text").count() == before
    expect(sketch.locator("text")).to_have_text("Pupil A")
    assert "bar in 3 parts" in sketch.get_attribute("aria-label")


def test_a_thing_is_moved_by_dragging_and_by_buttons_and_an_empty_paper_is_not_kept(hall, paper):
    page = hall.tablet("colleague", paper)
    page.get_by_role("button", name="Keep the sketch").click()
    page.get_by_text("Draw something first.").wait_for()
    assert rows(page) == []
    page.get_by_role("button", name="Ten frame").click()
    thing = page.locator("[data-paper] g")
    start = thing.bounding_box()
    page.mouse.move(start["x"] + start["width"] / 2, start["y"] + 10)
    page.mouse.down()
    page.mouse.move(start["x"] + start["width"] / 2 + 80, start["y"] + 50, steps=5)
    page.mouse.up()
    dragged = thing.bounding_box()
    assert abs(dragged["x"] - start["x"] - 80) < 4 and abs(dragged["y"] - start["y"] - 40) < 4
    page.get_by_role("button", name="Left", exact=True).click()
    assert thing.bounding_box()["x"] < dragged["x"] - 5
    page.get_by_role("button", name="Bigger").click()
    assert thing.bounding_box()["width"] > dragged["width"] * 1.2
    page.get_by_role("button", name="Remove").click()
    expect(page.get_by_text("Nothing yet.")).to_be_visible()
    page.get_by_role("button", name="Place value").click()
    page.get_by_role("button", name="Keep the sketch").click()  # while it is chosen, and its small form open
    page.wait_for_url("**/mine#sketches")
    all_stand(page, "sent", 1)
    assert hall.all("select described from sketch") == [("A place-value grid, H T O: 3 0 4.",)]


@pytest.mark.parametrize(("width", "height", "scheme"), [(820, 1180, "light"), (390, 844, "dark")])
def test_axe_finds_nothing_on_the_paper_and_every_tool_is_large_enough(hall, paper, width, height, scheme):
    page = hall.tablet("colleague", paper)
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(color_scheme=scheme)
    page.get_by_role("button", name="Number line").click()
    page.evaluate(AXE.read_text())
    found = page.evaluate(f"() => axe.run({RULES})")["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []
    for pad in page.locator(".tools .pad").all():
        assert pad.bounding_box()["height"] >= 64
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
