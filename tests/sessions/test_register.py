"""The register: whatever the order of delivery, the same marks count; who may mark whom; two taps a school."""

import json
from itertools import permutations
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from tests.sessions.examples import a_session, far_session, open_session
from tests.world import days, do
from workgroup import clock, door, store
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
    assert _try(db, w.neighbour, session=session, person=w.colleague, status="present").stands, "tapped without a line"
    with store.writing(db):
        db.conn.execute("update session set starts_at = ? where id = ?", (f"{days(-1)}T10:00:00.000Z", session))
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
    w, session = world_of, open_session(db, world_of)
    who = {"person": w.participant}
    if "visitor" in case:
        who = {"visitor": case["visitor"], "school": w.school}
    for order in permutations(case["marks"]):
        with store.writing(db):
            db.conn.execute("delete from register_mark")
            for mark in order:
                store.put(db, "register_mark", session=session, by=w.leader, attending_as="participant", **who, **mark)
        assert [m["id"] for m in queries.register(db, session)] == [case["counts"]]


def test_two_visitors_of_one_name_from_two_schools_are_two(db, world_of):
    w, session = world_of, open_session(db, world_of)
    for school in (w.school, w.school2):
        do(db, "sessions.mark", w.leader, session=session, visitor="Una Marsh", school=school, status="present")
    do(db, "sessions.mark", w.leader, session=session, visitor="Una Marsh", school=w.school, status="not expected")
    stands = {m["school"]: m["status"] for m in queries.register(db, session)}
    assert stands == {w.school: "not expected", w.school2: "present"}


def test_a_mark_tapped_without_a_line_counts_when_it_was_tapped_and_gives_way_to_a_newer_one(db, world_of, sign_in):
    w, session = world_of, open_session(db, world_of)
    fields = {"session": session, "person": w.participant}
    newer = do(db, "sessions.mark", w.co_leader, at=clock.after(-3600), **fields, status="absent")
    # two hours ago by the tablet's ticks; its wall clock runs three hours ahead, its batch arrives now
    entry = {"kind": "sessions.mark", "by": w.leader, "boot": "one", "seq": 1, "ticks": 0.0}
    late = [
        entry | {"id": post.new_id(), "at": clock.after(3600), "fields": fields | {"status": "present"}},
        entry | {"id": post.new_id(), "at": clock.after(3600), "fields": {"session": session, "person": w.colleague,
                                                                         "status": "present"}},
    ]  # fmt: skip
    batch = {"tablet": post.new_id(), "sent": clock.after(10800), "boot": "one", "ticks": 7_200_000.0, "entries": late}
    answer = sign_in(w.leader).post("/sync", json=batch).json
    assert [s["standing"] for s in answer["standings"]] == ["entered", "entered"]
    assert queries.mark_of(db, session, w.participant)["id"] == newer.about, "the newer tap stands"
    came = queries.mark_of(db, session, w.colleague)["in_at"]
    assert abs(clock.read_moment(came) - clock.read_moment(clock.after(-7200))).total_seconds() < 30


def test_nothing_new_on_the_register_is_an_empty_answer(db, world_of, sign_in):
    session, client = open_session(db, world_of), sign_in(world_of.leader)
    first = client.get(f"/sessions/{session}/register").json
    assert client.get(f"/sessions/{session}/register?after={first['number']}").get_data() == b""
    do(db, "sessions.mark", world_of.participant, session=session, person=world_of.participant, status="present")
    news = client.get(f"/sessions/{session}/register?after={first['number']}").json
    (mark,) = news["marks"]
    assert (mark["person"], mark["status"], mark["by_leader"]) == (world_of.participant, "present", 0)
    assert news["number"] > first["number"] and news["shown"] == store.value(db, "select max(number) from ledger")
    assert sign_in(world_of.participant).get(f"/sessions/{session}/register").status_code == 404


def test_the_check_in_code_leads_to_the_check_in_page_and_is_drawn_dark_on_light(db, world_of, sign_in):
    session = open_session(db, world_of)
    page = sign_in(world_of.leader).get(f"/sessions/{session}/check-in").get_data(as_text=True)
    assert f"/sessions/{session}/run" in page and 'class="dark"' in page and 'class="light"' in page
    assert sign_in(world_of.outsider).get(f"/sessions/{session}/check-in").status_code == 404


def test_the_check_in_page_does_not_offer_what_a_leaders_word_would_stand_before(db, world_of, sign_in):
    w, session = world_of, open_session(db, world_of)
    do(db, "sessions.mark", w.leader, session=session, person=w.participant, status="absent")
    page = BeautifulSoup(sign_in(w.participant).get(f"/sessions/{session}/run").get_data(), "html.parser")
    assert "tell whoever takes it" in page.main.text and page.find("form", attrs={"data-form": True}).has_attr("hidden")


def test_a_phone_that_follows_the_code_signed_out_comes_back_to_the_check_in_after_signing_in(db, world_of, sign_in):
    session = open_session(db, world_of)
    client, run = sign_in(None), f"/sessions/{session}/run"
    asked = client.get(run)
    page = BeautifulSoup(client.get(asked.location).get_data(), "html.parser")
    assert page.find("input", attrs={"name": "then"})["value"] == run
    client.post("/sign-in", data={"email": "participant@example.org", "then": run})
    link = store.value(db, "select link from mail order by rowid desc limit 1")
    form = BeautifulSoup(client.get(link).get_data(), "html.parser").find("form", method="post")
    fields = {one["name"]: one["value"] for one in form.find_all("input", type="hidden")}
    back = client.post(form["action"], data=fields)
    assert back.location == run and "I am here" in client.get(run).get_data(as_text=True)


def test_a_tap_taken_back_was_not_made_and_the_one_before_it_counts_again(db, world_of):
    w, session = world_of, open_session(db, world_of)
    first = do(db, "sessions.mark", w.participant, at=clock.after(-20), session=session, person=w.participant,
               status="present").about  # fmt: skip
    second = do(db, "sessions.mark", w.leader, at=clock.after(-10), session=session, person=w.participant,
                status="absent").about  # fmt: skip
    number = queries.marks_number(db, session)
    do(db, "sessions.unmark", w.leader, session=session, mark=second)
    assert queries.mark_of(db, session, w.participant)["id"] == first and queries.is_present(db, w.participant, session)
    assert queries.marks_number(db, session) > number, "or nobody who asks for what changed would hear of it"
    do(db, "sessions.unmark", w.participant, session=session, mark=first)
    assert queries.mark_of(db, session, w.participant) is None and not queries.is_present(db, w.participant, session)


def test_a_tap_that_comes_after_it_was_taken_back_waits_for_it_in_no_order(db, world_of):
    w, session = world_of, open_session(db, world_of)
    fields = {"session": session, "mark": post.new_id()}
    early = door.submit(db, "sessions.unmark", fields, post.new_id(), w.leader)
    assert early.standing == "waiting", "the tablet tries again once the mark has come"


def test_undo_on_the_page_leaves_nobody_marked(db, world_of, sign_in):
    w, session = world_of, open_session(db, world_of)
    client = sign_in(w.leader)
    client.post(f"/sessions/{session}/marks", data={"person": w.participant, "status": "present"})
    client.post(f"/sessions/{session}/undo", data={"person": w.participant})
    assert queries.mark_of(db, session, w.participant) is None
