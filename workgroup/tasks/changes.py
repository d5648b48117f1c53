"""Changes to gap tasks and in-school work."""

from workgroup import clock, store
from workgroup.door import Refused, change
from workgroup.groups import queries as groups
from workgroup.people.post import new_id
from workgroup.tasks import forms, queries, reminding_changes, rights, waiting_changes, waiting_queries
from workgroup.withdrawing import bring_back, take_away

BACK = "This has been taken back already."
NOT_CARRIED = "It was not carried on after all."


@change("tasks.set", forms.SetForm, rights.sets_tasks)
def set_task(db, entry, said):
    """Set a gap task for a school."""
    if groups.group_of_school(db, said["school_in_group"]) != said["work_group"]:
        raise Refused("This school is not in the Work Group.", "school_in_group")
    if said["session"] and queries.group_of_session(db, said["session"]) != said["work_group"]:
        raise Refused("This session belongs to another Work Group.", "session")
    _check_owner(db, said["owner"], said["work_group"], clock.day_of(entry.at))
    if said["due_on"] and said["due_on"] < clock.day_of(entry.at):
        raise Refused("This day has passed.", "due_on")
    store.put(
        db, "gap_task", id=entry.id, work_group=said["work_group"], session=said["session"],
        school_in_group=said["school_in_group"], owner=said["owner"], words=said["words"], due_on=said["due_on"],
        by=entry.by, at=entry.at,
    )  # fmt: skip
    _remind(db, said["school_in_group"], said["due_on"])
    return entry.id


@change("tasks.edit", forms.EditForm, rights.leads_task)
def edit(db, entry, said):
    """Change the words, the owner or the day of a gap task."""
    was = queries.task(db, said["gap_task"])
    _check_owner(db, said["owner"], was["work_group"], clock.day_of(entry.at))
    entry.was = {k: was[k] for k in ("words", "owner", "due_on")}
    if any(said[k] != was[k] for k in entry.was):
        _tell(db, entry, was, "changed", **entry.was)
    store.alter(db, "gap_task", was["id"], words=said["words"], owner=said["owner"], due_on=said["due_on"])
    _remind(db, was["school_in_group"], said["due_on"])
    return was["id"]


@change("tasks.return", forms.ReturnForm, rights.returns_task, capture=True)
def return_task(db, entry, said):
    """Say how it went. The task is returned, unless nothing has been tried yet."""
    store.put(
        db, "gap_task_return", id=entry.id, gap_task=said["gap_task"], by=entry.by, at=entry.at, went=said["went"],
        words=said["words"], drawn=said["drawn"], described=said["described"] if said["drawn"] else None,
    )  # fmt: skip
    _settle(db, said["gap_task"])
    return said["gap_task"]


@change("tasks.withdraw_return", forms.ReturnPickForm, rights.own_return)
def withdraw_return(db, entry, said):
    """Take one's own return back; the words stay in the ledger."""
    given = queries.gap_task_return(db, said["gap_task_return"])
    take_away(db, entry, "gap_task_return", given, BACK)
    _settle(db, given["gap_task"])
    return given["gap_task"]


@change("tasks.restore_return", forms.ReturnPickForm, rights.own_return)
def restore_return(db, entry, said):
    """Bring back a return that one had taken back."""
    given = queries.gap_task_return(db, said["gap_task_return"])
    bring_back(db, entry, "gap_task_return", given)
    _settle(db, given["gap_task"])
    return given["gap_task"]


@change("tasks.carry", forms.CarryForm, rights.leads_task)
def carry(db, entry, said):
    """Carry a gap task on: this one is carried, and a new one follows it."""
    was = queries.task(db, said["gap_task"])
    if was["state"] in ("carried", "dropped"):
        raise Refused(f"This gap task is {was['state']} already.")
    if said["session"] and queries.group_of_session(db, said["session"]) != was["work_group"]:
        raise Refused("This session belongs to another Work Group.", "session")
    on = clock.day_of(entry.at)
    # carried at the session where it should have come back, it waits at the one after that
    session = said["session"] or queries.last_session(db, was["work_group"], on) or was["session"]
    is_late = was["due_on"] and was["due_on"] <= on
    due_on = said["due_on"] or (queries.next_session_day(db, was["work_group"], on) if is_late else was["due_on"])
    store.alter(db, "gap_task", was["id"], state="carried")
    _tell(db, entry, was, "carried", said["why"])
    store.put(
        db, "gap_task", id=entry.id, work_group=was["work_group"], session=session,
        school_in_group=was["school_in_group"], owner=was["owner"], words=was["words"],
        due_on=due_on, by=entry.by, at=entry.at, carried_from=was["id"],
    )  # fmt: skip
    _remind(db, was["school_in_group"], due_on)
    return entry.id


def carry_into(db, entry, task, group, school_in_group):
    """Carry an open gap task on into another Work Group of the same school; inside a change.

    It waits on the first session there, and has its day once there is one. Whoever saw to it still does if they are
    in that group too, else the school.
    """
    if task["state"] != "set":
        raise Refused(f"A gap task is {task['state']} already.", "gap_tasks")
    id, people = new_id(), {p["id"] for p in groups.people(db, group)}
    store.put(
        db, "gap_task", id=id, work_group=group, session=None, school_in_group=school_in_group,
        owner=task["owner"] if task["owner"] in people else None, words=task["words"], due_on=None, by=entry.by,
        at=entry.at, carried_from=task["id"],
    )  # fmt: skip
    store.alter(db, "gap_task", task["id"], state="carried")
    _tell(db, entry, task, "carried")
    waiting_changes.follow(db, [t for t in waiting_queries.following(db, group) if t["id"] == id])


@change("tasks.drop", forms.DropForm, rights.leads_task)
def drop(db, entry, said):
    """Drop a gap task that will not be done."""
    was = queries.task(db, said["gap_task"])
    if was["state"] != "set":
        raise Refused(f"This gap task is {was['state']} already.")
    store.alter(db, "gap_task", was["id"], state="dropped")
    _tell(db, entry, was, "dropped", said["why"])
    return was["id"]


@change("tasks.reopen", forms.ReopenForm, rights.leads_task)
def reopen(db, entry, said):
    """Take up again what was dropped, or what was carried on and should not have been: what followed it is dropped."""
    was = queries.task(db, said["gap_task"])
    if was["state"] not in ("dropped", "carried"):
        raise Refused("Only a gap task that was dropped or carried on can be taken up again.")
    before, after = was["carried_from"] and queries.task(db, was["carried_from"]), queries.followed_by(db, was["id"])
    if was["state"] == "dropped" and before and before["state"] != "carried":
        raise Refused("The gap task that it was carried on from stands again. Carry that one on.")
    if was["state"] == "carried":
        if after["state"] != "set" or after["returns"] or after["not_yet"]:
            raise Refused("Something has become of the one that it was carried on as. Go on with that one.")
        if not groups.leads(db, entry.by, after["work_group"], clock.day_of(entry.at)):
            raise Refused("It was carried on into a Work Group that you do not lead. Its leaders can drop it there.")
        store.alter(db, "gap_task", after["id"], state="dropped")
        _tell(db, entry, after, "dropped", NOT_CARRIED)
    store.alter(db, "gap_task", was["id"], state="set")
    _tell(db, entry, was, "reopened", said["why"])
    _settle(db, was["id"])
    return was["id"]


@change("tasks.did_at_school", forms.WorkForm, rights.notes_work, capture=True)
def did_at_school(db, entry, said):
    """Note what a school did of its own, between meetings."""
    if said["on_day"] > clock.today():
        raise Refused("This day has not come yet.", "on_day")
    store.put(
        db, "in_school_work", id=entry.id, school_in_group=said["school_in_group"], by=entry.by, at=entry.at,
        on_day=said["on_day"], kind=said["kind"], colleagues=said["colleagues"], topic=said["topic"],
        words=said["words"],
    )  # fmt: skip
    return entry.id


@change("tasks.withdraw_work", forms.WorkPickForm, rights.own_work)
def withdraw_work(db, entry, said):
    """Take an entry of in-school work back."""
    take_away(db, entry, "in_school_work", queries.work(db, said["in_school_work"]), BACK)
    return said["in_school_work"]


@change("tasks.restore_work", forms.WorkPickForm, rights.own_work)
def restore_work(db, entry, said):
    """Bring an entry of in-school work back."""
    bring_back(db, entry, "in_school_work", queries.work(db, said["in_school_work"]))
    return said["in_school_work"]


def _tell(db, entry, task, deed, why=None, **before):
    """Keep what became of a gap task, by whom and why; `before` is what stood before a change."""
    store.put(
        db, "gap_task_history", gap_task=task["id"], at=entry.at, by=entry.by, deed=deed, why=why, **before
    )  # fmt: skip


def _settle(db, gap_task):
    """A task is returned while something has been tried and told; the order of arrival does not matter."""
    task = queries.task(db, gap_task)
    if task["state"] in ("set", "returned"):
        tried = any(r["went"] != "not yet" for r in queries.returns(db, gap_task))
        store.alter(db, "gap_task", gap_task, state="returned" if tried else "set")


def _remind(db, school_in_group, due_on):
    if due_on:
        reminding_changes.plan(db, school_in_group, due_on)


def _check_owner(db, owner, group, on):
    if owner and not groups.is_or_will_be_in(db, owner, group, on):
        raise Refused("Choose somebody of this Work Group.", "owner")
