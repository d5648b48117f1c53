"""Reading action plans. A draft is its leaders' alone; what was agreed is also for the school's own people.

The hub reads counts and days. An action's state is the newest word said of it, kept by its thread through the versions.
"""

from workgroup import clock, store
from workgroup.groups import queries as groups
from workgroup.plans.forms import OUTCOMES

_PLAN = (
    "select a.*, i.work_group, i.school, s.name as school_name, g.title as group_title, g.academic_year,"
    " p.name as by_name from action_plan a join school_in_group i on i.id = a.school_in_group"
    " join school s on s.id = i.school join work_group g on g.id = i.work_group join person p on p.id = a.by"
)
# the day of a word said at a visit that was made is the visit's, also once that is corrected
_ON = "case when v.state = 'made' then v.on_day else x.on_day end"
_LAST = (
    "(select x.stands from action_progress x left join visit v on v.id = x.visit where x.thread = c.thread"
    f" and x.withdrawn_at is null order by {_ON} desc, x.at desc, x.rowid desc limit 1)"
)
_ACTIONS = (
    "select c.*, m.words as aim_words, m.outcome, m.withdrawn_at as aim_withdrawn_at, a.school_in_group,"
    f" a.id as action_plan, {_LAST} as stands"
    " from action c join aim m on m.id = c.aim join action_plan a on a.id = m.action_plan"
)
_STAND = "c.withdrawn_at is null and m.withdrawn_at is null"
ORDER = {key: place for place, (key, _) in enumerate(OUTCOMES)}


def sees(db, viewer, school_in_group, on=None):
    """Return what of a school's plans a viewer may read: `all`, `agreed` or None."""
    on = on or clock.today()
    group = groups.group_of_school(db, school_in_group)
    if groups.leads(db, viewer, group, on):
        return "all"
    return "agreed" if group and groups.school_of(db, viewer, group, on) == school_in_group else None


def read(db, viewer, id):
    """Return a version that a viewer may read, or None. A draft that was taken away is for the leaders still."""
    found = bare(db, id)
    reach = found and sees(db, viewer, found["school_in_group"])
    return found if reach == "all" or (reach == "agreed" and found["state"] != "draft") else None


def bare(db, id):
    """Return a version with the names around it, or None: for rights and changes, and for whoever may read it."""
    return store.row(db, f"{_PLAN} where a.id = ?", (id,))


def in_force(db, school_in_group):
    """Return the version that was agreed last, or None."""
    return store.row(db, f"{_PLAN} where a.school_in_group = ? and a.state = 'in force'", (school_in_group,))


def draft(db, school_in_group):
    """Return the version that is worked on, or None: for the leaders only."""
    return store.row(
        db, f"{_PLAN} where a.school_in_group = ? and a.state = 'draft' and a.withdrawn_at is null", (school_in_group,)
    )


def versions(db, viewer, school_in_group):
    """Return the versions of a school's plan that a viewer may read, newest first; drafts before them."""
    reach = sees(db, viewer, school_in_group)
    found = store.rows(
        db,
        f"{_PLAN} where a.school_in_group = ? order by a.state <> 'draft', a.version desc, a.at desc",
        (school_in_group,),
    )
    return [v for v in found if reach == "all" or (reach and v["state"] != "draft")]


def aims(db, plan, also_withdrawn=False):
    """Return the aims of a version in the order of the outcomes, each with its `actions`: for whoever may read it.

    An action has its `progress`, oldest first, `now` (the newest of it), `stands`, `is_open` and `is_past`.
    """
    found = store.rows(
        db, "select * from aim where action_plan = ? and (withdrawn_at is null or ?) order by position, rowid",
        (plan, also_withdrawn),
    )  # fmt: skip
    actions = store.rows(
        db,
        f"{_ACTIONS} where m.action_plan = ? and (c.withdrawn_at is null or ?) order by c.position, c.rowid",
        (plan, also_withdrawn),
    )
    said = _progress(db, plan)
    for aim in found:
        aim["actions"] = [_standing(a, said.get(a["thread"], [])) for a in actions if a["aim"] == aim["id"]]
    return sorted(found, key=lambda a: ORDER[a["outcome"]])


def _standing(action, progress):
    now = progress[-1] if progress else None
    stands = now["stands"] if now else None
    is_open = stands in (None, "going on") and not action["withdrawn_at"]
    is_past = bool(is_open and action["due_on"] and action["due_on"] < clock.today())
    return {**action, "progress": progress, "now": now, "stands": stands, "is_open": is_open, "is_past": is_past}


def _progress(db, plan):
    """Return by thread what was said of the actions of a version; of two words at one visit the later counts."""
    rows = store.rows(
        db,
        f"select x.*, {_ON} as said_on, p.name from action_progress x join person p on p.id = x.by"
        " left join visit v on v.id = x.visit where x.withdrawn_at is null and x.thread in ("
        " select c.thread from action c join aim m on m.id = c.aim where m.action_plan = ?)"
        f" order by {_ON}, x.at, x.rowid",
        (plan,),
    )
    found = {}
    for row in rows:
        row["on_day"] = row.pop("said_on")
        of = found.setdefault(row["thread"], {})
        of.pop(row["visit"], None)
        of[row["visit"] or row["id"]] = row
    return {thread: list(of.values()) for thread, of in found.items()}


def by_outcome(found):
    """Return (outcome, its name, its aims) for each of the four, whether there are aims or not."""
    return [(key, name, [a for a in found if a["outcome"] == key]) for key, name in OUTCOMES]


def taken_away(db, viewer, plan):
    """Return the words of progress on a version's actions that were taken away: for the leaders."""
    if sees(db, viewer, plan["school_in_group"]) != "all":
        return []
    found = store.rows(
        db,
        f"select x.*, {_ON} as said_on, p.name, c.words as action_words from action_progress x"
        " join person p on p.id = x.by join action c on c.id = x.action left join visit v on v.id = x.visit"
        " where x.withdrawn_at is not null and x.thread in ("
        " select c.thread from action c join aim m on m.id = c.aim where m.action_plan = ?) order by x.on_day, x.at",
        (plan["id"],),
    )
    return [{**row, "on_day": row.pop("said_on")} for row in found]


def story(db, viewer, action):
    """Return where an action came from, newest first: the actions of earlier years that it was carried on from."""
    rows = store.rows(
        db,
        "with recursive back(id, n) as (select carried_from, 1 from action where id = ? union all"
        " select c.carried_from, n + 1 from back join action c on c.id = back.id where back.id is not null)"
        f" {_ACTIONS} join back on back.id = c.id order by back.n",
        (action,),
    )
    for row in rows:
        row["plan"] = bare(db, row["action_plan"])
        row["readable"] = sees(db, viewer, row["school_in_group"]) is not None
    return rows


def open_actions(db, school_in_group):
    """Return the actions of the version in force that are neither done nor dropped nor carried on, by day."""
    return [a for a in _in_force(db, [school_in_group]) if a["is_open"]]


def past(db, schools):
    """Return the open actions in force of some schools in groups whose day has passed, by day."""
    return [a for a in _in_force(db, schools) if a["is_past"]]


def _in_force(db, schools):
    marks = ", ".join("?" * len(schools))
    rows = store.rows(
        db,
        f"{_ACTIONS} where a.state = 'in force' and {_STAND} and a.school_in_group in ({marks})"
        " order by coalesce(c.due_on, '9'), c.rowid",
        list(schools),
    )
    for row in rows:
        row["is_open"] = row["stands"] in (None, "going on")
        row["is_past"] = bool(row["is_open"] and row["due_on"] and row["due_on"] < clock.today())
    return rows


def at_school(db, viewer, school_in_group):
    """Return what a school's page says of its plan: days and counts, and the open actions for those who read it."""
    reach, force = sees(db, viewer, school_in_group), in_force(db, school_in_group)
    actions = _in_force(db, [school_in_group]) if force else []
    some = [a for a in actions if a["is_open"]]
    return {
        "reads": reach is not None, "leads": reach == "all", "in_force": force,
        "draft": draft(db, school_in_group) if reach == "all" else None, "all": len(actions),
        "done": sum(a["stands"] == "done" for a in actions), "past": sum(a["is_past"] for a in actions),
        "open": some if reach else [],
    }  # fmt: skip


def to_carry(db, group):
    """Return the versions in force of a group that have open actions, by school: `open` is how many."""
    found = store.rows(db, f"{_PLAN} where i.work_group = ? and a.state = 'in force' order by s.name", (group,))
    for plan in found:
        plan["open"] = len(open_actions(db, plan["school_in_group"]))
    return [plan for plan in found if plan["open"]]


def aim(db, id):
    """Return one aim, or None: for rights, changes and whoever may read its plan."""
    return store.row(db, "select * from aim where id = ?", (id,))


def action(db, id):
    """Return one action with its aim's words and how it stands, or None: for rights, changes and pages of its plan."""
    return store.row(db, f"{_ACTIONS} where c.id = ?", (id,))


def progress(db, id):
    """Return one word of progress, or None: for rights and changes."""
    return store.row(db, "select * from action_progress where id = ?", (id,))


def of_now(db, viewer, row, kind):
    """Return the `plan` that an aim, an action or a word of progress belongs to now, with its `anchor`, or None.

    Only where a viewer may read it: the version in force, or a draft; what stood in an older version is nobody's now.
    """
    if kind == "progress":
        row = store.row(
            db, f"{_ACTIONS} where c.thread = ? and a.state = 'in force' and {_STAND}", (row["thread"],)
        )  # fmt: skip
    if row is None or row.get("aim_withdrawn_at"):
        return None
    plan = read(db, viewer, row["action_plan"])
    if plan is None or plan["state"] == "superseded" or plan["withdrawn_at"]:
        return None
    return {"plan": plan, "anchor": f"{'aim' if kind == 'aim' else 'action'}-{row['id']}"}


def plan_of(db, said):
    """Return the version that a change is about, whatever it names, or None."""
    if said.get("action_progress"):
        row = progress(db, said["action_progress"])
        said = {"action": row["action"]} if row else {}
    if said.get("action"):
        row = action(db, said["action"])
        return row and bare(db, row["action_plan"])
    if said.get("aim"):
        row = aim(db, said["aim"])
        return row and bare(db, row["action_plan"])
    if said.get("plan_asking"):
        found = store.value(db, "select action_plan from plan_asking where id = ?", (said["plan_asking"],))
        return bare(db, found)
    return bare(db, said["action_plan"]) if said.get("action_plan") else None
