"""Reading what was noticed in open lessons. It is private: it is asked for with a viewer and has no other way in.

Who may see a noticing: its author, and whoever `queries.standing` says reads the others; never what the teacher hid.
"""

from datetime import timedelta

from workgroup import clock, store
from workgroup.lessons import lesson_clock
from workgroup.lessons.queries import lesson, standing

# a noticing keeps only a phase that was said: a mark that comes later changes the rest as if it had come first
_PHASE = f"coalesce(v.phase, ({lesson_clock.marked('v.lesson', 'v.second')}))"
# which noticings of a lesson somebody of a standing may see
_SEEN = (
    "v.lesson = :lesson and (v.by = :viewer or (v.withdrawn_at is null and :all and (:teacher or ("
    "v.hidden_at is null and (:number is null or v.number <= :number)))))"
)
_NOBODY = {"name": "An observer", "by": None}
# entries made so long before they reached us say so
LATE = timedelta(minutes=5)


def noticings(db, viewer, lesson_id, **asked):
    """Return the noticings of a lesson that a viewer may see, by second; `asked` filters them as in `seen`."""
    found = lesson(db, lesson_id)
    return seen(db, viewer, found, standing(db, viewer, found), **asked) if found else []


def seen(
    db, viewer, found, s, observer=None, tag=None, phase=None, code=None, predicted=None, own_only=False, after=-1
):  # fmt: skip
    """Return the noticings of a lesson `found` that a viewer of this standing may see, by second, filtered.

    `predicted` is an id, or "none" for what nobody predicted; `after` asks for what changed after that ledger number.
    Each has `tags` (ids), `words` (the newest that stand), `name`, `is_late` (it came in after the teacher's yes),
    `came_at` (when it reached us, if well after it was made) and `versions` (more than one when two texts stand).
    """
    rows = store.rows(
        db,
        f"select v.*, {_PHASE} as phase_then, p.name,"
        " (select group_concat(t.tag) from noticing_tag t where t.noticing = v.id) as tag_ids"
        f" from noticing v join person p on p.id = v.by where v.changed > :after and {_SEEN}"
        " and (:own = 0 or v.by = :viewer) and (:observer is null or v.by = :observer)"
        f" and (:phase is null or {_PHASE} = :phase) and (:code is null or v.code = :code)"
        " and (:predicted is null or v.predicted_response = :predicted"
        " or (:predicted = 'none' and v.predicted_response is null))"
        " and (:tag is null or exists (select 1 from noticing_tag t where t.noticing = v.id and t.tag = :tag))"
        " order by v.second, v.at, v.id",
        {
            **_asked(viewer, found, s), "own": int(own_only),
            "observer": observer if _sees_names(s) else None, "phase": phase, "code": code,
            "predicted": predicted, "tag": tag, "after": after,
        },
    )  # fmt: skip
    later = later_words(db, [found["id"]], viewer, s["number"], after) if rows else {}
    return [_read(row, found, s, later) for row in rows]


def places(db, viewer, found, s):
    """Return what the figure draws of all that `seen` would give; it is drawn often, and of thousands.

    Each has `second`, `by`, `name`, `predicted_response`, and whether there are `words`.
    """
    rows = store.rows(
        db,
        "select v.second, v.by, p.name, v.predicted_response, v.words <> '' or exists (select 1 from noticing_words w"
        " where w.noticing = v.id and (w.by = :viewer or :number is null or w.number <= :number)) as words"
        f" from noticing v join person p on p.id = v.by where {_SEEN} order by v.second, v.at, v.id",
        _asked(viewer, found, s),
    )
    return rows if _sees_names(s) else [{**row, **_NOBODY} for row in rows]


def _asked(viewer, found, s):
    return {"lesson": found["id"], "viewer": viewer, "all": s["sees_all"], "teacher": s["is_teacher"],
            "number": s["number"]}  # fmt: skip


def held_back(db, viewer, lesson_id):
    """Return what of a lesson not everybody sees: how many moments, their newest change, and the viewer's own."""
    rows = store.rows(
        db,
        "select id, by, changed from noticing where lesson = ? and (hidden_at is not null or withdrawn_at is not null)",
        (lesson_id,),
    )
    return len(rows), max((r["changed"] for r in rows), default=0), tuple(r["id"] for r in rows if r["by"] == viewer)


def _read(row, found, s, later):
    """Give a noticing what its page says of it; what was derived takes the place of what was kept."""
    tags = row.pop("tag_ids")
    row["tags"] = tags.split(",") if tags else []
    row["phase"] = row.pop("phase_then")
    row["versions"] = later.get(row["id"], [])
    if row["versions"]:
        row["words"] = "\n".join(v["words"] for v in row["versions"])
    numbers = [row["number"], *(v["number"] for v in row["versions"])]
    row["is_late"] = found["shared_to"] is not None and max(numbers) > found["shared_to"]
    row["came_at"] = row["received"] if came_late(row["moment"], row["received"]) else None
    return row if _sees_names(s) else {**row, **_NOBODY}


def _sees_names(s):
    """Tell whether somebody may know who noticed what: the hub reads what was noticed, and cannot ask by whom."""
    return s["is_teacher"] or s["present"] or s["in_group"]


def came_late(moment, received):
    """Tell whether something reached us well after it was made: a tablet without a line kept it meanwhile."""
    return moment is not None and clock.read_moment(received) - clock.read_moment(moment) > LATE


def gone(db, viewer, found, s, after, seen_now):
    """Return the ids of what changed after a ledger number, was there then, and is not among what is seen now.

    Only what the viewer may have been shown is named: their own, or all when they see all.
    """
    changed = store.rows(
        db,
        "select id from noticing where lesson = :lesson and changed > :after and number <= :after"
        " and (by = :viewer or (:all and (:number is null or number <= :number)))",
        {"lesson": found["id"], "after": after, "viewer": viewer, "all": s["sees_all"], "number": s["number"]},
    )
    here = {n["id"] for n in seen_now}
    return [row["id"] for row in changed if row["id"] not in here]


def later_words(db, lesson_ids, viewer, number=None, after=-1):
    """Return the versions of words that stand, by noticing; of others only those that a teacher's yes covers."""
    marks = ", ".join("?" * len(lesson_ids))
    versions = store.rows(
        db,
        f"select w.* from noticing_words w join noticing v on v.id = w.noticing where v.lesson in ({marks})"
        " and v.changed > ? and (w.by = ? or ? is null or w.number <= ?) order by w.at, w.id",
        (*lesson_ids, after, viewer, number, number),
    )
    return store.standing_by(versions, "noticing")


def standing_words(db, noticing):
    """Return how many texts of one moment stand side by side: for changes only."""
    written = store.rows(db, "select id, after from noticing_words where noticing = ?", (noticing,))
    return max(1, len(store.standing(written)))


def noticing(db, id):
    """Return one noticing without asking who looks: for rights and changes only, never for a page."""
    return store.row(db, "select * from noticing where id = ?", (id,))


def noticings_of_words(db, ids):
    """Return the ids of the noticings that these later words belong to."""
    marks = ", ".join("?" * len(ids))
    return [r["noticing"] for r in store.rows(db, f"select noticing from noticing_words where id in ({marks})", ids)]


def counts(db, lesson_id):
    """Return how many noticings and observers a lesson has: what the hub may know of it."""
    return store.row(
        db,
        "select count(*) as noticings, count(distinct by) as observers from noticing"
        " where lesson = ? and withdrawn_at is null",
        (lesson_id,),
    )
