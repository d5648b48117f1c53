"""Reading where the visits of a year could lie, and what speaks against the days they have."""

from workgroup import clock, store
from workgroup.groups import queries as groups
from workgroup.planning import dates
from workgroup.planning.queries import HELD, active_schools, clashes, terms_at, visits_of_leaders
from workgroup.sessions import queries as sessions
from workgroup.visits import queries as visits


def visit_days(db, group, each, taken=frozenset()):
    """Return (school, days) of the visits that a plan adds: so many to each school, those it has this year among them.

    No day that is past, none on which the group meets or another visit is made, or a leader leads another group.
    """
    had = visits.visits_of_group(db, group["id"])
    taken = {*taken, *(v["on_day"] for v in had), *(n["day"] for n in sessions.sessions_of(db, group["id"]))}
    schools = active_schools(db, group["id"])
    terms = groups.half_terms(db, group["academic_year"])
    if each:
        taken |= set(clashes(db, group["id"], dates.days_of(terms)))
    days = dates.visit_days(terms, len(schools), each or 0, taken, since=clock.today())
    left = []
    for school, some in zip(schools, days, strict=True):
        has = sum(v["school_in_group"] == school["id"] and v["state"] != "cancelled" for v in had)
        left.append((school, some[has:]))
    return left


def against_visits(db, group, made):
    """Return the planned visits of a group against which something speaks, each with it as `against`, by day.

    A day without school at that school, another group of whoever visits, or another visit at the same time.
    """
    days = sorted({v["on_day"] for v in made if v["state"] == "planned"})
    if not days:
        return []
    every = visits_of_leaders(db, group["id"], days)
    own, leads = groups.schools_with_half_terms(db, group["academic_year"]), _leads_elsewhere(db, group["id"], days)
    told = []
    for v in (v for v in every if v["work_group"] == group["id"]):
        terms = terms_at(db, group, v["school"] if v["school"] in own else None)
        against = dates.troubles(terms, v["on_day"])
        against += [f"{v['name']} leads {title} on this day" for title in leads.get((v["by"], v["on_day"]), ())]
        against += [f"{v['name']} is to be at {other['school_name']} at that time too"
                    for other in every if other["id"] != v["id"] and visits.overlap(v, other)]  # fmt: skip
        told += [{**v, "against": against}] if against else []
    return told


def _leads_elsewhere(db, group, days):
    """Return the titles of the other groups that somebody leads on a day on which they meet, by person and day."""
    found = {}
    for n in store.rows(
        db,
        "select m.person, date(n.starts_at) as day, g.title from session n join work_group g on g.id = n.work_group"
        " join membership m on m.work_group = n.work_group and m.role = 'leader' and m.from_on <= date(n.starts_at)"
        " and (m.to_on is null or m.to_on >= date(n.starts_at))"
        f" where {HELD} and n.work_group <> ? and n.starts_at between ? and ?"
        f" and date(n.starts_at) in ({', '.join('?' * len(days))}) order by n.starts_at",
        (group, days[0], f"{days[-1]}T99", *days),
    ):
        found.setdefault((n["person"], n["day"]), []).append(n["title"])
    return found
