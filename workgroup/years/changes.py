"""The change that makes a whole year of a Work Group: one entry, so that all of it is there or nothing."""

from workgroup.door import Refused, change
from workgroup.people.rights import runs_hub
from workgroup.years import forms, importing, reading


@change("years.import_year", forms.ImportYearForm, runs_hub)
def import_year(db, entry, said):
    """Make a group with its schools, people, sessions and first lessons from a prepared year; returns its id."""
    year, wrong = reading.read(said["year"])
    wrong = wrong or importing.problems(db, year)
    if wrong:
        raise Refused(wrong[0], "year")
    return importing.enter(db, entry, year)
