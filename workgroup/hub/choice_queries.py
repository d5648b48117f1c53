"""Reading what may be asked of an export: Work Groups, who leads them, whose days, years, aspects."""

from workgroup import clock, store
from workgroup.days import queries as days
from workgroup.frameworks import queries as frameworks
from workgroup.groups.queries import RUNS
from workgroup.hub.queries import RUNS_HUB, SEEN


def people_with_days(db, viewer, on=None):
    """Return the people whose days somebody may export, by name: everybody with entries, or only oneself."""
    return store.rows(
        db,
        "select p.id, p.name, p.email from person p where exists (select 1 from day_entry e where e.person = p.id)"
        f" and (p.id = :viewer or {RUNS_HUB}) order by p.name, p.id",
        {"viewer": viewer, "on": on or clock.today()},
    )


def aspects(db):
    """Return every aspect that was ever put to use, the oldest first: its `thread` and the `names` it has had."""
    return frameworks.every_aspect(db)


def groups_to_export(db, viewer, on=None):
    """Return the Work Groups a person may export, the newest year first."""
    return store.rows(
        db,
        f"with {SEEN} select id, title, academic_year from seen order by academic_year desc, title",
        _everything(viewer, on),
    )


def leaders(db, viewer, on=None):
    """Return who leads or has led a Work Group, by name: of those that a viewer looks after for the hub."""
    return store.rows(
        db,
        "select p.id, p.name, p.email from person p where p.id in (select m.person from membership m"
        f" join work_group g on g.id = m.work_group where m.role = 'leader' and {RUNS}) order by p.name, p.id",
        {"viewer": viewer, "on": on or clock.today()},
    )


def years(db, viewer, on=None):
    """Return the academic years of the Work Groups that may be exported and of days, and this one, newest first."""
    found = {g["academic_year"] for g in groups_to_export(db, viewer, on)} | set(days.years(db))
    return sorted(found, reverse=True)


def _everything(viewer, on):
    on = on or clock.today()
    return {"viewer": viewer, "on": on, "as_at": on, "group": None, "leader": None, "year": None}
