"""Bringing the participants of a sheet in: all of them, or nobody."""

from workgroup import clock, door
from workgroup.door import Refused, change
from workgroup.fields import rows_of
from workgroup.groups import forms, queries, rights

MOST = 500
COLUMNS = {"school", "name", "email", "title"}


@change("groups.import_participants", forms.ImportParticipantsForm, rights.leads_or_runs)
def import_participants(db, entry, said):
    """Add the schools that are new to the group and the people of all rows, with invitations; or refuse them all."""
    rows = _read(said["rows"])
    since = _starts(db, said, entry)
    for number, row in enumerate(rows, 1):
        try:
            if not queries.in_group(db, said["work_group"], row["school"]):
                fields = {"work_group": said["work_group"], "school": row["school"]}
                door.within(db, entry, "groups.add_school", fields)
            fields = {**row, "work_group": said["work_group"], "role": "participant", "from_on": since}
            door.within(db, entry, "groups.add_person", fields)
        except Refused as no:
            raise Refused(f"Row {number}, {row['name']}: {door.first_of(no.errors)}", "rows") from no
    return said["work_group"]


def _starts(db, said, entry):
    """Participants belong to the group since its academic year began, or since today before that."""
    year = queries.group(db, said["work_group"])["academic_year"]
    return min(clock.first_day_of(year), clock.day_of(entry.at))


def _read(text):
    rows = rows_of(text, MOST)
    if not rows:
        raise Refused("There is nobody to bring in.", "rows")
    for row in rows:
        plain = isinstance(row, dict) and set(row) == COLUMNS
        if not plain or not all(v is None or isinstance(v, str) for v in row.values()):
            raise Refused("These rows cannot be read.", "rows")
    return rows
