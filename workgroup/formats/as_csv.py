"""CSV that Excel opens as it is meant: UTF-8 with a byte order mark, CRLF, and no cell that runs as a formula."""

import codecs
import csv
import io

CHUNK = 64 * 1024
_STARTS_FORMULA = frozenset("=+-@\t\r\n＝＋－＠")  # the wide ones count as the others where Excel is set to Japanese


def chunks(header, rows):
    """Yield the file in chunks of about 64 KB; the rows are read one at a time and never held whole."""
    page = io.StringIO(newline="")
    write = csv.writer(page, lineterminator="\r\n").writerow
    yield_mark = codecs.BOM_UTF8
    write([_cell(name) for name in header])
    for row in rows:
        write([_cell(value) for value in row])
        if page.tell() >= CHUNK:
            yield yield_mark + page.getvalue().encode()
            yield_mark = b""
            page.seek(0)
            page.truncate()
    yield yield_mark + page.getvalue().encode()


def _cell(value):
    """Make one cell: a spreadsheet takes a text that begins like a formula for one, so an apostrophe goes before it."""
    if isinstance(value, str):
        return "'" + value if value and value[0] in _STARTS_FORMULA else value
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value
