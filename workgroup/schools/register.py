"""Reading the national register of schools (GIAS): a binary file in, schools and problems out.

The file is edubasealldataYYYYMMDD.csv: some 50,000 rows of 130 to 140 columns that come and go, so columns are found by
name. It is not always UTF-8. Codes stand as `2` or `02`, days as dd-mm-yyyy. The head's name and the telephone number
are personal data, or wrong, and are not read. (Get Information About Schools, Open Government Licence v3.)
"""

import codecs
import csv
import io
import re
from datetime import datetime
from itertools import islice

NOT_IT = (
    "This is not the register of schools: it needs the columns URN and EstablishmentName."
    " Download “Establishment fields CSV” from Get Information About Schools."
)
PHASES = {
    "0": "Not applicable", "1": "Nursery", "2": "Primary", "3": "Middle deemed primary", "4": "Secondary",
    "5": "Middle deemed secondary", "6": "16 plus", "7": "All-through",
}  # fmt: skip
STATUSES = {"1": "Open", "2": "Closed", "3": "Open, but proposed to close", "4": "Proposed to open"}
MOST_LINE = 100_000  # characters: a row has about 1,300


class NotTheRegister(Exception):
    """The file is something else; the message says so in one sentence."""


class Problem(Exception):
    """One row cannot be read; the message says why."""


def is_register(file):
    """Tell whether the first line of a seekable binary file names the columns of the register."""
    file.seek(0)
    first = file.readline(MOST_LINE).decode("utf-8-sig", "replace")
    file.seek(0)
    names = [name.strip() for name in next(csv.reader([first.replace("\x00", "")]), [])]
    return "URN" in names and "EstablishmentName" in names


def read(file):
    """Yield `(line number, school or Problem)` for each row of a binary file; a school is a dict of our columns.

    Raises NotTheRegister before the first row. Never holds more than a row at a time.
    """
    text = io.TextIOWrapper(file, encoding=_encoding(file), newline="", errors="strict")
    try:
        rows = csv.reader(_bounded(text), strict=False)
        try:
            header = [name.strip() for name in next(rows, [])]
        except (csv.Error, UnicodeError) as wrong:
            raise NotTheRegister(NOT_IT) from wrong
        if "URN" not in header or "EstablishmentName" not in header:
            raise NotTheRegister(NOT_IT)
        yield from _rows(rows, {name: index for index, name in enumerate(header)}, len(header))
    finally:
        text.detach()


def _rows(rows, columns, width):
    seen = {}
    while True:
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as wrong:
            yield rows.line_num, Problem(f"it cannot be read as a row ({wrong})")
            continue
        if not any(cell.strip() for cell in row):
            continue
        line = rows.line_num
        try:
            school = _school(row, columns, width)
            if school["urn"] in seen:
                raise Problem(f"URN {school['urn']} stands in line {seen[school['urn']]} already")
            seen[school["urn"]] = line
            yield line, school
        except Problem as problem:
            yield line, problem


def _school(row, columns, width):
    if len(row) < width:
        raise Problem(f"it has {len(row)} columns instead of {width}")

    def cell(name):
        index = columns.get(name)
        return row[index].strip() or None if index is not None else None

    urn = cell("URN")
    if not re.fullmatch(r"\d{6}", urn or ""):
        raise Problem("it has no URN of six digits")
    if not cell("EstablishmentName"):
        raise Problem(f"URN {urn} has no name")
    if re.search(r"[\x00-\x08\x0b-\x1f]", "".join(row)):
        raise Problem(f"URN {urn} holds characters that are not text")
    return {
        "urn": urn, "name": cell("EstablishmentName")[:200], "la": cell("LA (name)"), "la_code": cell("LA (code)"),
        "number": cell("EstablishmentNumber"), "phase": _named(cell, "PhaseOfEducation", PHASES),
        "status": _named(cell, "EstablishmentStatus", STATUSES), "type": cell("TypeOfEstablishment (name)"),
        "trust": cell("Trusts (name)"), "street": cell("Street"), "town": cell("Town"), "postcode": cell("Postcode"),
        "website": cell("SchoolWebsite"), "opened_on": _day(cell("OpenDate"), "OpenDate"),
        "closed_on": _day(cell("CloseDate"), "CloseDate"),
    }  # fmt: skip


def _named(cell, column, words):
    """Return what a code means: by the code where it is known, so that `2` and `02` are one, else by its name."""
    code = (cell(f"{column} (code)") or "").lstrip("0") or ("0" if cell(f"{column} (code)") else "")
    return words.get(code) or cell(f"{column} (name)")


def _day(text, column):
    if not text:
        return None
    try:
        return datetime.strptime(text, "%d-%m-%Y").date().isoformat()
    except ValueError:
        raise Problem(f"{column} is {text[:30]}, which is no day like 31-08-2021") from None


def _encoding(file):
    """Return the encoding of a seekable binary file: UTF-8 (with or without a mark) where all of it is, else cp1252."""
    file.seek(0)
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while chunk := file.read(1 << 20):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
        return "utf-8-sig"
    except UnicodeDecodeError:
        return _cp1252(file)
    finally:
        file.seek(0)


def _cp1252(file):
    """Return cp1252, or refuse: bytes that it does not know, or zeros, are not the text of a register."""
    file.seek(0)
    try:
        while chunk := file.read(1 << 20):
            if b"\x00" in chunk:
                raise NotTheRegister(NOT_IT)
            chunk.decode("cp1252")
    except UnicodeDecodeError:
        raise NotTheRegister(NOT_IT) from None
    return "cp1252"


def _bounded(text):
    """Yield lines, cutting one that has no end: a file without line breaks must not fill the memory."""
    while line := text.readline(MOST_LINE):
        if "\x00" in line:
            line = line.replace("\x00", "\x01")  # refused row by row, with its number
        yield line


def lines(file):
    """Return how many lines a seekable binary file has, for a progress bar."""
    file.seek(0)
    number = sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(1 << 20), b""))
    file.seek(0)
    return number


def batches(rows, size=1000):
    """Yield lists of at most `size` rows."""
    rows = iter(rows)
    while batch := list(islice(rows, size)):
        yield batch
