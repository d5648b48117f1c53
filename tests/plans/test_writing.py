"""Writing a plan: a draft in versions, what changed between them, and who reads what."""

import io

import pypdf
import pytest

from tests.papers import words_of_paper
from tests.plans.examples import a_draft, a_plan, a_word, a_written_draft, agree, an_action, an_aim
from tests.world import days, do, submit
from workgroup import personal, store
from workgroup.people import post
from workgroup.plans import comparing, queries
from workgroup.plans.forms import OUTCOMES

WHO = ("leader", "co_leader", "participant", "colleague", "neighbour", "outsider", "far_leader", "hub_lead",
       "administrator")  # fmt: skip
LEADERS = {"leader", "co_leader"}


def _words(aims):
    return [(m["words"], [a["words"] for a in m["actions"]]) for m in aims]


def test_a_draft_is_its_leaders_and_what_is_agreed_is_also_the_schools(db, world_of, sign_in):
    w = world_of
    plan = a_written_draft(db, w, words="Marker action")
    addresses = (f"/action-plans/{plan}", f"/action-plans/{plan}/plan.pdf")

    def read_by(address):
        return {who for who in WHO if sign_in(getattr(w, who)).get(address).status_code == 200}

    assert all(read_by(address) == LEADERS for address in addresses)
    agree(db, w, plan)
    assert all(read_by(address) == {*LEADERS, "participant", "colleague"} for address in addresses)
    assert read_by(f"/schools-in-group/{w.in_group}/plan") == {*LEADERS, "participant", "colleague"}
    page = f"/schools/{w.school}"
    shown = {who for who in WHO if "Marker action" in sign_in(getattr(w, who)).get(page).get_data(as_text=True)}
    assert shown == {*LEADERS, "participant", "colleague"}
    hub = sign_in(w.hub_lead).get(f"/schools/{w.school}").get_data(as_text=True)
    assert "Version 1" in hub and "1 action, 0 done" in hub and "Mrs Hale" not in hub


def test_whoever_has_left_the_school_reads_it_no_longer(db, world_of, sign_in):
    w = world_of
    plan, _ = a_plan(db, w)
    do(db, "groups.end_membership", w.leader, membership=w.participant_membership, to_on=days(-1))
    assert sign_in(w.participant).get(f"/action-plans/{plan}").status_code == 404
    do(db, "groups.end_membership", w.hub_lead, membership=w.leader_membership, to_on=days(-1))
    assert sign_in(w.leader).get(f"/action-plans/{plan}").status_code == 404
    assert submit(db, "plans.begin", w.leader, school_in_group=w.in_group).standing == "refused"


def test_a_leader_writes_a_plan_on_its_pages(db, world_of, sign_in):
    w, client = world_of, sign_in(world_of.leader)
    assert "Start the plan" in client.get(f"/schools-in-group/{w.in_group}/plan").get_data(as_text=True)
    page = client.post(f"/schools-in-group/{w.in_group}/plan").location
    assert client.post(f"{page}/aims", data={"outcome": "policy", "words": "One word <b>each"}).status_code == 303
    [aim] = queries.aims(db, page.split("/")[-1])
    refused = client.post(f"/aims/{aim['id']}/actions", data={"words": "Kept as typed", "due_on": "soon"})
    assert refused.status_code == 422 and "Kept as typed" in refused.get_data(as_text=True)
    sent = {"words": "Ask the phases", "owner": "nadine member", "due_on": days(9), "change_id": post.new_id()}
    assert [client.post(f"/aims/{aim['id']}/actions", data=sent).status_code for _ in range(2)] == [303, 303]
    an_action(db, w, aim["id"], due_on="")
    away = an_action(db, w, aim["id"], owner="")
    do(db, "plans.withdraw_action", w.leader, action=away)
    for at in (page, f"{page}/agreeing"):
        assert "1 of 2 open actions has no name or no day yet." in client.get(at).get_data(as_text=True)
    text = client.get(page).get_data(as_text=True)
    assert text.count(">Ask the phases</p>") == 1 and "One word &lt;b&gt;each" in text
    assert store.value(db, "select owner_person from action where words = 'Ask the phases'") == w.participant
    empty = client.post(f"{page}/aims", data={"outcome": "pupils", "words": ""})
    assert empty.status_code == 422 and "Enter what you aim for" in empty.get_data(as_text=True)


def test_aims_and_actions_are_ordered_taken_away_and_brought_back(db, world_of, sign_in):
    w = world_of
    plan = a_draft(db, w)
    first, second = an_aim(db, w, plan, words="First"), an_aim(db, w, plan, words="Second")
    one, two = an_action(db, w, first, words="One"), an_action(db, w, first, words="Two")
    do(db, "plans.move_aim", w.leader, aim=second, direction="up")
    do(db, "plans.move_action", w.leader, action=two, direction="up")
    assert _words(queries.aims(db, plan)) == [("Second", []), ("First", ["Two", "One"])]
    do(db, "plans.withdraw_action", w.leader, action=one)
    do(db, "plans.withdraw_aim", w.leader, aim=second)
    assert _words(queries.aims(db, plan)) == [("First", ["Two"])]
    assert "Taken away: Second" in sign_in(w.leader).get(f"/action-plans/{plan}").get_data(as_text=True)
    assert submit(db, "plans.move_action", w.leader, action=one, direction="up").errors
    assert submit(db, "plans.withdraw_aim", w.leader, aim=second).errors
    do(db, "plans.restore_aim", w.leader, aim=second)
    do(db, "plans.restore_action", w.leader, action=one)
    assert _words(queries.aims(db, plan)) == [("Second", []), ("First", ["Two", "One"])]


@pytest.mark.parametrize("kind", ["aim", "action"])
def test_what_somebody_else_wrote_meanwhile_is_shown_and_nothing_typed_is_lost(db, world_of, sign_in, kind):
    w = world_of
    one = an_aim(db, w) if kind == "aim" else an_action(db, w)
    fields = {"outcome": "pupils"} if kind == "aim" else {}
    do(db, f"plans.edit_{kind}", w.co_leader, **{kind: one}, words="Hers", seen="1", **fields)
    sent = {"words": "Mine, typed", "seen": "1", **fields}
    answer = sign_in(w.leader).post(f"/{kind}s/{one}/edit", data=sent)
    text = answer.get_data(as_text=True)
    assert answer.status_code == 409 and "Hers" in text and "Mine, typed" in text and 'value="2"' in text
    assert sign_in(w.leader).post(f"/{kind}s/{one}/edit", data={**sent, "seen": "2"}).status_code == 303


def test_an_agreed_version_never_changes_and_a_new_one_begins_from_it(db, world_of, sign_in):
    w = world_of
    plan, action = a_plan(db, w)
    aim = queries.action(db, action)["aim"]
    refused = [
        submit(db, "plans.add_aim", w.leader, action_plan=plan, outcome="pupils", words="More"),
        submit(db, "plans.edit_aim", w.leader, aim=aim, outcome="pupils", words="Other", seen="1"),
        submit(db, "plans.add_action", w.leader, aim=aim, words="More"),
        submit(db, "plans.edit_action", w.leader, action=action, words="Other", seen="1"),
        submit(db, "plans.withdraw_action", w.leader, action=action),
        submit(db, "plans.withdraw_aim", w.leader, aim=aim),
        submit(db, "plans.withdraw", w.leader, action_plan=plan),
    ]
    assert all("stays as it is" in str(o.errors) for o in refused)
    draft = a_draft(db, w)
    assert _words(queries.aims(db, draft)) == _words(queries.aims(db, plan))
    assert submit(db, "plans.begin", w.leader, school_in_group=w.in_group).errors
    assert queries.in_force(db, w.in_group)["id"] == plan, "the agreed one stays in force"
    page = sign_in(w.leader).get(f"/schools-in-group/{w.in_group}/plan").get_data(as_text=True)
    assert "Version 1, agreed with Mrs Hale" in page and "Go on with the draft" in page
    assert "draft" not in sign_in(w.participant).get(f"/schools-in-group/{w.in_group}/plan").get_data(as_text=True)
    agree(db, w, draft)
    old = sign_in(w.participant).get(f"/action-plans/{plan}").get_data(as_text=True)
    assert "A newer version is in force" in old and "Version 2" in old


def test_what_changed_between_versions_is_said_plainly(db, world_of, sign_in):
    w = world_of
    plan, _ = a_plan(db, w, due_on=days(5))
    draft = a_draft(db, w)
    [aim] = queries.aims(db, draft)
    [copy] = aim["actions"]
    do(db, "plans.edit_aim", w.leader, aim=aim["id"], outcome="practice", words="Sharper", seen="1")
    do(db, "plans.edit_action", w.leader, action=copy["id"], words=copy["words"], owner="Headteacher", seen="1")
    an_action(db, w, aim["id"], words="Brand new")
    gone = an_action(db, w, aim["id"], words="Written and taken away")
    do(db, "plans.withdraw_action", w.leader, action=gone)
    found = comparing.compare(queries.aims(db, plan), queries.aims(db, draft))
    assert [(n["what"], bool(n["was"])) for n in found] == [
        ("Aim in other words", True), ("Aim now under Teachers’ practice", False), ("Who sees to it", True),
        ("By another day", True), ("New action", False),
    ]  # fmt: skip
    text = sign_in(w.leader).get(f"/action-plans/{draft}").get_data(as_text=True)
    assert "Brand new" in text and "not said yet" in text
    do(db, "plans.withdraw_aim", w.leader, aim=aim["id"])
    assert [n["what"] for n in comparing.compare(queries.aims(db, plan), queries.aims(db, draft))] == [
        "Aim taken out", "Action taken out"]  # fmt: skip


def test_a_draft_taken_away_comes_back_unless_another_version_was_agreed_since(db, world_of, sign_in):
    w = world_of
    a_plan(db, w)
    draft = a_draft(db, w)
    do(db, "plans.withdraw", w.leader, action_plan=draft)
    assert "taken away" in sign_in(w.leader).get(f"/action-plans/{draft}").get_data(as_text=True)
    assert submit(db, "plans.add_aim", w.leader, action_plan=draft, outcome="pupils", words="Late").errors
    do(db, "plans.restore", w.leader, action_plan=draft)
    do(db, "plans.withdraw", w.leader, action_plan=draft)
    other = a_draft(db, w)
    assert "another draft" in str(submit(db, "plans.restore", w.leader, action_plan=draft).errors)
    agree(db, w, other)
    assert "agreed since" in str(submit(db, "plans.restore", w.leader, action_plan=draft).errors)


def test_a_new_version_leaves_out_what_was_dropped_and_keeps_what_was_said(db, world_of):
    w = world_of
    _, action = a_plan(db, w, words="Drop me")
    an = a_draft(db, w)
    kept = an_action(db, w, queries.aims(db, an)[0]["id"], words="Keep me")
    agree(db, w, an)
    a_word(db, w, action=kept, words="Half way")
    a_word(db, w, action=action, stands="dropped")
    [aim] = queries.aims(db, a_draft(db, w))
    assert [(a["words"], a["now"]["words"]) for a in aim["actions"]] == [("Keep me", "Half way")]


def test_a_school_that_has_withdrawn_begins_no_plan(db, world_of, sign_in):
    w = world_of
    do(db, "groups.set_engagement", w.leader, school_in_group=w.in_group, state="withdrawn", since_on=days(-1),
       reason="Staffing")  # fmt: skip
    answer = sign_in(w.leader).post(f"/schools-in-group/{w.in_group}/plan")
    assert answer.status_code == 422 and "has withdrawn" in answer.get_data(as_text=True)


def test_on_paper_each_aim_stands_under_its_outcome_with_its_actions(db, world_of, sign_in):
    w, plan = world_of, a_draft(db, world_of)
    for key, name in OUTCOMES:
        aim = do(db, "plans.add_aim", w.leader, action_plan=plan, outcome=key, words=f"An aim for {name.lower()}").about
        do(db, "plans.add_action", w.leader, aim=aim, words=f"An action for {name.lower()}")
    paper = pypdf.PdfReader(io.BytesIO(sign_in(w.leader).get(f"/action-plans/{plan}/plan.pdf").data))
    text = words_of_paper(paper)
    said = [w for _, name in OUTCOMES for w in (name, f"An aim for {name.lower()}", f"An action for {name.lower()}")]
    places = [text.index(words) for words in said]
    assert places == sorted(places)


def test_the_plan_on_paper_holds_words_as_text(db, world_of, sign_in):
    w = world_of
    action = an_action(db, w, words='#read("/etc/passwd") <script>', due_on="", owner="")
    plan = queries.plan_of(db, {"action": action})["id"]
    made = sign_in(w.leader).get(f"/action-plans/{plan}/plan.pdf")
    paper = pypdf.PdfReader(io.BytesIO(made.data))
    text = words_of_paper(paper)
    assert made.mimetype == "application/pdf" and paper.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert '#read("/etc/passwd") <script>' in text and "A draft, not agreed yet." in text and "nobody yet" in text
    assert sign_in(w.leader).get(f"/action-plans/{a_draft(db, w, school_in_group=w.in_group2)}/plan.pdf").data


def test_erasing_a_person_takes_their_name_and_words_out_of_plans(db, world_of):
    w = world_of
    _, action = a_plan(db, w)
    a_word(db, w, action=action, words="Said by the leader")
    with store.writing(db):
        personal.erase(db, w.participant, "2026-01-01T00:00:00.000Z")
        personal.erase(db, w.leader, "2026-01-01T00:00:00.000Z")
    assert queries.action(db, action)["owner"] == personal.SOMEBODY
    assert store.row(db, "select words, stands from action_progress") == {"words": None, "stands": "going on"}
    assert not store.value(db, "select 1 from ledger_words where said like '%Nadine Member%' and said like '%owner%'")


def test_what_was_typed_while_the_plan_was_agreed_or_taken_away_is_shown(db, world_of, sign_in):
    w, client = world_of, sign_in(world_of.leader)
    plan, action = a_plan(db, w)
    aim = queries.action(db, action)["aim"]
    draft = a_draft(db, w)
    do(db, "plans.withdraw", w.leader, action_plan=draft)
    for address, sent in (
        (f"/action-plans/{plan}/aims", {"outcome": "pupils"}), (f"/aims/{aim}/actions", {}),
        (f"/actions/{action}/edit", {"seen": "1"}), (f"/aims/{aim}/edit", {"seen": "1", "outcome": "pupils"}),
        (f"/action-plans/{draft}/aims", {"outcome": "pupils"}),
    ):  # fmt: skip
        answer = client.post(address, data={"words": "Typed in vain", **sent})
        assert answer.status_code == 422 and "Typed in vain" in answer.get_data(as_text=True), address
