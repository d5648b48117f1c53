"""Every statement of the app that the tests run is explained: none reads the whole of a table that grows.

SQLite plans by the schema alone here (the app keeps no statistics), so the plan in a test is the plan with ten years
of records. A statement is known by its text and judged once; `tests/data/scans.txt` names those that may read all of
a table, and why. What was found is said at the end of the test that ran it.
"""

import re
import sqlite3
import sys
from pathlib import Path

HOUSE = Path(__file__).parents[1]
ROOMS = str(HOUSE / "workgroup") + "/"
NOT_OURS = (str(HOUSE / "tests"), str(HOUSE / "migrations"))
LIST = Path(__file__).parent / "data" / "scans.txt"
# a hub has a handful of rows of each, however many years it keeps its records
SMALL = {
    "agenda_template", "allowance", "aspect", "day_activity", "framework", "half_term", "hub", "hub_role", "record",
    "retention", "sqlite_master", "step", "strand_shape",
}  # fmt: skip
MIGRATIONS = len(list((HOUSE / "migrations").glob("[0-9]*.py")))
READS = re.compile(r"\s*(select|update|delete|with|insert.*\sselect\s)", re.IGNORECASE | re.DOTALL)
MARKS = re.compile(r"\?(, \?)+")
NAMED = re.compile(r"\b(?:from|join|update|into)\s+([a-z_]+)(?:\s+(?:as\s+)?([a-z_]+))?", re.IGNORECASE)
CONSTANT = re.compile(r"VIRTUAL TABLE|CONSTANT ROW|^SCAN \(")

seen, found = set(), []
_open = sqlite3.connect


class Watched(sqlite3.Connection):
    """A connection that explains each statement of the app when it is run for the first time."""

    def execute(self, sql, values=()):
        """Run a statement as ever; what its plan scans is noted."""
        if sql not in seen and self._is_of_today():
            seen.add(sql)
            if READS.match(sql) and "in ()" not in sql and (where := _asked_by(sys._getframe(1))):
                plan = [row[3] for row in super().execute(f"explain query plan {sql}", values)]
                found.extend(scans(where, sql, plan))
        return super().execute(sql, values)

    def _is_of_today(self):
        """Tell whether this record has every index: one that is being taken over is not judged."""
        try:
            return super().execute("select count(*) from _sqlite_migrations").fetchone()[0] == MIGRATIONS
        except sqlite3.Error:
            return False


def connect(*args, **kwargs):
    """Open a connection that is watched."""
    kwargs.setdefault("factory", Watched)
    return _open(*args, **kwargs)


def watch():
    """Let every connection of this process be watched."""
    sqlite3.connect = connect


def _asked_by(frame):
    """Return `room/file.py:function` of the app's own code that asked, or None when a test or a migration did."""
    while frame:
        path = frame.f_code.co_filename
        if path.startswith(NOT_OURS):
            return None
        if path.startswith(ROOMS) and not path.endswith(("/store.py", "/withdrawing.py")):
            return f"{path.removeprefix(ROOMS)}:{_function(frame)}"
        frame = frame.f_back
    return None


def _function(frame):
    """Return the name of the function that a frame is in: a comprehension is part of the one around it."""
    while frame.f_code.co_name.startswith("<") and frame.f_back:
        frame = frame.f_back
    return frame.f_code.co_name


def scans(where, sql, plan):
    """Return `where table` for each table that grows and is read from end to end."""
    tables = {}
    for table, alias in NAMED.findall(sql):
        tables.setdefault(alias or table, set()).add(table)
    made = _defined_in(sql) | {line.split()[1] for line in plan if line.startswith(("CO-ROUTINE ", "MATERIALIZE "))}
    read = [line.split()[1] for line in plan if line.startswith("SCAN ") and not CONSTANT.search(line)]
    # a short name can stand for a table here and for what the statement itself made there
    of = [tables.get(name, {name}) for name in read if name not in made]
    grows = {table for some in of if not some & made for table in some} - SMALL
    return [f"{where} {table}" for table in sorted(grows) if not _is_allowed(where, table)]


def _defined_in(sql):
    """Return the names that a statement defines itself by `with`."""
    return set(re.findall(r"([a-z_]+)(?:\([^)]*\))? as (?:not )?(?:materialized )?\(", sql))


def _is_allowed(where, table):
    return any((here, what) in allowed() for here in (where, where.split(":")[0]) for what in (table, "*"))


def allowed(known={}):  # noqa: B006 - read once
    """Return what the list allows: a function, or a whole file, with a table or all (`*`)."""
    if not known:
        for line in LIST.read_text().splitlines():
            if line and not line.startswith("#"):
                where, table, why = line.split(maxsplit=2)
                known[where, table] = why
    return known
