"""Reading a sheet of participants as a hub sends it: CSV or XLSX bytes in, rows of plain cells out.

Title lines above the header are passed over; columns are found by name; stray spaces go; the encoding is found.
"""

import csv
import io
import re
import threading
from zipfile import BadZipFile, ZipFile

MOST_ROWS = 500
MOST_BYTES = 5 * 1024 * 1024
# of a workbook: a few kilobytes can unpack to gigabytes, and what is read takes forty times as much while it is read
MOST_UNPACKED, MOST_PARTS = 6 * 1024 * 1024, 500
_one_at_a_time = threading.Lock()
NOT_A_SHEET = "This is not a sheet of participants: it needs columns for the school and for names."
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


class NotASheet(Exception):
    """The file cannot be read as a sheet; the message says why in one sentence."""


def read(content):
    """Return the rows of a sheet as dicts with `line`, school, urn, name, email, title and notes (text, maybe empty).

    Raises NotASheet.
    """
    if len(content) > MOST_BYTES:
        raise NotASheet("This file is larger than 5 MB. Send the sheet of one Work Group.")
    cells = _xlsx(content) if content[:4] == b"PK\x03\x04" else _csv(content)
    header, columns = _header(cells)
    rows = [_row(line, row, columns) for line, row in cells[header + 1 :]]
    rows = [r for r in rows if r["name"] or r["email"]]
    if not rows:
        raise NotASheet("There are no participants below the heading of this sheet.")
    if len(rows) > MOST_ROWS:
        raise NotASheet(f"This sheet has {len(rows):,} rows; {MOST_ROWS} is the most at a time.")
    return rows


def _csv(content):
    text = None
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    if text is None or "\x00" in text:
        raise NotASheet(NOT_A_SHEET)
    # the separator that the lines agree on most; a title line may hold none
    delimiter = max(",;\t", key=lambda d: sum(line.count(d) for line in text.splitlines()[:20]))
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        return [(reader.line_num, [_squeeze(c) for c in row]) for row in reader]
    except csv.Error as wrong:
        raise NotASheet(NOT_A_SHEET) from wrong


def _xlsx(content):
    try:
        parts = ZipFile(io.BytesIO(content)).infolist()
        # what is said here is all that is read of a part, true or not
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
            raise NotASheet("This workbook holds far more than a sheet of participants. Send the names alone.")
        with _one_at_a_time:
            return _cells(content)
    except (BadZipFile, KeyError, ValueError, IndexError, OSError, TypeError, AttributeError, SyntaxError) as wrong:
        raise NotASheet("This workbook cannot be opened. Save it again as XLSX or CSV.") from wrong


def _cells(content):
    from openpyxl import load_workbook  # it takes as long to import as most of the app: when a sheet comes, not before

    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    try:
        sheet = book.worksheets[0]
        rows = sheet.iter_rows(values_only=True, max_row=5000, max_col=60)
        return [(line, [_squeeze(c) for c in row]) for line, row in enumerate(rows, 1)]
    finally:
        book.close()


def _squeeze(cell):
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = re.sub(r"[\x00-\x1f\x7f]", " ", str(cell))
    return re.sub(r"\s+", " ", text.replace("\u00a0", " ")).strip()[:300]


def _header(cells):
    """Return the index of the header row and the place of each of our columns in it."""
    for index, (_, row) in enumerate(cells[:40]):
        squeezed = [re.sub(r"[^a-z/]", "", c.casefold()) for c in row]
        columns = {
            ours: next((squeezed.index(w) for w in words if w in squeezed), None) for ours, words in COLUMNS.items()
        }
        has_names = columns["name"] is not None or columns["last"] is not None
        if has_names and (columns["school"] is not None or columns["urn"] is not None):
            return index, columns
    raise NotASheet(NOT_A_SHEET)


def _row(line, row, columns):
    def cell(name):
        place = columns[name]
        return row[place] if place is not None and place < len(row) else ""

    name = f"{cell('first')} {cell('last')}".strip() or cell("name")
    return {
        "line": line, "school": cell("school"), "urn": re.sub(r"\D", "", cell("urn")), "name": name,
        "email": cell("email"), "title": cell("title"), "notes": cell("notes"),
    }  # fmt: skip
