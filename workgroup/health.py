"""Whether the app is well: the database, its shape, copies, room on the disk, what happens later. Nothing about people.

Asked by `/healthz` and `workgroup check`. It reads little, writes no row, and what it found counts for a few seconds,
so that nobody keeps the disk busy by asking.
"""

import os
import shutil
import sqlite3
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path

from workgroup import clock, due, keeping, store

COUNTS_FOR = 5  # seconds
LEAST_ROOM = 100 * 1024 * 1024
OLDEST_COPY = 2 * 86_400  # seconds: one day’s copy may fail before anybody is called
LATEST_TICK = 900  # seconds: the day’s copy and an erasing of a large record are one tick
_found, _asking = {}, threading.Lock()  # by database: (when, findings)


def findings(settings, thread=None):
    """Return what was found, in order: `(name, is well, words)`. `thread` is the due thread, where there is one.

    What was found lately is said again.
    """
    key = str(settings.database)
    when, found = _found.get(key, (0, None))
    if found and (time.monotonic() - when < COUNTS_FOR or not _asking.acquire(blocking=False)):
        return found  # just now, or somebody is looking: a disk that hangs holds up one thread and not all
    if not found:
        _asking.acquire()
    try:
        found = look(settings, thread)
        _found[key] = time.monotonic(), found
        return found
    finally:
        _asking.release()


def look(settings, thread=None):
    """Look anew; see `findings`."""
    found = []
    try:
        db = store.connect(settings.database, patience=1) if Path(settings.database).exists() else None
    except (store.Trouble, sqlite3.Error):
        db = None
    try:
        for name, ask in (
            ("database", lambda: _database(db, settings)), ("migrations", lambda: _migrations(db)),
            ("copies", lambda: _copies(db, settings)), ("room", lambda: _room(settings)),
            ("later", lambda: _later(db, thread)),
        ):  # fmt: skip
            try:
                found.append((name, *ask()))
            except (sqlite3.Error, AttributeError):  # without a database there is nothing to ask
                found.append((name, False, "cannot be told: the database cannot be read"))
    finally:
        if db:
            db.conn.close()
    return found


def _database(db, settings):
    if db is None or store.value(db, "select 1 from record") is None:
        return False, "the database cannot be read"
    try:
        with suppress(_Undone), store.writing(db, patience=1):
            raise _Undone
    except sqlite3.OperationalError as trouble:
        # somebody writes just now: it can be written
        if getattr(trouble, "sqlite_errorname", "SQLITE_BUSY") != "SQLITE_BUSY":
            return False, "the database can be read and not written"
    try:
        with tempfile.TemporaryFile(dir=Path(settings.database).resolve().parent) as probe:
            probe.write(bytes(4096))
            probe.flush()
            os.fsync(probe.fileno())
    except OSError:
        return False, "nothing can be written beside the database: its disk is full, or may only be read"
    return True, "readable and writable"


class _Undone(Exception):
    """The write lock was had, and nothing is to be kept."""


def _migrations(db):
    applied, known = store.applied(db), store.known()
    if applied - known:
        return False, "the record was made by a newer release"
    return (False, "the record was not brought to the shape of this release") if known - applied else (True, "at head")


def _copies(db, settings):
    if store.is_demo(db):
        return True, "none of a demo year"
    last = keeping.newest(settings)
    made_at = store.value(db, "select made_at from record")
    late = clock.after(-OLDEST_COPY)
    said = f"last copy {_ago(last)}" if last else "none yet"
    if due.has_trouble(db, "backup"):
        return False, f"the day’s copy did not work; {said}"
    return (last or made_at) > late, said


def _ago(moment):
    hours = int((clock.read_moment(clock.now()) - clock.read_moment(moment)).total_seconds() // 3600)
    return "less than an hour ago" if hours < 1 else f"{hours} hours ago" if hours < 48 else f"{hours // 24} days ago"


def _room(settings):
    """A copy must fit, and so must the file written anew, which is how erased words leave it."""
    database = Path(settings.database).resolve()
    size = database.stat().st_size if database.exists() else 0
    free = min(shutil.disk_usage(p).free for p in (database.parent, keeping.folder(settings)) if p.exists())
    return free > max(LEAST_ROOM, 2 * size), f"{free // 1024**2} MB free"


def _later(db, thread):
    if thread and not (thread.is_alive() and time.monotonic() - thread.beat < LATEST_TICK):
        return False, "what happens by itself has stopped: start the app again"
    late = due.late(db, LATEST_TICK)
    if late:
        return False, f"what happens by itself is late: {late} things"
    return True, "in time"
