"""Reading the discussion of an open lesson: its step and pens, what was said, what it means for schools, the comments.

What was said is private as noticings are: asked for with a viewer, and covered by the teacher's yes.
"""

from workgroup import store
from workgroup.lessons.noticing_queries import came_late
from workgroup.lessons.queries import lesson, standing


def notes(db, viewer, lesson_id):
    """Return the notes of the discussion that a viewer may see, in protocol order."""
    found = lesson(db, lesson_id)
    s = found and standing(db, viewer, found)
    if found is None or not s["sees_all"]:
        return []
    found_notes = store.rows(
        db,
        "select d.*, p.name, g.received, g.tablet from discussion_note d join person p on p.id = d.by"
        " join ledger g on g.id = d.id where d.lesson = ? and d.withdrawn_at is null"
        " order by case d.step when 'teacher' then 1 when 'evidence' then 2 when 'conjecture' then 3"
        " when 'implications' then 4 else 5 end, d.at, d.id",
        (lesson_id,),
    )
    for note in found_notes:  # what no tablet sent was told by a file, long after
        late = note["tablet"] and came_late(note["at"], note["received"])
        note["came_at"] = note["received"] if late else None
    covered = [n for n in found_notes if s["number"] is None or n["by"] == viewer or n["number"] <= s["number"]]
    if not (s["is_teacher"] or s["in_group"] or s["present"]):
        covered = [{**n, "name": "An observer", "by": None} for n in covered]
    return covered


def taken_away(db, viewer, lesson_id):
    """Return the notes of the discussion that a viewer wrote and that were taken away: for nobody else's eyes."""
    return store.rows(
        db,
        "select id, step, words from discussion_note where lesson = ? and by = ? and withdrawn_at is not null"
        " order by at, id",
        (lesson_id, viewer),
    )


def step_now(db, lesson_id):
    """Return the step that the discussion is in, `{"step", "at"}`; the teacher first, since it was opened."""
    sql = "select step, at from discussion_step where lesson = ? order by at desc, id desc limit 1"
    opened = store.value(db, "select discussion_at from lesson where id = ?", (lesson_id,))
    return store.row(db, sql, (lesson_id,)) or {"step": "teacher", "at": opened}


def pens(db, lesson_id):
    """Return who holds the pen now, by name: of two says about one person the later counts."""
    rows = store.rows(
        db,
        "select n.person, n.holds, p.name from pen n join person p on p.id = n.person where n.lesson = ?"
        " order by n.at, n.id",
        (lesson_id,),
    )
    latest = {row["person"]: row for row in rows}
    return sorted((row for row in latest.values() if row["holds"]), key=lambda row: row["name"])


def discussion_note(db, id):
    """Return one note of a discussion without asking who looks: for rights and changes only."""
    return store.row(db, "select * from discussion_note where id = ?", (id,))


def implications(db, lesson_id, also_taken_away=False):
    """Return what the lesson means for each school; the group's common property, like the gap tasks they become."""
    return store.rows(
        db,
        "select i.*, s.name as school_name from implication i join school_in_group g on g.id = i.school_in_group"
        " join school s on s.id = g.school where i.lesson = ? and (i.withdrawn_at is null or ?) order by s.name, i.at",
        (lesson_id, also_taken_away),
    )


def implication(db, id):
    """Return one implication, or None."""
    return store.row(db, "select * from implication where id = ?", (id,))


def comments(db, viewer, lesson_id):
    """Return the teacher's comments that a viewer may see."""
    found = lesson(db, lesson_id)
    if found is None or not standing(db, viewer, found)["sees_all"]:
        return []
    return store.rows(db, "select * from teacher_comment where lesson = ? order by at", (lesson_id,))
