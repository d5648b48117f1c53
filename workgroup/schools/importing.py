"""Putting the register into the record: short transactions of a thousand rows, so that nobody waits for long."""

import hashlib
from dataclasses import dataclass, field

from workgroup import clock, door, store
from workgroup.people.post import new_id
from workgroup.schools import register

COLUMNS = (
    "urn", "name", "la", "la_code", "number", "phase", "status", "type", "trust", "street", "town", "postcode",
    "website", "opened_on", "closed_on",
)  # fmt: skip
# a school that stands unchanged costs no write; one entered by hand becomes the register's
UPSERT = (
    f"insert into school (id, register_on, {', '.join(COLUMNS)}) values (?, ?, {', '.join('?' * len(COLUMNS))})"
    f" on conflict (urn) do update set register_on = excluded.register_on, by_hand = 0, version = version + 1,"
    f" {', '.join(f'{c} = excluded.{c}' for c in COLUMNS[1:])}"
)
MOST_PROBLEMS = 1000
MOST_NAMED = 20


@dataclass
class Result:
    """What an import came to; `problems` are (line number, reason), the first thousand."""

    added: int = 0
    changed: int = 0
    same: int = 0
    refused: int = 0
    problems: list = field(default_factory=list)
    names: list = field(default_factory=list)  # of the first that are added
    changes: list = field(default_factory=list)  # (name, [(column, what it was, what it is)]) of the first that change

    @property
    def read(self):
        """How many rows the file had."""
        return self.added + self.changed + self.same + self.refused


def import_register(db, file, by, name="register", progress=None):
    """Import a binary file and return the Result; raises register.NotTheRegister before anything is written.

    A row that cannot be read is refused with its line number and the rest goes in; `progress(line)` is called after
    each thousand rows.
    """
    digest = digest_of(file)
    return put_in(db, register.read(file), by, name, digest, progress)


def put_in(db, rows, by, name, digest, progress=None):
    """Put rows that were read in, `(line, school or register.Problem)`, and return the Result."""
    result, today = Result(), clock.today()
    for batch in register.batches(rows):
        with store.writing(db):
            for line, school in batch:
                if isinstance(school, register.Problem):
                    _refuse(result, line, school)
                elif _is_news(db, school, result):
                    db.conn.execute(UPSERT, (new_id(), today, *(school[c] for c in COLUMNS)))
        if progress:
            progress(batch[-1][0])
    _note(db, by, name, digest, result)
    return result


def look(db, rows):
    """Return the Result that putting rows in would come to; nothing is written."""
    result = Result()
    for line, school in rows:
        if isinstance(school, register.Problem):
            _refuse(result, line, school)
        else:
            _is_news(db, school, result)
    return result


def _refuse(result, line, problem):
    result.refused += 1
    if len(result.problems) < MOST_PROBLEMS:
        result.problems.append((line, str(problem)))


def _is_news(db, school, result):
    """Count what a school comes to, with a few of them by name, and tell whether there is anything to write."""
    was = db.conn.execute(f"select {', '.join(COLUMNS)} from school where urn = ?", (school["urn"],)).fetchone()
    if was and tuple(was) == tuple(school[c] for c in COLUMNS):
        result.same += 1
        return False
    if was:
        result.changed += 1
        if len(result.changes) < MOST_NAMED:
            now = [(c, was[c], school[c]) for c in COLUMNS if was[c] != school[c]]
            result.changes.append((school["name"], now))
    else:
        result.added += 1
        if len(result.names) < MOST_NAMED:
            result.names.append(school["name"])
    return True


def _note(db, by, name, digest, result):
    fields = {"file": name[:200], "digest": digest, "rows_read": result.read, "added": result.added,
              "changed": result.changed, "refused": result.refused}  # fmt: skip
    outcome = door.submit(db, "schools.import_register", fields, new_id(), by)
    if not outcome.stands:
        raise door.Refused(outcome.why_not)


def digest_of(file):
    """Return the hex SHA-256 of a binary file, which is read from its beginning."""
    file.seek(0)
    digest = hashlib.sha256()
    while chunk := file.read(1 << 20):
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()
