"""Which gap tasks wait on which session, for its opening block.

A task waits on the first session after the one it was set at; one that came along from the year before was set at none
here, and waits on the first after it came. Sessions that are put off or cancelled are none. Nothing is kept of it: a
session that is planned, moved or put off afterwards needs no putting right.
"""

from workgroup import clock, store
from workgroup.tasks import queries

_SINCE = "coalesce(n.starts_at, t.at)"  # n: the session that a task was set at


def waiting(db, session):
    """Return the gap tasks that wait on a session, by school, whatever became of them; `session` is its row.

    One that was carried on before it, without a word to it, is told as the task that follows it.
    """
    last = store.value(
        db, f"select max(starts_at) from session where work_group = ? and {queries.MET} and starts_at < ?",
        (session["work_group"], session["starts_at"]),
    )  # fmt: skip
    found = store.rows(
        db,
        f"{queries.TASK} where t.work_group = :group and {_SINCE} >= :last and {_SINCE} < :until"
        " order by coalesce(t.due_on, '9'), s.name, t.at",
        {"group": session["work_group"], "last": last or "", "until": session["starts_at"]},
    )
    followed = {t["carried_from"] for t in found}
    return [t for t in found if t["id"] not in followed or t["returns"] or t["not_yet"]]


def waits_on(db, task):
    """Return the id and `starts_at` of the session that a gap task waits on, or None while there is none."""
    return store.row(
        db,
        f"select id, starts_at from session where work_group = :group and {queries.MET} and starts_at >"
        " coalesce((select starts_at from session where id = :session), :at) order by starts_at limit 1",
        {"group": task["work_group"], "session": task["session"], "at": task["at"]},
    )


def day_of(db, task):
    """Return the day of the session that a gap task waits on, or None."""
    found = waits_on(db, task)
    return found and clock.day_of(found["starts_at"])


def without_a_day(db, group, school=None):
    """Return the open gap tasks that came along into a group, or to one school_in_group, while no session is planned.

    Of each only `id` and `school_name`.
    """
    return store.rows(
        db,
        "select t.id, s.name as school_name from gap_task t join school_in_group i on i.id = t.school_in_group"
        " join school s on s.id = i.school where t.work_group = :group and t.due_on is null and t.session is null"
        " and t.carried_from is not null and t.state = 'set' and (:school is null or t.school_in_group = :school)"
        " order by s.name, t.at",
        {"group": group, "school": school},
    )


def following(db, group):
    """Return the open gap tasks of a group whose day is that of the session they wait on, or none while there is none.

    Those that came along without a day wait for it, whatever is planned. Asked before a session is planned, moved or
    put off: their day goes with it (waiting_changes.follow). Another day is one that somebody chose, and stays.
    """
    open_ones = store.rows(
        db,
        "select * from gap_task where work_group = ? and state = 'set'"
        " and (session is not null or carried_from is not null)",
        (group,),
    )
    days = {}  # those set at one session wait on the same
    for t in open_ones:
        key = t["session"] or t["at"]
        if key not in days:
            days[key] = day_of(db, t)
        t["waits_until"] = days[key]
    return [t for t in open_ones if t["due_on"] == t["waits_until"] or not (t["due_on"] or t["session"])]
