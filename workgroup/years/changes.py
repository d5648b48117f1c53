"""Changes of a whole record or year, each one entry: a year is there or nothing of it, a demo is left or not."""

from workgroup import clock, store
from workgroup.door import Refused, change
from workgroup.people.rights import leads_hub, nobody_yet, runs_hub
from workgroup.years import filling, forms, importing, reading


@change("years.import_year", forms.ImportYearForm, runs_hub)
def import_year(db, entry, said):
    """Make a group with its schools, people, sessions and first lessons from a prepared year; returns its id."""
    year, wrong = reading.read(said["year"])
    wrong = wrong or importing.problems(db, year)
    if wrong:
        raise Refused(wrong[0], "year")
    return importing.enter(db, entry, year)


@change("years.populate", forms.PopulateForm, nobody_yet)
def populate(db, entry, said):
    """Note that a new database is filled for measuring, and make its hub and lead; the rest is in populating.py."""
    hub = filling.hub(db, said["seed"], said["groups"], said["years"], clock.day_of(entry.at))
    store.put(db, "hub", id=1, name="A populated hub")
    store.put(db, "person", id=hub.lead, name="Helen Populate", email="hub.lead@populated.example.org")
    first = clock.first_day_of(hub.academic_years[0])
    store.put(db, "hub_role", id=entry.id, person=hub.lead, role="lead", from_on=first)
    return hub.lead


@change("years.leave_demo", forms.LeaveDemoForm, leads_hub)
def leave_demo(db, entry, said):
    """Begin a hub of one's own where a demo was: nothing of it is here any more, and it is kept under this name."""
    if not store.is_demo(db):
        raise Refused("This is no demo but a hub’s own record.")
    db.conn.execute("update record set demo = 0")
    return said["copy"]
