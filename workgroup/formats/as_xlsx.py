"""XLSX written row by row to a temporary file, then streamed: text stays text, numbers stay numbers."""

import tempfile
from pathlib import Path

CHUNK = 64 * 1024
# what one sheet of Excel holds
MOST_ROWS = 1_048_576
_AS_GIVEN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def chunks(title, header, rows, meanings=()):
    """Yield the file in chunks of 64 KB; the rows are read one at a time and never held whole.

    `meanings`, pairs of a column and what it means, stand on a last sheet of their own.
    """
    with tempfile.TemporaryDirectory(prefix="workgroup-") as folder:
        path = Path(folder) / "export.xlsx"
        _write(path, title, header, rows, meanings)
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                yield chunk


def _write(path, title, header, rows, meanings):
    import xlsxwriter  # slow to import: when a file is asked for, not when the app starts

    # its parts lie in the same folder, so that nothing stays behind when a reader hangs up
    with xlsxwriter.Workbook(str(path), {"constant_memory": True, "tmpdir": str(path.parent), **_AS_GIVEN}) as book:
        bold = book.add_format({"bold": True})
        sheet, at = None, MOST_ROWS
        for row in rows:
            if at == MOST_ROWS:
                sheet, at = _sheet(book, title, header, bold), 1
            for column, value in enumerate(row):
                _put(sheet, at, column, value)
            at += 1
        if sheet is None:
            _sheet(book, title, header, bold)
        if meanings:
            last = _headed(book.add_worksheet("columns"), ("column", "meaning"), bold)
            for at, pair in enumerate(meanings, 1):
                for column, value in enumerate(pair):
                    _put(last, at, column, value)


def _sheet(book, title, header, bold):
    """Begin a sheet with its headings; the second and later ones are numbered."""
    number = len(book.worksheets()) + 1
    return _headed(book.add_worksheet(title if number == 1 else f"{title} {number}"), header, bold)


def _headed(sheet, header, bold):
    sheet.freeze_panes(1, 0)
    for column, name in enumerate(header):
        sheet.set_column(column, column, max(12, len(name) + 2))
        sheet.write_string(0, column, name, bold)
    return sheet


def _put(sheet, row, column, value):
    if isinstance(value, str):
        sheet.write_string(row, column, value)
    elif value is not None:
        sheet.write_number(row, column, value)
