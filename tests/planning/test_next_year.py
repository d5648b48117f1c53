"""Next year's Work Group from this one."""

from tests.filling import press
from tests.planning.examples import next_year
from tests.sessions.examples import a_template
from tests.world import days, do
from workgroup import clock, door
from workgroup.groups import queries as groups
from workgroup.people import post
from workgroup.sessions import prompt_queries, template_queries
from workgroup.tasks import queries as tasks


def test_words_tags_running_orders_schools_people_and_open_tasks_come_along(db, world_of):
    w = world_of
    do(db, "groups.set_engagement", w.leader, school_in_group=w.in_group, state="active", since_on=days(-100))
    do(db, "groups.add_tag", w.leader, work_group=w.group, name="Talk")
    a_template(db, w)
    do(db, "sessions.add_prompt", w.leader, work_group=w.group, words="What did our schools say?")
    fields = next_year(db, w)
    [task] = fields["gap_tasks"]
    new = do(db, "planning.next_year", w.leader, **fields).about
    made = groups.group(db, new)
    assert (made["leader_word"], made["strand"]) == ("Specialist", "Primary Embedding")
    assert "Talk" in [t["name"] for t in groups.tags(db, new)] and len(groups.tags(db, new)) == 6
    assert [t["kind"] for t in template_queries.templates_of(db, new)] == ["TRG"]
    assert [p["words"] for p in prompt_queries.own(db, work_group=new)][-1] == "What did our schools say?"
    [school] = groups.schools(db, new)
    assert (school["school"], school["state"]) == (w.school, "registered")
    people = {p["id"]: p for p in groups.people(db, new)}
    assert set(people) == {w.leader, w.participant}
    assert people[w.participant]["from_on"] == clock.first_day_of(fields["academic_year"])
    assert people[w.leader]["from_on"] == days(0), "whoever leads it plans it before it begins"
    [carried] = tasks.tasks_of(db, new)
    assert carried["carried_from"] == task and carried["state"] == "set"
    assert tasks.task(db, task)["state"] == "carried"
    states = {s["id"]: s["state"] for s in groups.schools(db, w.group)}
    assert states == {w.in_group: "completed", w.in_group2: "completed"}


def test_a_year_that_ends_later_ends_then(db, world_of):
    w = world_of
    do(db, "groups.set_engagement", w.leader, school_in_group=w.in_group, state="active", since_on=days(-100))
    do(db, "planning.next_year", w.leader, **next_year(db, w, on_day=days(60)))
    now = {s["id"]: s["state"] for s in groups.schools(db, w.group, days(0))}
    then = {s["id"]: s["state"] for s in groups.schools(db, w.group, days(60))}
    assert (now[w.in_group], then[w.in_group]) == ("active", "completed")


def test_people_and_tasks_come_along_only_with_their_school(db, world_of):
    w = world_of
    fields = next_year(db, w, **{"schools-0-becomes": "completed"})
    new = do(db, "planning.next_year", w.leader, **fields).about
    assert [p["id"] for p in groups.people(db, new)] == [w.leader] and tasks.tasks_of(db, new) == []
    assert tasks.task(db, fields["gap_tasks"][0])["state"] == "set", "it stays where it was"


def test_a_school_that_has_withdrawn_needs_its_reason_and_nothing_is_half_made(db, world_of):
    w = world_of
    fields = next_year(db, w, **{"schools-1-becomes": "withdrawn"})
    outcome = door.submit(db, "planning.next_year", fields, post.new_id(), w.leader)
    assert outcome.standing == "refused" and "say why" in str(outcome.errors)
    assert len(groups.groups_for(db, w.hub_lead)) == 2


def test_what_becomes_of_each_school_is_kept_with_its_day_and_reason(db, world_of, sign_in):
    w, client = world_of, sign_in(world_of.leader)
    page = client.get(f"/groups/{w.group}/next-year").get_data(as_text=True)
    for words in ("value=\"completed\"", "value=\"withdrawn\"", "Primary Sustaining", "Secondary Development"):
        assert words in page
    rows = {s["id"]: n for n, s in enumerate(groups.schools(db, w.group))}
    first, second = (f"schools-{rows[one]}" for one in (w.in_group, w.in_group2))
    chosen = {"strand": "Primary Sustaining", f"{first}-becomes": "completed", f"{second}-becomes": "withdrawn",
              f"{second}-reason": "A new head, other plans", "on_day": days(0)}  # fmt: skip
    answer = press(client, f"/groups/{w.group}/next-year", "Make next year", **chosen)
    made = answer.location.split("/")[-1]
    assert groups.group(db, made)["strand"] == "Primary Sustaining" and groups.schools(db, made) == []
    ended = {s["id"]: (s["state"], s["since_on"], s["reason"] or None) for s in groups.schools(db, w.group)}
    assert ended == {w.in_group: ("completed", days(0), None),
                     w.in_group2: ("withdrawn", days(0), "A new head, other plans")}  # fmt: skip
    page = client.get(f"/groups/{w.group}/schools/{w.in_group2}").get_data(as_text=True)
    assert "Withdrawn since" in page and "A new head, other plans" in page and "Registered since" in page


def test_nobody_gives_themselves_a_part_they_no_longer_have_and_nobody_gets_two(db, world_of):
    w = world_of
    lead = do(db, "groups.add_person", w.administrator, work_group=w.group, name="Helen Lead", role="leader",
              email="helen@example.org", from_on=days(-100)).about  # fmt: skip
    do(db, "groups.end_membership", w.administrator, membership=lead, to_on=days(-50))
    outcome = door.submit(db, "planning.next_year", next_year(db, w, people=[lead]), post.new_id(), w.hub_lead)
    assert outcome.standing == "refused" and "in this Work Group now" in str(outcome.errors)
    twice = [w.leader_membership, w.leader_membership]
    new = do(db, "planning.next_year", w.leader, **next_year(db, w, people=twice)).about
    assert [p["id"] for p in groups.people(db, new)] == [w.leader]


def test_the_page_offers_everything_and_makes_it(db, world_of, sign_in):
    w, client = world_of, sign_in(world_of.leader)
    page = client.get(f"/groups/{w.group}/next-year").get_data(as_text=True)
    for words in ("Staithe Lane", "Ottersby", "Nadine Member", "Bethan Leader"):
        assert words in page
    fields = next_year(db, w)
    [task] = fields["gap_tasks"]
    came = {"title": "Primary South", "people": [w.leader_membership], "gap_tasks": [task], "on_day": days(0)}
    answer = press(client, f"/groups/{w.group}/next-year", "Make next year", **came)
    assert answer.status_code == 303
    made = answer.location.split("/")[-1]
    assert client.get(answer.location).status_code == 200
    assert [p["id"] for p in groups.people(db, made)] == [w.leader], "whoever was not ticked stays"
    assert [t["carried_from"] for t in tasks.tasks_of(db, made)] == [task]
    again = client.post(f"/groups/{w.group}/next-year", data={**fields, "gap_tasks": []})
    assert again.status_code == 422 and "of that title" in again.get_data(as_text=True)
    assert sign_in(w.participant).get(f"/groups/{w.group}/next-year").status_code == 404
