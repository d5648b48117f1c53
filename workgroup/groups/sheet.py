"""What a row of a sheet of participants is made of; how a sheet is read is for cells.py."""

import re

from workgroup import cells
from workgroup.cells import NotASheet

MOST_ROWS = 500
MOST_BYTES = 5 * 1024 * 1024
NOT_A_SHEET = (
    "This is not a sheet of participants: it needs columns for the school and for names. Save it as CSV or XLSX, with a"
    " heading like School, First name, Surname, E-mail."
)
# our word → the words a header may use, squeezed to letters
COLUMNS = {
    "school": ("school", "schoolname", "nameofschool", "establishment"),
    "urn": ("urn", "schoolurn"),
    "first": ("firstname", "forename", "givenname", "first"),
    "last": ("surname", "lastname", "familyname", "last"),
    "name": ("name", "fullname", "participant", "teacher", "teachername", "participantname"),
    "email": ("email", "emailaddress", "mail"),
    "title": ("roleinschool", "role", "jobtitle", "position", "role/position"),
    "notes": ("notes", "note", "comments"),
}
HEADING = ("School", "URN", "First name", "Surname", "E-mail", "Role in school")
EXAMPLE = ("Staithe Lane Primary School", "900001", "Nadine", "Example", "nadine@school.example.org", "Maths lead")


def read(content):
    """Return the rows of a sheet as dicts with `line`, school, urn, name, email, title and notes (text, maybe empty).

    Raises NotASheet.
    """
    if len(content) > MOST_BYTES:
        raise NotASheet("This file is larger than 5 MB. Send the sheet of one Work Group.")
    found = cells.read(content, NOT_A_SHEET)
    header, columns = _header(found)
    rows = [_row(line, row, columns) for line, row in found[header + 1 :]]
    rows = [r for r in rows if r["name"] or r["email"]]
    if not rows:
        raise NotASheet("There are no participants below the heading of this sheet.")
    if len(rows) > MOST_ROWS:
        raise NotASheet(f"This sheet has {len(rows):,} rows; {MOST_ROWS} is the most at a time.")
    return rows


def _header(found):
    """Return the index of the header row and the place of each of our columns in it."""
    header = cells.heading(found, COLUMNS, _is_heading)
    if header is None:
        raise NotASheet(NOT_A_SHEET)
    return header


def _is_heading(places):
    has_names = places["name"] is not None or places["last"] is not None
    return has_names and (places["school"] is not None or places["urn"] is not None)


def _row(line, row, columns):
    def cell(name):
        return cells.cell(row, columns[name])

    name = f"{cell('first')} {cell('last')}".strip() or cell("name")
    return {
        "line": line, "school": cell("school"), "urn": re.sub(r"\D", "", cell("urn")), "name": name,
        "email": cell("email"), "title": cell("title"), "notes": cell("notes"),
    }  # fmt: skip
