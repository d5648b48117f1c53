"""Reading gap tasks, their returns, and in-school work.

Something is *returned* once something was tried and told, wherever it is counted; *not yet* is an answer and no return.
"""

from datetime import date

from workgroup import clock, handing, sketching, store
from workgroup.tasks import photo_queries

MET = "state not in ('postponed', 'cancelled')"
_OF_TASK = "(select count(*) from gap_task_return r where r.gap_task = t.id and r.withdrawn_at is null and r.went"
_RETURNS, _NOT_YET = f"{_OF_TASK} <> 'not yet') as returns", f"{_OF_TASK} = 'not yet') as not_yet"
TASK = (
    "select t.*, i.school, s.name as school_name, p.name as owner_name, g.participant_word, g.title as group_title,"
    " n.number as session_number, n.title as session_title,"
    f" {_RETURNS}, {_NOT_YET}"
    " from gap_task t join school_in_group i on i.id = t.school_in_group join school s on s.id = i.school"
    " join work_group g on g.id = t.work_group left join person p on p.id = t.owner"
    " left join session n on n.id = t.session"
)


def came_back(task):
    """Tell whether something tried came back for a gap task: see `stands`."""
    carried_back = task["state"] == "carried" and (task.get("returns") or task.get("back"))
    return task["state"] == "returned" or bool(carried_back)


def stands(task):
    """Say in a few words how a gap task stands: with what it has of `returns` (or `back`) and `not_yet`."""
    if task["state"] == "carried" and came_back(task):
        return "came back, carried on"
    if task["state"] == "set" and task.get("not_yet"):
        return "not yet tried"
    return {"set": "not back yet", "returned": "came back", "carried": "carried on"}.get(task["state"], task["state"])


def task(db, id):
    """Return a gap task with the names around it, how many `returns` it has and how many times *not yet*; or None."""
    return store.row(db, f"{TASK} where t.id = ?", (id,))


def tasks_of(db, group, session=None, school=None):
    """Return the gap tasks of a group, of one session or one school_in_group, by due day and school."""
    return store.rows(
        db,
        f"{TASK} where t.work_group = :group and (:session is null or t.session = :session)"
        " and (:school is null or t.school_in_group = :school) order by coalesce(t.due_on, '9'), s.name, t.at",
        {"group": group, "session": session, "school": school},
    )


def by_session(db, group):
    """Return the gap tasks of a group, {(school_in_group, session): [task]}: of each only what `stands` asks."""
    found = {}
    for t in store.rows(
        db,
        f"select t.school_in_group, t.session, t.state, {_RETURNS}, {_NOT_YET} from gap_task t where t.work_group = ?"
        " order by coalesce(t.due_on, '9'), t.at",
        (group,),
    ):
        found.setdefault((t["school_in_group"], t["session"]), []).append(t)
    return found


def due(db, group, until, school=None):
    """Return the gap tasks of a group, or of one school_in_group, that are set and due by a day.

    In the order of `tasks_of`; of each only `id`, `session` and `school_name`.
    """
    return store.rows(
        db,
        "select t.id, t.session, s.name as school_name from gap_task t join school_in_group i on"
        " i.id = t.school_in_group join school s on s.id = i.school where t.work_group = :group and t.state = 'set'"
        " and t.due_on <= :until and (:school is null or t.school_in_group = :school)"
        " order by t.due_on, s.name, t.at",
        {"group": group, "until": until, "school": school},
    )


def chains(db, some):
    """Return by school_in_group what was set in some groups, each once however often it was carried on.

    Each is the newest task of its chain, with `back`: the moment something tried came back for any of it, or None.
    """
    rows = store.rows(
        db,
        "select t.id, t.school_in_group, t.carried_from, t.words, t.due_on, t.state, t.session,"
        " (select max(r.at) from gap_task_return r where r.gap_task = t.id and r.withdrawn_at is null"
        "  and r.went <> 'not yet') as back,"
        " exists (select 1 from gap_task_return r where r.gap_task = t.id and r.withdrawn_at is null"
        "  and r.went = 'not yet') as not_yet"
        f" from gap_task t where t.work_group in ({', '.join('?' * len(some))})"
        # one that should not have been carried on is told as it stands again, not as what followed it for a while
        " and not (t.state = 'dropped' and exists (select 1 from gap_task b where b.id = t.carried_from"
        "  and b.state <> 'carried')) order by t.at, t.rowid",
        list(some),
    )
    first, newest = {}, {}
    for row in rows:
        row["first"] = first.get(row["carried_from"], row["id"])
        first[row["id"]] = row["first"]
        before = newest.pop(row["first"], None) or {"back": None}
        newest[row["first"]] = {**row, "back": max(filter(None, (row["back"], before["back"])), default=None)}
    found = {}
    for row in newest.values():
        found.setdefault(row["school_in_group"], []).append(row)
    return found


def work_of_groups(db, some):
    """Return by school_in_group the kind, day and colleagues of what schools in some groups did of their own, by day.

    The words are asked for with `in_school_work`, by whoever may read them.
    """
    found = {}
    for row in store.rows(
        db,
        "select w.id, w.school_in_group, w.on_day, w.kind, w.colleagues from in_school_work w"
        f" join school_in_group i on i.id = w.school_in_group where i.work_group in ({', '.join('?' * len(some))})"
        " and w.withdrawn_at is null order by w.on_day, w.at",
        list(some),
    ):
        found.setdefault(row["school_in_group"], []).append(row)
    return found


def due_back(db, school_in_group, due_on):
    """Return the gap tasks of a school that are to be back on a day, whatever became of them."""
    return store.rows(
        db, f"{TASK} where t.school_in_group = ? and t.due_on = ? order by t.at", (school_in_group, due_on)
    )


def to_come_back(db, school_in_group, due_on):
    """Return the gap tasks of a school that are to be back on a day and are not."""
    return [t for t in due_back(db, school_in_group, due_on) if t["state"] == "set"]


def reminded_of(db, about):
    """Return the gap tasks that a reminder's link is about, whatever became of them.

    `about` is the school, the day it said, how many days before that, and the tasks that the mail named: those are
    found on whatever day they are to be back by then.
    """
    school_in_group, due_on, *more = about.split()
    named = more[1:]
    found = due_back(db, school_in_group, due_on)
    moved = [id for id in named if id not in {t["id"] for t in found}]
    return found + [t for t in (task(db, id) for id in moved) if t]


def days_left(due_on):
    """Return how many days are left until a day; negative once it has passed."""
    return (date.fromisoformat(due_on) - date.fromisoformat(clock.today())).days


def story(db, gap_task):
    """Return what became of a gap task before: those it was carried from, the oldest first."""
    return store.rows(
        db,
        "with recursive back(id, n) as (select carried_from, 1 from gap_task where id = ? union all"
        " select t.carried_from, n + 1 from back join gap_task t on t.id = back.id where back.id is not null)"
        " select t.*, s.title as session_title from back join gap_task t on t.id = back.id"
        " left join session s on s.id = t.session order by back.n desc",
        (gap_task,),
    )


def history(db, gap_task):
    """Return who set a gap task and what became of it since, the oldest first: `deed`, `name`, `at`, `why`.

    What was changed has what stood before: `words`, `owner_name` and `due_on`.
    """
    return store.rows(
        db,
        "select * from (select 0 as id, t.at, 'set' as deed, null as why, null as words, null as due_on, p.name,"
        " null as owner_name from gap_task t left join person p on p.id = t.by where t.id = :task"
        " union all select h.id, h.at, h.deed, h.why, h.words, h.due_on, p.name, o.name from gap_task_history h"
        " left join person p on p.id = h.by left join person o on o.id = h.owner where h.gap_task = :task) order by id",
        {"task": gap_task},
    )


def followed_by(db, gap_task):
    """Return the gap task that one was carried on as, or None."""
    return store.row(db, f"{TASK} where t.carried_from = ? order by t.at desc limit 1", (gap_task,))


def returns(db, gap_task, also_withdrawn_of=None):
    """Return what a school gave back for one gap task, oldest first; what was taken back only for who wrote it.

    Each has the `shapes` of its sketch, none where there is none, and its `photos` (photo_queries.beside).
    """
    found = store.rows(
        db,
        "select r.*, p.name from gap_task_return r join person p on p.id = r.by"
        " where r.gap_task = ? and (r.withdrawn_at is null or r.by = ?) order by r.at",
        (gap_task, also_withdrawn_of),
    )
    return _with_pictures(db, found)


def _with_pictures(db, returns):
    for one in returns:
        drawn = one.pop("drawn")
        one["shapes"] = sketching.read(drawn) if drawn else []
    return photo_queries.beside(db, returns)


def returns_of(db, some):
    """Return the returns to some gap tasks (ids) by task, with their sketches and photos, in one go."""
    found, by_task = store.rows(
        db,
        "select r.*, p.name, t.school_in_group from gap_task_return r join gap_task t on t.id = r.gap_task"
        f" join person p on p.id = r.by where t.id in ({', '.join('?' * len(some))}) and r.withdrawn_at is null"
        " order by r.at",
        list(some),
    ), {}
    for one in _with_pictures(db, found):
        by_task.setdefault(one["gap_task"], []).append(one)
    return by_task


def gap_task_return(db, id):
    """Return one return, or None."""
    return store.row(db, "select * from gap_task_return where id = ?", (id,))


def in_school_work(db, school_in_group, also_withdrawn_of=None):
    """Return what a school did of its own, newest first; what was taken back only for who wrote it."""
    return store.rows(
        db,
        "select w.*, p.name from in_school_work w join person p on p.id = w.by"
        " where w.school_in_group = ? and (w.withdrawn_at is null or w.by = ?) order by w.on_day desc, w.at desc",
        (school_in_group, also_withdrawn_of),
    )


def work(db, id):
    """Return one piece of in-school work, or None."""
    return store.row(db, "select * from in_school_work where id = ?", (id,))


def runs_session(db, person, session, on):
    """Tell whether a person was handed the running of a session, and has it still on a day: until its day is over."""
    found = store.row(db, "select run_by, state, starts_at from session where id = ?", (session,))
    return bool(found) and handing.is_handed_to(found, person, on)


def group_of_session(db, session):
    """Return the id of the group a session belongs to, or None."""
    return store.value(db, "select work_group from session where id = ?", (session,))


def last_session(db, group, on):
    """Return the id of the last session of a group up to the end of a day, or None."""
    sql = f"select id from session where work_group = ? and {MET} and starts_at < ? order by starts_at desc limit 1"
    return store.value(db, sql, (group, f"{on}T99"))


def next_session_day(db, group, on):
    """Return the day of the first session of a group after a day, or None."""
    sql = f"select starts_at from session where work_group = ? and {MET} and starts_at > ? order by starts_at limit 1"
    found = store.value(db, sql, (group, f"{on}T99"))
    return found and clock.day_of(found)
