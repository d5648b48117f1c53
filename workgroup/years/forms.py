"""The shapes of changes that make a whole year."""

from workgroup.fields import Form, needed, words

MOST_BYTES = 1024 * 1024  # more than any year can need


class ImportYearForm(Form):
    """A prepared year, as the JSON of its file."""

    year = words("Year", needed("Give the year as JSON."), most=MOST_BYTES)
