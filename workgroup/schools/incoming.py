"""A file of schools between its preview and the press that brings it in: what was read of it, beside the database.

Only what would go in is kept, never the file itself: the register names heads, and they are not to lie anywhere. It
goes when it was brought in, and after a day when the next file comes.
"""

import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from workgroup import store
from workgroup.people.post import new_id
from workgroup.schools import register

A_DAY = 86_400


def keep(db, by, rows, id=None, **about):
    """Keep rows, `(line, school or register.Problem)`, for whoever sent them and return the id they are kept under."""
    place, id = _folder(db), id or new_id()
    place.mkdir(mode=0o700, exist_ok=True)
    for old in place.iterdir():
        if old.stat().st_mtime < time.time() - A_DAY:
            old.unlink(missing_ok=True)
    unfinished = place / f"{id}.unfinished"
    try:
        with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(json.dumps({"by": by, **about}) + "\n")
            for line, row in rows:
                said = {"why": str(row)} if isinstance(row, register.Problem) else row
                file.write(json.dumps([line, said], ensure_ascii=True) + "\n")
        os.replace(unfinished, place / f"{id}.jsonl")
    finally:
        unfinished.unlink(missing_ok=True)
    return id


def about(db, id, by):
    """Return what is said about a kept file, or None when it is gone or somebody else's."""
    try:
        with _path(db, id).open() as file:
            told = json.loads(file.readline())
    except FileNotFoundError:
        return None
    return told if told["by"] == by else None


def rows(db, id):
    """Yield the rows of a kept file as they were read."""
    yield from _read(_path(db, id))


@dataclass
class Kept:
    """The rows of a kept file, or None where it is not here; `is_in` is set once they came in."""

    rows: Iterator | None = None
    is_in: bool = False


@contextmanager
def taken(db, id):
    """Take a kept file, which is Kept without rows when another press of the same button has it.

    It is gone once it came in; should bringing it in break off or be refused, it lies there for another try.
    """
    path = _path(db, id)
    mine = path.with_suffix(".taken")
    try:
        os.replace(path, mine)
    except FileNotFoundError:
        yield Kept()
        return
    kept = Kept(_read(mine))
    try:
        yield kept
    finally:
        if kept.is_in:
            path.with_suffix(".in").touch(mode=0o600)
            mine.unlink()
        else:
            os.replace(mine, path)


def has_come_in(db, id):
    """Tell whether a kept file has been brought in, so long as anybody may press the same button again."""
    return _path(db, id).with_suffix(".in").exists()


def is_going_in(db, id):
    """Tell whether another press is bringing a kept file in just now."""
    return _path(db, id).with_suffix(".taken").exists()


def came_in(db, id):
    """Let a kept file go that was brought in without being taken, and remember that it was."""
    _path(db, id).with_suffix(".in").touch(mode=0o600)
    _path(db, id).unlink(missing_ok=True)


def many(db, id):
    """Return how many rows a kept file has."""
    with _path(db, id).open("rb") as file:
        return sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(1 << 20), b"")) - 1


def _read(path):
    with path.open() as file:
        next(file)
        for said in file:
            line, row = json.loads(said)
            yield line, register.Problem(row["why"]) if "why" in row else row


def _folder(db):
    return Path(f"{store.file_of(db)}.incoming")


def _path(db, id):
    return _folder(db) / f"{id}.jsonl"
