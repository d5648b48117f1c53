"""The way back from a copy: `workgroup restore`. Nothing is lost by trying: what stood there is kept beside it."""

import os
import shutil
import sqlite3
from contextlib import closing, contextmanager
from pathlib import Path

from workgroup import clock, forgetting, keeping, store


def restore(settings, source):
    """Put a copy in the place of the database, which is kept beside it; return where, or None when there was none.

    Everything is made ready beside it first: whatever goes wrong before the last step leaves the record as it is.
    Raises store.Trouble when the copy is not whole, not ours or of a newer release, or somebody uses the database.
    """
    source, target = Path(source), Path(settings.database).resolve()
    if target.exists() and source.samefile(target):
        raise store.Trouble(f"{source} is the database itself. Nothing was changed.")
    fresh = target.with_name(f"{target.name}.restoring")
    try:
        keeping.be_alone(target)
        with _told(source):
            _take_in(source, fresh)
            keeping.check(fresh)
            _name_anew(fresh, target, source)
        keeping.be_alone(target)
        return _put_in_place(fresh, target)
    finally:
        for path in _with_logs(fresh):
            path.unlink(missing_ok=True)


@contextmanager
def _told(source):
    try:
        yield
    except (store.Trouble, sqlite3.Error, OSError) as trouble:
        raise store.Trouble(f"{source} cannot be restored: {trouble} Nothing was changed.") from trouble


def _with_logs(path):
    return [path, *(path.with_name(path.name + end) for end in ("-wal", "-shm", "-journal"))]


def _take_in(source, fresh):
    """Copy a copy, with what its write-ahead log holds if it was copied from a running server by hand."""
    for path in _with_logs(fresh):
        path.unlink(missing_ok=True)
    for one, to in zip(_with_logs(source)[:2], _with_logs(fresh)[:2], strict=True):
        if one.exists():
            _copy_privately(one, to)


def _copy_privately(one, to):
    """Copy a file so that its owner alone reads it, from its first byte on."""
    os.close(os.open(to, os.O_CREAT | os.O_WRONLY, 0o600))
    shutil.copyfile(one, to)


def _name_anew(fresh, target, source):
    """What came after the copy lies on the tablets still: another ledger makes them send it again.

    Who was erased since the copy was made is erased in it as well.
    """
    db = store.connect(fresh)
    with closing(db.conn):
        store.migrate(db)
        store.name_ledger_anew(db)
        forgetting.erase_again(db, target, source)
        db.conn.execute("pragma journal_mode = delete")


def _put_in_place(fresh, target):
    """Swap in one step: there is no moment at which no record lies there."""
    aside = target.with_name(f"{target.name}.before-{clock.now().replace(':', '')}")
    if not target.exists():
        os.replace(fresh, target)
        return None
    try:
        os.link(target, aside)
    except OSError:  # a disk without links
        _copy_privately(target, aside)
    aside.chmod(0o600)
    for log, kept_log in zip(_with_logs(target)[1:], _with_logs(aside)[1:], strict=True):
        if log.exists():  # only a record that cannot be opened has them still
            os.replace(log, kept_log)
    os.replace(fresh, target)
    return aside
