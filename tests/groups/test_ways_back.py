"""What was noted by mistake in a Work Group can be taken back, by whoever could note it, while nothing rests on it."""

from tests.tasks.examples import a_task
from tests.world import days, do
from workgroup import door, store
from workgroup.groups import queries
from workgroup.people.post import new_id


def _said(db, kind, by, **fields):
    return door.submit(db, kind, fields, new_id(), by)


def test_somebody_whose_last_day_was_noted_by_mistake_stays(db, world_of, sign_in):
    w, client = world_of, sign_in(world_of.leader)
    do(db, "groups.end_membership", w.leader, membership=w.colleague_membership, to_on=days(-2), why="A slip")
    address = f"/groups/{w.group}/people"
    assert "Still in the group" in client.get(address).get_data(as_text=True)
    assert sign_in(w.colleague).get(f"/groups/{w.group}").status_code == 404
    stays = f"/memberships/{w.colleague_membership}/stays"
    assert sign_in(w.participant).post(stays).status_code == sign_in(w.far_leader).post(stays).status_code == 404
    assert client.post(stays).status_code == 303
    assert sign_in(w.colleague).get(f"/groups/{w.group}").status_code == 200
    again = client.post(stays)
    assert again.status_code == 422 and "in the Work Group already" in again.get_data(as_text=True)


def test_nobody_comes_back_by_themselves_twice_or_after_they_were_erased(db, world_of):
    w, back = world_of, "groups.restore_membership"
    ahead = {"membership": w.leader_membership, "to_on": days(5)}
    do(db, "groups.end_membership", w.leader, **ahead)
    assert "Ask somebody else" in str(_said(db, back, w.leader, membership=w.leader_membership).errors)
    do(db, "groups.end_membership", w.leader, membership=w.colleague_membership, to_on=days(-9))
    do(db, "groups.add_person", w.leader, work_group=w.group, name="Toby Colleague", email="colleague@example.org",
       role="participant", school=w.school)  # fmt: skip
    assert "joined again" in str(_said(db, back, w.leader, membership=w.colleague_membership).errors)
    do(db, "groups.end_membership", w.leader, membership=w.neighbour_membership, to_on=days(-1))
    do(db, "people.erase", w.hub_lead, person=w.neighbour)
    assert "erased" in str(_said(db, back, w.leader, membership=w.neighbour_membership).errors)


def test_what_was_noted_last_of_a_school_is_taken_back_and_the_one_before_counts(db, world_of, sign_in):
    w, client = world_of, sign_in(world_of.leader)
    noted = {"school_in_group": w.in_group}
    do(db, "groups.set_engagement", w.leader, state="active", since_on=days(-50), **noted)
    do(db, "groups.set_engagement", w.leader, state="withdrawn", since_on=days(-1), reason="The wrong school", **noted)
    page = client.get(f"/groups/{w.group}/schools/{w.in_group}").get_data(as_text=True)
    assert "The wrong school" in page and page.count("take it back") == 1
    registered, active, withdrawn = (e["id"] for e in queries.engagement_history(db, w.in_group))
    address = f"/schools-in-group/{w.in_group}/engagement/take-back"
    assert client.post(address, data={"engagement": active}).status_code == 422, "only the last one"
    assert client.post(address, data={"engagement": withdrawn}).status_code == 303
    assert client.post(address, data={"engagement": withdrawn}).status_code == 422
    assert [s["state"] for s in queries.schools(db, w.group) if s["id"] == w.in_group] == ["active"]
    assert client.post(address, data={"engagement": active}).status_code == 303
    first = client.post(address, data={"engagement": registered})
    assert first.status_code == 422 and "Take the school out instead" in first.get_data(as_text=True)


def test_a_work_group_made_by_mistake_is_taken_out_while_nothing_is_in_it(db, world_of, sign_in):
    w, client = world_of, sign_in(world_of.hub_lead)
    fields = {"title": "Twice", "academic_year": "2026/27", "leader_word": "Specialist", "meeting_word": "TRG",
              "participant_word": "Lead Participant"}  # fmt: skip
    made = do(db, "groups.create", w.hub_lead, **fields).about
    assert "Take the Work Group out" not in client.get(f"/groups/{w.group}/edit").get_data(as_text=True)
    kept = client.post(f"/groups/{w.group}/take-out")
    assert kept.status_code == 422 and "Something is in this Work Group" in kept.get_data(as_text=True)
    assert queries.group(db, w.group) and len(queries.tags(db, w.group)) == 5
    assert "Take the Work Group out" in client.get(f"/groups/{made}/edit").get_data(as_text=True)
    assert client.post(f"/groups/{made}/take-out").location == "/groups"
    assert queries.group(db, made) is None and client.get(f"/groups/{made}").status_code == 404


def test_a_school_added_by_mistake_is_taken_out_while_nothing_of_it_is_here(db, world_of, sign_in):
    w, client = world_of, sign_in(world_of.leader)
    added = do(db, "groups.add_school", w.leader, work_group=w.group, school=w.far_school).about
    assert "Take the school out" in client.get(f"/groups/{w.group}/schools/{added}").get_data(as_text=True)
    task = a_task(db, w, school_in_group=added)
    out = f"/schools-in-group/{added}/take-out"
    refused = client.post(out)
    assert refused.status_code == 422 and "Note that it has withdrawn" in refused.get_data(as_text=True)
    assert queries.in_group(db, w.group, w.far_school) == added and len(queries.engagement_history(db, added)) == 1
    with store.writing(db):
        db.conn.execute("delete from gap_task where id = ?", (task,))
    assert sign_in(w.participant).post(out).status_code == 404
    assert client.post(out).headers["Location"] == f"/groups/{w.group}/schools"
    assert queries.in_group(db, w.group, w.far_school) is None
    assert "Far Away" not in client.get(f"/groups/{w.group}/schools").get_data(as_text=True)
    assert "took out a school" in client.get(f"/groups/{w.group}/activity").get_data(as_text=True)
    assert _said(db, "groups.take_out_school", w.leader, school_in_group=w.in_group).standing == "refused", "has people"
    do(db, "groups.add_school", w.leader, work_group=w.group, school=w.far_school)


def test_a_schools_own_half_terms_come_back_as_they_were(db, world_of, sign_in):
    w, client = world_of, sign_in(world_of.participant)
    address = f"/schools/{w.school}/half-terms/2026-27"
    term = {"name": "Autumn 1", "from_on": "2026-09-03", "to_on": "2026-10-20"}
    assert client.post(address, data=term).status_code == 303
    assert client.post(address, data={"deed": "clear"}).status_code == 303
    assert "own days back" in client.get(address).get_data(as_text=True)
    assert "own days back" not in client.get(f"/schools/{w.school}/half-terms/2027-28").get_data(as_text=True)
    assert client.post(address, data={"deed": "restore"}).status_code == 303
    page = client.get(address).get_data(as_text=True)
    assert 'value="2026-10-20"' in page and "Keep the hub’s days again" in page
    assert client.post(address, data={"deed": "restore"}).status_code == 422
