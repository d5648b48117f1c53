"""XLSX written row by row to a temporary file, then streamed: text stays text, numbers stay numbers.

XlsxWriter makes the workbook: its parts, headings, widths and the sheet of meanings. Between the head and the foot of
its data sheets the rows are written here, since it takes longer for a cell than the query for the whole row.
"""

import io
import re
import tempfile
from functools import lru_cache
from itertools import chain, islice
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

CHUNK = 64 * 1024
# what one sheet of Excel holds, and one of its cells
MOST_ROWS, MOST_LETTERS = 1_048_576, 32_767
_DATA_END = b"</sheetData>"
# what XML cannot say (ECMA-376 part 1, 22.9.2.19, says it as _xHHHH_), and text that looks as if it said that
_ODD = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_AS_GIVEN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def chunks(title, header, rows, meanings=()):
    """Yield the file in chunks of 64 KB; the rows are read one at a time and never held whole.

    `meanings`, pairs of a column and what it means, stand on a last sheet of their own.
    """
    # the file lies in a folder of its own, so that nothing stays behind when a reader hangs up
    with tempfile.TemporaryDirectory(prefix="workgroup-") as folder:
        path = Path(folder) / "export.xlsx"
        _write(path, title, header, rows, meanings)
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                yield chunk


def _write(path, title, header, rows, meanings):
    rows, number = iter(rows), 0
    letters = [_letters(column) for column in range(len(header))]
    with ZipFile(path, "w", ZIP_DEFLATED, compresslevel=4) as out:
        while (first := next(rows, None)) is not None or number == 0:
            number += 1
            of_sheet = chain([first], islice(rows, MOST_ROWS - 2)) if first is not None else ()
            _write_sheet(out, _workbook(title, header, number), number, letters, of_sheet)
        whole = _workbook(title, header, number, meanings)
        for part in whole.namelist():
            if part not in out.namelist():
                out.writestr(part, whole.read(part))


def _workbook(title, header, sheets, meanings=()):
    """Return a workbook as XlsxWriter makes it, with headings and no rows; its second sheet and later are numbered."""
    import xlsxwriter  # slow to import: when a file is asked for, not when the app starts

    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True, **_AS_GIVEN}) as book:
        bold = book.add_format({"bold": True})
        for number in range(1, sheets + 1):
            _headed(book.add_worksheet(title if number == 1 else f"{title} {number}"), header, bold)
        if meanings:
            last = _headed(book.add_worksheet("columns"), ("column", "meaning"), bold)
            for at, pair in enumerate(meanings, 1):
                for column, words in enumerate(pair):
                    last.write_string(at, column, words)
    return ZipFile(made)


def _headed(sheet, header, bold):
    sheet.freeze_panes(1, 0)
    for column, name in enumerate(header):
        sheet.set_column(column, column, max(12, len(name) + 2))
        sheet.write_string(0, column, name, bold)
    return sheet


def _write_sheet(out, workbook, number, letters, rows):
    part = f"xl/worksheets/sheet{number}.xml"
    # its extent is that of the headings alone; without one a reader looks for itself
    head, foot = re.sub(rb"<dimension [^>]*/>", b"", workbook.read(part)).split(_DATA_END)
    with out.open(part, "w", force_zip64=True) as sheet:
        sheet.write(head)
        for at, row in enumerate(rows, 2):
            cells = "".join(
                f'<c r="{letter}{at}"{_said(value)}</c>'
                for letter, value in zip(letters, row, strict=True) if value is not None
            )  # fmt: skip
            sheet.write(f'<row r="{at}">{cells}</row>'.encode())
        sheet.write(_DATA_END + foot)


@lru_cache(maxsize=1024)  # most cells say again what another said: a school, a session, a state
def _said(value):
    """Return what a cell holds, from the end of its address on."""
    if not isinstance(value, str):
        return f"><v>{value:.16G}</v>"
    text = value if len(value) <= MOST_LETTERS else value[: MOST_LETTERS - 1] + "…"
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    text = _ODD.sub(lambda odd: f"_x{ord(odd[0]):04X}_", text)
    return f' t="inlineStr"><is><t xml:space="preserve">{text}</t></is>'


def _letters(column):
    """Return the letters of a column: A … Z, AA …"""
    return (_letters(column // 26 - 1) if column > 25 else "") + chr(65 + column % 26)
