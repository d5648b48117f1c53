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


@dataclass
class Result:
    """What an import came to; `problems` are (line number, reason), the first thousand."""

    added: int = 0
    changed: int = 0
    same: int = 0
    refused: int = 0
    problems: list = field(default_factory=list)

    @property
    def read(self):
        """How many rows the file had."""
        return self.added + self.changed + self.same + self.refused


def import_register(db, file, by, name="register", progress=None):
    """Import a binary file and return the Result; raises register.NotTheRegister before anything is written.

    A row that cannot be read is refused with its line number and the rest goes in; `progress(line)` is called after
    each thousand rows.
    """
    result, today = Result(), clock.today()
    digest = _digest(file)
    for batch in register.batches(register.read(file)):
        with store.writing(db):
            for line, school in batch:
                if isinstance(school, register.Problem):
                    result.refused += 1
                    if len(result.problems) < MOST_PROBLEMS:
                        result.problems.append((line, str(school)))
                else:
                    _put(db, school, today, result)
        if progress:
            progress(batch[-1][0])
    _note(db, by, name, digest, result)
    return result


def _put(db, school, today, result):
    values = tuple(school[c] for c in COLUMNS)
    was = db.conn.execute(f"select {', '.join(COLUMNS)} from school where urn = ?", (school["urn"],)).fetchone()
    if was and tuple(was) == values:
        result.same += 1
        return
    if was:
        result.changed += 1
    else:
        result.added += 1
    db.conn.execute(UPSERT, (new_id(), today, *values))


def _note(db, by, name, digest, result):
    fields = {"file": name[:200], "digest": digest, "rows_read": result.read, "added": result.added,
              "changed": result.changed, "refused": result.refused}  # fmt: skip
    outcome = door.submit(db, "schools.import_register", fields, new_id(), by)
    if not outcome.stands:
        raise door.Refused("; ".join(s for found in outcome.errors.values() for s in found))


def _digest(file):
    file.seek(0)
    digest = hashlib.sha256()
    while chunk := file.read(1 << 20):
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()
