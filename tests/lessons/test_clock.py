"""The lesson clock: in whatever order tablets send what happened, the lesson ends up the same."""

import itertools
import json
import os
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.lessons.examples import a_lesson, a_live_lesson, a_noticing, a_start
from tests.sessions.examples import open_session
from tests.world import days, do
from workgroup import clock, door, store
from workgroup.lessons import lesson_clock, noticing_queries, queries
from workgroup.people import post

T0 = clock.at_london(days(-3), "10:00")  # on the session's own day, and none of it lies ahead
MANY = 2000 if os.environ.get("WORKGROUP_STRESS") else 40


def _planned(db, w):
    return a_lesson(db, w, open_session(db, w, -3))


def _at(seconds):
    return clock.after(seconds, T0)


def _submit(db, entry):
    kind, by, at, id, fields = entry
    return door.submit(db, kind, fields, id, by, at)


def _deliver(db, entries):
    """Enter these in their order; what waits for its parent is sent again, as a tablet does."""
    left = list(entries)
    while left:
        waiting = [entry for entry in left if _submit(db, entry).standing == "waiting"]
        assert len(waiting) < len(left), "what waits never comes in"
        left = waiting
    for entry in entries:
        assert _submit(db, entry).standing == "already"


def _history(w, lesson):
    """Return what happened on four tablets, each entry as (kind, by, at, id, fields)."""
    early, late, n1, n2, n3 = (post.new_id() for _ in range(5))
    words1, words2 = post.new_id(), post.new_id()

    def entry(kind, by, at, id=None, **fields):
        return f"lessons.{kind}", by, _at(at), id or post.new_id(), fields

    return [
        entry("start", w.co_leader, 40, early, lesson=lesson),
        entry("start", w.leader, 100, late, lesson=lesson),
        entry("withdraw_start", w.leader, 130, start=early),
        entry("withdraw_start", w.leader, 140, start=late),
        entry("restore_start", w.leader, 150, start=late),
        entry("notice", w.colleague, 165, n1, lesson=lesson, code="A", words="Folds it"),
        entry("notice", w.leader, 900, n2, lesson=lesson, second="300", since=_at(40), words="Counts parts"),
        entry("notice", w.colleague, 2500, n3, lesson=lesson, second="600", rough="y", words="From paper"),
        entry("mark_phase", w.leader, 280, lesson=lesson, phase="pairs"),
        entry("mark_phase", w.colleague, 300, lesson=lesson, second="20", since=_at(100), phase="whole class"),
        entry("add_words", w.colleague, 400, words1, noticing=n1, words="Folds it twice"),
        entry("add_words", w.colleague, 410, words2, noticing=n1, words="Folds it in half"),
        entry("withdraw_noticing", w.leader, 950, noticing=n2),
        entry("restore_noticing", w.leader, 960, noticing=n2),
        entry("tag", w.colleague, 500, noticing=n1, tags=[w.tag]),
        entry("tag", w.colleague, 510, noticing=n1, tags=[]),
    ]


def _state(db, w, lesson):
    """Return all that anybody can see of where the lesson stands, without what only says when it arrived."""
    found = queries.lesson(db, lesson)
    seen = [
        (n["id"], n["second"], n["phase"], n["words"], n["withdrawn_at"], n["hidden_at"], tuple(n["tags"]))
        for by in (w.participant, w.leader, w.colleague) for n in noticing_queries.noticings(db, by, lesson)
    ]  # fmt: skip
    phases = [(p["second"], p["phase"]) for p in lesson_clock.phases(db, lesson)]
    return json.dumps([found["state"], found["started_at"], found["ended_at"], seen, phases])


def test_every_order_of_arrival_ends_in_the_same_state(db, world_of):
    w, lesson = world_of, _planned(db, world_of)
    history = _history(w, lesson)
    _in_any_order(db, w, lesson, [[*some, *history[5:]] for some in itertools.permutations(history[:5])])


def test_every_shuffle_of_arrival_ends_in_the_same_state(db, world_of):
    w, lesson = world_of, _planned(db, world_of)

    @settings(max_examples=MANY, deadline=None)
    @given(st.integers(0, 2**32))
    def try_it(seed):
        history = _history(w, lesson)
        _in_any_order(db, w, lesson, [history, random.Random(seed).sample(history, len(history))])

    try_it()


def _in_any_order(db, w, lesson, orders):
    ends = set()
    for order in orders:
        db.conn.execute("begin")  # each order begins from the same record
        _with_savepoints(db, order)
        ends.add(_state(db, w, lesson))
        db.conn.execute("rollback")
    assert len(ends) == 1
    (end,) = ends
    assert json.loads(end)[:2] == ["live", _at(100)]


def _with_savepoints(db, entries):
    """Deliver inside a transaction of the test's own, which undoes it all afterwards."""
    writing = store.writing
    store.writing = store.savepoint
    try:
        _deliver(db, entries)
    finally:
        store.writing = writing


def test_what_was_captured_before_the_start_arrived_is_counted_from_it(db, world_of):
    w = world_of
    lesson = _planned(db, w)
    noticing = do(db, "lessons.notice", w.colleague, at=_at(165), lesson=lesson, words="Folds it").about
    assert noticing_queries.noticing(db, noticing)["second"] == 0
    a_start(db, w, _at(100), lesson)
    assert noticing_queries.noticing(db, noticing)["second"] == 65
    a_start(db, w, _at(40), lesson)
    assert noticing_queries.noticing(db, noticing)["second"] == 125
    assert [t["at"] for t in lesson_clock.starts(db, lesson)] == [_at(40), _at(100)]


def test_a_second_counted_from_a_start_is_put_on_the_start_that_counts(db, world_of):
    w = world_of
    lesson = _planned(db, w)
    a_start(db, w, _at(40), lesson)
    id = do(db, "lessons.notice", w.colleague, at=_at(200), lesson=lesson, second="65", since=_at(100)).about
    row = noticing_queries.noticing(db, id)
    assert (row["moment"], row["second"]) == (_at(165), 125)


def test_a_second_that_was_typed_stands_as_it_was_typed(db, world_of):
    w = world_of
    lesson = _planned(db, w)
    typed = do(db, "lessons.notice", w.colleague, at=_at(900), lesson=lesson, second="12:00", words="Paper").about
    a_start(db, w, _at(100), lesson)
    kept = noticing_queries.noticing(db, typed)
    assert (kept["moment"], kept["second"]) == (None, 720)


def test_a_phase_mark_that_comes_later_counts_as_if_it_had_come_first(db, world_of):
    w, lesson = world_of, _planned(db, world_of)
    said = do(db, "lessons.notice", w.colleague, lesson=lesson, second="400", phase="independent").about
    for second in ("100", "300"):
        do(db, "lessons.notice", w.colleague, lesson=lesson, second=second)
    do(db, "lessons.mark_phase", w.leader, at=_at(300), lesson=lesson, second="250", phase="pairs")
    do(db, "lessons.mark_phase", w.leader, at=_at(900), lesson=lesson, second="50", phase="whole class")
    phases = [n["phase"] for n in noticing_queries.noticings(db, w.colleague, lesson)]
    assert phases == ["whole class", "pairs", "independent"]
    (paired,) = noticing_queries.noticings(db, w.colleague, lesson, phase="pairs")
    assert paired["second"] == 300 and noticing_queries.noticing(db, said)["phase"] == "independent"


@pytest.mark.parametrize(("second", "since"), [(30, 86_400 * 4), (0, -7200), (9000, 0), (300, -900)])
def test_a_second_that_a_wrong_clock_counted_gives_way_to_when_the_entry_was_made(db, world_of, second, since):
    w = world_of
    lesson = _planned(db, w)
    a_start(db, w, _at(0), lesson)
    fields = {"lesson": lesson, "second": str(second), "since": _at(since)}
    id = do(db, "lessons.notice", w.colleague, at=_at(90), **fields).about
    assert noticing_queries.noticing(db, id)["second"] == 90


def test_a_tap_on_the_lessons_day_goes_before_one_a_wrong_clock_made(db, world_of):
    w = world_of
    lesson = _planned(db, w)
    a_start(db, w, clock.after(-86_400, T0), lesson)
    assert queries.lesson(db, lesson)["started_at"] == clock.after(-86_400, T0)
    a_start(db, w, _at(100), lesson)
    assert queries.lesson(db, lesson)["started_at"] == _at(100)


def test_a_mistaken_start_is_taken_back_and_the_lesson_is_planned_again(db, world_of, sign_in):
    w, client = world_of, sign_in(world_of.leader)
    lesson = _planned(db, w)
    start = a_start(db, w, _at(40), lesson)
    noticing = do(db, "lessons.notice", w.colleague, at=_at(165), lesson=lesson).about
    page = client.get(f"/lessons/{lesson}").get_data(as_text=True)
    assert "It had not started yet" in page and "Bethan Leader" in page
    assert "It had not started yet" not in sign_in(w.colleague).get(f"/lessons/{lesson}").get_data(as_text=True)
    assert sign_in(w.colleague).post(f"/lesson-starts/{start}/withdraw").status_code == 404
    assert client.post(f"/lesson-starts/{start}/withdraw").status_code == 303
    found = queries.lesson(db, lesson)
    assert (found["state"], found["started_at"]) == ("planned", None)
    assert noticing_queries.noticing(db, noticing)["second"] == 0
    assert "It did start then" in client.get(f"/lessons/{lesson}").get_data(as_text=True)
    assert client.post(f"/lesson-starts/{start}/restore").status_code == 303
    assert noticing_queries.noticing(db, noticing)["second"] == 125
    assert client.post(f"/lesson-starts/{start}/other").status_code == 404


def test_once_the_discussion_is_open_the_start_stays(db, world_of, sign_in):
    w = world_of
    lesson = _planned(db, w)
    start = a_start(db, w, _at(40), lesson)
    do(db, "lessons.open_discussion", w.leader, lesson=lesson)
    answer = sign_in(w.leader).post(f"/lesson-starts/{start}/withdraw")
    assert answer.status_code == 422 and "the start stays as it is" in answer.get_data(as_text=True)
    a_start(db, w, _at(20), lesson)  # a tap that a tablet kept meanwhile still comes in
    found = queries.lesson(db, lesson)
    assert (found["state"], found["started_at"]) == ("discussion", _at(20))


@pytest.mark.parametrize("minutes", [4, 6])
def test_what_reached_us_well_after_it_was_made_says_so(db, world_of, sign_in, minutes):
    w = world_of
    lesson = a_live_lesson(db, w)
    tapped = clock.after(-60 * minutes)
    do(db, "lessons.notice", w.colleague, at=tapped, lesson=lesson, words="From the hall")
    do(db, "lessons.notice", w.colleague, lesson=lesson, second="5:00", rough="y", words="From paper")
    do(db, "lessons.open_discussion", w.leader, lesson=lesson)
    entry = {"id": post.new_id(), "kind": "lessons.discuss", "by": w.leader, "at": tapped,
             "fields": {"lesson": lesson, "step": "evidence", "words": "Three tables"}}  # fmt: skip
    client = sign_in(w.leader)
    client.post("/sync", json={"tablet": post.new_id(), "sent": clock.now(), "entries": [entry]})
    late = "came late, at" if minutes > 5 else None
    for by, address, times in ((w.leader, "timeline", 1), (w.leader, "discussion", 3), (w.participant, "sharing", 2)):
        page = sign_in(by).get(f"/lessons/{lesson}/{address}").get_data(as_text=True)
        assert page.count("came late") == (times if late else 0) or (address == "discussion" and late in page), address


def test_the_capture_page_is_told_where_the_lesson_stands(db, world_of, sign_in):
    w = world_of
    lesson = a_lesson(db, w)
    client = sign_in(w.colleague)
    before = client.get(f"/lessons/{lesson}/now").json
    assert (before["started_at"], before["second"], before["phase"], before["ended_at"]) == (None, 0, None, None)
    a_start(db, w, clock.after(-600), lesson)
    do(db, "lessons.mark_phase", w.leader, lesson=lesson, phase="groups")
    now = client.get(f"/lessons/{lesson}/now").json
    assert now["started_at"] == queries.lesson(db, lesson)["started_at"] and 600 <= now["second"] < 660
    assert now["phase"] == "groups" and now["number"] == queries.lesson(db, lesson)["number"] > before["number"]
    assert clock.read_moment(now["now"])
    assert sign_in(w.neighbour).get(f"/lessons/{lesson}/now").status_code == 404


def test_two_ways_to_say_the_same_moment_twice_are_harmless(db, world_of):
    w = world_of
    noticing = a_noticing(db, w)
    for _ in range(2):
        do(db, "lessons.withdraw_noticing", w.colleague, noticing=noticing)
    assert noticing_queries.noticing(db, noticing)["withdrawn_at"]
