"""A whole year through its pages: proposed, planned, taken back."""


import pytest
from bs4 import BeautifulSoup

from tests.planning.asking import YEAR, form_of, propose
from tests.planning.examples import a_year
from tests.sessions.examples import a_session
from tests.visits.examples import a_visit
from tests.world import days, do
from workgroup import clock, store
from workgroup.groups import queries as groups
from workgroup.planning import visit_queries
from workgroup.sessions import queries as sessions
from workgroup.visits import queries as visits

pytestmark = pytest.mark.usefixtures("in_september")


def test_a_year_is_proposed_changed_and_planned_with_hosts_in_turn_and_visits(db, world_of, leader):
    w = world_of
    proposed = propose(leader, w, visits="3")
    assert sessions.sessions_of(db, w.group) == [], "nothing is kept before it is planned"
    sent = form_of(proposed)
    assert sent["rows-0-day"] == "2026-09-22" and sent["rows-0-host"] == w.school and sent["rows-1-host"] == w.school2
    sent["rows-5-title"] = "Where are we now?"
    sent["rows-4-day"] = ""
    answer = leader.post(f"/groups/{w.group}/year", data={**sent, "plan": "y"})
    assert answer.status_code == 303, answer.get_data(as_text=True)
    planned = sessions.sessions_of(db, w.group)
    assert [n["number"] for n in planned] == [1, 2, 3, 4, 5]
    assert [n["host"] for n in planned[:4]] == [w.school, w.school2] * 2
    assert planned[-1]["title"] == "Where are we now?"
    assert all(groups.half_term_of(db, n["day"]) for n in planned)
    assert {clock.say_time(n["starts_at"]) for n in planned} == {"13:00"}, "also after the clocks change"
    assert all(len(sessions.agenda(db, n["id"])) == 10 for n in planned)
    made = visits.visits_of_group(db, w.group)
    assert [sum(v["school_in_group"] == s for v in made) for s in (w.in_group, w.in_group2)] == [3, 3]
    assert not {v["on_day"] for v in made} & {n["day"] for n in planned}
    assert groups.group(db, w.group)["visits_per_school"] == 3
    page = leader.get(answer.location).get_data(as_text=True)
    assert "Where are we now?" in page and "Days to look at again" not in page


def test_where_days_are_meant_the_visits_share_them_and_days_stay_what_is_meant(db, world_of, leader):
    w = world_of
    do(db, "groups.edit", w.hub_lead, work_group=w.group, seen="2", strand="Secondary Embedding", **YEAR)
    sent = form_of(propose(leader, w, visits="2"))
    assert leader.post(f"/groups/{w.group}/year", data=sent).status_code == 303
    assert {v["days"] for v in visits.visits_of_group(db, w.group)} == {1.5}
    found = groups.entitlement(db, w.group)
    assert (found["visits"], found["days"]) == (None, 3)
    assert groups.group(db, w.group)["visits_per_school"] is None


def test_what_speaks_against_a_day_is_said_before_anything_is_planned(db, world_of, leader):
    w = world_of
    do(db, "groups.add_person", w.hub_lead, work_group=w.far_group, name="Bethan Leader", email="leader@example.org",
       role="leader", from_on=days(-180))  # fmt: skip
    do(db, "sessions.plan", w.leader, work_group=w.far_group, kind="TRG", title="Far", day="2026-11-17",
       starts="09:00", ends="12:00", mode="online", anyway="y")  # fmt: skip
    a_visit(db, w, on_day="2026-11-18")
    sent = form_of(propose(leader, w))
    assert "2026-11-17" not in sent.values(), "a day on which the leader is elsewhere is not proposed"
    group = groups.group(db, w.group)
    days_of = {d for _, some in visit_queries.visit_days(db, group, 200) for d in some}
    assert "2026-11-16" in days_of and not days_of & {"2026-11-17", "2026-11-18"}, "nor is it to a visit"
    do(db, "groups.set_half_term", w.leader, academic_year="2026/27", school=w.school2, name="Autumn 2",
       from_on="2026-12-01", to_on="2026-12-18")  # fmt: skip
    assert form_of(propose(leader, w))["rows-1-day"] >= "2026-12-01", "its host comes back later"
    sent.update({"rows-1-day": "2026-11-17", "rows-2-day": "2026-11-18", "rows-3-day": "2027-05-03"})
    sent.update({"rows-4-day": "2026-12-25", "rows-5-day": "2026-12-25"})
    seen = leader.post(f"/groups/{w.group}/year", data={**sent, "look": "y"}).get_data(as_text=True)
    for words in ("leads Secondary Estuary on this day", "visits Staithe Lane", "May Day, a bank holiday",
                  "in no half-term; another session of this plan is on this day"):  # fmt: skip
        assert words in seen, words
    assert len(sessions.sessions_of(db, w.group)) == 0


def test_the_first_session_is_proposed_on_the_first_school_day_of_the_first_half_term(db, world_of, sign_in):
    w = world_of
    do(db, "groups.edit", w.hub_lead, work_group=w.group, seen="1", **{**YEAR, "academic_year": "2029/30"})
    do(db, "groups.set_half_term", w.hub_lead, academic_year="2029/30", name="Autumn 1", from_on="2029-09-01",
       to_on="2029-10-19")  # fmt: skip
    asked = BeautifulSoup(sign_in(w.leader).get(f"/groups/{w.group}/year").get_data(), "html.parser")
    assert asked.find("input", attrs={"name": "first"})["value"] == "2029-09-03", "1 September 2029 is a Saturday"


def test_wrong_answers_are_asked_again_and_nothing_typed_is_lost(db, world_of, leader):
    for more, words in (
        ({"first": "2026-10-28"}, "Which day did you mean"), ({"first": ""}, "Enter the day of the first session"),
        ({"count": "99"}, "from 1 to 30"), ({"ends": "12:00"}, "They end before they start"), ({"mode": "moon"}, ""),
    ):  # fmt: skip
        answer = propose(leader, world_of, **more)
        assert answer.status_code == 422 and words in answer.get_data(as_text=True), more
    fewer = propose(leader, world_of, first="2027-06-15", count="9").get_data(as_text=True)
    assert "You asked for 9." in fewer and "have room for 6" in fewer
    fields = a_year(db, world_of) | {"rows-1-day": "32/13/2026", "rows-0-title": "Typed"}
    answer = leader.post(f"/groups/{world_of.group}/year", data=fields)
    assert answer.status_code == 422 and 'value="Typed"' in answer.get_data(as_text=True)
    odd = leader.post(f"/groups/{world_of.group}/year", data={**fields, f"rows-{'7' * 5000}-day": "2026-09-22"})
    assert odd.status_code == 422
    many = {f"rows-{n}-day": "2026-09-22" for n in range(60)}
    answer = leader.post(f"/groups/{world_of.group}/year", data={**fields, **many})
    assert answer.status_code == 422 and "too many rows" in answer.get_data(as_text=True)
    assert sessions.sessions_of(db, world_of.group) == []


def test_one_bad_row_plans_nothing(db, world_of, leader):
    fields = a_year(db, world_of, 3) | {"rows-2-day": "2031-08-12"}
    answer = leader.post(f"/groups/{world_of.group}/year", data=fields)
    assert answer.status_code == 422 and "not in 2026/27" in answer.get_data(as_text=True)
    assert sessions.sessions_of(db, world_of.group) == []


def test_days_that_something_speaks_against_are_planned_only_when_that_is_said(db, world_of, leader):
    sent = {**form_of(propose(leader, world_of)), "rows-5-day": "2026-12-25", "plan": "y"}
    refused = leader.post(f"/groups/{world_of.group}/year", data=sent)
    assert refused.status_code == 422 and "Plan these days all the same" in refused.get_data(as_text=True)
    assert sessions.sessions_of(db, world_of.group) == []
    anyway = {**sent, "anyway": "y", "change_id": ""}
    assert leader.post(f"/groups/{world_of.group}/year", data=anyway).status_code == 303
    assert len(sessions.sessions_of(db, world_of.group)) == 6


def test_visits_are_shown_before_they_are_planned_and_lie_on_no_day_that_is_past(db, world_of, leader, monkeypatch):
    w = world_of
    monkeypatch.setattr(clock, "now", lambda: "2026-12-10T09:00:00.000Z")
    proposed = propose(leader, w, first="2027-01-12", count="3", visits="3")
    assert "The days of the visits" in proposed.get_data(as_text=True)
    assert leader.post(f"/groups/{w.group}/year", data={**form_of(proposed), "plan": "y"}).status_code == 303
    made = visits.visits_of_group(db, w.group)
    assert len(made) == 6 and all(v["on_day"] >= "2026-12-10" for v in made)


@pytest.mark.parametrize(("strand", "meetings", "each"), [
    ("Primary Development", "6", "3"), ("secondary embedding", "6", "3"), ("Primary Sustaining", "6", ""),
    ("Our own research", "6", ""),
])  # fmt: skip
def test_a_strand_brings_its_usual_number_of_sessions_and_visits(db, world_of, leader, strand, meetings, each):
    w = world_of
    do(db, "groups.edit", w.leader, work_group=w.group, seen="2", **YEAR, strand=strand)
    asked = BeautifulSoup(leader.get(f"/groups/{w.group}/year").get_data(as_text=True), "html.parser")
    assert (asked.find(id="count")["value"], asked.find(id="visits").get("value", "")) == (meetings, each)


def test_a_year_is_planned_with_one_day_typed_and_two_presses(db, world_of, leader):
    """A year in three minutes: what is asked is the first day; all else has what the strand and the schools bring."""
    w = world_of
    do(db, "groups.edit", w.leader, work_group=w.group, seen="2", **YEAR, strand="Primary Development")
    group = leader.get(f"/groups/{w.group}").get_data(as_text=True)
    assert f'href="/groups/{w.group}/year"' in group, "one tap from the Work Group"
    asked = BeautifulSoup(leader.get(f"/groups/{w.group}/year").get_data(as_text=True), "html.parser").main.form
    typed = [i for i in asked.find_all("input") if i.get("type") not in ("checkbox", "radio")]
    sent = {i["name"]: i.get("value", "") for i in typed}
    sent["hosts"] = [i["value"] for i in asked.find_all("input", type="checkbox") if i.has_attr("checked")]
    sent["mode"] = next(i["value"] for i in asked.find_all("input", type="radio") if i.has_attr("checked"))
    kind = asked.find(attrs={"name": "kind"})
    sent["kind"] = kind.get("value") or kind.find("option", selected=True)["value"]
    assert [name for name, value in sent.items() if not value] == ["first"], "this alone is typed"
    proposed = leader.get(f"/groups/{w.group}/year", query_string={**sent, "first": "2026-09-22"})
    assert leader.post(f"/groups/{w.group}/year", data={**form_of(proposed), "plan": "y"}).status_code == 303
    planned = sessions.sessions_of(db, w.group)
    assert len(planned) == 6 and {n["host"] for n in planned} == {w.school, w.school2}
    assert len({groups.half_term_of(db, n["day"]) for n in planned}) == 6, "one in each half-term"
    assert len(visits.visits_of_group(db, w.group)) == 6
    assert all(sessions.agenda(db, n["id"]) for n in planned)


def test_a_year_planned_twice_by_a_double_tap_is_planned_once(db, world_of, leader):
    sent = {**form_of(propose(leader, world_of)), "plan": "y"}
    assert [leader.post(f"/groups/{world_of.group}/year", data=sent).status_code for _ in range(2)] == [303, 303]
    assert len(sessions.sessions_of(db, world_of.group)) == 6


def test_nobody_else_plans_a_year(world_of, sign_in):
    w = world_of
    for person in (w.participant, w.outsider, w.administrator, w.far_leader):
        assert sign_in(person).get(f"/groups/{w.group}/year").status_code == 404


def test_each_row_has_its_kind_and_begins_with_the_running_order_of_that_kind(db, world_of, leader):
    w = world_of
    do(db, "sessions.save_template", w.leader, work_group=w.group, kind="Launch",
       **{"blocks-0-kind": "arrivals", "blocks-0-minutes": "20", "blocks-0-title": "Why we are here"})  # fmt: skip
    sent = form_of(propose(leader, w))
    assert {sent[f"rows-{n}-kind"] for n in range(6)} == {"TRG"}, "nothing more to fill in"
    answer = leader.post(f"/groups/{w.group}/year", data={**sent, "rows-0-kind": "Launch", "rows-1-kind": ""})
    assert answer.status_code == 303
    first, second, *_ = sessions.sessions_of(db, w.group)
    assert (first["kind"], second["kind"]) == ("Launch", "TRG")
    assert [b["title"] for b in sessions.agenda(db, first["id"])] == ["Why we are here"]
    assert len(sessions.agenda(db, second["id"])) == 10


def test_another_kind_offers_its_running_order_while_the_agenda_has_not_begun(db, world_of, leader):
    w, id = world_of, a_session(db, world_of, 5, agenda="usual")
    do(db, "sessions.save_template", w.leader, work_group=w.group, kind="Launch",
       **{"blocks-0-kind": "arrivals", "blocks-0-minutes": "20", "blocks-0-title": "Why we are here"})  # fmt: skip
    had = [b["title"] for b in sessions.agenda(db, id)]
    edit = {**form_of(leader.get(f"/sessions/{id}/edit")), "mode": "room", "anyway": "y", "takes_usual": "y"}
    assert leader.post(f"/sessions/{id}/edit", data=edit).status_code == 303
    assert [b["title"] for b in sessions.agenda(db, id)] == had, "the kind is what it was"
    edit = {**edit, **form_of(leader.get(f"/sessions/{id}/edit")), "kind": "Launch"}
    assert leader.post(f"/sessions/{id}/edit", data=edit).status_code == 303
    blocks = sessions.agenda(db, id)
    assert [b["title"] for b in blocks] == ["Why we are here"]
    assert [b["title"] for a in sessions.out_of_agenda(db, id)["agendas"] for b in a["blocks"]] == had
    do(db, "sessions.set_state", w.leader, session=id, state="open")
    do(db, "sessions.begin_block", w.leader, block=blocks[0]["id"])
    assert "running order of the new kind" not in leader.get(f"/sessions/{id}/edit").get_data(as_text=True)
    edit = {**edit, **form_of(leader.get(f"/sessions/{id}/edit")), "kind": "TRG"}
    refused = leader.post(f"/sessions/{id}/edit", data=edit)
    assert refused.status_code == 422 and "begun already" in refused.get_data(as_text=True)


def test_a_year_planned_by_mistake_is_taken_back_in_one_step_planned_again_and_planned_anew(db, world_of, leader):
    w = world_of
    other = a_session(db, w, 5)
    sent = {**form_of(propose(leader, w, visits="1")), "plan": "y"}
    assert leader.post(f"/groups/{w.group}/year", data=sent).status_code == 303
    before = {n["id"]: n["state"] for n in sessions.sessions_of(db, w.group)}
    planned = [id for id in before if id != other]
    calendar = f"/groups/{w.group}/calendar"
    assert "6 sessions and 2 visits that were planned" in leader.get(calendar).get_data(as_text=True)
    back = f"/groups/{w.group}/year/withdraw"
    assert leader.post(back, data={}).location == calendar
    after = {n["id"]: n["state"] for n in sessions.sessions_of(db, w.group)}
    assert after[other] == "planned" and {after[id] for id in planned} == {"cancelled"}
    assert {v["state"] for v in visits.visits_of_group(db, w.group)} == {"cancelled"}
    assert sessions.history(db, planned[0])[-1]["why"] == "Planned by mistake"
    twice = leader.post(back, data={})
    assert twice.status_code == 422 and "one by one" in twice.get_data(as_text=True)
    assert leader.post(f"/groups/{w.group}/year/restore", data={}).status_code == 303
    assert {n["id"]: n["state"] for n in sessions.sessions_of(db, w.group)} == before
    assert {v["state"] for v in visits.visits_of_group(db, w.group)} == {"planned"}
    assert leader.post(back, data={}).status_code == 303
    anew = {**form_of(propose(leader, w)), "plan": "y"}
    assert leader.post(f"/groups/{w.group}/year", data=anew).status_code == 303
    assert [n["number"] for n in sessions.sessions_of(db, w.group) if n["state"] == "planned"] == [*range(1, 8)]
    assert leader.post(f"/groups/{w.group}/year/restore", data={}).status_code == 422, "another stands in its place"


def test_a_year_in_which_something_has_happened_is_not_taken_back(db, world_of, leader, sign_in):
    w = world_of
    leader.post(f"/groups/{w.group}/year", data={**form_of(propose(leader, w)), "plan": "y"})
    back, calendar = f"/groups/{w.group}/year/withdraw", f"/groups/{w.group}/calendar"
    assert "Planned by mistake?" not in sign_in(w.participant).get(calendar).get_data(as_text=True)
    assert sign_in(w.participant).post(back, data={}).status_code in (403, 404)
    assert leader.post(f"/groups/{w.group}/year/plan", data={}).status_code == 404
    contact = {"school": w.school, "name": "Mrs Hale", "role": "head", "email": "head@example.org"}
    do(db, "schools.add_contact", w.leader, **contact)
    contact = store.value(db, "select id from school_contact where school = ?", (w.school,))
    do(db, "sessions.ask_host", w.leader, session=sessions.sessions_of(db, w.group)[0]["id"], contact=contact)
    assert "Planned by mistake?" not in leader.get(calendar).get_data(as_text=True), "a school was asked already"
    do(db, "sessions.note", w.leader, session=sessions.sessions_of(db, w.group)[2]["id"], words="It was snowing")
    assert "Planned by mistake?" not in leader.get(calendar).get_data(as_text=True)
    assert leader.post(back, data={}).status_code == 422
    assert {n["state"] for n in sessions.sessions_of(db, w.group)} == {"planned"}
