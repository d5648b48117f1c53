"""The discussion conducted: pages follow the chair's step, the pen is handed on, a sentence becomes a task."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.tablets import all_stand, ask_again, wait_until
from tests.world import do

pytestmark = pytest.mark.browser


@pytest.fixture
def discussion(hall):
    """The address of the discussion of a lesson in which two people noticed something."""
    with hall.record() as db:
        w = hall.w
        for person in (w.colleague, w.neighbour, w.leader, w.co_leader):
            do(db, "sessions.mark", w.leader, session=hall.session, person=person, status="present")
        do(db, "lessons.notice", w.colleague, lesson=hall.lesson, second="125", code="A", words="Half is fair")
        do(db, "lessons.open_discussion", w.leader, lesson=hall.lesson)
    return f"/lessons/{hall.lesson}/discussion"


def _step(page, words):
    expect(page.locator("[data-step][aria-current=step]")).to_contain_text(words)


def test_everybodys_page_follows_the_step_that_the_chair_goes_on_to(hall, discussion):
    chair, other = hall.tablet("co_leader", discussion), hall.tablet("neighbour", discussion)
    _step(other, "Nadine first")
    chair.get_by_role("button", name=re.compile("^On to: what we saw")).click()
    _step(chair, "What we saw")
    _step(other, "What we saw")
    expect(other.get_by_text("Surprises first")).to_be_visible()
    expect(other.locator("[data-arrived]")).to_have_text("Now: What we saw.")
    expect(chair.get_by_role("button", name=re.compile("^On to: why"))).to_be_focused()
    assert other.get_by_role("button", name=re.compile("^On to")).count() == 0, "only the chair and the leaders go on"


def test_a_step_taken_without_a_line_is_shown_at_once_and_reaches_the_others_later(hall, discussion):
    chair, other = hall.tablet("co_leader", discussion), hall.tablet("neighbour", discussion)
    hall.proxy.fault("refuse", "/sync")
    chair.get_by_role("button", name=re.compile("^In our schools")).click()
    _step(chair, "In our schools")
    expect(chair.get_by_role("button", name=re.compile("^On to: thanks"))).to_be_visible()
    hall.proxy.heal()
    ask_again(chair)
    _step(other, "In our schools")


def test_a_helper_who_is_handed_the_pen_writes_and_the_others_read_it_at_once(hall, discussion):
    chair, helper = hall.tablet("co_leader", discussion), hall.tablet("colleague", discussion)
    assert helper.get_by_label("Note", exact=True).count() == 0
    chair.get_by_text("Hand somebody the pen").click()
    chair.get_by_role("button", name="Toby Colleague").click()
    chair.get_by_text("Cora Coleader, Toby Colleague have the pen.").wait_for()
    note = helper.get_by_label("Note", exact=True)
    note.fill("I liked how calm it was")
    expect(helper.locator("[data-nudge]")).to_be_visible()
    note.fill("Three tables cut the bar again")
    expect(helper.locator("[data-nudge]")).to_be_hidden()
    hall.proxy.fault("refuse", "/sync")
    helper.get_by_role("button", name="Keep the note").click()
    helper.locator("#drawn-notes .words", has_text="Three tables").wait_for()
    hall.proxy.heal()
    ask_again(helper)
    all_stand(helper, "sent", 1)
    chair.locator("[data-live=said] .words", has_text="Three tables cut the bar again").wait_for()
    helper.locator("[data-live=said] .words", has_text="Three tables").wait_for()
    expect(helper.get_by_text("Three tables cut the bar again", exact=True)).to_have_count(1)


def test_what_it_means_for_a_school_becomes_a_gap_task_in_a_tap_and_can_be_taken_away(hall, discussion):
    chair, other = hall.tablet("co_leader", discussion), hall.tablet("neighbour", discussion)
    school = chair.locator(".school", has_text="Ottersby")
    school.get_by_text("What will they try?").click()
    school.get_by_label("One sentence").fill("One bar, cut twice")
    school.get_by_role("button", name="Make it a gap task").click()
    school.get_by_role("link", name="gap task").wait_for()
    assert hall.all("select words, state from gap_task") == [("One bar, cut twice", "set")]
    expect(school.locator("textarea")).to_have_value("")  # kept is kept: it does not come back as a draft
    other.locator(".school", has_text="Ottersby").get_by_text("One bar, cut twice").wait_for()
    school.get_by_role("button", name=re.compile("^Take it away")).click()
    school.get_by_text("Taken away; only those who lead the discussion see it").wait_for()
    theirs = other.locator(".school", has_text="Ottersby").get_by_text("One bar, cut twice")
    theirs.wait_for(state="detached")
    assert hall.all("select state from gap_task") == [("dropped",)]
    school.get_by_role("button", name=re.compile("^Bring it back")).click()
    theirs.wait_for()
    assert hall.all("select state from gap_task") == [("set",)]


def test_what_somebody_is_writing_stays_while_the_page_hears_of_others(hall, discussion):
    chair, other = hall.tablet("co_leader", discussion), hall.tablet("leader", discussion)
    box = other.get_by_label("Note", exact=True)
    box.fill("In the middle of")
    chair.get_by_label("Note", exact=True).fill("Said meanwhile")
    chair.get_by_role("button", name="Keep the note").click()
    other.locator("[data-live=said] .words", has_text="Said meanwhile").wait_for()
    expect(box).to_have_value("In the middle of")
    expect(box).to_be_focused()
    wait_until(other, lambda drafts: len(drafts) == 1, store="draft")
