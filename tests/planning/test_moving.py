"""What becomes of a planned day: moved with the rest, put off, cancelled, and its history."""

import re

import pytest

from tests.filling import press
from tests.planning.asking import form_of, propose
from tests.sessions.examples import a_session
from tests.world import days
from workgroup import clock
from workgroup.planning import dates
from workgroup.sessions import queries as sessions

pytestmark = pytest.mark.usefixtures("in_september")


def test_moving_one_session_offers_to_move_the_later_ones_and_its_days_stay_in_the_history(db, world_of, leader):
    w = world_of
    leader.post(f"/groups/{w.group}/year", data={**form_of(propose(leader, w)), "plan": "y"})
    second, *later = sessions.sessions_of(db, w.group)[1:]
    moved = dates.plus(second["day"], 7)
    edit = form_of(leader.get(f"/sessions/{second['id']}/edit"))
    answer = leader.post(f"/sessions/{second['id']}/edit", data={**edit, "day": moved, "mode": "room"})
    assert answer.location.endswith("/rest?days=7")
    sent = form_of(leader.get(answer.location))
    assert sent["rows-0-day"] == dates.plus(later[0]["day"], 7)
    del sent["rows-3-moves"]
    twice = leader.post(f"/sessions/{second['id']}/rest", data={**sent, "rows-0-day": "2026-12-25", "change_id": ""})
    assert twice.status_code == 422 and "Christmas Day, a bank holiday" in twice.get_data(as_text=True)
    assert leader.post(f"/sessions/{second['id']}/rest", data={**sent, "anyway": "y"}).status_code == 303
    now = sessions.sessions_of(db, w.group)[2:]
    assert [dates.between(a["day"], b["day"]) for a, b in zip(later, now, strict=True)] == [7, 7, 7, 0]
    assert {clock.say_time(n["starts_at"]) for n in now} == {"13:00"}
    page = leader.get(f"/sessions/{now[0]['id']}").get_data(as_text=True)
    assert f"Planned for {clock.say_day(later[0]['day'], True)}" in re.sub(r"\s+", " ", page) and "Moved to" in page
    again = leader.post(f"/sessions/{second['id']}/rest", data={**sent, "change_id": "", "anyway": "y"})
    assert again.status_code == 422 and "has changed since" in again.get_data(as_text=True)
    looked = {**form_of(again), "change_id": "", "anyway": "y"}
    assert leader.post(f"/sessions/{second['id']}/rest", data=looked).status_code == 303, "after that look it goes"


@pytest.mark.parametrize(("was", "now", "rest"), [(10, 24, [20, 30]), (20, 33, [30]), (30, 5, []), (20, 14, [30])])
def test_whatever_came_after_the_day_it_had_is_offered_also_where_it_was_moved_past_it(
    db, world_of, leader, was, now, rest
):
    w = world_of
    ids = {n: a_session(db, w, n) for n in (10, 20, 30)}
    edit = {**form_of(leader.get(f"/sessions/{ids[was]}/edit")), "mode": "room", "anyway": "y", "day": days(now)}
    answer = leader.post(f"/sessions/{ids[was]}/edit", data=edit)
    if not rest:
        assert answer.location == f"/sessions/{ids[was]}"
        return
    sent = form_of(leader.get(answer.location))
    offered = [(sent[f"rows-{n}-session"], sent[f"rows-{n}-day"]) for n in range(len(rest))]
    assert offered == [(ids[n], days(n + now - was)) for n in rest] and f"rows-{len(rest)}-session" not in sent
    assert leader.post(answer.location, data={**sent, "anyway": "y"}).status_code == 303
    assert [sessions.session(db, ids[n])["day"] for n in rest] == [days(n + now - was) for n in rest]


def test_a_session_that_stays_on_its_day_or_is_the_last_offers_nothing(db, world_of, leader):
    w = world_of
    id = a_session(db, w, 5)
    edit = {**form_of(leader.get(f"/sessions/{id}/edit")), "mode": "room", "anyway": "y"}
    assert leader.post(f"/sessions/{id}/edit", data={**edit, "title": "Other"}).location == f"/sessions/{id}"
    edit = {**form_of(leader.get(f"/sessions/{id}/edit")), "mode": "room", "anyway": "y", "day": days(6)}
    assert leader.post(f"/sessions/{id}/edit", data=edit).location == f"/sessions/{id}"
    assert "No planned session comes after it" in leader.get(f"/sessions/{id}/rest?days=7").get_data(as_text=True)
    for days_said in ("soon", "--5", "9" * 5000, "\u0665"):
        assert leader.get(f"/sessions/{id}/rest", query_string={"days": days_said}).status_code == 200


def test_putting_off_and_cancelling_keep_their_reason_and_the_day(db, world_of, leader):
    w = world_of
    id = a_session(db, w, 5)
    press(leader, f"/sessions/{id}", "Postpone it", why="Snow: the school is shut")
    page = leader.get(f"/sessions/{id}").get_data(as_text=True)
    assert "Postponed, was planned for" in page and "Snow: the school is shut" in page
    form = leader.get(f"/sessions/{id}/edit")
    assert "Saving plans it again" in form.get_data(as_text=True), "what was put off wants another day"
    edit = {**form_of(form), "mode": "room", "anyway": "y", "day": days(12)}
    assert leader.post(f"/sessions/{id}/edit", data=edit).status_code == 303
    states = [h["state"] for h in sessions.history(db, id)]
    assert states == ["planned", "postponed", "planned"]


def test_a_cancelled_session_keeps_its_day_and_reason_and_can_be_planned_again(db, world_of, leader):
    w = world_of
    id, day = a_session(db, w, 5), clock.say_day(days(5), True)
    press(leader, f"/sessions/{id}", "Cancel it", why="No cover for anybody")
    page = re.sub(r"\s+", " ", leader.get(f"/sessions/{id}").get_data(as_text=True))
    assert f"Cancelled, was planned for {day}" in page and "No cover for anybody" in page and "Bethan Leader" in page
    calendar = leader.get(f"/groups/{w.group}/calendar").get_data(as_text=True)
    assert "cancelled" in calendar and "Days to look at again" not in calendar
    other = sessions.session(db, a_session(db, w, 12))
    leader.post(f"/sessions/{id}/state", data={"state": "planned"})
    assert (other["number"], sessions.session(db, id)["number"]) == (1, 2), "another has its number by now"
    assert [h["state"] for h in sessions.history(db, id)] == ["planned", "cancelled", "planned"]
    leader.post(f"/sessions/{id}/state", data={"state": "cancelled", "why": "Snow"})
    third, edit = a_session(db, w, 19), f"/sessions/{id}/edit"
    sent = form_of(leader.get(edit))
    assert leader.post(edit, data={**sent, "day": days(26), "mode": "room", "anyway": "y"}).status_code == 303
    assert [sessions.session(db, n)["number"] for n in (third, id)] == [2, 3], "also when it is given another day"
