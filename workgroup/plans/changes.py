"""Changes to the draft of an action plan: its aims and actions are written, moved, taken away and brought back.

A version that was agreed never changes. To change a plan is to begin its next version, while the agreed one stays in
force.
"""

from workgroup import clock, store
from workgroup.door import Refused, Stale, change
from workgroup.groups import queries as groups
from workgroup.ordering import moved
from workgroup.people.post import new_id
from workgroup.plans import forms, queries, rights
from workgroup.withdrawing import bring_back, take_away

STAYS = "This version was agreed and stays as it is. Begin a new version to change the plan."


@change("plans.begin", forms.SchoolForm, rights.leads)
def begin(db, entry, said):
    """Begin a version: empty, or from the one in force without what was dropped."""
    school = said["school_in_group"]
    if queries.draft(db, school):
        raise Refused("There is a draft already.")
    states = groups.engagement_history(db, school)
    if states and states[-1]["state"] == "withdrawn":
        raise Refused("This school has withdrawn from the Work Group.")
    before = queries.in_force(db, school)
    store.put(
        db, "action_plan", id=entry.id, school_in_group=school, state="draft", after=before and before["id"],
        by=entry.by, at=entry.at,
    )  # fmt: skip
    for aim in queries.aims(db, before["id"]) if before else []:
        actions = [a for a in aim["actions"] if a["stands"] not in ("dropped", "carried")]
        copy_aim(db, entry.id, aim, actions, aim["thread"])
    return entry.id


def copy_aim(db, plan, aim, actions, thread=None):
    """Put an aim and some of its actions into a plan, and return the ids of the actions by what they were.

    Within a plan they keep their threads; into another year's plan (no `thread`) they begin new ones.
    """
    id, made = new_id(), {}
    last = store.value(db, "select coalesce(max(position), -1) from aim where action_plan = ?", (plan,))
    store.put(
        db, "aim", id=id, action_plan=plan, outcome=aim["outcome"], position=last + 1, words=aim["words"],
        thread=thread or id,
    )  # fmt: skip
    for position, a in enumerate(actions):
        made[a["id"]] = one = new_id()
        store.put(
            db, "action", id=one, aim=id, position=position, words=a["words"], owner=a["owner"],
            owner_person=a["owner_person"], due_on=a["due_on"], thread=a["thread"] if thread else one,
            carried_from=a["carried_from"] if thread else a["id"],
        )  # fmt: skip
    return made


@change("plans.withdraw", forms.PlanForm, rights.leads)
def withdraw(db, entry, said):
    """Take a draft away."""
    was = queries.bare(db, said["action_plan"])
    if was["state"] != "draft":
        raise Refused(STAYS)
    take_away(db, entry, "action_plan", was)
    return was["id"]


@change("plans.restore", forms.PlanForm, rights.leads)
def restore(db, entry, said):
    """Bring a draft back, where no other has been begun or agreed since."""
    was = queries.bare(db, said["action_plan"])
    force = queries.in_force(db, was["school_in_group"])
    if queries.draft(db, was["school_in_group"]) and was["withdrawn_at"]:
        raise Refused("There is another draft now.")
    if was["after"] != (force and force["id"]):
        raise Refused("Another version was agreed since. Begin a new one from it.")
    bring_back(db, entry, "action_plan", was)
    return was["id"]


@change("plans.add_aim", forms.AimForm, rights.leads)
def add_aim(db, entry, said):
    """Add an aim under an outcome."""
    plan = _draft(db, said)
    last = store.value(db, "select coalesce(max(position), -1) from aim where action_plan = ?", (plan["id"],))
    store.put(
        db, "aim", id=entry.id, action_plan=plan["id"], outcome=said["outcome"], position=last + 1,
        words=said["words"], thread=entry.id,
    )  # fmt: skip
    return entry.id


@change("plans.edit_aim", forms.EditAimForm, rights.leads, meets="stale")
def edit_aim(db, entry, said):
    """Change an aim."""
    was = queries.aim(db, said["aim"])
    if said["seen"] != str(was["version"]):
        raise Stale(was)
    _draft(db, said)
    entry.was = {n: was[n] for n in ("outcome", "words")}
    store.alter(
        db, "aim", was["id"], outcome=said["outcome"], words=said["words"], version=was["version"] + 1,
    )  # fmt: skip
    return was["id"]


@change("plans.move_aim", forms.MoveAimForm, rights.leads)
def move_aim(db, entry, said):
    """Move an aim one place earlier or later under its outcome."""
    plan, aim = _draft(db, said), queries.aim(db, said["aim"])
    every = queries.aims(db, plan["id"])
    own = [a["id"] for a in every if a["outcome"] == aim["outcome"]]
    rest = [a["id"] for a in every if a["outcome"] != aim["outcome"]]
    _number(db, "aim", rest + moved(own, aim["id"], is_earlier=said["direction"] == "up"))
    return aim["id"]


@change("plans.withdraw_aim", forms.AimPickForm, rights.leads)
def withdraw_aim(db, entry, said):
    """Take an aim away, and its actions with it."""
    _draft(db, said)
    take_away(db, entry, "aim", queries.aim(db, said["aim"]))
    return said["aim"]


@change("plans.restore_aim", forms.AimPickForm, rights.leads)
def restore_aim(db, entry, said):
    """Bring an aim back, and its actions with it."""
    _draft(db, said)
    bring_back(db, entry, "aim", queries.aim(db, said["aim"]))
    return said["aim"]


@change("plans.add_action", forms.ActionForm, rights.leads)
def add_action(db, entry, said):
    """Add an action under an aim."""
    plan = _draft(db, said)
    last = store.value(db, "select coalesce(max(position), -1) from action where aim = ?", (said["aim"],))
    store.put(
        db, "action", id=entry.id, aim=said["aim"], position=last + 1, words=said["words"], owner=said["owner"],
        owner_person=_person(db, plan, said["owner"], entry), due_on=said["due_on"], thread=entry.id,
    )  # fmt: skip
    return entry.id


@change("plans.edit_action", forms.EditActionForm, rights.leads, meets="stale")
def edit_action(db, entry, said):
    """Change an action."""
    was = queries.action(db, said["action"])
    if said["seen"] != str(was["version"]):
        raise Stale(was)
    plan = _draft(db, said)
    entry.was = {n: was[n] for n in ("words", "owner", "due_on")}
    store.alter(
        db, "action", was["id"], words=said["words"], owner=said["owner"], due_on=said["due_on"],
        owner_person=_person(db, plan, said["owner"], entry), version=was["version"] + 1,
    )  # fmt: skip
    return was["id"]


@change("plans.move_action", forms.MoveActionForm, rights.leads)
def move_action(db, entry, said):
    """Move an action one place earlier or later under its aim."""
    plan, action = _draft(db, said), queries.action(db, said["action"])
    own = [a["id"] for m in queries.aims(db, plan["id"], True) if m["id"] == action["aim"]
           for a in m["actions"] if not a["withdrawn_at"]]  # fmt: skip
    _number(db, "action", moved(own, action["id"], is_earlier=said["direction"] == "up"))
    return action["id"]


@change("plans.withdraw_action", forms.ActionPickForm, rights.leads)
def withdraw_action(db, entry, said):
    """Take an action away."""
    _draft(db, said)
    take_away(db, entry, "action", queries.action(db, said["action"]))
    return said["action"]


@change("plans.restore_action", forms.ActionPickForm, rights.leads)
def restore_action(db, entry, said):
    """Bring an action back."""
    _draft(db, said)
    bring_back(db, entry, "action", queries.action(db, said["action"]))
    return said["action"]


def _draft(db, said):
    """Return the draft that is changed, and count that it was: a head agrees to what they read."""
    plan = queries.plan_of(db, said)
    if plan["state"] != "draft":
        raise Refused(STAYS)
    if plan["withdrawn_at"]:
        raise Refused("This draft was taken away. Bring it back first.")
    store.alter(db, "action_plan", plan["id"], edits=plan["edits"] + 1)
    return plan


def _number(db, table, order):
    for position, id in enumerate(order):
        store.alter(db, table, id, position=position)


def _person(db, plan, owner, entry):
    """Return who of the Work Group is meant by a name, so that erasing them takes it away here too; or None."""
    named = (owner or "").casefold()
    people = groups.people(db, plan["work_group"], on=clock.day_of(entry.at)) if named else []
    return next((p["id"] for p in people if p["name"].casefold() == named), None)
