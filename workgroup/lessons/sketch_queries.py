"""Reading sketches. They are private as noticings are: asked for with a viewer, seen by whoever sees their moment."""

from workgroup import sketching, store
from workgroup.lessons import lesson_clock


def sketch(db, id):
    """Return one sketch without asking who looks: for rights and changes only, never for a page."""
    return store.row(db, "select * from sketch where id = ?", (id,))


def drawn_by(db, by, lesson_id):
    """Return how many sketches of a lesson somebody has that were not taken away."""
    sql = "select count(*) from sketch where lesson = ? and by = ? and withdrawn_at is null"
    return store.value(db, sql, (lesson_id, by))


def seen(db, viewer, found, s, own_only=False):
    """Return the sketches of a lesson `found` that a viewer of this standing may see, in the order they were made.

    Each has `shapes` to draw, `second` (its moment's, else when it was made), `name`, `code` and `is_late`.
    """
    if store.value(db, "select 1 from sketch where lesson = ? limit 1", (found["id"],)) is None:
        return []  # most lessons, and asked for every few seconds
    rows = store.rows(
        db,
        "select k.*, w.name, v.code, v.second as its_second from sketch k join person w on w.id = k.by"
        " left join noticing v on v.id = k.noticing"
        " where k.lesson = :lesson and k.withdrawn_at is null and (k.by = :viewer or (:all"
        " and (v.id is null or v.withdrawn_at is null) and (:teacher or ((v.id is null or v.hidden_at is null)"
        " and (:number is null or (k.number <= :number and (v.id is null or v.number <= :number)))))))"
        " and (:own = 0 or k.by = :viewer) order by k.at, k.id",
        {
            "lesson": found["id"], "viewer": viewer, "all": s["sees_all"], "teacher": s["is_teacher"],
            "number": s["number"], "own": int(own_only),
        },
    )  # fmt: skip
    named = s["is_teacher"] or s["present"] or s["in_group"]
    for row in rows:
        own = row.pop("its_second")
        row["second"] = lesson_clock.second_at(found, row["at"]) if own is None else own
        row["shapes"] = sketching.read(row.pop("drawn"))
        row["is_late"] = found["shared_to"] is not None and row["number"] > found["shared_to"]
        if not named:  # the hub reads what was noticed, not by whom
            row["name"], row["by"] = "An observer", None
    return rows


def taken_away(db, viewer, lesson_id):
    """Return the sketches of a lesson that a viewer took away themselves, `id`, `described` and `shapes` to draw."""
    rows = store.rows(
        db, "select id, described, drawn from sketch where lesson = ? and withdrawn_by = ?"
        " and withdrawn_at is not null order by withdrawn_at, id", (lesson_id, viewer),
    )  # fmt: skip
    return [{**row, "shapes": sketching.read(row.pop("drawn"))} for row in rows]


def gone(db, viewer, found, s, after, seen_now):
    """Return the ids of sketches that changed after a ledger number and are not among what a viewer sees now."""
    changed = store.rows(
        db, "select id from sketch where lesson = ? and changed > ? and (by = ? or ?)",
        (found["id"], after, viewer, s["sees_all"]),
    )  # fmt: skip
    here = {k["id"] for k in seen_now}
    return [row["id"] for row in changed if row["id"] not in here]
