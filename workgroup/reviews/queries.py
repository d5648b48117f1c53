"""Reading reviews. Until agreed only the leaders see them; then also the school’s own people and the hub lead."""

import json

from workgroup import clock, purging, store
from workgroup.frameworks import queries as frameworks
from workgroup.groups import queries as groups
from workgroup.lessons import evidence_queries
from workgroup.plans import queries as plans
from workgroup.reflections import queries as reflections
from workgroup.retention import still_say
from workgroup.schools import queries as schools
from workgroup.sessions import queries as sessions
from workgroup.tasks import queries as tasks
from workgroup.visits import queries as visits

# `thread` is the aspect whatever its words; `scale` the steps in their order: where it differs, places do not compare
REVIEW = (
    "select r.*, a.name as aspect_name, a.position as aspect_position, a.outcome, coalesce(a.thread, a.id) as thread,"
    " s.name as step_name, s.framework, s.position as step_position, coalesce(s.thread, s.id) as step_thread,"
    " f.version as framework_version, p.name, i.work_group, i.school, c.name as school_name,"
    " (select count(*) from step x where x.framework = s.framework and x.withdrawn_at is null) as steps,"
    " (select count(*) from step x where x.framework = s.framework and x.withdrawn_at is null"
    " and x.position <= s.position) as step_place,"
    " (select group_concat(thread) from (select coalesce(x.thread, x.id) as thread from step x"
    " where x.framework = s.framework and x.withdrawn_at is null order by x.position)) as scale from review r"
    " join aspect a on a.id = r.aspect join step s on s.id = r.step join framework f on f.id = s.framework"
    " join person p on p.id = r.by join school_in_group i on i.id = r.school_in_group join school c on c.id = i.school"
)


def framework(db, group=None):
    """Return the framework that a Work Group uses, or all strands, with its `aspects` and `steps` in order."""
    return frameworks.in_use(db, group)


def aspect(db, id):
    """Return an aspect, or None."""
    return frameworks.aspect(db, id)


def step(db, id):
    """Return a step, or None."""
    return frameworks.step(db, id)


def sees(db, viewer, school_in_group, on=None):
    """Return what of a school's reviews a viewer may see: `all`, `agreed` or None."""
    on = on or clock.today()
    group = groups.group_of_school(db, school_in_group)
    if groups.leads(db, viewer, group, on):
        return "all"
    own = groups.school_of(db, viewer, group, on) == school_in_group
    return "agreed" if own or groups.leads_hub_of(db, viewer, group, on) else None


def history(db, viewer, school_in_group):
    """Return the reviews of a school that a viewer may see, oldest first, in the wording they were made with."""
    reach = sees(db, viewer, school_in_group)
    if reach is None:
        return []
    return store.rows(
        db,
        f"{REVIEW} where r.school_in_group = ? and r.withdrawn_at is null and (? = 'all' or r.agreed_on is not null)"
        " order by r.on_day, r.at, a.position",
        (school_in_group, reach),
    )


def agreed_with_school(db, school_in_group):
    """Return the agreed reviews of a school, oldest first: for the link that its head was sent, which is the proof."""
    return store.rows(
        db,
        f"{REVIEW} where r.school_in_group = ? and r.withdrawn_at is null and r.agreed_on is not null"
        " order by r.on_day, r.at, a.position",
        (school_in_group,),
    )


def agreed_in(db, viewer, groups_seen):
    """Return by school_in_group the agreed reviews in some groups that a viewer may see, oldest first.

    The groups' leaders and their hub lead see all of them, whoever is of a school its own.
    """
    marks, today = ", ".join("?" * len(groups_seen)), clock.today()
    everything = groups.looked_after(db, viewer, groups_seen, today, groups.LEADS_HUB)
    found = {}
    for r in store.rows(
        db,
        f"{REVIEW} where i.work_group in ({marks}) and r.withdrawn_at is null and r.agreed_on is not null and ("
        " i.work_group in (select value from json_each(?)) or"
        " exists (select 1 from membership m where m.work_group = i.work_group and m.person = ? and m.from_on <= ?"
        " and (m.to_on is null or m.to_on >= ?) and (m.role = 'leader' or m.school = i.school)))"
        " order by r.on_day, r.at, a.position",
        (*groups_seen, json.dumps(sorted(everything)), viewer, today, today),
    ):
        found.setdefault(r["school_in_group"], []).append(r)
    return found


def read_in(db, viewer, groups_seen):
    """Return those of some groups in which a viewer reads what was agreed, with any school or with their own."""
    led = groups.looked_after(db, viewer, groups_seen, clock.today(), groups.LEADS_HUB)
    return led | {r["work_group"] for r in store.rows(
        db,
        f"select work_group from membership where work_group in ({', '.join('?' * len(groups_seen))}) and person = ?"
        " and from_on <= ? and (to_on is null or to_on >= ?)",
        (*groups_seen, viewer, clock.today(), clock.today()),
    )}  # fmt: skip


def taken_away(db, viewer, school_in_group):
    """Return the reviews of a school that a viewer wrote and took away, oldest first: for nobody else's eyes."""
    if sees(db, viewer, school_in_group) != "all":
        return []
    return store.rows(
        db,
        f"{REVIEW} where r.school_in_group = ? and r.by = ? and r.withdrawn_at is not null order by r.on_day, r.at",
        (school_in_group, viewer),
    )


def latest(db, viewer, school_in_group):
    """Return the newest review of each aspect that a viewer may see, by the aspect's thread."""
    return {r["thread"]: r for r in history(db, viewer, school_in_group)}


def review(db, viewer, id):
    """Return a review that a viewer may see, or None. One that was taken away is there for its author alone."""
    found = store.row(db, f"{REVIEW} where r.id = ? and (r.withdrawn_at is null or r.by = ?)", (id, viewer))
    reach = found and sees(db, viewer, found["school_in_group"])
    return found if reach == "all" or (reach == "agreed" and found["agreed_on"]) else None


def bare(db, id):
    """Return the row of a review: for changes only."""
    return store.row(db, "select * from review where id = ?", (id,))


def evidence(db, review_id):
    """Return what a review rests on: kind, day and school; the words are behind each piece's own rights.

    `is_gone` tells of words that are kept no longer: kind, day and school outlive them.
    """
    found = store.rows(db, "select * from review_evidence where review = ? order by kept_on, kind", (review_id,))
    return [{**e, "is_gone": purging.is_gone(db, e["kind"], e["about"])} for e in found]


def agreed_today(db, id):
    """Tell whether it was noted today that a review is agreed: for today that can be taken back."""
    at = store.value(db, "select max(at) from ledger where kind = 'reviews.agree' and about = ?", (id,))
    return at is not None and clock.day_of(at) == clock.today()


def whom_to_name(db, viewer, review):
    """Return whom a review may be agreed with: who agreed the last one, and the heads the school has as contacts."""
    agreed = [r for r in history(db, viewer, review["school_in_group"]) if r["agreed_with"]]
    last = [r["agreed_with"] for r in sorted(agreed, key=lambda r: r["agreed_on"], reverse=True)]
    heads = [c["name"] for c in schools.contacts(db, review["school"]) if c["role"] == "head"]
    return list(dict.fromkeys([*last[:1], *heads, *last[1:]]))[:6]


def author_of(db, id):
    """Return who wrote a review, or None."""
    return store.value(db, "select by from review where id = ?", (id,))


def school_of(db, id):
    """Return the school_in_group of a review, or None."""
    return store.value(db, "select school_in_group from review where id = ?", (id,))


def evidence_words(db, viewer, review):
    """Return by (kind, id) the words behind the evidence of a review, as far as the viewer may see each piece."""
    leads = sees(db, viewer, review["school_in_group"]) == "all"
    found = {(e["kind"], e["id"]): e["words"] for e in gathered(db, viewer, review["school_in_group"]) if leads}
    for piece in evidence(db, review["id"]):
        if piece["kind"] == "aim" and (aim := plans.aim(db, piece["about"])) and plans.read(
            db, viewer, aim["action_plan"]
        ):
            found["aim", aim["id"]] = aim["words"]
    return found


def gathered(db, viewer, school_in_group, since=None):
    """Return all the evidence about a school that a leader may use: `kind`, `id`, `on_day`, `words`, newest first.

    Each kind is asked through its own feature, so that nothing can be linked that its author or the lesson's teacher
    has not let the leader see. Aims of the action plan in force have their `outcome`.
    """
    found = _returns_and_work(db, school_in_group) + _visits(db, viewer, school_in_group)
    found += _aims(db, viewer, school_in_group)
    school = groups.school_in_group(db, school_in_group)
    for n in evidence_queries.evidence_for(db, viewer, school_in_group):
        found.append({"kind": "noticing", "id": n["id"], "on_day": n["on_day"], "words": n["words"]})
    of_school = {p["id"] for p in groups.people(db, school["work_group"]) if p["school_in_group"] == school_in_group}
    for r in reflections.of_group(db, viewer, school["work_group"], "1900-01-01", clock.today()):
        if r["by"] in of_school:
            found.append({"kind": "reflection", "id": r["id"], "on_day": r["on_day"], "words": r["words"]})
    for n in sessions.sessions_of(db, school["work_group"]):
        if n["state"] == "closed":
            found.append({"kind": "session", "id": n["id"], "on_day": n["day"], "words": n["title"]})
    found = [f for f in found if still_say(f["words"])]  # nothing rests on what is no longer there
    return sorted((f for f in found if not since or f["on_day"] >= since), key=lambda f: f["on_day"], reverse=True)


def _aims(db, viewer, school_in_group):
    """Return the aims of the plan in force, as of the day it was agreed, to whoever may read it."""
    plan = plans.in_force(db, school_in_group)
    if plan is None or plans.sees(db, viewer, school_in_group) is None:
        return []
    return [
        {"kind": "aim", "id": a["id"], "on_day": plan["agreed_on"], "words": a["words"], "outcome": a["outcome"]}
        for a in plans.aims(db, plan["id"])
    ]


def _returns_and_work(db, school_in_group):
    found = []
    group = groups.group_of_school(db, school_in_group)
    for t in tasks.tasks_of(db, group, school=school_in_group):
        if given := [r for r in tasks.returns(db, t["id"]) if r["went"] != "not yet"]:
            # both teachers may have told: it is one piece, of the day of the newest
            words = " / ".join(r["words"] for r in given if still_say(r["words"])) or t["words"]
            found.append({"kind": "gap task", "id": t["id"], "on_day": clock.day_of(given[-1]["at"]), "words": words})
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
                if not still_say(n["words"]):
                    continue  # a tap whose words have not come, or are no longer there
                words = f"{n['year_group']}: {n['words']}" if n["year_group"] else n["words"]
                found.append({"kind": "visit note", "id": n["id"], "on_day": v["on_day"], "words": words})
    return found
