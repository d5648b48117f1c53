"""Who may set, return and read gap tasks and in-school work."""

from workgroup import guests
from workgroup.door import Waiting
from workgroup.groups import queries as groups
from workgroup.groups.rights import LEADERS_ONLY
from workgroup.groups.rights import sees as sees_group
from workgroup.photos.queries import against
from workgroup.tasks import photo_queries, queries

OWN_SCHOOL = "This is for the school’s own people and the leaders of the Work Group."


@guests.may_use(lambda db, by, said: guests.session_run_by(db, by, said.get("session")))
def sets_tasks(db, by, said, on):
    """A leader of the group, or whoever runs the session now."""
    if groups.leads(db, by, said["work_group"], on):
        return True
    session = said.get("session")
    same = session and queries.group_of_session(db, session) == said["work_group"]
    return bool(same and queries.runs_session(db, by, session, on)) or LEADERS_ONLY


def leads_task(db, by, said, on):
    """A leader of the gap task's group."""
    return groups.leads(db, by, _task(db, said)["work_group"], on) or LEADERS_ONLY


def returns_task(db, by, said, on):
    """Somebody of the school the task is for, or a leader."""
    task = _task(db, said)
    # now, or on the day that it is to be back: who joins by then is reminded before
    own = any(
        groups.school_of(db, by, task["work_group"], day) == task["school_in_group"]
        for day in (on, max(on, task["due_on"] or on))
    )
    return own or groups.leads(db, by, task["work_group"], on) or OWN_SCHOOL


def sees_task(db, by, said, on):
    """Somebody of the group; the hub sees that there is one."""
    return sees_group(db, by, {"work_group": _task(db, said)["work_group"]}, on)


def own_return(db, by, said, on):
    """Whoever wrote the return."""
    given = queries.gap_task_return(db, said["gap_task_return"])
    if given is None:
        raise Waiting("This return has not arrived yet.")
    return (by is not None and given["by"] == by) or "Only whoever wrote it can take it back."


def photographs(db, by, said, on):
    """Whoever wrote the return and may still return the task, where their school allows it (domain.md).

    It allows nothing, the board, or work as well. To a return that was taken back nothing is added.
    """
    own = own_return(db, by, said, on)
    if own is not True:
        return own
    given = queries.gap_task_return(db, said["gap_task_return"])
    if given["withdrawn_at"]:
        return "This return was taken back. Bring it back first."
    may = returns_task(db, by, given, on)
    if may is not True:
        return may
    rule = photo_queries.rule(db, queries.task(db, given["gap_task"]))
    return against(rule, said.get("kind"), "The school") or True


def own_photo(db, by, said, on):
    """Whoever took the photo."""
    found = _photo(db, said)
    return (by is not None and found["by"] == by) or "Only whoever took it, or a leader, can take it away."


def own_photo_or_leads(db, by, said, on):
    """Whoever took the photo, or a leader of the group: what should not be seen goes at once."""
    own = own_photo(db, by, said, on)
    return own is True or leads_task(db, by, _photo(db, said), on) is True or own


def sees_photo(db, by, said, on):
    """Whoever reads the return it came with: those of the group; of one that was taken back, whoever wrote it."""
    found = _photo(db, said)
    group = _task(db, found)["work_group"]
    if found["return_withdrawn_at"] and found["returned_by"] != by:
        return OWN_SCHOOL
    return groups.takes_part(db, by, group, on) or OWN_SCHOOL


def notes_work(db, by, said, on):
    """Somebody of the school, or a leader of the group."""
    group = groups.group_of_school(db, said["school_in_group"])
    if group is None:
        raise Waiting("This school is not in a Work Group here.")
    own = groups.school_of(db, by, group, on) == said["school_in_group"]
    return own or groups.leads(db, by, group, on) or OWN_SCHOOL


def own_work(db, by, said, on):
    """Whoever wrote the entry, or a leader of the group."""
    work = queries.work(db, said["in_school_work"])
    if work is None:
        raise Waiting("This entry has not arrived yet.")
    group = groups.group_of_school(db, work["school_in_group"])
    return (
        (by is not None and work["by"] == by)
        or groups.leads(db, by, group, on)
        or "Only whoever wrote it can take it back."
    )


def _task(db, said):
    task = queries.task(db, said["gap_task"])
    if task is None:
        raise Waiting("This gap task has not arrived yet.")
    return task


def _photo(db, said):
    found = photo_queries.photo(db, said["photo"])
    if found is None:
        raise Waiting("This picture has not arrived yet.")
    return found
