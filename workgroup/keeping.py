"""Copies of the record: one a day while the app serves, checked, seven kept; and the way back from one."""

import os
import shutil
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from workgroup import clock, door, due, forgetting, store

KEPT = 7


def folder(settings):
    """Return where the daily copies lie: beside the database unless the settings say otherwise."""
    return settings.backups or Path(settings.database).resolve().parent / "backups"


def newest(settings):
    """Return the moment of the newest daily copy, or None."""
    moments = [path.stat().st_mtime for path in folder(settings).glob("workgroup-????-??-??.sqlite")]
    return clock.moment(datetime.fromtimestamp(max(moments), UTC)) if moments else None


@due.kind("backup", "The day’s copy of the record")
def copy_today(db, settings, day):
    """Make a day's copy, check it, and let go of all but the newest seven. A demo year is not worth one."""
    if store.value(db, "select demo from record"):
        return
    place = folder(settings)
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    unfinished, finished = place / f"{day}.unfinished", place / f"workgroup-{day}.sqlite"
    unfinished.unlink(missing_ok=True)
    store.backup(db, unfinished)
    unfinished.chmod(0o600)
    os.replace(unfinished, finished)
    for old in sorted(place.glob("workgroup-????-??-??.sqlite"))[:-KEPT]:
        old.unlink()


due.daily("backup")


def restore(settings, source):
    """Put a copy in the place of the database, which is kept beside it, and return where it was put.

    Raises store.Trouble when the copy is not whole or somebody is using the database.
    """
    target = Path(settings.database)
    _check_copy(source)
    aside = target.with_name(f"{target.name}.before-{clock.now().replace(':', '')}")
    if target.exists():
        _be_alone(target)
        os.replace(target, aside)
    fresh = target.with_name(f"{target.name}.restoring")
    shutil.copyfile(source, fresh)
    fresh.chmod(0o600)
    _name_anew(fresh, target)
    os.replace(fresh, target)
    return aside


def _check_copy(source):
    copy = store.connect(source)
    try:
        wrong = store.check(copy) + door.check_ledger(copy)
    except sqlite3.DatabaseError as trouble:
        wrong = [str(trouble)]
    finally:
        copy.conn.close()
    if wrong:
        raise store.Trouble(f"{source} is not whole: {wrong[0]}. Nothing was changed.")


def _name_anew(fresh, target):
    """What came after the copy lies on the tablets still: another ledger makes them send it again.

    Who was erased since the copy was made is erased in it as well.
    """
    db = store.connect(fresh)
    store.migrate(db)
    store.name_ledger_anew(db)
    forgetting.erase_again(db, target)
    db.conn.execute("pragma journal_mode = delete")
    db.conn.close()


def _be_alone(target):
    """Fold the write-ahead log into the file; a server that still runs stands in the way."""
    conn = sqlite3.connect(target, timeout=1)
    try:
        conn.execute("pragma journal_mode = delete")
    except sqlite3.OperationalError as busy:
        raise store.Trouble("The database is in use. Stop the server first. Nothing was changed.") from busy
    finally:
        conn.close()
