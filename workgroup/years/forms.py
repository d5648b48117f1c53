"""The shapes of changes that make a whole year."""

from workgroup.fields import Form, line, needed, words
from workgroup.number_fields import Count

MOST_BYTES = 1024 * 1024  # more than any year can need


class ImportYearForm(Form):
    """A prepared year, as the JSON of its file."""

    year = words("Year", needed("Give the year as JSON."), most=MOST_BYTES)


class PopulateForm(Form):
    """How large a hub is wanted, for measuring."""

    groups = Count("Work Groups in a year", needed("Say how many Work Groups."), least=1, most=200)
    years = Count("Academic years", needed("Say how many years."), least=1, most=20)
    seed = Count("Seed", needed("Say the seed."), least=0, most=2**31)


class LeaveDemoForm(Form):
    """A demo is left for a hub of one's own; what its copy is called."""

    copy = line("Copy", needed("Say what the copy is called."))
