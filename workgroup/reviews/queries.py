"""Reading reviews. Until agreed only the leaders see them; then also the school’s own people and the hub lead."""

from workgroup import clock, store
from workgroup.groups import queries as groups
from workgroup.lessons import queries as lessons
from workgroup.people import queries as people
from workgroup.reflections import queries as reflections
from workgroup.sessions import queries as sessions
from workgroup.tasks import queries as tasks
from workgroup.visits import queries as visits

_REVIEW = (
    "select r.*, a.name as aspect_name, a.position as aspect_position, a.outcome, s.name as step_name,"
    " s.framework, s.position as step_position, p.name, i.work_group, i.school, c.name as school_name,"
    " (select count(*) from step x where x.framework = s.framework) as steps from review r"
    " join aspect a on a.id = r.aspect join step s on s.id = r.step join person p on p.id = r.by"
    " join school_in_group i on i.id = r.school_in_group join school c on c.id = i.school"
)


def framework(db):
    """Return the framework in use with its `aspects` and `steps` in order: the newest version that has not ended."""
    found = store.row(db, "select * from framework where ended_at is null order by version desc limit 1")
    for table in ("aspect", "step"):
        found[f"{table}s"] = store.rows(
            db, f"select * from {table} where framework = ? order by position", (found["id"],)
        )
    return found


def aspect(db, id):
    """Return an aspect, or None."""
    return store.row(db, "select * from aspect where id = ?", (id,))


def step(db, id):
    """Return a step, or None."""
    return store.row(db, "select * from step where id = ?", (id,))


def sees(db, viewer, school_in_group, on=None):
    """Return what of a school's reviews a viewer may see: `all`, `agreed` or None."""
    on = on or clock.today()
    group = groups.group_of_school(db, school_in_group)
    if groups.leads(db, viewer, group, on):
        return "all"
    own = groups.school_of(db, viewer, group, on) == school_in_group
    return "agreed" if own or people.has_hub_role(db, viewer, on, ("lead",)) else None


def history(db, viewer, school_in_group):
    """Return the reviews of a school that a viewer may see, oldest first, in the wording they were made with."""
    reach = sees(db, viewer, school_in_group)
    if reach is None:
        return []
    return store.rows(
        db,
        f"{_REVIEW} where r.school_in_group = ? and r.withdrawn_at is null and (? = 'all' or r.agreed_on is not null)"
        " order by r.on_day, r.at, a.position",
        (school_in_group, reach),
    )


def taken_away(db, viewer, school_in_group):
    """Return the reviews of a school that a viewer wrote and took away, oldest first: for nobody else's eyes."""
    if sees(db, viewer, school_in_group) != "all":
        return []
    return store.rows(
        db,
        f"{_REVIEW} where r.school_in_group = ? and r.by = ? and r.withdrawn_at is not null order by r.on_day, r.at",
        (school_in_group, viewer),
    )


def latest(db, viewer, school_in_group):
    """Return the newest review of each aspect that a viewer may see, by the aspect's name."""
    return {r["aspect_name"]: r for r in history(db, viewer, school_in_group)}


def review(db, viewer, id):
    """Return a review that a viewer may see, or None. One that was taken away is there for its author alone."""
    found = store.row(db, f"{_REVIEW} where r.id = ? and (r.withdrawn_at is null or r.by = ?)", (id, viewer))
    reach = found and sees(db, viewer, found["school_in_group"])
    return found if reach == "all" or (reach == "agreed" and found["agreed_on"]) else None


def bare(db, id):
    """Return the row of a review: for changes only."""
    return store.row(db, "select * from review where id = ?", (id,))


def evidence(db, review_id):
    """Return what a review rests on: kind, day and school; the words are behind each piece's own rights."""
    return store.rows(db, "select * from review_evidence where review = ? order by kept_on, kind", (review_id,))


def author_of(db, id):
    """Return who wrote a review, or None."""
    return store.value(db, "select by from review where id = ?", (id,))


def school_of(db, id):
    """Return the school_in_group of a review, or None."""
    return store.value(db, "select school_in_group from review where id = ?", (id,))


def gathered(db, viewer, school_in_group, since=None):
    """Return the evidence about a school that a leader may use: `kind`, `id`, `on_day`, `words`, newest first.

    Each kind is asked through its own feature, so that nothing can be linked that its author or the lesson's teacher
    has not let the leader see.
    """
    found = _returns_and_work(db, school_in_group) + _visits(db, viewer, school_in_group)
    school = groups.school_in_group(db, school_in_group)
    for n in lessons.evidence_for(db, viewer, school_in_group):
        found.append({"kind": "noticing", "id": n["id"], "on_day": n["on_day"], "words": n["words"]})
    of_school = {p["id"] for p in groups.people(db, school["work_group"]) if p["school_in_group"] == school_in_group}
    for r in reflections.shared_with(db, viewer):
        if r["work_group"] == school["work_group"] and r["by"] in of_school:
            on_day = clock.day_of(r["changed_at"])
            found.append({"kind": "reflection", "id": r["id"], "on_day": on_day, "words": r["words"]})
    for n in sessions.sessions_of(db, school["work_group"]):
        if n["state"] == "closed":
            found.append({"kind": "session", "id": n["id"], "on_day": n["day"], "words": n["title"]})
    return sorted((f for f in found if not since or f["on_day"] >= since), key=lambda f: f["on_day"], reverse=True)


def _returns_and_work(db, school_in_group):
    found = []
    group = groups.group_of_school(db, school_in_group)
    for t in tasks.tasks_of(db, group, school=school_in_group):
        for given in tasks.returns(db, t["id"]):
            words = given["words"] or t["words"]
            found.append({"kind": "gap task", "id": t["id"], "on_day": clock.day_of(given["at"]), "words": words})
    for w in tasks.in_school_work(db, school_in_group):
        found.append({"kind": "in-school work", "id": w["id"], "on_day": w["on_day"], "words": w["words"]})
    return found


def _visits(db, viewer, school_in_group):
    found = []
    for v in visits.visits_of(db, viewer, school_in_group):
        if v["state"] == "made":
            words = v["purpose"] or "Visit"
            found.append({"kind": "visit", "id": v["id"], "on_day": v["on_day"], "words": words})
            for n in visits.notes(db, viewer, v["id"]):
                if not n["words"]:
                    continue  # a tap whose words have not come
                words = f"{n['year_group']}: {n['words']}" if n["year_group"] else n["words"]
                found.append({"kind": "visit note", "id": n["id"], "on_day": v["on_day"], "words": words})
    return found
