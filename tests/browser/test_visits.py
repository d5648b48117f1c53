"""Capture during a visit, the line cut: stamped by a tap, words later, undone, sent afterwards, and nobody else's."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.tablets import all_stand, rows, wait_until
from tests.browser.test_capture import LEAST_PAD, SCROLLS
from tests.browser.test_faults_people import ALL_KEPT
from tests.world import do
from workgroup import clock

pytestmark = pytest.mark.browser
SECRET = "Said by pupils to each other"
HERE = "Their pages are on this tablet. They work without wifi."


@pytest.fixture
def visit(hall):
    """A visit of today to the member's school."""
    with hall.record() as db:
        fields = {"school_in_group": hall.w.in_group, "on_day": clock.today(), "starts": "09:00"}
        return do(db, "visits.plan", hall.w.leader, **fields).about


def _pad(page, name):
    return page.get_by_role("button", name=re.compile(f"^{name}"))


def _year(page, short):
    page.locator("label.pad", has_text=re.compile(f"^{short}")).click()


def _notes(hall):
    return hall.all(
        "select n.kind, n.year_group, coalesce(w.words, n.words), n.withdrawn_at is not null, n.by from visit_note n"
        " left join visit_note_words w on w.visit_note = n.id order by n.at"
    )


def test_a_visit_is_captured_without_a_line_from_its_kept_page_and_goes_afterwards(hall, visit):
    page = hall.tablet("leader", "/")
    page.get_by_text(HERE).wait_for(timeout=60_000)
    hall.proxy.fault("refuse")
    page.get_by_role("link", name="Capture").click()
    _year(page, "2")
    _pad(page, "Seen in lessons").click()
    expect(page.locator("[data-who]")).to_have_text("Year 2")
    page.get_by_label("Words, now or later").fill(SECRET)
    _pad(page, "The headteacher").click()
    expect(page.locator("[data-saw]")).to_have_text("The headteacher’s words")
    expect(page.locator("[data-count]")).to_have_text("2 notes")
    page.get_by_role("button", name=re.compile("^Undo")).click()
    expect(page.locator("[data-last-words]")).to_have_text(SECRET)
    all_stand(page, "here", 4)
    page.reload()
    expect(page.locator("[data-count]")).to_have_text("1 note")
    expect(page.locator("[data-last-words]")).to_have_text(SECRET)
    page.get_by_role("link", name="Staithe Lane Primary School").click()
    page.locator("#drawn-notes .entry", has_text=SECRET).wait_for()
    assert _notes(hall) == []
    hall.proxy.heal()
    page.reload()
    all_stand(page, "sent", 4)
    leader = hall.w.leader
    assert _notes(hall) == [("walk", "Year 2", SECRET, 0, leader), ("head", None, "", 1, leader)]
    page.reload()
    page.locator("[data-entry]", has_text=SECRET).first.wait_for()


def test_the_tablet_of_the_next_person_shows_nothing_of_it(hall, visit):
    page = hall.tablet("leader", "/")
    page.get_by_text(HERE).wait_for(timeout=60_000)
    page.goto(f"/visits/{visit}/capture")
    hall.proxy.fault("refuse", "/sync")
    _pad(page, "Seen in lessons").click()
    page.get_by_label("Words, now or later").fill(SECRET)
    wait_until(page, lambda drafts: drafts, store="draft")
    page.get_by_role("button", name="Keep the words").click()
    all_stand(page, "here", 2)
    page.goto("/account")
    page.get_by_role("button", name="Sign out", exact=True).first.click()
    page.wait_for_url(re.compile("/sign-in"))
    page.context.add_cookies([hall.cookie("participant")])
    page.goto("/")
    page.wait_for_load_state("networkidle")
    assert SECRET not in page.content() and SECRET not in page.evaluate(ALL_KEPT)
    assert "Visits today" not in page.content() and visit not in page.content()
    assert page.goto(f"/visits/{visit}/capture").status == 404
    assert [row["standing"] for row in rows(page)] == ["here", "here"]
    hall.proxy.heal()
    page.context.add_cookies([hall.cookie("leader")])
    page.goto(f"/visits/{visit}")
    all_stand(page, "sent", 2)
    assert [note[2] for note in _notes(hall)] == [SECRET]


def test_a_year_group_of_ones_own_becomes_a_pad_and_two_taps_are_two_notes(hall, visit):
    page = hall.tablet("leader", f"/visits/{visit}/capture")
    page.get_by_text("Another year group").click()
    page.get_by_label("Year group", exact=True).last.fill("Years 1 and 2")
    page.get_by_role("button", name="Add it").click()
    for _ in range(2):
        _pad(page, "A conversation").click()
    expect(page.locator("[data-count]")).to_have_text("2 notes")
    all_stand(page, "sent", 2)
    assert [note[1] for note in _notes(hall)] == ["Years 1 and 2"] * 2


@pytest.mark.parametrize(("width", "height"), [(820, 1180), (1180, 820)])
def test_every_pad_of_a_visit_is_large_enough_for_a_thumb_and_nothing_scrolls(hall, visit, width, height):
    page = hall.tablet("leader", f"/visits/{visit}/capture")
    page.set_viewport_size({"width": width, "height": height})
    _pad(page, "Seen in lessons").click()
    expect(page.locator("[data-count]")).to_have_text("1 note")
    for pad in page.locator(".pad, [data-undo]").all():
        box = pad.bounding_box()
        assert min(box["width"], box["height"]) >= LEAST_PAD and box["y"] + box["height"] <= height, pad.inner_text()
    assert page.locator(".capture, .capture > *, html").evaluate_all(SCROLLS) == []
