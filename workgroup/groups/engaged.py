"""Reading the schools of several Work Groups at once, each with every state it has been in."""

from workgroup import clock, store
from workgroup.groups.queries import RUNS


def groups_of_year(db, viewer, year):
    """Return the Work Groups of a year that a viewer looks after for the hub, by title; nobody else sees any here."""
    return store.rows(
        db,
        f"select g.* from work_group g where g.academic_year = :year and {RUNS} order by g.title, g.id",
        {"year": year, "viewer": viewer, "on": clock.today()},
    )


def years(db):
    """Return the academic years that have a Work Group, newest first."""
    return [r["academic_year"] for r in store.rows(
        db, "select distinct academic_year from work_group order by academic_year desc")]  # fmt: skip


def schools(db, some, on):
    """Return the schools of some groups by name, each with its `states` so far and the `state` of a day."""
    marks = ", ".join("?" * len(some))
    rows = store.rows(
        db,
        "select i.id, i.school, i.work_group, s.name, g.title, g.academic_year, g.strand, t.visits as meant_visits,"
        " t.days as meant_days, g.participant_word, g.meeting_word from school_in_group i"
        " join school s on s.id = i.school join work_group g on g.id = i.work_group"
        " join entitlement t on t.work_group = g.id"
        f" where i.work_group in ({marks}) order by s.name collate nocase, g.title, i.id",
        list(some),
    )
    states = {}
    for e in store.rows(
        db,
        "select e.* from engagement e join school_in_group i on i.id = e.school_in_group"
        f" where i.work_group in ({marks}) and e.since_on <= ? order by e.since_on, e.rowid",
        (*some, on),
    ):
        states.setdefault(e["school_in_group"], []).append(e)
    for row in rows:
        row["states"] = states.get(row["id"], [])
        row["state"] = row["states"][-1] if row["states"] else None
    return rows
