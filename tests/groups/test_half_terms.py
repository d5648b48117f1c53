"""Half-terms: the hub's own, and those of a school that keeps other days."""

from tests.world import do
from workgroup import door
from workgroup.groups import queries
from workgroup.people import post

YEAR = {"academic_year": "2026/27", "name": "Autumn 1"}


def test_a_school_keeps_the_hubs_days_until_it_has_its_own(db, world_of):
    w = world_of
    do(db, "groups.set_half_term", w.administrator, **YEAR, from_on="2026-09-02", to_on="2026-10-16")
    assert queries.half_term_of(db, "2026-10-20", w.school) is None
    do(db, "groups.set_half_term", w.leader, **YEAR, from_on="2026-09-07", to_on="2026-10-23", school=w.school)
    assert queries.half_term_of(db, "2026-10-20", w.school) == "Autumn 1"
    assert queries.half_term_of(db, "2026-10-20", w.school2) is None
    assert queries.half_term_of(db, "2026-10-20") is None
    assert queries.half_term_of(db, "2026-09-03", w.school) is None, "the hub's days for it do not count there"
    do(db, "groups.clear_half_terms", w.participant, academic_year="2026/27", school=w.school)
    assert queries.half_term_of(db, "2026-09-03", w.school) == "Autumn 1"


def test_the_page_of_a_school_says_whose_days_they_are_and_keeps_what_was_typed(db, world_of, sign_in):
    w, address = world_of, f"/schools/{world_of.school}/half-terms/2026-27"
    client = sign_in(w.leader)
    assert "keeps the hub’s days" in client.get(address).get_data(as_text=True)
    wrong = client.post(address, data={"name": "Autumn 1", "from_on": "2026-10-23", "to_on": "2026-09-07"})
    assert wrong.status_code == 422 and 'value="2026-10-23"' in wrong.get_data(as_text=True)
    right = client.post(address, data={"name": "Autumn 1", "from_on": "2026-09-07", "to_on": "2026-10-23"})
    assert right.status_code == 303
    assert "days of its own" in client.get(address).get_data(as_text=True)
    assert client.post(address, data={"deed": "clear"}).status_code == 303
    assert "keeps the hub’s days" in client.get(address).get_data(as_text=True)
    assert sign_in(w.outsider).get(address).status_code == 404


def test_a_session_is_planned_by_the_days_of_its_host(db, world_of, sign_in):
    w = world_of
    do(db, "groups.edit", w.hub_lead, work_group=w.group, seen="1", title="Primary South", leader_word="Specialist",
       participant_word="Lead Participant", meeting_word="TRG", academic_year="2026/27")  # fmt: skip
    do(db, "groups.set_half_term", w.leader, **YEAR, from_on="2026-09-07", to_on="2026-10-30", school=w.school)
    fields = {"kind": "TRG", "title": "In the hub's holidays", "day": "2026-10-27", "starts": "13:00", "ends": "16:00",
              "mode": "room", "host": w.school2}  # fmt: skip
    client = sign_in(w.leader)
    assert client.post(f"/groups/{w.group}/sessions/new", data=fields).status_code == 422
    assert client.post(f"/groups/{w.group}/sessions/new", data={**fields, "host": w.school}).status_code == 303


def test_the_hub_sets_its_days_on_its_page_goes_back_to_the_usual_ones_and_takes_its_own_back(db, world_of, sign_in):
    w, address, client = world_of, "/half-terms/2026-27", sign_in(world_of.administrator)
    usual = queries.half_terms(db, "2026/27")[0]
    assert "the usual ones until you change one" in client.get(address).get_data(as_text=True)
    days = {"name": "Autumn 1", "from_on": "2026-09-09", "to_on": "2026-10-15"}
    assert client.post(address, data=days).status_code == 303
    page = client.get(address).get_data(as_text=True)
    assert 'value="2026-09-09"' in page and 'value="2026-10-15"' in page and "Go back to the usual days" in page
    at_school = sign_in(w.leader).get(f"/schools/{w.school}/half-terms/2026-27").get_data(as_text=True)
    assert 'value="2026-09-09"' in at_school and "keeps the hub’s days" in at_school
    assert client.post(address, data={"deed": "clear"}).status_code == 303
    assert queries.half_terms(db, "2026/27")[0] == usual
    again = client.post(address, data={"deed": "clear"})
    assert again.status_code == 422 and "keeps the usual days already" in again.get_data(as_text=True)
    assert client.post(address, data={"deed": "restore"}).status_code == 303
    assert 'value="2026-09-09"' in client.get(address).get_data(as_text=True)
    assert sign_in(w.leader).post(address, data={"deed": "clear"}).status_code in (403, 404)
    refused = door.submit(db, "groups.clear_half_terms", {"academic_year": "2026/27"}, post.new_id(), w.leader)
    assert refused.standing == "refused", "the hub's days are the hub's"
