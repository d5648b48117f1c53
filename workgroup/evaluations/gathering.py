"""What a half-term left behind in a Work Group, as its leader may see it: what sentences can rest on.

Read through each feature's own queries, so that nothing is told that its author or a lesson's teacher has not let go.
"""

from dataclasses import dataclass, field
from typing import NamedTuple

from workgroup import clock
from workgroup.groups import queries as groups
from workgroup.journeys import queries as journeys
from workgroup.lessons import evidence_queries, noticing_queries
from workgroup.lessons import queries as lessons
from workgroup.reflections import queries as reflections
from workgroup.reflections import written_queries
from workgroup.retention import still_say
from workgroup.reviews import earlier_queries
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
    """A half-term in records; `schools` are those in the group at its end, by id of the school in the group.

    `in_group` has their ids as schools, for what knows nothing of groups, such as the register.
    """

    from_on: str
    to_on: str
    schools: dict
    in_group: set
    withdrawn: list
    sessions: list = field(default_factory=list)
    lessons: list = field(default_factory=list)
    quotes: list = field(default_factory=list)
    reflected: set = field(default_factory=set)
    tasks: list = field(default_factory=list)
    work: list = field(default_factory=list)
    visits: list = field(default_factory=list)
    reviews: list = field(default_factory=list)
    heads: list = field(default_factory=list)
    more: list = field(default_factory=list)
    # who takes part at its end, and what was planned for days that have come: what those above are out of
    teachers: set = field(default_factory=set)
    sessions_planned: int = 0
    sessions_off: int = 0
    visits_planned: int = 0
    # of what was planned, what did not come about, called off or not
    not_held: list = field(default_factory=list)
    not_made: list = field(default_factory=list)

    def has(self, day):
        """Tell whether a day lies in the half-term."""
        return bool(day) and self.from_on <= day <= self.to_on


def gather(db, viewer, group, from_on, to_on):
    """Return what there is of a half-term. Nothing of a day that has not come."""
    to_on = min(to_on, clock.today())
    everybody = groups.schools(db, group, to_on)
    here = [s for s in everybody if s["state"] not in (None, "withdrawn")]
    g = Gathered(
        from_on, to_on, {s["id"]: s["name"] for s in here}, {s["school"] for s in here},
        [s for s in everybody if s["state"] == "withdrawn" and from_on <= s["since_on"] <= to_on],
    )  # fmt: skip
    g.teachers = {p["id"] for p in groups.people(db, group, on=to_on, role="participant", expected=True)}
    for session in sessions.sessions_of(db, group):
        if g.has(session["day"]):
            _session(db, g, session)
    _lessons(db, viewer, g)
    _reflections(db, viewer, g, group)
    for task in tasks.tasks_of(db, group):
        if g.has(task["due_on"]) and task["school_in_group"] in g.schools:
            _task(db, g, task)
    for id, name in g.schools.items():
        g.work += [{**w, "school_name": name} for w in tasks.in_school_work(db, id) if g.has(w["on_day"])]
        _reviews(db, viewer, g, id)
        _noticings(db, viewer, g, id, name)
    said = journeys.quotable(db, viewer, group)  # of a head only what may be quoted is evidence
    g.heads = [s for s in said if g.has(s["on_day"]) and s["school_in_group"] in g.schools]
    _visits(db, viewer, g, group)
    return g


def _visits(db, viewer, g, group):
    """Take the visits that were made with their notes, and those that were planned for a day that is over."""
    some = [v for v in visits.visits_of_group(db, group) if g.has(v["on_day"])]
    g.visits = [v for v in some if v["state"] == "made"]
    over = [v for v in some if v["state"] != "planned" or v["on_day"] < clock.today()]
    planned = [v for v in over if v["school_in_group"] in g.schools]
    g.visits_planned, g.not_made = len(planned), [v for v in planned if v["state"] != "made"]
    for v in g.visits:
        # a tap whose words have not come is no evidence yet, and what is no longer there is none any more
        notes = [n for n in visits.notes(db, viewer, v["id"]) if still_say(n["words"])]
        g.more += [Piece("visit note", n["id"], v["on_day"], v["school_name"], _note(n)) for n in notes]


def _session(db, g, session):
    """Take a session that was planned: among those held, called off, or neither once its day is over."""
    if session["state"] in ("postponed", "cancelled"):
        g.sessions_planned += 1
        g.sessions_off += 1
        g.not_held.append(session)
        return
    here = [m for m in sessions.register(db, session["id"]) if m["status"] == "present"]
    came = [m for m in here if m["attending_as"] in ("participant", "substitute")]
    if here or session["state"] == "closed":
        g.sessions.append({**session, "came": came})
        g.reflected |= written_queries.who_wrote(db, session["id"])
        g.sessions_planned += 1
    elif session["day"] < clock.today():
        g.sessions_planned += 1
        g.not_held.append(session)


def _task(db, g, task):
    """Take a gap task that was due. One that was dropped, or is still to come back today, is left out.

    So is one that was carried on with nothing given back: it is told as the task that followed it, once that is due.
    """
    given = [r for r in tasks.returns(db, task["id"]) if r["went"] != "not yet"]
    if given or (task["state"] not in ("dropped", "carried") and task["due_on"] < clock.today()):
        g.tasks.append({**task, "given": given})


def _noticings(db, viewer, g, school_in_group, name):
    """Take what was noticed by a school's people; what the viewer noticed is of no school."""
    for n in evidence_queries.evidence_for(db, viewer, school_in_group):
        if g.has(n["on_day"]) and still_say(n["words"]):
            school = None if n["by"] == viewer else name
            g.more.append(Piece("noticing", n["id"], n["on_day"], school, n["words"]))


def _note(n):
    return f"{n['year_group']}: {n['words']}" if n["year_group"] else n["words"]


def _lessons(db, viewer, g):
    for session in g.sessions:
        for lesson in lessons.lessons_of(db, session["id"]):
            if lesson["state"] not in ("discussion", "with teacher", "shared"):
                continue
            is_shared = lesson["state"] == "shared" and lesson["shared_with"] == "hub"
            standing = lessons.standing(db, viewer, lesson)
            seen = noticing_queries.seen(db, viewer, lesson, standing) if is_shared else []
            told = [n for n in seen if not n["hidden_at"] and not n["withdrawn_at"] and not n["is_late"]]
            g.lessons.append({**lesson, "on_day": session["day"], "told": told, "is_shared": is_shared})


def _reflections(db, viewer, g, group):
    """Take what was shared with the leaders, and of it what may be quoted without a name.

    Quoted is what participants wrote; about an open lesson only what its teacher has shared with the hub.
    """
    to_hub = {x["id"] for x in g.lessons if x["is_shared"]}
    of = {p["id"]: p["school_in_group"] for p in groups.people(db, group) if p["school_in_group"] in g.schools}
    for r in reflections.of_group(db, viewer, group, g.from_on, g.to_on):
        if r["by"] in of and (still_say(r["words"]) or not r["words"]):
            g.more.append(Piece("reflection", r["id"], r["on_day"], g.schools[of[r["by"]]], r["words"]))
        may = r["may_quote"] and r["by_participant"] and r["visibility"] != "me"
        if may and still_say(r["words"]) and (not r["lesson"] or r["lesson"] in to_hub):
            g.quotes.append(r)


def _reviews(db, viewer, g, school_in_group):
    """Take the reviews that were agreed with a school in these weeks, each with the review before it.

    `began` is the last one agreed before the half-term, in this Work Group or before, in another; None when there is
    none whose steps can be compared, because that version of the framework had other steps, or had them in another
    order.
    """
    agreed = [r for r in reviews.history(db, viewer, school_in_group) if r["agreed_on"]]
    earlier = earlier_queries.of_viewer(db, viewer, school_in_group)
    before = {thread: r for thread, r in earlier.items() if r["agreed_on"] < g.from_on}
    began = before | {r["thread"]: r for r in agreed if r["agreed_on"] < g.from_on}
    for r in agreed:
        first = began.get(r["thread"])
        if g.has(r["agreed_on"]):
            can_compare = first and first["scale"] == r["scale"]
            g.reviews.append({**r, "was": before.get(r["thread"]), "began": first if can_compare else None})
        before[r["thread"]] = r


def pieces(g):
    """Return all that a sentence of one's own can rest on, newest first: of what is private its kind and day count."""
    found = [Piece("session", s["id"], s["day"], None, s["title"]) for s in g.sessions]
    found += [Piece("session", s["id"], s["day"], None, f"{s['title']}, not held") for s in g.not_held]
    found += [Piece("open lesson", x["id"], x["on_day"], None, x["topic"]) for x in g.lessons]
    found += [
        Piece("gap task", t["id"], clock.day_of(t["given"][-1]["at"]), t["school_name"], t["words"])
        for t in g.tasks if t["given"]
    ]  # fmt: skip
    found += [Piece("in-school work", w["id"], w["on_day"], w["school_name"], w["words"]) for w in g.work]
    found += [Piece("visit", v["id"], v["on_day"], v["school_name"], "A visit") for v in g.visits]
    found += [Piece("visit", v["id"], v["on_day"], v["school_name"], "A visit, not made") for v in g.not_made]
    found += [
        Piece("review", r["id"], r["on_day"], r["school_name"], f"{r['aspect_name']}: {r['step_name']}")
        for r in g.reviews
    ]  # fmt: skip
    found += [Piece("head statement", s["id"], s["on_day"], s["school_name"], s["words"]) for s in g.heads]
    known = {(p.kind, p.about): p for p in [*g.more, *found]}
    return sorted(known.values(), key=lambda p: p.on_day, reverse=True)
