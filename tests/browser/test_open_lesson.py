"""An open lesson from briefing to record, by three tablets; one has no line from the briefing to quiet notes."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.offline.keeping import kept
from tests.browser.tablets import indicator, wait_until
from tests.lessons.examples import a_lesson
from tests.world import do

pytestmark = pytest.mark.browser
SURPRISE = "Half is fair, said over the folded strip"


@pytest.fixture
def lesson(hall):
    """A planned lesson of today, everybody checked in."""
    with hall.record() as db:
        for person in (hall.w.colleague, hall.w.neighbour, hall.w.leader, hall.w.co_leader, hall.w.participant):
            do(db, "sessions.mark", hall.w.leader, session=hall.session, person=person, status="present")
        return a_lesson(db, hall.w, session=hall.session, topic="Quarters that look different")


def _without_a_line(page, lesson):
    """Practise, capture, and put words, tag, flag and sketch to it: all on pages that the tablet had kept."""
    page.goto(f"/lessons/{lesson}")
    page.get_by_role("link", name="Practise for a minute").click()
    page.get_by_role("button", name="Something else").click()
    page.get_by_text("1 moment", exact=True).wait_for()
    page.goto(f"/lessons/{lesson}/capture")
    page.get_by_text("0 moments").wait_for()
    page.locator("label.pad", has_text="A").first.click()
    page.get_by_role("button", name="Something else").click()
    page.get_by_label("Words, now or later").fill(SURPRISE)
    page.get_by_role("button", name=re.compile("Folds to compare")).click()
    page.get_by_text("2 moments").wait_for()
    page.get_by_role("button", name=re.compile("^Undo")).click()
    page.get_by_text("1 moment", exact=True).wait_for()
    page.goto(f"/lessons/{lesson}/mine")
    moment = page.locator("[data-drawn='lessons.notice'] > .entry", has_text=SURPRISE)
    moment.get_by_text("Add words").click()
    moment.get_by_role("button", name="Talk about this").click()
    moment.get_by_text("To talk about.").wait_for()
    page.goto(f"/lessons/{lesson}/sketch")
    page.get_by_role("button", name="Bar", exact=True).click()
    page.get_by_role("button", name="Keep the sketch").click()
    page.wait_for_url("**/mine#sketches")
    page.locator("[data-own-sketches] .sketched").wait_for()
    indicator(page, "here since")


def _start_and_capture(chair, other, lesson):
    chair.get_by_role("button", name="Start the lesson").click()
    chair.wait_for_url("**/capture")
    chair.get_by_role("button", name="Pairs", exact=True).click()
    other.goto(f"/lessons/{lesson}/capture")
    expect(other.locator("[data-not-started]")).to_be_hidden()
    expect(other.get_by_role("button", name="Pairs", exact=True)).to_have_attribute("aria-pressed", "true")
    other.get_by_role("button", name=re.compile("Folds to compare")).click()
    other.get_by_label("Words, now or later").fill("Folded three times")
    other.get_by_role("button", name="Keep the words").click()
    indicator(other, "All sent")


def _discuss(chair, other, lesson):
    chair.goto(f"/lessons/{lesson}")
    chair.get_by_role("button", name="Open the discussion").click()
    chair.wait_for_url("**/discussion")
    other.goto(f"/lessons/{lesson}/discussion")
    surprise = other.locator(".found .entry", has_text=SURPRISE).first
    expect(surprise).to_contain_text("to talk about")
    expect(other.locator(".sketched")).to_have_count(1)
    chair.get_by_role("button", name=re.compile("^On to: what we saw")).click()
    expect(other.locator("[data-step][aria-current=step]")).to_contain_text("What we saw")
    chair.get_by_text("Hand somebody the pen").click()
    chair.get_by_role("button", name="Sunita Neighbour").click()
    other.get_by_label("Note", exact=True).fill("Folding was counted, not compared")
    other.get_by_role("button", name="Keep the note").click()
    chair.locator("[data-live=said] .words", has_text="Folding was counted").wait_for()
    school = chair.locator(".school", has_text="Staithe Lane")
    school.get_by_text("What will they try?").click()
    school.get_by_label("One sentence").fill("One strip, folded by two pupils")
    school.get_by_role("button", name="Make it a gap task").click()
    school.get_by_role("link", name="gap task").wait_for()
    chair.get_by_role("button", name=re.compile("^End the discussion")).click()


def test_an_open_lesson_from_briefing_to_record_with_one_tablet_cut_off_until_quiet_notes(hall, lesson):
    briefing = f"/lessons/{lesson}"
    chair, other = hall.tablet("co_leader", briefing), hall.tablet("neighbour", briefing)
    cut = hall.tablet("colleague", f"/sessions/{hall.session}")
    kept(cut, briefing, *(f"{briefing}/{page}" for page in ("practice", "capture", "mine", "sketch")))
    cut.context.set_offline(True)
    _without_a_line(cut, lesson)
    _start_and_capture(chair, other, lesson)
    assert other.goto(f"{briefing}/timeline").ok and other.get_by_text(SURPRISE).count() == 0
    cut.context.set_offline(False)
    wait_until(cut, lambda found: found and {row["standing"] for row in found} == {"sent"})
    _discuss(chair, other, lesson)
    other.goto(f"{briefing}/record")
    assert other.get_by_text(SURPRISE).count() == 0, "its teacher has not answered"
    teacher = hall.tablet("participant", f"{briefing}/sharing")
    teacher.get_by_text(SURPRISE).wait_for()
    teacher.get_by_label("Your comment").fill("I had not seen that fold")
    teacher.get_by_role("button", name="Keep the comment").click()
    teacher.get_by_label("My Work Group", exact=False).first.check()
    teacher.get_by_role("button", name="That is my answer").click()
    teacher.get_by_text("Shared with the Work Group").wait_for()
    other.goto(f"{briefing}/record")
    for words in (SURPRISE, "Folded three times", "Folding was counted", "One strip, folded", "I had not seen"):
        expect(other.get_by_text(words).first).to_be_visible()
    with other.expect_download() as download:
        other.get_by_role("button", name="Save as PDF").click()
    assert download.value.path().read_bytes().startswith(b"%PDF")
    leader = hall.tablet("leader", f"/schools-in-group/{hall.w.in_group}/reviews/new")
    expect(leader.get_by_text(SURPRISE).first).to_be_attached()
    teacher.reload()
    teacher.get_by_text("1 person saved the record as a file: Sunita Neighbour").wait_for()
