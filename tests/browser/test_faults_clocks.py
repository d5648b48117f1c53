"""F19: tablets whose clocks are wrong, jump or stand still: order, the second of the lesson, and what the page says."""

import re
from datetime import datetime, timedelta

import pytest

from tests.browser.tablets import OURS, all_stand, ask_again, indicator, note, wait_until
from tests.lessons.examples import a_lesson
from workgroup import clock

pytestmark = pytest.mark.browser
# A wall clock that the test sets; ticks run on as they do on a real tablet.
WALL = """
globalThis.wrong = Number(sessionStorage.getItem("wrong") ?? %d);
const Right = Date;
globalThis.Date = class extends Right {
  constructor(...given) { super(...(given.length ? given : [Right.now() + globalThis.wrong])); }
  static now() { return Right.now() + globalThis.wrong; }
};"""
HOUR = 3_600_000


def _jump(page, by):
    """Move the tablet's wall clock, and nothing else."""
    page.evaluate("(by) => { wrong += by; sessionStorage.setItem('wrong', wrong); }", by)


def _moments(hall, lesson=None):
    rows = hall.all("select at, second, by from noticing where lesson = ? order by at", lesson or hall.lesson)
    return [(datetime.fromisoformat(at), second, by) for at, second, by in rows]


def _tap(page, many):
    page.get_by_role("button", name="Something else").click()
    page.locator("[data-count]", has_text=f"{many} moment").wait_for()


def _now():
    return datetime.fromisoformat(clock.now())


@pytest.mark.parametrize("wrong", [5 * HOUR, -26 * HOUR])
def test_f19_a_wrong_clock_that_jumps_in_the_middle_keeps_order_and_time_and_is_said(hall, wrong):
    began = _now()
    page = hall.tablet("leader", hall.notes, init=WALL % wrong)
    wait_until(page, lambda facts: "skew" in {fact["name"] for fact in facts}, store="fact")
    hall.proxy.fault("refuse", "/sync")
    words = ["First", "Second, before the jump", "Third, after it", "Fourth, after another"]
    for place, said in enumerate(words):
        note(page, said)
        _jump(page, (-2 * wrong, wrong, 0, 0)[place])
    hall.proxy.heal()
    ask_again(page)
    all_stand(page, "sent", 4)
    kept = hall.all("select words, at from session_note order by at")
    assert [said for said, _ in kept] == words
    assert all(began - timedelta(seconds=2) <= datetime.fromisoformat(at) <= _now() for _, at in kept)
    _jump(page, wrong)
    page.goto("/standing")
    ahead = "ahead" if wrong > 0 else "behind"
    hours = abs(wrong) // HOUR
    page.get_by_text(re.compile(f"This tablet’s clock is {hours} h 0 min {ahead}")).wait_for()


def test_f19_moments_fall_on_the_second_of_the_shared_start_whatever_the_tablets_clock_says(hall):
    with hall.record() as db:
        lesson = a_lesson(db, hall.w, session=hall.session, topic="Not yet started")
    path = f"/lessons/{lesson}/capture"
    wrong = hall.tablet("colleague", path, init=WALL % (7 * HOUR))
    right = hall.tablet("leader", path)
    _tap(wrong, 1)
    all_stand(wrong, "sent", 1)
    right.get_by_role("button", name="The lesson starts").click()
    all_stand(right, "sent", 1)
    ((started,),) = hall.all("select started_at from lesson where id = ?", lesson)
    started = datetime.fromisoformat(started)
    wrong.locator("[data-not-started]").wait_for(state="hidden")
    _jump(wrong, -9 * HOUR)
    _tap(wrong, 2)
    _tap(right, 1)
    all_stand(wrong, "sent", 2)
    all_stand(right, "sent", 2)
    before, *after = _moments(hall, lesson)
    assert before[2] == hall.w.colleague and before[1] <= 0
    assert {by for _, _, by in after} == {hall.w.colleague, hall.w.leader}
    for at, second, _ in after:  # what the line takes is seconds, what the clock is wrong by is hours
        assert abs((at - started).total_seconds() - second) < 20, "at its second, and at its time"
        assert 0 <= second <= (_now() - started).total_seconds() + 1


def test_f19_an_entry_made_before_the_tablet_slept_lies_where_it_was_made(hall):
    page = hall.tablet("leader", hall.notes)
    indicator(page, "Nothing waits")
    hall.proxy.fault("refuse", "/sync")
    # a quarter of an hour ago by the wall clock, just now by the ticks, which stood still while the tablet slept
    page.evaluate(
        f"""(session) => ({OURS})().then(({{ keep }}) => keep({{
          id: crypto.randomUUID(), kind: "sessions.note", fields: {{ session, words: "Before the sleep" }},
          at: new Date(Date.now() - 900_000).toISOString(), ticks: performance.now() }}))""",
        hall.session,
    )
    note(page, "After it")
    hall.proxy.heal()
    ask_again(page)
    all_stand(page, "sent", 2)
    kept = hall.all("select words, at from session_note order by at")
    assert [said for said, _ in kept] == ["Before the sleep", "After it"]
    assert 890 < (_now() - datetime.fromisoformat(kept[0][1])).total_seconds() < 930
