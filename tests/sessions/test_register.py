"""The register: whatever the order of delivery, the same marks count; who may mark whom; two taps a school."""

import json
from itertools import permutations
from pathlib import Path

import pytest

from tests.sessions.examples import a_session, far_session, open_session
from tests.world import days, do
from workgroup import door, store
from workgroup.people import post
from workgroup.sessions import queries


def _try(db, by, /, at=None, **fields):
    return door.submit(db, "sessions.mark", fields, post.new_id(), by, at)


def _status(db, session, person):
    found = queries.mark_of(db, session, person)
    return found and found["status"]


TAPS = (  # (who taps, what, when): the leader's newest tap counts
    ("participant", "present", "10:00:01"),
    ("leader", "absent", "10:00:02"),
    ("leader", "present", "10:00:03"),
    ("participant", "apologies", "10:00:09"),
)


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_the_same_mark_counts_whatever_the_order_of_delivery(db, world_of, order):
    w = world_of
    session = open_session(db, w)
    for index in order:
        who, status, time = TAPS[index]
        at = f"{days(-1)}T{time}.000Z"  # yesterday: nothing is made after it was received
        assert _try(db, getattr(w, who), at=at, session=session, person=w.participant, status=status).stands
    found = queries.mark_of(db, session, w.participant)
    assert (found["status"], found["by"], found["in_at"][11:19]) == ("present", w.leader, "10:00:03")
    assert store.value(db, "select count(*) from register_mark where session = ?", (session,)) == 4


def test_a_participant_marks_only_themselves_and_only_here_or_apologies(db, world_of):
    w = world_of
    session = open_session(db, w)
    assert _try(db, w.participant, session=session, person=w.participant, status="present").stands
    for fields in (
        {"person": w.colleague, "status": "present"},
        {"person": w.participant, "status": "absent"},
        {"person": w.participant, "status": "present", "attending_as": "leader"},
        {"visitor": "Somebody", "status": "present"},
    ):
        assert _try(db, w.participant, session=session, **fields).standing == "refused", fields


def test_nobody_of_another_group_is_marked_as_a_participant_here(db, world_of):
    w = world_of
    session = open_session(db, w)
    refused = _try(db, w.leader, session=session, person=w.outsider, status="present")
    assert refused.standing == "refused" and "was not in the Work Group" in refused.errors["person"][0]
    assert _try(db, w.leader, session=far_session(db, w), person=w.outsider, status="present").standing == "refused"


def test_a_session_that_has_not_arrived_makes_the_entry_wait(db, world_of):
    w = world_of
    outcome = _try(db, w.leader, session=post.new_id(), person=w.participant, status="present")
    assert outcome.standing == "waiting"


def test_whoever_was_handed_the_running_marks_at_that_session_only(db, world_of):
    w = world_of
    session, other = open_session(db, w), open_session(db, w)
    do(db, "sessions.hand_over", w.leader, session=session, person=w.neighbour)
    assert _try(db, w.neighbour, session=session, person=w.participant, status="present").stands
    assert _try(db, w.neighbour, session=other, person=w.participant, status="present").standing == "refused"
    do(db, "sessions.set_state", w.leader, session=session, state="closed")
    assert _try(db, w.neighbour, session=session, person=w.colleague, status="present").standing == "refused"
    assert _try(db, w.leader, session=session, person=w.colleague, status="present").stands, "late capture"


def test_one_tap_marks_a_whole_school_but_leaves_who_sent_apologies(db, world_of):
    w = world_of
    session = open_session(db, w)
    do(db, "sessions.mark", w.leader, session=session, person=w.colleague, status="apologies", told_on=days(-4))
    do(db, "sessions.mark_school", w.leader, session=session, school_in_group=w.in_group)
    assert (_status(db, session, w.participant), _status(db, session, w.colleague)) == ("present", "apologies")
    assert _status(db, session, w.neighbour) is None
    assert queries.mark_of(db, session, w.colleague)["told_on"] == days(-4)


def test_two_taps_a_school_on_the_page_and_undo(db, world_of, sign_in):
    w, client = world_of, sign_in(world_of.leader)
    session = open_session(db, w)
    page = client.get(f"/sessions/{session}/run").get_data(as_text=True)
    assert "0 of 3 here" in page
    client.post(f"/sessions/{session}/schools", data={"school_in_group": w.in_group})
    assert "2 of 3 here" in client.get(f"/sessions/{session}/run").get_data(as_text=True)
    client.post(f"/sessions/{session}/marks", data={"person": w.neighbour, "status": "present"})
    assert "3 of 3 here" in client.get(f"/sessions/{session}/run").get_data(as_text=True)
    client.post(f"/sessions/{session}/undo", data={"person": w.neighbour})
    assert "2 of 3 here" in client.get(f"/sessions/{session}/run").get_data(as_text=True)
    part = client.post(
        f"/sessions/{session}/marks", data={"person": w.neighbour, "status": "absent"}, headers={"HX-Request": "true"}
    )
    text = part.get_data(as_text=True)
    assert "<html" not in text and "No word" in text


def test_a_substitute_and_a_visitor_are_added_by_name(db, world_of, sign_in):
    w, client = world_of, sign_in(world_of.leader)
    session = open_session(db, w)
    fields = {"visitor": "Connor <b>", "school": w.school, "substitute_for": w.participant, "status": "present"}
    assert client.post(f"/sessions/{session}/marks", data=fields).status_code == 303
    page = client.get(f"/sessions/{session}/run").get_data(as_text=True)
    assert "Connor &lt;b&gt;" in page and "for Nadine Member" in page
    (mark,) = queries.register(db, session)
    assert (mark["attending_as"], mark["status"]) == ("substitute", "present")


def test_a_participant_checks_in_alone_and_sees_nobody_elses_mark(db, world_of, sign_in):
    w, client = world_of, sign_in(world_of.participant)
    session = open_session(db, w)
    do(db, "sessions.mark", w.leader, session=session, person=w.neighbour, status="absent")
    page = client.get(f"/sessions/{session}/run").get_data(as_text=True)
    assert "I am here" in page and "Sunita" not in page
    client.post(f"/sessions/{session}/marks", data={"person": w.participant, "status": "present"})
    assert "You are here since" in client.get(f"/sessions/{session}/run").get_data(as_text=True)


def test_the_running_screen_is_not_for_others(db, world_of, sign_in):
    session = open_session(db, world_of)
    for person in (world_of.outsider, world_of.far_leader, world_of.hub_lead):
        assert sign_in(person).get(f"/sessions/{session}/run").status_code == 404


def test_times_are_the_clock_in_london_on_both_sides_of_its_change(db, world_of):
    w = world_of
    summer, winter = "12:00", "13:00"
    for day, utc in (
        ("2026-10-23", summer), ("2026-10-26", winter), ("2027-03-26", winter), ("2027-03-29", summer),
    ):  # fmt: skip
        session = a_session(db, w, day=0)
        fields = {"session": session, "seen": "1", "kind": "TRG", "title": "T", "day": day, "starts": "13:00",
                  "ends": "16:00", "mode": "room", "anyway": "y"}  # fmt: skip
        do(db, "sessions.edit", w.leader, **fields)
        assert store.value(db, "select starts_at from session where id = ?", (session,))[11:16] == utc


CASES = json.loads((Path(__file__).parent.parent / "data" / "register_cases.json").read_text())["cases"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_view_counts_the_same_mark_as_the_tablet_in_every_order(db, world_of, case):
    session = open_session(db, world_of)
    for order in permutations(case["marks"]):
        with store.writing(db):
            db.conn.execute("delete from register_mark")
            for mark in order:
                store.put(db, "register_mark", session=session, person=world_of.participant, by=world_of.leader,
                          attending_as="participant", **mark)  # fmt: skip
        assert queries.mark_of(db, session, world_of.participant)["id"] == case["counts"]


def test_nothing_new_on_the_register_is_an_empty_answer(db, world_of, sign_in):
    session, client = open_session(db, world_of), sign_in(world_of.leader)
    first = client.get(f"/sessions/{session}/register").json
    assert client.get(f"/sessions/{session}/register?after={first['number']}").get_data() == b""
    do(db, "sessions.mark", world_of.participant, session=session, person=world_of.participant, status="present")
    news = client.get(f"/sessions/{session}/register?after={first['number']}").json
    (mark,) = news["marks"]
    assert (mark["person"], mark["status"], mark["by_leader"]) == (world_of.participant, "present", 0)
    assert news["number"] > first["number"]
    assert sign_in(world_of.participant).get(f"/sessions/{session}/register").status_code == 404


def test_the_check_in_code_leads_to_the_check_in_page_and_is_drawn_dark_on_light(db, world_of, sign_in):
    session = open_session(db, world_of)
    page = sign_in(world_of.leader).get(f"/sessions/{session}/check-in").get_data(as_text=True)
    assert f"/sessions/{session}/run" in page and 'class="dark"' in page and 'class="light"' in page
    assert sign_in(world_of.outsider).get(f"/sessions/{session}/check-in").status_code == 404
