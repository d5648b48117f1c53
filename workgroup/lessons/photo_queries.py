"""Reading photos. They are private as noticings are: asked for with a viewer, and seen by whoever sees the moment.

Whoever took it sees it; the teacher sees all; those checked in and the leaders while the discussion is open; later
whoever the teacher shared it with, up to the ledger number of that yes. Nobody sees one that was taken away.
"""

from workgroup import store
from workgroup.lessons import lesson_clock, queries
from workgroup.photos import queries as photos


def rule(db, lesson_id):
    """Return what may be photographed in a lesson: none, board or work; None while its host school has not said."""
    return store.value(
        db,
        "select h.photos from lesson l join session n on n.id = l.session join host_facts h on h.school = n.host"
        " where l.id = ?",
        (lesson_id,),
    )


def photo(db, id):
    """Return one photo of a lesson without asking who looks: for rights and changes only, never for a page."""
    return store.row(db, "select * from photo where id = ? and lesson is not null", (id,))


def session_of(db, id):
    """Return the session that a photo was taken in, or None."""
    return store.value(db, "select l.session from photo x join lesson l on l.id = x.lesson where x.id = ?", (id,))


def taken(db, by, lesson_id):
    """Return how many photos of a lesson somebody has that were not taken away."""
    sql = "select count(*) from photo where lesson = ? and by = ? and withdrawn_at is null"
    return store.value(db, sql, (lesson_id, by))


def seen(db, viewer, found, s, own_only=False, after=-1):
    """Return the photos of a lesson `found` that a viewer of this standing may see, in the order they were taken.

    Each has `second` on the lesson clock, `name`, the `code` of its moment, `has_come` (else its bytes are still on
    somebody's tablet) and `is_late` (it came after the teacher's yes). `after` as in noticing_queries.seen.
    """
    rows = store.rows(
        db,
        "select p.*, w.name, v.code from photo p join person w on w.id = p.by left join noticing v on v.id = p.noticing"
        " where p.lesson = :lesson and p.withdrawn_at is null and p.changed > :after and (p.by = :viewer or (:all"
        " and (v.id is null or v.withdrawn_at is null) and (:teacher or ((v.id is null or v.hidden_at is null)"
        " and (:number is null or (p.number <= :number and (v.id is null or v.number <= :number)))))))"
        " and (:own = 0 or p.by = :viewer) order by p.at, p.id",
        {
            "lesson": found["id"], "viewer": viewer, "all": s["sees_all"], "teacher": s["is_teacher"],
            "number": s["number"], "own": int(own_only), "after": after,
        },
    )  # fmt: skip
    for row in rows:
        row["second"] = lesson_clock.second_at(found, row["at"])
        row["has_come"] = row["came_at"] is not None
        row["is_late"] = found["shared_to"] is not None and row["number"] > found["shared_to"]
        row["may_withdraw"] = s["is_teacher"] or row["by"] == viewer
        if not (s["is_teacher"] or s["present"] or s["in_group"]):  # as with noticings: the hub sees no names
            row["name"], row["by"] = "an observer", None
    return rows


def beside(moments, photos, name="photos"):
    """Give each moment its photos, or whatever else is named, and return those that belong to no moment."""
    of = {}
    for one in photos:
        of.setdefault(one["noticing"], []).append(one)
    for moment in moments:
        moment[name] = of.get(moment["id"], [])
    return of.get(None, [])


def gone(db, viewer, found, s, after, seen_now):
    """Return the ids of photos that changed after a ledger number and are not among what a viewer sees now."""
    changed = store.rows(
        db, "select id from photo where lesson = ? and changed > ? and (by = ? or ?)",
        (found["id"], after, viewer, s["sees_all"]),
    )  # fmt: skip
    here = {p["id"] for p in seen_now}
    return [row["id"] for row in changed if row["id"] not in here]


def taken_away(db, viewer, lesson_id):
    """Return somebody's own photos that were taken away: `id`, `at`, and by whom (`name`, `by`)."""
    return store.rows(
        db,
        "select p.id, p.at, p.withdrawn_by as by, w.name from photo p join person w on w.id = p.withdrawn_by"
        " where p.lesson = ? and p.by = ? order by p.at",
        (lesson_id, viewer),
    )


def picture(db, viewer, id):
    """Return the bytes of a photo that a viewer may see and that has come, or None."""
    one = photo(db, id)
    found = one and queries.lesson(db, one["lesson"])
    if not found or not one["came_at"]:
        return None
    visible = seen(db, viewer, found, queries.standing(db, viewer, found))
    return photos.whole(db, id) if id in {p["id"] for p in visible} else None
