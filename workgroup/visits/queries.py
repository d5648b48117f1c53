"""Reading visits. Raw notes are the leaders' own; others see that a visit was made."""

from workgroup import clock, store
from workgroup.groups import queries as groups
from workgroup.visits import entitled

_VISIT = (
    "select v.*, p.name, i.work_group, i.school, s.name as school_name, s.phase, g.title as group_title from visit v"
    " join person p on p.id = v.by join school_in_group i on i.id = v.school_in_group"
    " join school s on s.id = i.school join work_group g on g.id = i.work_group"
)
AHEAD = 2  # days before a visit that a tablet keeps its pages
_IN_ORDER = "v.on_day, coalesce(v.starts, '99'), s.name, v.id"


def visit(db, id):
    """Return a visit with the names around it, or None."""
    return store.row(db, f"{_VISIT} where v.id = ?", (id,))


def visits_of(db, viewer, school_in_group):
    """Return the visits to a school by day; purpose and people met only for those who lead its group."""
    found = store.rows(db, f"{_VISIT} where v.school_in_group = ? order by {_IN_ORDER}", (school_in_group,))
    group = groups.group_of_school(db, school_in_group)
    if not groups.leads(db, viewer, group, clock.today()):
        for v in found:
            v["purpose"] = v["people_met"] = None
    return found


def visits_of_group(db, group):
    """Return day, school and state of the visits of a group: what everybody in it may know."""
    return visits_of_groups(db, [group])


def visited(db, group, from_on, to_on):
    """Return the schools of a group, as school_in_group, that a visit in these days was made to or is planned for."""
    found = store.rows(
        db,
        "select distinct v.school_in_group from school_in_group i join visit v on v.school_in_group = i.id"
        " where i.work_group = ? and v.state <> 'cancelled' and v.on_day between ? and ?",
        (group, from_on, to_on),
    )
    return {row["school_in_group"] for row in found}


def visits_of_groups(db, some):
    """Return day, school and state of the visits of some groups, by day."""
    return store.rows(
        db,
        "select v.id, v.school_in_group, v.on_day, v.starts, v.ends, v.state, v.head_met, v.days,"
        " s.name as school_name from visit v"
        " join school_in_group i on i.id = v.school_in_group join school s on s.id = i.school"
        f" where i.work_group in ({', '.join('?' * len(some))}) order by {_IN_ORDER}",
        list(some),
    )


def visits_to(db, school_in_group):
    """Return day and state of the visits to a school: what its head may know."""
    sql = f"{_VISIT} where v.school_in_group = ? and v.state <> 'cancelled' order by {_IN_ORDER}"
    return [{**v, "purpose": None, "people_met": None} for v in store.rows(db, sql, (school_in_group,))]


def coming_visits(db, viewer):
    """Return the visits of today and the next days, to the schools whose group a viewer leads, in order of time."""
    return days_visits(db, viewer, clock.today(), clock.day_of(clock.after(AHEAD * 86_400)))


def days_visits(db, viewer, from_on, to_on=None):
    """Return the visits of some days to the schools whose group a viewer leads then, in order of time.

    Those that were cancelled are left out; the ones of a co-leader are there with their `name`.
    """
    return store.rows(
        db,
        f"{_VISIT} where v.state <> 'cancelled' and v.on_day between :from_on and :to_on and v.school_in_group in ("
        " select o.id from membership m join school_in_group o on o.work_group = m.work_group"
        " where m.person = :viewer and m.role = 'leader' and m.from_on <= :today"
        " and (m.to_on is null or m.to_on >= :today))"
        " and exists (select 1 from membership m where m.work_group = i.work_group and m.person = :viewer"
        " and m.role = 'leader' and m.from_on <= v.on_day and (m.to_on is null or m.to_on >= v.on_day))"
        f" order by {_IN_ORDER}",
        {"viewer": viewer, "from_on": from_on, "to_on": to_on or from_on, "today": clock.today()},
    )


def overlap(one, other):
    """Tell whether two visits of one person, on one day, are for one time; one without an end lasts a moment."""
    if not one["starts"] or not other["starts"] or (one["by"], one["on_day"]) != (other["by"], other["on_day"]):
        return False
    ends = [v["ends"] or f"{v['starts']}~" for v in (one, other)]
    return one["starts"] < ends[1] and other["starts"] < ends[0]


def made_by(db, viewer, from_on, to_on):
    """Return the visits of some days that a viewer made as a leader of the school's group, and is it, newest first.

    Of each only `id`, `on_day` and `school_name`.
    """
    leads = "exists (select 1 from membership m where m.work_group = i.work_group and m.person = :viewer and"
    return store.rows(
        db,
        "select v.id, v.on_day, s.name as school_name from visit v join school_in_group i on i.id = v.school_in_group"
        " join school s on s.id = i.school where v.by = :viewer and v.on_day between :from_on and :to_on"
        f" and v.state = 'made' and {leads} m.role = 'leader' and m.from_on <= v.on_day"
        " and (m.to_on is null or m.to_on >= v.on_day))"
        f" and {leads} m.role = 'leader' and m.from_on <= :today and (m.to_on is null or m.to_on >= :today))"
        " order by v.on_day desc, coalesce(v.starts, '99') desc, s.name desc, v.id desc",
        {"viewer": viewer, "from_on": from_on, "to_on": to_on, "today": clock.today()},
    )


def planned_by(db, visit_id):
    """Return whose visit it was before it was said to be made, as the ledger has it, or None.

    What was put right of a made visit was said the same way: that is not when it was made.
    """
    sql = ("select w.was ->> 'by' from ledger l join ledger_words w on w.number = l.number where l.about = ?"
           " and l.kind = 'visits.make' and w.was ->> 'state' = 'planned' order by l.number desc limit 1")  # fmt: skip
    return store.value(db, sql, (visit_id,))


def history(db, viewer, visit_id):
    """Return the days and states that a visit has had, oldest first, to those who lead its group."""
    found = visit(db, visit_id)
    if found is None or not groups.leads(db, viewer, found["work_group"], clock.today()):
        return []
    return store.rows(
        db,
        "select h.*, p.name from visit_history h left join person p on p.id = h.by where h.visit = ? order by h.id",
        (visit_id,),
    )


def notes(db, viewer, visit_id, also_withdrawn=False, own_only=False):
    """Return the raw notes of a visit to those who lead its group; what one took away oneself when asked for.

    Each has `words` (those that stand) and `versions` (more than one when two texts stand).
    """
    found = visit(db, visit_id)
    if found is None or not groups.leads(db, viewer, found["work_group"], clock.today()):
        return []
    return _with_words(db, store.rows(
        db,
        "select n.*, p.name from visit_note n join person p on p.id = n.by where n.visit = :visit"
        " and (n.withdrawn_at is null or (:also and n.by = :viewer)) and (n.by = :viewer or not :own)"
        " order by n.at, n.rowid",
        {"visit": visit_id, "also": also_withdrawn, "viewer": viewer, "own": own_only},
    ))  # fmt: skip


def _with_words(db, found):
    marks = ", ".join("?" * len(found))
    sql = f"select * from visit_note_words where visit_note in ({marks}) order by at, id"
    stand = store.standing_by(store.rows(db, sql, [n["id"] for n in found]), "visit_note")
    for n in found:
        n["versions"] = stand.get(n["id"], [])
        if n["versions"]:
            n["words"] = "\n".join(v["words"] for v in n["versions"])
    return found


def note(db, id):
    """Return one note with its words, or None: for rights and changes, and for search, which asks who leads."""
    return next(iter(_with_words(db, store.rows(db, "select * from visit_note where id = ?", (id,)))), None)


def notes_of_words(db, ids):
    """Return the ids of the notes that these later words belong to: where to look, not what they say."""
    marks = ", ".join("?" * len(ids))
    sql = f"select visit_note from visit_note_words where id in ({marks})"
    return [r["visit_note"] for r in store.rows(db, sql, ids)]


def count_words(db, note_id):
    """Return how many texts of a note stand side by side: for changes only."""
    written = store.rows(db, "select id, after from visit_note_words where visit_note = ?", (note_id,))
    return max(1, len(store.standing(written)))


def author_of_note(db, note_id):
    """Return who wrote a note, or None: for rights only."""
    return store.value(db, "select by from visit_note where id = ?", (note_id,))


def school_of(db, visit_id):
    """Return the school_in_group of a visit, or None."""
    return store.value(db, "select school_in_group from visit where id = ?", (visit_id,))


def visit_of_note(db, note_id):
    """Return the visit of a note, or None."""
    return store.value(db, "select visit from visit_note where id = ?", (note_id,))


def is_reported(db, visit_id):
    """Tell whether a report of a visit has gone to the school."""
    return store.value(db, "select 1 from report_sent where visit = ?", (visit_id,)) is not None


def entitlement(db, school_in_group):
    """Return what a school's visits are against what is meant for each school of its group: see `entitled.say`."""
    meant = groups.entitlement(db, groups.group_of_school(db, school_in_group))
    sql = "select state, on_day, days from visit where school_in_group = ? order by on_day"
    return entitled.against(meant, store.rows(db, sql, (school_in_group,)))
