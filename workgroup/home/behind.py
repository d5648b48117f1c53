"""The records behind the numbers of schools, side by side: gathered in a few queries, however many schools there are.

A number on a panel is counted from the list that its link opens, so the two cannot differ. Whoever sees the panels may
see days and counts; words and steps come only as each feature lets this viewer have them.
"""

from typing import NamedTuple

from workgroup import clock
from workgroup.groups import engaged
from workgroup.groups import queries as groups
from workgroup.home.journeys import moved
from workgroup.reviews import earlier_queries
from workgroup.reviews import queries as reviews
from workgroup.sessions import attendance_queries as attendance
from workgroup.tasks import queries as tasks
from workgroup.visits import entitled
from workgroup.visits import queries as visits

KINDS = {
    "sessions": "Sessions held", "register": "Who was there", "visits": "Visits", "gap-tasks": "Gap tasks",
    "work": "In-school work", "steps": "Steps agreed", "engagement": "Taking part",
}  # fmt: skip
MOVED = ("on", "back")  # a first review moves nothing, and where steps cannot be compared nobody knows
# what of a kind a number counts, where it is not all of it: the heading of its records, and which they are
ONLY = {
    "sessions": {
        "came": ("Sessions somebody came to", lambda n: n["here"] > 0),
        "both": ("Sessions both teachers came to", lambda n: n["here"] > 1),
    },
    "visits": {
        "made": ("Visits made", lambda v: entitled.is_whose(v, "made")),
        "coming": ("Visits planned", lambda v: entitled.is_whose(v, "coming")),
        "past": ("Visits planned for a day that is past", lambda v: entitled.is_whose(v, "past")),
    },
    "gap-tasks": {"back": ("Gap tasks that came back", lambda t: t["back"])},
    "steps": {
        "now": ("Where it is", lambda r: r["is_now"]),
        "moved": ("What moved since last half-term", lambda r: r["is_now"] and r["moved"] in MOVED),
        "first": ("Agreed for the first time", lambda r: r["is_now"] and r["moved"] == "new"),
    },
}


class _Before(NamedTuple):
    """The day the half-term began, and what was agreed with a school before, in another Work Group, by thread."""

    day: str
    earlier: dict


def schools(db, viewer, some, own=None, held=None):
    """Return the schools of some groups (ids) by name, each with the lists of `KINDS` and what is counted from them.

    `own` limits them to one school_in_group: what a participant sees. `held`: their meetings, if they are read already.
    """
    if not some:
        return []
    found, chains = engaged.schools(db, some, clock.today()), tasks.chains(db, some)
    held = attendance.meetings(db, some) if held is None else held
    work, agreed, visited = tasks.work_of_groups(db, some), reviews.agreed_in(db, viewer, some), {}
    read_in = reviews.read_in(db, viewer, some)
    for v in visits.visits_of_groups(db, some):
        if v["state"] != "cancelled":
            visited.setdefault(v["school_in_group"], []).append(v)
    # a framework is used by strand and year: asked for once for all groups that share it
    of_strand = {(s["strand"], s["academic_year"]): s["work_group"] for s in found}
    looked_at = {
        key: [a["thread"] for a in reviews.framework(db, group)["aspects"]] for key, group in of_strand.items()
    }
    begun = {year: _term_begun(db, year) for year in {s["academic_year"] for s in found}}
    asked = [s["id"] for s in found if _has_new(agreed.get(s["id"], []), begun[s["academic_year"]])]
    earlier = earlier_queries.of_schools(db, asked)
    return [
        {"reads_steps": s["work_group"] in read_in}
        | _school(s, held.get(s["work_group"], []), visited.get(s["id"], []), chains.get(s["id"], []),
                work.get(s["id"], []), agreed.get(s["id"], []),
                _Before(begun[s["academic_year"]], earlier.get(s["id"], {})),
                looked_at[s["strand"], s["academic_year"]])
        for s in found if own in (None, s["id"])
    ]  # fmt: skip


def records(school, kind, only=None):
    """Return the records of a kind behind a number of a school, as `schools` gives it; `only` is one of `ONLY`."""
    return [r for r in school[kind] if not only or ONLY[kind][only][1](r)]


def _school(s, held, visited, chains, work, agreed, before, looked_at):
    meetings = [{**n, "here": n["came"].get(s["school"], (0, 0))[0]} for n in held]
    sessions = [n for n in meetings if n["is_held"]]
    has = entitled.against({"visits": s["meant_visits"], "days": s["meant_days"]}, visited)
    moves = _moves(agreed, before, looked_at)
    newest = {r["id"]: r for r in moves}
    return {
        **s, "meetings": meetings, "sessions": sessions, "visits": visited, "gap-tasks": chains, "work": work,
        "steps": [{**newest.get(r["id"], r), "is_now": r["id"] in newest} for r in agreed], "engagement": s["states"],
        "came": sum(n["here"] > 0 for n in sessions),
        "both": sum(n["here"] > 1 for n in sessions), "back": sum(bool(t["back"]) for t in chains),
        "visited": entitled.parts(has), "moves": moves, "moved": sum(r["moved"] in MOVED for r in moves),
        "first": sum(r["moved"] == "new" for r in moves),
    }  # fmt: skip


def _term_begun(db, year):
    """Return the first day of the half-term that runs, or ran last: what moved is compared with where it stood then."""
    begun = [t["from_on"] for t in groups.half_terms(db, year) if t["from_on"] <= clock.today()]
    return begun[-1] if begun else clock.first_day_of(year)


def _has_new(agreed, begun):
    """Tell whether an aspect is agreed in this Work Group only since the half-term began: then those before count."""
    return bool({r["thread"] for r in agreed} - {r["thread"] for r in agreed if r["agreed_on"] < begun})


def _moves(agreed, before, looked_at):
    """Return the newest agreed review of each aspect looked at now, with how it `moved` against what was before.

    Before is before the half-term that runs began, in this Work Group or else before, in another:
    on, back, same, new (there was none before), or None where another framework's steps cannot be compared.
    """
    found = {}
    for r in agreed:
        known = found.setdefault(r["thread"], {"was": before.earlier.get(r["thread"])})
        if r["agreed_on"] < before.day:
            known["was"] = r
        known["now"] = r
    known = [(found[thread]["was"], found[thread]["now"]) for thread in looked_at if thread in found]
    return [{**now, "was": was, "moved": moved(was, now) if was else "new"} for was, now in known]
