"""One example of every kind of plans."""

from tests.examples import Example
from tests.visits.examples import a_visit
from tests.world import days, do
from workgroup import store
from workgroup.people import post
from workgroup.plans import queries

NO = post.new_id()


def a_draft(db, w, **over):
    """Begin a plan of the member's school, or its next version, and return its id."""
    return do(db, "plans.begin", w.leader, **{"school_in_group": w.in_group, **over}).about


def an_aim(db, w, plan=None, **over):
    """Write an aim and return its id."""
    fields = {"outcome": "pupils", "words": "Pupils use stem sentences with each other", **over}
    return do(db, "plans.add_aim", w.leader, action_plan=plan or a_draft(db, w), **fields).about


def an_action(db, w, aim=None, **over):
    """Write an action and return its id."""
    fields = {"words": "Two sentences a unit", "owner": "Nadine Member", "due_on": days(20), **over}
    return do(db, "plans.add_action", w.leader, aim=aim or an_aim(db, w), **fields).about


def a_written_draft(db, w, **over):
    """Write a plan with an aim and an action, and return the plan's id."""
    return queries.plan_of(db, {"action": an_action(db, w, **over)})["id"]


def agree(db, w, plan, **over):
    """Note that a plan was agreed in person, and return its id."""
    seen = str(store.value(db, "select edits from action_plan where id = ?", (plan,)))
    fields = {"agreed_with": "Mrs Hale", "agreed_on": days(-1), "seen": seen, **over}
    return do(db, "plans.agree_in_person", w.leader, action_plan=plan, **fields).about


def a_plan(db, w, **over):
    """Write a plan that was agreed, and return (its id, the id of its action)."""
    action = an_action(db, w, **over)
    return agree(db, w, queries.plan_of(db, {"action": action})["id"]), action


def a_word(db, w, **over):
    """Say how an action stands and return the id of the word."""
    fields = {"stands": "going on", "words": "Twice so far", **over}
    fields.setdefault("action", None)
    fields["action"] = fields["action"] or a_plan(db, w)[1]
    return do(db, "plans.note_progress", w.leader, **fields).about


def asked(db, w, plan=None):
    """Ask the head to agree, and return the fields of a yes."""
    plan = plan or a_written_draft(db, w)
    do(db, "plans.ask_head", w.leader, action_plan=plan, name="Mrs Hale", email="head@example.org")
    link = store.value(db, "select link from mail where link like '/agree/%' order by made_at desc, rowid desc")
    edits = store.value(db, "select edits from action_plan where id = ?", (plan,))
    return {"proof": link.removeprefix("/agree/"), "answer": "agree", "name": "Mrs Hale", "seen": str(edits)}


def _asking(db, w):
    asked(db, w)
    return {"plan_asking": store.value(db, "select id from plan_asking")}


def _gone(db, w, kind, id):
    do(db, f"plans.withdraw{kind and '_' + kind}", w.leader, **{kind or "action_plan": id})
    return {kind or "action_plan": id}


def _two(db, w, kind):
    first = an_aim(db, w) if kind == "aim" else an_action(db, w)
    said = queries.plan_of(db, {kind: first})["id"]
    if kind == "aim":
        an_aim(db, w, said)
    else:
        an_action(db, w, queries.action(db, first)["aim"])
    return {kind: first, "direction": "down"}


def _ask(db, w):
    plan = a_written_draft(db, w)
    do(db, "schools.add_contact", w.leader, school=w.school, role="head", name="Mrs Hale", email="head@example.org")
    return {"action_plan": plan, "contact": store.value(db, "select id from school_contact")}


def _in_person(db, w):
    plan = a_written_draft(db, w)
    edits = store.value(db, "select edits from action_plan where id = ?", (plan,))
    return {"action_plan": plan, "agreed_with": "Mrs Hale", "agreed_on": days(-1), "seen": str(edits)}


def _word(db, w):
    return {"action": a_plan(db, w)[1], "visit": a_visit(db, w), "stands": "going on", "words": "Twice so far"}


EXAMPLES = {
    "plans.begin": Example("leader", lambda db, w: {"school_in_group": w.in_group}, ({"school_in_group": NO},),
                           not_by="participant"),
    "plans.withdraw": Example("leader", lambda db, w: {"action_plan": a_draft(db, w)}, ({"action_plan": NO},),
                              not_by="participant"),
    "plans.restore": Example("leader", lambda db, w: _gone(db, w, "", a_draft(db, w)), ({"action_plan": NO},),
                             not_by="participant"),
    "plans.add_aim": Example(
        "leader", lambda db, w: {"action_plan": a_draft(db, w), "outcome": "policy", "words": "One word each"},
        ({"outcome": "grades"}, {"outcome": ""}, {"words": ""}, {"action_plan": NO}, {"words": "x" * 1001}),
        {"words": "Other"}, "participant",
    ),
    "plans.edit_aim": Example(
        "leader", lambda db, w: {"aim": an_aim(db, w), "outcome": "practice", "words": "Sharper", "seen": "1"},
        ({"seen": "4"}, {"words": ""}, {"outcome": "x"}, {"aim": NO}), {"words": "Other"}, "participant",
    ),
    "plans.move_aim": Example("leader", lambda db, w: _two(db, w, "aim"), ({"direction": "up"}, {"aim": NO}),
                              not_by="participant"),
    "plans.withdraw_aim": Example("leader", lambda db, w: {"aim": an_aim(db, w)}, ({"aim": NO},), not_by="participant"),
    "plans.restore_aim": Example("leader", lambda db, w: _gone(db, w, "aim", an_aim(db, w)), ({"aim": NO},),
                                 not_by="participant"),
    "plans.add_action": Example(
        "leader", lambda db, w: {"aim": an_aim(db, w), "words": "Collect them", "owner": "Toby", "due_on": days(9)},
        ({"words": ""}, {"due_on": "soon"}, {"aim": NO}, {"owner": "x" * 101}), {"words": "Other"}, "participant",
    ),
    "plans.edit_action": Example(
        "leader", lambda db, w: {"action": an_action(db, w), "words": "Sharper", "due_on": days(30), "seen": "1"},
        ({"seen": "4"}, {"words": ""}, {"due_on": "x"}, {"action": NO}), {"words": "Other"}, "participant",
    ),
    "plans.move_action": Example("leader", lambda db, w: _two(db, w, "action"), ({"direction": "up"}, {"action": NO}),
                                 not_by="participant"),
    "plans.withdraw_action": Example("leader", lambda db, w: {"action": an_action(db, w)}, ({"action": NO},),
                                     not_by="participant"),
    "plans.restore_action": Example("leader", lambda db, w: _gone(db, w, "action", an_action(db, w)), ({"action": NO},),
                                    not_by="participant"),
    "plans.ask_head": Example(
        "leader", _ask,
        ({"contact": NO}, {"contact": ""}, {"email": "not one", "name": "A"}, {"email": "a@example.org", "name": ""},
         {"action_plan": NO}),
        {"name": "Somebody", "email": "else@example.org"}, "participant",
    ),
    "plans.end_asking": Example("leader", _asking, ({"plan_asking": NO},), not_by="participant"),
    "plans.answer": Example(
        None, asked,
        ({"proof": "no such link"}, {"answer": "perhaps"}, {"name": ""}, {"seen": "77"}, {"answer": "change"}),
        {"answer": "change", "words": "Fewer aims"}, anyone=True,
    ),
    "plans.agree_in_person": Example(
        "leader", _in_person,
        ({"agreed_on": days(2)}, {"agreed_with": ""}, {"seen": "77"}, {"action_plan": NO}, {"agreed_on": days(-900)}),
        {"agreed_with": "Mr Other"}, "participant",
    ),
    "plans.not_agreed": Example("leader", lambda db, w: {"action_plan": a_plan(db, w)[0]}, ({"action_plan": NO},),
                                not_by="participant"),
    "plans.note_progress": Example(
        "leader", _word, ({"stands": "carried"}, {"stands": ""}, {"action": NO}, {"visit": NO}, {"words": "x" * 1001}),
        {"words": "Other"}, "participant",
    ),
    "plans.withdraw_progress": Example("leader", lambda db, w: {"action_progress": a_word(db, w)},
                                       ({"action_progress": NO},), not_by="participant"),
    "plans.restore_progress": Example(
        "leader", lambda db, w: _gone_word(db, w), ({"action_progress": NO},), not_by="participant"
    ),
}  # fmt: skip


def _gone_word(db, w):
    word = a_word(db, w)
    do(db, "plans.withdraw_progress", w.leader, action_progress=word)
    return {"action_progress": word}
