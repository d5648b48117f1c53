"""A mark in every private place: which column it stands in, whose row it is, and who may read it.

A mark is a short word that stands nowhere else, so that it is found again in a page, a PDF or a spreadsheet. After it
comes a word that all marks of a table share, for Search.
"""

import re
from dataclasses import dataclass

from tests.rights import readers
from workgroup import personal, store

LETTERS = "0123456789abcdefghijklmnopqrstuvwxyz"
FOUND = re.compile(r"qz[0-9a-z]{4}")
IN_ADDRESSES = ("email", "address")
COLUMNS_OF_WHOLE_ROWS = {"photo_piece": ("bytes",), "ledger_words": ("said", "was")}


@dataclass(frozen=True)
class Mark:
    """One mark: where it stands, and which people, or kinds of them, may read it."""

    place: str
    rule: str
    may: frozenset
    row: int


def private_columns():
    """Return every column that is declared as somebody's own, as `table.column`."""
    found = set()
    for table, (_, columns) in personal.PERSONAL.items():
        found |= {f"{table}.{name}" for name in columns or COLUMNS_OF_WHOLE_ROWS[table]}
    return found


def put(db, audiences):
    """Write a mark into every row of every column that has a rule; return them by their word.

    `audiences.of(table, row, who)` says which people, or kinds of them, the words of a rule are for that row.
    """
    marks = {}
    with store.writing(db):
        for place, where, who in readers.RULES:
            table, column = place.split(".")
            sql = f"select rowid as row, * from {table} where {column} is not null and ({where or '1'})"
            for row in store.rows(db, sql):
                if FOUND.search(str(row[column])) or (table, column) in readers.NOT_WORDS:
                    continue  # an earlier rule has this row
                word = f"qz{_number(len(marks))}"
                marks[word] = Mark(place, f"{place} [{where}]", audiences.of(table, row, who), row["row"])
                _write(db, table, column, row, word)
    return marks


def _number(n):
    return "".join(LETTERS[n // 36**power % 36] for power in (3, 2, 1, 0))


def _write(db, table, column, row, word):
    was = row[column]
    if column in IN_ADDRESSES:
        said = f"{word}@example.org"
    elif isinstance(was, bytes):
        said = was + word.encode()
    elif column in ("drawn", "told", "said") or (column == "was" and was.startswith("{")):
        more = f'"m": "{word}"' + "}"
        said = was.replace("1/2", word) if "1/2" in was else was[:-1] + ("," if len(was) > 2 else "") + more
    elif column == "link":
        said = f"/sign-in/{word}"
    else:
        said = f"{word} zz{table.replace('_', '')}"
    db.conn.execute(f"update {table} set {column} = ? where rowid = ?", (said, row["row"]))
