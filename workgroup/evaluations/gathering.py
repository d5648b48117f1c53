"""What a half-term left behind in a Work Group, as its leader may see it: what sentences can rest on.

Read through each feature's own queries, so that nothing is told that its author or a lesson's teacher has not let go.
"""

from dataclasses import dataclass, field
from typing import NamedTuple

from workgroup import clock
from workgroup.groups import queries as groups
from workgroup.lessons import queries as lessons
from workgroup.reflections import queries as reflections
from workgroup.reviews import queries as reviews
from workgroup.sessions import queries as sessions
from workgroup.tasks import queries as tasks
from workgroup.visits import queries as visits


class Piece(NamedTuple):
    """A piece of evidence: what it is, which one, of which day, of which school if of one, and words to know it by."""

    kind: str
    about: str
    on_day: str
    school: str | None = None
    words: str = ""


@dataclass
class Gathered:
    """A half-term in records; `schools` are those in the group at its end, by id of the school in the group."""

    from_on: str
    to_on: str
    schools: dict
    withdrawn: list
    sessions: list = field(default_factory=list)
    lessons: list = field(default_factory=list)
    quotes: list = field(default_factory=list)
    reflected: set = field(default_factory=set)
    tasks: list = field(default_factory=list)
    work: list = field(default_factory=list)
    visits: list = field(default_factory=list)
    reviews: list = field(default_factory=list)
    more: list = field(default_factory=list)

    def has(self, day):
        """Tell whether a day lies in the half-term."""
        return bool(day) and self.from_on <= day <= self.to_on


def gather(db, viewer, group, from_on, to_on):
    """Return what there is of a half-term. Nothing of a day that has not come."""
    to_on = min(to_on, clock.today())
    everybody = groups.schools(db, group, to_on)
    g = Gathered(
        from_on, to_on, {s["id"]: s["name"] for s in everybody if s["state"] not in (None, "withdrawn")},
        [s for s in everybody if s["state"] == "withdrawn" and from_on <= s["since_on"] <= to_on],
    )  # fmt: skip
    for session in sessions.sessions_of(db, group):
        if g.has(session["day"]) and session["state"] not in ("postponed", "cancelled"):
            _session(db, g, session)
    _lessons(db, viewer, g)
    _quotes(db, viewer, g, group)
    for task in tasks.tasks_of(db, group):
        if g.has(task["due_on"]) and task["school_in_group"] in g.schools:
            given = [r for r in tasks.returns(db, task["id"]) if r["went"] != "not yet"]
            g.tasks.append({**task, "given": given})
    for id, name in g.schools.items():
        g.work += [{**w, "school_name": name} for w in tasks.in_school_work(db, id) if g.has(w["on_day"])]
        _reviews(db, viewer, g, id)
        g.more += [
            Piece(one["kind"], one["id"], one["on_day"], name, one["words"])
            for one in reviews.gathered(db, viewer, id, since=from_on)
            if one["kind"] in ("noticing", "reflection", "visit note") and g.has(one["on_day"])
        ]
    g.visits = [v for v in visits.visits_of_group(db, group) if v["state"] == "made" and g.has(v["on_day"])]
    return g


def _session(db, g, session):
    here = [m for m in sessions.register(db, session["id"]) if m["status"] == "present"]
    came = [m for m in here if m["attending_as"] in ("participant", "substitute")]
    if here or session["state"] == "closed":
        g.sessions.append({**session, "came": came})
        g.reflected |= set(reflections.who_has(db, session["id"]))


def _lessons(db, viewer, g):
    for session in g.sessions:
        for lesson in lessons.lessons_of(db, session["id"]):
            if lesson["state"] not in ("discussion", "with teacher", "shared"):
                continue
            is_shared = lesson["state"] == "shared" and lesson["shared_with"] == "hub"
            standing = lessons.standing(db, viewer, lesson)
            seen = lessons.seen(db, viewer, lesson, standing) if is_shared else []
            told = [n for n in seen if not n["hidden_at"] and not n["withdrawn_at"] and not n["is_late"]]
            g.lessons.append({**lesson, "on_day": session["day"], "told": told, "is_shared": is_shared})


def _quotes(db, viewer, g, group):
    """Take what may be quoted without a name; about an open lesson only what its teacher has shared with the hub."""
    to_hub = {x["id"] for x in g.lessons if x["is_shared"]}
    for r in reflections.shared_with(db, viewer):
        of_group = r["work_group"] == group and g.has(clock.day_of(r["changed_at"]))
        if of_group and r["may_quote"] and r["words"] and (not r["lesson"] or r["lesson"] in to_hub):
            g.quotes.append({**r, "on_day": clock.day_of(r["changed_at"])})


def _reviews(db, viewer, g, school_in_group):
    """Take the reviews that were agreed with a school in these weeks, each with the step it had before."""
    before = {}
    for r in reviews.history(db, viewer, school_in_group):
        if not r["agreed_on"]:
            continue
        if g.has(r["agreed_on"]):
            was = before.get(r["aspect_name"])
            moved = r["step_position"] - was["step_position"] if was else 0
            g.reviews.append({**r, "was": was, "moved": moved})
        before[r["aspect_name"]] = r


def pieces(g):
    """Return all that a sentence of one's own can rest on, newest first: of what is private its kind and day count."""
    found = [Piece("session", s["id"], s["day"], None, s["title"]) for s in g.sessions]
    found += [Piece("open lesson", x["id"], x["on_day"], None, x["topic"]) for x in g.lessons]
    found += [
        Piece("gap task", t["id"], clock.day_of(t["given"][-1]["at"]), t["school_name"], t["words"])
        for t in g.tasks if t["given"]
    ]  # fmt: skip
    found += [Piece("in-school work", w["id"], w["on_day"], w["school_name"], w["words"]) for w in g.work]
    found += [Piece("visit", v["id"], v["on_day"], v["school_name"], "A visit") for v in g.visits]
    found += [
        Piece("review", r["id"], r["on_day"], r["school_name"], f"{r['aspect_name']}: {r['step_name']}")
        for r in g.reviews
    ]  # fmt: skip
    known = {(p.kind, p.about): p for p in [*g.more, *found]}
    return sorted(known.values(), key=lambda p: p.on_day, reverse=True)
