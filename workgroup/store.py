"""The one SQLite file: opening it, writing to it, migrating it, copying it.

`connect` gives a connection with every pragma the promises need. Nothing is written outside `writing`, which
begins IMMEDIATE: a deferred transaction that reads and then writes fails under WAL as soon as two threads do so.
"""

import functools
import importlib.util
import os
import secrets
import sqlite3
import threading
import uuid
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlite_utils import Database, Migrations

from workgroup import clock
from workgroup.places import MIGRATIONS

PATIENCE = 10  # seconds to wait for another writer
# bytes that the file beside the record may keep: it grows while a backup or an export reads, and would stay as large
WAL_STAYS = 16 * 1024 * 1024
_turns = {}  # by file: whose turn it is to write, among the threads of this process


class Trouble(Exception):
    """The file cannot be used; the message says why in plain words."""


def connect(path, patience=PATIENCE):
    """Open the database at `path` (made when missing) and return it.

    Autocommit mode: every transaction is begun in words, by `writing`. Foreign keys hold; FULL because a receipt
    lets a tablet stop worrying; ten seconds of patience with another writer.
    """
    _make_private(path)
    conn = sqlite3.connect(str(path), isolation_level=None, check_same_thread=False, timeout=patience)
    try:
        conn.execute("pragma journal_mode = wal")
    except sqlite3.DatabaseError as trouble:
        conn.close()
        raise Trouble(f"{path} is not a database this app can open: {trouble}") from trouble
    conn.execute("pragma synchronous = full")
    conn.execute("pragma foreign_keys = on")
    conn.execute(f"pragma journal_size_limit = {WAL_STAYS}")
    conn.row_factory = sqlite3.Row
    db = Database(conn)
    db.answers = None
    db.turn = _turns.setdefault(str(Path(path).resolve()), threading.RLock())
    return db


def _make_private(path):
    """Make a file that is not there yet, for its owner alone: SQLite makes the logs beside it as it finds the file."""
    if str(path) != ":memory:" and not Path(path).exists():
        with suppress(OSError):  # SQLite says it better
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


@contextmanager
def writing(db, patience=PATIENCE):
    """Hold the write lock for a block: everything in it is kept, or nothing.

    Threads of this process queue for it: SQLite's own waiting is a sleep and a try, and with thirty writers a second
    the unlucky ones slept until their patience was over. Another process's lock is waited for by SQLite.
    """
    if not db.turn.acquire(timeout=patience):
        raise sqlite3.OperationalError("database is locked by another thread")
    try:
        end_reading(db)
        db.conn.execute("begin immediate")
        try:
            yield db
        except BaseException:
            if db.conn.in_transaction:
                db.conn.execute("rollback")
            raise
        db.conn.execute("commit")
    finally:
        db.turn.release()


@contextmanager
def writing_if_free(db):
    """Like `writing`, but without patience: OperationalError at once when another writes."""
    db.conn.execute("pragma busy_timeout = 0")
    try:
        with writing(db, patience=0):
            yield db
    finally:
        db.conn.execute(f"pragma busy_timeout = {PATIENCE * 1000}")


@contextmanager
def savepoint(db):
    """Hold a savepoint inside `writing`: an entry of a batch that fails leaves the others."""
    db.conn.execute("savepoint entry")
    try:
        yield db
    except BaseException:
        if db.conn.in_transaction:
            db.conn.execute("rollback to entry")
            db.conn.execute("release entry")
        raise
    db.conn.execute("release entry")


def begin_reading(db):
    """See the record as it stands now until `end_reading`, or until this connection writes.

    All that a page says is of one moment then. Its statements share the locks that each would take for itself, and
    what several parts ask for one `value` is asked once: who leads a Work Group, above all.
    """
    end_reading(db)
    db.conn.execute("begin")
    db.answers = {}


def end_reading(db):
    """See the record again as it is at every question."""
    if db.answers is not None:
        db.answers = None
        db.conn.execute("commit")


def rows(db, sql, values=()):
    """Return all rows of a query as dicts."""
    return [dict(row) for row in db.conn.execute(sql, values)]


def row(db, sql, values=()):
    """Return the first row of a query as a dict, or None."""
    found = db.conn.execute(sql, values).fetchone()
    return dict(found) if found else None


def value(db, sql, values=()):
    """Return the first column of the first row, or None."""
    if db.answers is None:
        return _first_column(db, sql, values)
    asked = (sql, *(values.items() if isinstance(values, dict) else values))
    if asked not in db.answers:
        db.answers[asked] = _first_column(db, sql, values)
    return db.answers[asked]


def _first_column(db, sql, values):
    found = db.conn.execute(sql, values).fetchone()
    return found[0] if found else None


def standing(versions):
    """Return the versions of long texts that stand, in their order: those that no later one was written from.

    A version names in `after` what it was written from: nothing, one id, or several that it joins, with commas.
    """
    passed = {id for v in versions for id in (v["after"] or "").split(",")}
    return [v for v in versions if v["id"] not in passed]


def standing_by(versions, owner):
    """Return the versions that stand by what they belong to: a version passes only versions of the same thing."""
    of = {}
    for v in versions:
        of.setdefault(v[owner], []).append(v)
    return {id: standing(some) for id, some in of.items()}


def put(db, table, **columns):
    """Insert one row. Table and column names come from our own code, never from input."""
    names = ", ".join(columns)
    marks = ", ".join("?" * len(columns))
    db.conn.execute(f"insert into {table} ({names}) values ({marks})", list(columns.values()))


def put_many(db, table, names, many):
    """Insert rows given as tuples in the order of `names`; an iterator is read once and never held whole."""
    marks = ", ".join("?" * len(names))
    db.conn.executemany(f"insert into {table} ({', '.join(names)}) values ({marks})", many)


def alter(db, table, id, **columns):
    """Change columns of the row with this id."""
    sets = ", ".join(f"{name} = ?" for name in columns)
    db.conn.execute(f"update {table} set {sets} where id = ?", [*columns.values(), id])


def migrations():
    """Return the migration set: each file in migrations/, run by path in the order of its name."""
    found = Migrations("workgroup")
    for path in sorted(Path(MIGRATIONS).glob("[0-9]*.py")):
        spec = importlib.util.spec_from_file_location(f"migration_{path.stem}", path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        found(name=path.stem)(module.change)
    return found


@functools.cache
def known():
    """Return the names of the migrations of this release."""
    return frozenset(path.stem for path in Path(MIGRATIONS).glob("[0-9]*.py"))


def applied(db):
    """Return the names of the migrations that the database has had."""
    if not value(db, "select 1 from sqlite_master where name = '_sqlite_migrations'"):
        return frozenset()
    had = rows(db, "select name from _sqlite_migrations where migration_set = 'workgroup'")
    return frozenset(row["name"] for row in had)


def pending(db):
    """Return the names of the migrations that the database has not had; Trouble when it had some that nobody knows."""
    had = applied(db)
    if later := sorted(had - known()):
        raise Trouble(
            f"The record was made by a newer release of Workgroup: it has {later[-1]}. Install that release, or a newer"
            " one. Nothing was changed."
        )
    return sorted(known() - had)


def migrate(db):
    """Bring the database to today's shape and return the names of the migrations that were applied.

    All of them are one transaction: whatever stops it half way, the record stays as the earlier release left it.
    """
    if not pending(db) and value(db, "select 1 from record"):
        return []
    try:
        with writing(db):
            todo = pending(db)  # another process may have been first
            if todo:
                migrations().apply(db)
            if not value(db, "select 1 from record"):
                put(
                    db, "record", id=1, ledger=str(uuid.uuid4()), demo=0, made_at=clock.now(),
                    seal_secret=secrets.token_hex(32),
                )  # fmt: skip
    except sqlite3.Error as trouble:
        raise Trouble(f"The record could not be brought to this release: {trouble}. It is as it was.") from trouble
    return todo


def name_ledger_anew(db):
    """Give the ledger another uuid: tablets see that it is not the one they wrote to, and send again what they keep."""
    with writing(db):
        db.conn.execute("update record set ledger = ?", (str(uuid.uuid4()),))


def file_of(db):
    """Return the path of the open database, or nothing for one in memory."""
    return next(row[2] for row in db.conn.execute("pragma database_list") if row[1] == "main")


def is_new(db):
    """Tell whether nobody has set this database up yet."""
    return db.conn.execute("select 1 from person limit 1").fetchone() is None


def is_demo(db):
    """Tell whether everything in the record is invented."""
    return bool(value(db, "select demo from record"))


def backup(db, path):
    """Copy the running database to `path`, readable by its owner alone, and check it; Trouble when it is not sound.

    All in one go: in steps, each change meanwhile would make it begin again, and on a busy day it would never end.
    Nobody who reads or writes waits for it.
    """
    os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
    os.chmod(path, 0o600)
    target = sqlite3.connect(str(path))
    try:
        db.conn.backup(target)
        target.execute("pragma journal_mode = delete")
        said = target.execute("pragma integrity_check").fetchone()[0]
    finally:
        target.close()
    if said != "ok":
        raise Trouble(f"the copy at {path} is not sound: {said}")


def check(db):
    """Return what is wrong with the file, one sentence each; an empty list when it is sound."""
    return [r[0] for r in db.conn.execute("pragma integrity_check") if r[0] != "ok"] + lost_references(db)


def lost_references(db):
    """Return which rows point to rows that are not there, one sentence each."""
    lost = db.conn.execute("pragma foreign_key_check")
    return [f"{r[0]} row {r[1]} points to a missing row in {r[2]}" for r in lost]
