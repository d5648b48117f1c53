"""The cells of a sheet as people send it: CSV of any separator and encoding, or XLSX; bytes in, rows of plain text out.

What a column means is found by its name in a row near the top: title lines above the heading are passed over.
"""

import csv
import io
import re
import threading
from zipfile import BadZipFile, ZipFile

HEADING_WITHIN = 40  # rows
# of a workbook: a few kilobytes can unpack to gigabytes, and what is read takes forty times as much while it is read
MOST_UNPACKED, MOST_PARTS = 6 * 1024 * 1024, 500
_one_at_a_time = threading.Lock()


class NotASheet(Exception):
    """The file cannot be read as a sheet; the message says why in one sentence."""


def read(content, not_it):
    """Return `(line number, [text, …])` for each row of the bytes of a sheet; NotASheet, with `not_it` for no text."""
    return _xlsx(content) if content[:4] == b"PK\x03\x04" else _csv(content, not_it)


def heading(cells, columns, is_enough):
    """Return the index of the heading and the place of each of our columns in it, or None.

    `columns` maps our word to those a heading may use, squeezed to letters; `is_enough(places)` tells a heading.
    """
    for index, (_, row) in enumerate(cells[:HEADING_WITHIN]):
        squeezed = [re.sub(r"[^a-z/]", "", c.casefold()) for c in row]
        places = {ours: next((squeezed.index(w) for w in words if w in squeezed), None)
                  for ours, words in columns.items()}  # fmt: skip
        if is_enough(places):
            return index, places
    return None


def cell(row, place):
    """Return the text at a place of a row, or nothing."""
    return row[place] if place is not None and place < len(row) else ""


def _csv(content, not_it):
    text = None
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    if text is None or "\x00" in text:
        raise NotASheet(not_it)
    # the separator that the lines agree on most; a title line may hold none
    delimiter = max(",;\t", key=lambda d: sum(line.count(d) for line in text.splitlines()[:20]))
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        return [(reader.line_num, [_squeeze(c) for c in row]) for row in reader]
    except csv.Error as wrong:
        raise NotASheet(not_it) from wrong


def _xlsx(content):
    try:
        parts = ZipFile(io.BytesIO(content)).infolist()
        # what is said here is all that is read of a part, true or not
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
            raise NotASheet("This workbook holds far more than such a sheet. Send the rows alone.")
        with _one_at_a_time:
            return _rows(content)
    except (BadZipFile, KeyError, ValueError, IndexError, OSError, TypeError, AttributeError, SyntaxError) as wrong:
        raise NotASheet("This workbook cannot be opened. Save it again as XLSX or CSV.") from wrong


def _rows(content):
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
