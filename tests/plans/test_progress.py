"""How actions stand: said at visits and on days, kept through versions and into the next year."""

from tests.filling import press
from tests.hub.test_exports import rows_of
from tests.planning.examples import next_year
from tests.plans.examples import a_draft, a_plan, a_word, a_written_draft, agree, an_action, an_aim
from tests.visits.examples import a_visit
from tests.world import days, do, submit
from workgroup import clock, store
from workgroup.groups import queries as groups
from workgroup.home import finding
from workgroup.people import post
from workgroup.plans import queries


def _only(db, plan):
    return queries.aims(db, plan)[0]["actions"][0]


def test_two_taps_and_a_sentence_at_a_visit_stand_in_the_plan_under_its_day(db, world_of, sign_in):
    w, client = world_of, sign_in(world_of.leader)
    plan, action = a_plan(db, w)
    visit = a_visit(db, w, on_day=days(-3))
    page = client.get(f"/visits/{visit}").get_data(as_text=True)
    assert "Two sentences a unit" in page and "Say how it stands" in page
    sent = {"visit": visit, "stands": "done", "words": "In <i>every room", "change_id": post.new_id()}
    assert [client.post(f"/actions/{action}/progress", data=sent).status_code for _ in range(2)] == [303, 303]
    assert f"/visits/{visit}#action-" in client.post(f"/actions/{action}/progress", data=sent).location
    found = _only(db, plan)
    assert (found["stands"], found["now"]["on_day"], len(found["progress"])) == ("done", days(-3), 1)
    do(db, "visits.make", w.leader, visit=visit, seen="1")
    do(db, "visits.edit", w.leader, visit=visit, on_day=days(-4), seen="2")
    a_word(db, w, action=action, on_day=days(-3), words="Not everywhere")
    assert [(p["words"], p["on_day"]) for p in _only(db, plan)["progress"]] == [
        ("In <i>every room", days(-4)), ("Not everywhere", days(-3))], "the visit's day, also once it is corrected"
    assert queries.action(db, action)["stands"] == "going on"
    text = sign_in(w.participant).get(f"/action-plans/{plan}").get_data(as_text=True)
    assert "In &lt;i&gt;every room" in text and "at the visit" in text and "Say how it stands" not in text
    assert "at this visit" in client.get(f"/visits/{visit}").get_data(as_text=True)
    bad = client.post(f"/actions/{action}/progress", data={"visit": visit, "words": "Kept as typed"})
    assert bad.status_code == 422 and "Kept as typed" in bad.get_data(as_text=True)


def test_of_two_words_at_one_visit_the_later_counts_and_one_taken_away_gives_way(db, world_of):
    w = world_of
    plan, action = a_plan(db, w)
    visit = a_visit(db, w)
    a_word(db, w, action=action, visit=visit, words="Half")
    later = a_word(db, w, action=action, visit=visit, stands="done", words="All")
    assert [p["words"] for p in _only(db, plan)["progress"]] == ["All"]
    do(db, "plans.withdraw_progress", w.leader, action_progress=later)
    assert (_only(db, plan)["stands"], _only(db, plan)["now"]["words"]) == ("going on", "Half")
    do(db, "plans.restore_progress", w.leader, action_progress=later)
    assert _only(db, plan)["stands"] == "done"


def test_only_a_leader_says_and_only_of_their_own_visits_and_agreed_plans(db, world_of, sign_in):
    w = world_of
    draft = a_written_draft(db, w)
    action = _only(db, draft)["id"]
    assert "agreed" in str(submit(db, "plans.note_progress", w.leader, action=action, stands="done").errors)
    agree(db, w, draft)
    said = {"action": action, "stands": "done"}
    other = do(db, "visits.plan", w.leader, school_in_group=w.in_group2, on_day=days(-3)).about
    ahead, off = a_visit(db, w, on_day=days(5)), a_visit(db, w)
    do(db, "visits.cancel", w.leader, visit=off)
    for visit in (other, ahead, off):
        assert submit(db, "plans.note_progress", w.leader, visit=visit, **said).standing == "refused"
    assert submit(db, "plans.note_progress", w.leader, on_day=days(1), **said).standing == "refused"
    for by in (w.participant, w.far_leader, w.hub_lead, None):
        assert submit(db, "plans.note_progress", by, **said).standing == "refused"
    for by in (w.participant, w.far_leader, w.hub_lead):
        assert sign_in(by).get(f"/actions/{action}/progress").status_code == 404
        assert sign_in(by).post(f"/actions/{action}/progress", data=said).status_code == 404


def test_a_word_kept_on_a_tablet_before_the_next_version_arrives_after_it(db, world_of, sign_in):
    w = world_of
    _, action = a_plan(db, w)
    visit = a_visit(db, w)
    draft = a_draft(db, w)
    agree(db, w, draft)
    entry = {"id": post.new_id(), "kind": "plans.note_progress", "by": w.leader, "at": clock.now(),
             "fields": {"action": action, "visit": visit, "stands": "going on", "words": "From the hall"}}  # fmt: skip
    answer = sign_in(w.leader).post("/sync", json={"tablet": post.new_id(), "entries": [entry]})
    assert [s["standing"] for s in answer.json["standings"]] == ["entered"]
    assert _only(db, draft)["now"]["words"] == "From the hall"


def test_an_action_whose_day_has_passed_is_said_kindly_where_it_waits(db, world_of, sign_in):
    w = world_of
    _, action = a_plan(db, w, due_on=days(-2))
    for who in ("leader", "participant"):
        assert "action whose day has passed" in sign_in(getattr(w, who)).get("/").get_data(as_text=True)
    for who in ("neighbour", "outsider", "hub_lead"):
        assert "whose day has passed" not in sign_in(getattr(w, who)).get("/").get_data(as_text=True)
    assert "was to be done by" in sign_in(w.participant).get(f"/schools/{w.school}").get_data(as_text=True)
    a_word(db, w, action=action, stands="done")
    assert "whose day has passed" not in sign_in(w.leader).get("/").get_data(as_text=True)


def test_next_year_begins_with_what_is_open_and_says_where_it_came_from(db, world_of, sign_in):
    w = world_of
    plan = a_draft(db, w)
    aim, done_with = an_aim(db, w, plan, words="Goes on"), an_aim(db, w, plan, words="Is reached")
    goes, over, far = (
        an_action(db, w, aim, words="Open one", due_on=days(10)), an_action(db, w, done_with, words="Done one"),
        an_action(db, w, aim, words="Far ahead", due_on=days(700)),
    )  # fmt: skip
    agree(db, w, plan)
    a_word(db, w, action=over, stands="done")
    a_word(db, w, action=goes, words="Half way")
    client, address = sign_in(w.leader), f"/groups/{w.group}/next-year"
    assert "2 open actions" in client.get(address).get_data(as_text=True)
    answer = press(client, address, "Make next year", action_plans=[plan], on_day=days(0))
    new = answer.location.split("/")[-1]
    school = groups.in_group(db, new, w.school)
    draft = queries.draft(db, school)
    [carried] = queries.aims(db, draft["id"])
    assert carried["words"] == "Goes on"
    assert [(a["words"], a["due_on"], a["carried_from"]) for a in carried["actions"]] == [
        ("Open one", None, goes), ("Far ahead", days(700), far)]  # fmt: skip
    stands = {a["words"]: a["stands"] for m in queries.aims(db, plan) for a in m["actions"]}
    assert stands == {"Open one": "carried", "Done one": "done", "Far ahead": "carried"}
    text = sign_in(w.leader).get(f"/action-plans/{draft['id']}").get_data(as_text=True)
    assert "Carried on from" in text and f"/action-plans/{plan}#action-{goes}" in text
    assert submit(db, "plans.note_progress", w.leader, action=goes, stands="done").errors
    assert "next year" in str(submit(db, "plans.not_agreed", w.leader, action_plan=plan).errors)
    word = store.value(db, "select id from action_progress where words = 'Half way'")
    assert submit(db, "plans.withdraw_progress", w.leader, action_progress=word).errors


def test_a_plan_comes_along_only_with_its_school_and_never_twice_or_from_elsewhere(db, world_of):
    w = world_of
    plan, _ = a_plan(db, w)
    far = do(db, "plans.begin", w.far_leader, school_in_group=w.far_in_group).about
    fields = next_year(db, w, action_plans=[far])
    assert "of this Work Group" in str(submit(db, "planning.next_year", w.leader, **fields).errors)
    stays = {"schools-0-becomes": "completed", "action_plans": [plan, plan]}
    new = do(db, "planning.next_year", w.leader, **{**fields, **stays}).about
    assert not store.value(
        db, "select 1 from action_plan a join school_in_group i on i.id = a.school_in_group where i.work_group = ?",
        (new,),
    )  # fmt: skip
    assert queries.open_actions(db, w.in_group), "what is open stays with its school"


def test_a_plan_is_found_by_those_who_read_it_and_an_older_version_by_nobody(db, world_of):
    w = world_of
    _, action = a_plan(db, w, words="Quince on the wall")
    a_word(db, w, action=action, words="Damson jars too")

    def found(who, text):
        return {k: [one["words"] for one in v] for k, v in finding.find(db, getattr(w, who), text).items()}

    for who in ("leader", "participant"):
        assert found(who, "quince") == {"plan": ["Quince on the wall Nadine Member"]}
        assert found(who, "damson") == {"plan": ["Damson jars too"]}
    for who in ("neighbour", "outsider", "far_leader", "hub_lead", "administrator"):
        assert found(who, "quince") == found(who, "damson") == {}
    draft = a_draft(db, w)
    assert found("participant", "quince")["plan"] == ["Quince on the wall Nadine Member"]
    copy = _only(db, draft)
    do(db, "plans.edit_action", w.leader, action=copy["id"], words="Medlar", seen="1")
    assert found("participant", "medlar") == {} and found("leader", "medlar")["plan"] == ["Medlar"]
    agree(db, w, draft)
    assert found("participant", "quince") == {} and found("participant", "medlar")["plan"] == ["Medlar"]
    assert found("participant", "damson")["plan"], "the word goes on with its action"


def test_the_hub_exports_the_day_the_plan_in_force_was_agreed_as_at_a_day(db, world_of):
    w = world_of
    do(db, "groups.set_engagement", w.leader, school_in_group=w.in_group, state="active", since_on=days(-100))

    def on(day):
        rows = rows_of(db, w.hub_lead, "engagement", day, w.group)
        return {r["school"].split()[0]: r["action_plan_on"] for r in rows}

    plan = a_written_draft(db, w)
    assert on(days(0)) == {"Staithe": None, "Ottersby": None}
    agree(db, w, plan, agreed_on=days(-40))
    agree(db, w, a_draft(db, w), agreed_on=days(-10))
    assert [on(days(n))["Staithe"] for n in (-41, -40, -11, -10, 0)] == [
        None, days(-40), days(-40), days(-10), days(-10)]  # fmt: skip
