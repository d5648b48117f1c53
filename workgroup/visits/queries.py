"""Reading visits. Raw notes are the leaders' own; others see that a visit was made."""

from workgroup import clock, store
from workgroup.groups import queries as groups

_VISIT = (
    "select v.*, p.name, i.work_group, i.school, s.name as school_name, g.title as group_title from visit v"
    " join person p on p.id = v.by join school_in_group i on i.id = v.school_in_group"
    " join school s on s.id = i.school join work_group g on g.id = i.work_group"
)


def visit(db, id):
    """Return a visit with the names around it, or None."""
    return store.row(db, f"{_VISIT} where v.id = ?", (id,))


def visits_of(db, viewer, school_in_group):
    """Return the visits to a school by day; purpose and people met only for those who lead its group."""
    found = store.rows(db, f"{_VISIT} where v.school_in_group = ? order by v.on_day", (school_in_group,))
    group = groups.group_of_school(db, school_in_group)
    if not groups.leads(db, viewer, group, clock.today()):
        for v in found:
            v["purpose"] = v["people_met"] = None
    return found


def visits_of_group(db, group):
    """Return day, school and state of the visits of a group: what everybody in it may know."""
    return store.rows(
        db,
        "select v.id, v.school_in_group, v.on_day, v.state, v.head_met, v.days, s.name as school_name"
        " from visit v"
        " join school_in_group i on i.id = v.school_in_group join school s on s.id = i.school"
        " where i.work_group = ? order by v.on_day",
        (group,),
    )


def notes(db, viewer, visit_id, also_withdrawn=False):
    """Return the raw notes of a visit to those who lead its group; what one took away oneself when asked for."""
    found = visit(db, visit_id)
    if found is None or not groups.leads(db, viewer, found["work_group"], clock.today()):
        return []
    return store.rows(
        db,
        "select * from visit_note where visit = ? and (withdrawn_at is null or (? and by = ?)) order by at, rowid",
        (visit_id, also_withdrawn, viewer),
    )


def note(db, id):
    """Return one note: for rights and changes only."""
    return store.row(db, "select * from visit_note where id = ?", (id,))


def school_of(db, visit_id):
    """Return the school_in_group of a visit, or None."""
    return store.value(db, "select school_in_group from visit where id = ?", (visit_id,))


def visit_of_note(db, note_id):
    """Return the visit of a note, or None."""
    return store.value(db, "select visit from visit_note where id = ?", (note_id,))
