"""A tablet's clock put right: wrong by hours, jumping, restarted, or telling nonsense."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sessions.examples import open_session
from workgroup import clock, store
from workgroup.people import post
from workgroup.tablet import clocks

NOON = "2026-11-03T12:00:00.000Z"
HOUR = 3600


def _at(seconds):
    return clock.after(seconds, NOON)


def put_right(batch, entries, received, anchors):
    """Put a batch right that goes in."""
    moments = clocks.put_right(batch, entries, received, anchors)
    clocks.remember(anchors, entries, moments)
    return moments


def _entry(at, boot="b1", ticks=None, **more):
    return {"id": post.new_id(), "by": "p", "at": at, "boot": boot, "ticks": ticks, **more}


def test_a_clock_that_is_right_is_left_alone():
    assert put_right({"sent": _at(1)}, [_entry(_at(-60))], NOON, {}) == [_at(-60)]


def test_in_the_same_boot_the_ticks_say_when_whatever_the_wall_clock_says():
    batch = {"sent": _at(-3 * HOUR), "boot": "b1", "ticks": 100_000}
    entries = [_entry(_at(9 * HOUR), ticks=40_000), _entry(_at(-9 * HOUR), ticks=99_000, skew=9 * HOUR * 1000)]
    assert put_right(batch, entries, NOON, {}) == [_at(-60), _at(-1)]


@pytest.mark.parametrize("wrong", [0, 5 * HOUR, -30 * 86_400])
@pytest.mark.parametrize("is_known", [True, False])
def test_an_entry_made_before_the_tablet_slept_stays_where_its_wall_clock_put_it(wrong, is_known):
    skew = {"skew": -wrong * 1000} if is_known else {}
    entries = [_entry(_at(wrong - 1800), ticks=10_000, **skew), _entry(_at(wrong - 5), ticks=25_000, **skew)]
    batch = {"sent": _at(wrong), "boot": "b1", "ticks": 30_000}  # the ticks stood still for half an hour
    assert put_right(batch, entries, NOON, {}) == [_at(-1800), _at(-5)]


def test_a_batch_that_was_long_on_its_way_does_not_make_a_sleep_unbelieved():
    entry = _entry(_at(-1800), ticks=10_000, skew=0)
    (put,) = put_right({"sent": _at(-15), "boot": "b1", "ticks": 15_000}, [entry], NOON, {})
    assert put == _at(-1800)


@pytest.mark.parametrize("jump", [3 * HOUR, -3 * HOUR, 60, -60])
def test_a_clock_that_was_moved_while_entries_waited_gives_way_to_the_ticks(jump):
    entries = [_entry(_at(-600), ticks=0, skew=0), _entry(_at(-300 + jump), ticks=300_000, skew=0)]
    batch = {"sent": _at(jump), "boot": "b1", "ticks": 600_000}
    assert put_right(batch, entries, NOON, {}) == [_at(-600), _at(-300)]


def test_a_clock_put_back_that_nobody_had_compared_gives_way_to_the_ticks():
    entries = [_entry(_at(HOUR), ticks=0), _entry(_at(-HOUR), ticks=300_000)]
    assert put_right({"sent": _at(-HOUR + 300), "boot": "b1", "ticks": 600_000}, entries, NOON, {}) == [
        _at(-600), _at(-300)
    ]  # fmt: skip


def test_stretches_of_one_boot_share_its_ticks():
    one, other = _entry(_at(-600), boot="b1/1", ticks=0), _entry(_at(3 * HOUR), boot="b1/2", ticks=300_000)
    entries = [{**entry, "skew": 0} for entry in (one, other)]
    batch = {"sent": _at(3 * HOUR + 300), "boot": "b1/2", "ticks": 600_000}
    assert put_right(batch, entries, NOON, {}) == [_at(-600), _at(-300)]


def test_a_clock_wrong_by_hours_is_put_right_by_what_it_says_at_sending():
    for wrong in (2 * HOUR, -30 * 86_400, -16 * 365 * 86_400):
        batch = {"sent": _at(wrong), "boot": "b2", "ticks": 5}
        assert put_right(batch, [_entry(_at(wrong - 600), ticks=1)], NOON, {}) == [_at(-600)]


def test_the_skew_that_the_tablet_saw_when_it_wrote_counts_before_the_one_at_sending():
    entry = _entry(_at(-2 * HOUR - 600), ticks=1, skew=2 * HOUR * 1000)
    assert put_right({"sent": NOON, "boot": "b2", "ticks": 5}, [entry], NOON, {}) == [_at(-600)]


def test_nothing_was_made_after_it_was_received():
    entries = [_entry(_at(HOUR), boot=None), _entry("2099-01-01T00:00:00.000Z", boot=None)]
    assert put_right({"sent": NOON}, entries, NOON, {}) == [NOON, NOON]


def test_an_older_boot_keeps_its_order_when_its_clock_jumped_back():
    entries = [_entry(_at(-300), ticks=0), _entry(_at(-900), ticks=60_000), _entry(_at(-880), ticks=80_000)]
    assert put_right({"sent": NOON, "boot": "b2", "ticks": 1}, entries, NOON, {}) == [_at(-960), _at(-900), _at(-880)]


def test_a_tablet_that_slept_keeps_the_longer_time_its_wall_clock_saw():
    entries = [_entry(_at(-3600), ticks=0), _entry(_at(-60), ticks=5_000)]
    assert put_right({"sent": NOON, "boot": "b2", "ticks": 1}, entries, NOON, {}) == [_at(-3600), _at(-60)]


def test_a_batch_that_hung_on_its_way_stays_before_the_next_one():
    anchors = {}
    hung = put_right({"sent": _at(0), "boot": "b1", "ticks": 10_000}, [_entry(_at(0), ticks=10_000)], _at(30), anchors)
    after = put_right({"sent": _at(31), "boot": "b1", "ticks": 41_000},
                      [_entry(_at(2), ticks=12_000), _entry(_at(10), ticks=20_000)], _at(31), anchors)  # fmt: skip
    assert hung == [_at(30)]
    assert hung[0] < after[0] < after[1] == _at(31)


def test_an_entry_that_had_to_wait_keeps_the_place_that_it_was_put_at_first():
    anchors = {}
    entries = [_entry(_at(-61), ticks=39_000), _entry(_at(-60), ticks=40_000)]
    hung = {"sent": _at(-10), "boot": "b1", "ticks": 90_000}  # ten seconds on its way, which nobody can know
    first = put_right(hung, entries, NOON, anchors)
    again = put_right({"sent": _at(600), "boot": "b2", "ticks": 5}, entries[1:], _at(600), anchors)
    assert again == first[1:] and first == sorted(first)


def test_the_newest_of_a_batch_keeps_its_place_when_it_comes_again_with_what_was_made_since():
    anchors = {}
    first = [_entry(_at(-600), ticks=10_000, skew=0), _entry(_at(-599), ticks=11_000, skew=0)]
    put = put_right({"sent": _at(-599), "boot": "b1", "ticks": 11_000}, first, _at(-596), anchors)  # 3 s on its way
    since = [first[1], _entry(_at(-580), ticks=30_000, skew=0)]
    again = put_right({"sent": NOON, "boot": "b2", "ticks": 0}, since, NOON, anchors)  # out of a page that was killed
    assert again[0] == put[1] and again[1] == clock.after(19, put[1])


def test_what_was_refused_once_is_said_anew_at_its_place_between_what_went_in():
    anchors = {}
    first = [_entry(_at(-400 + n), ticks=10_000 + 1000 * n, skew=0) for n in range(4)]
    put = put_right({"sent": _at(-397), "boot": "b1", "ticks": 13_000}, first, _at(-394), anchors)
    assert put_right({"sent": NOON, "boot": "b2", "ticks": 0}, [first[2]], NOON, anchors) == [put[2]]


def test_marks_of_one_tap_keep_their_order_when_they_come_again():
    anchors = {}
    both = [_entry(_at(-60), ticks=10_000, skew=0) for _ in range(2)]
    batch = {"sent": _at(-60), "boot": "b1", "ticks": 10_000}
    first = put_right(batch, both, _at(-57), anchors)
    assert first[0] < first[1] and put_right({**batch, "sent": NOON}, both, NOON, anchors) == first


def test_a_batch_that_did_not_go_in_binds_nothing():
    anchors = {}
    first, second = _entry(_at(-60), ticks=40_000), _entry(_at(-58), ticks=42_000)
    (before,) = put_right({"sent": _at(-10), "boot": "b1", "ticks": 90_000}, [first], NOON, anchors)
    clocks.put_right({"sent": _at(0), "boot": "b1", "ticks": 100_000}, [first, second], NOON, anchors)
    (after,) = put_right({"sent": _at(600), "boot": "b2", "ticks": 5}, [second], _at(600), anchors)
    assert after > before


def test_an_entry_that_comes_again_later_falls_before_what_was_made_after_it():
    anchors = {}
    put_right({"sent": _at(0), "boot": "b1", "ticks": 60_000}, [_entry(_at(0), ticks=60_000)], _at(0), anchors)
    (older,) = put_right({"sent": _at(5), "boot": "b2", "ticks": 1}, [_entry(_at(HOUR), ticks=50_000)], _at(5), anchors)
    assert older == _at(-10)


NUMBERS = (None, "5", True, -1, float("nan"), float("inf"), 1e300, 10**400, [], {}, 2**63, 0.5)


@pytest.mark.parametrize("junk", NUMBERS, ids=lambda junk: str(junk)[:12])
def test_what_cannot_be_read_is_passed_over(junk):
    for batch in ({}, {"sent": junk, "boot": junk, "ticks": junk}, {"sent": "yesterday", "boot": "b1", "ticks": junk}):
        entries = [_entry(_at(-5), boot=b, ticks=t, skew=junk) for b, t in ((junk, junk), ("b1", junk), (junk, 5.0))]
        for moment in put_right(batch, entries, NOON, {}):
            assert moment <= NOON
            assert clock.read_moment(moment)


def test_a_day_of_1900_stays_a_day_that_can_be_read():
    entries = [_entry("1900-01-01T00:00:00.000Z", ticks=0), _entry("1900-01-01T00:00:00.000Z", ticks=10**10)]
    assert all(clock.read_moment(m) for m in put_right({"sent": "x"}, entries, NOON, {}))


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 2**32))
def test_within_a_boot_order_is_kept_whatever_the_clocks_and_the_line_do(seed):
    chance = random.Random(seed)
    true, ticks, wall, anchors, put = 0.0, 0.0, chance.uniform(-9e4, 9e4), {}, []
    for _ in range(chance.randint(1, 5)):
        entries = []
        for _ in range(chance.randint(1, 6)):
            step = chance.choice([0.05, 0.4, 3, 50, 700])
            true, ticks = true + step, ticks + step * 1000
            wall += chance.choice([0, 0, 0, chance.uniform(-9e4, 9e4)])
            entries.append(_entry(_at(true + wall), boot="b1", ticks=ticks))
        line = chance.choice([0, 0.05, 4, 40])
        boot, sent = ("b1", ticks) if chance.random() < 0.7 else ("b2", 5)
        received = _at(true + line)
        true, ticks = true + line, ticks + line * 1000
        moments = put_right({"sent": _at(true - line + wall), "boot": boot, "ticks": sent}, entries, received, anchors)
        put += moments
        assert all(m <= received for m in moments)
    assert put == sorted(set(put))


def test_the_wire_takes_boot_and_ticks_and_answers_with_its_own_time(db, world_of, sign_in):
    w, client = world_of, sign_in(world_of.leader)
    session = open_session(db, w)
    wrong = clock.after(-5 * HOUR)
    entries = [
        {"id": post.new_id(), "kind": "sessions.note", "by": w.leader, "at": clock.after(-step, wrong), "boot": "b1",
         "ticks": 900_000 - step * 1000, "fields": {"session": session, "words": f"{step} s ago"}}
        for step in (600, 60)
    ]  # fmt: skip
    batch = {"tablet": post.new_id(), "sent": wrong, "boot": "b1", "ticks": 900_000, "entries": entries}
    answer = client.post("/sync", json=batch)
    assert [s["standing"] for s in answer.json["standings"]] == ["entered", "entered"]
    now = clock.read_moment(answer.headers["Workgroup-Now"])
    for entry, age in zip(entries, (600, 60), strict=True):
        at = clock.read_moment(store.value(db, "select at from ledger where id = ?", (entry["id"],)))
        assert abs((now - at).total_seconds() - age) < 30
    assert client.get("/sync/hello").headers["Workgroup-Now"] >= clock.moment(now)


def test_a_batch_that_tells_nonsense_of_its_clock_is_taken(db, world_of, sign_in):
    w, client = world_of, sign_in(world_of.leader)
    session = open_session(db, w)
    for junk in (None, "x", -5, [], {}, True, 1e300):
        entry = {"id": post.new_id(), "kind": "sessions.note", "by": w.leader, "at": clock.now(), "boot": junk,
                 "ticks": junk, "skew": junk, "seq": junk, "fields": {"session": session, "words": "Kept"}}  # fmt: skip
        batch = {"tablet": post.new_id(), "sent": junk, "boot": junk, "ticks": junk, "entries": [entry]}
        assert client.post("/sync", json=batch).json["standings"][0]["standing"] == "entered"
