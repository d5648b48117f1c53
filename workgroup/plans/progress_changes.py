"""Changes to how actions stand: a word at a visit or on a day, each kept; the newest is the state. And the next year.

An action that goes on in the plan of the next year is *carried*: only making the next year says so.
"""

from workgroup import clock, store
from workgroup.door import Refused, Waiting, change
from workgroup.people.post import new_id
from workgroup.plans import changes, forms, queries, rights
from workgroup.visits import queries as visits
from workgroup.withdrawing import bring_back, take_away


@change("plans.note_progress", forms.ProgressForm, rights.leads, capture=True)
def note_progress(db, entry, said):
    """Say how an action of an agreed plan stands; at a visit the day is the visit's."""
    action, plan = queries.action(db, said["action"]), queries.plan_of(db, said)
    if plan["state"] == "draft" or action["withdrawn_at"] or action["aim_withdrawn_at"]:
        raise Refused("This action is in no plan that was agreed.")
    if action["stands"] == "carried":
        raise Refused("This action goes on in the plan of the next year.")
    on_day = said["on_day"] or clock.day_of(entry.at)
    if said["visit"]:
        visit = visits.visit(db, said["visit"])
        if visit is None:
            raise Waiting("The visit this belongs to has not arrived yet.")
        if visit["school_in_group"] != plan["school_in_group"]:
            raise Refused("This visit was to another school.", "visit")
        if visit["state"] == "cancelled":
            raise Refused("This visit was cancelled.", "visit")
        on_day = visit["on_day"]
    if on_day > clock.today():
        raise Refused("This day has not come yet.", "on_day")
    store.put(
        db, "action_progress", id=entry.id, action=action["id"], thread=action["thread"], visit=said["visit"],
        on_day=on_day, stands=said["stands"], words=said["words"], by=entry.by, at=entry.at,
    )  # fmt: skip
    return entry.id


@change("plans.withdraw_progress", forms.ProgressPickForm, rights.leads)
def withdraw_progress(db, entry, said):
    """Take a word of progress away."""
    take_away(db, entry, "action_progress", _own_word(db, said))
    return said["action_progress"]


@change("plans.restore_progress", forms.ProgressPickForm, rights.leads)
def restore_progress(db, entry, said):
    """Bring a word of progress back."""
    bring_back(db, entry, "action_progress", _own_word(db, said))
    return said["action_progress"]


def _own_word(db, said):
    word = queries.progress(db, said["action_progress"])
    if queries.action(db, word["action"])["stands"] == "carried":
        raise Refused("This action goes on in the plan of the next year.")
    return word


def carry_into(db, entry, plan, school_in_group, since):
    """Carry the open actions of a version in force into a new draft of the same school in another Work Group.

    Inside a change. Days before `since`, the first of the new year, are left open.
    """
    if plan["state"] != "in force":
        raise Refused("Choose action plans that are in force.", "action_plans")
    made = new_id()
    store.put(db, "action_plan", id=made, school_in_group=school_in_group, state="draft", by=entry.by, at=entry.at)
    for aim in queries.aims(db, plan["id"]):
        some = [
            {**a, "due_on": a["due_on"] if (a["due_on"] or "") >= since else None}
            for a in aim["actions"] if a["is_open"]
        ]  # fmt: skip
        if not some:
            continue
        changes.copy_aim(db, made, aim, some)
        for a in some:
            store.put(
                db, "action_progress", id=new_id(), action=a["id"], thread=a["thread"], stands="carried",
                on_day=max(clock.day_of(entry.at), a["now"]["on_day"] if a["now"] else ""), by=entry.by, at=entry.at,
            )  # fmt: skip
    return made
