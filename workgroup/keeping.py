"""Copies of the record: one a day while the app serves, checked, the newest kept. The way back is restoring.py's."""

import os
import re
import shutil
import sqlite3
import tempfile
import time
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from workgroup import clock, due, forgetting, ledger, store

ROOM_BESIDE = 20 * 1024 * 1024  # what a copy must leave of its disk
_DAILY = re.compile(r"workgroup-(\d{4}-\d\d-\d\d)\.sqlite")


def folder(settings):
    """Return where the daily copies lie: beside the database unless the settings say otherwise."""
    return settings.backups or Path(settings.database).resolve().parent / "backups"


def _daily(place):
    """Return the daily copies in a folder, by their day."""
    return {found[1]: path for path in place.glob("*.sqlite") if (found := _DAILY.fullmatch(path.name))}


def newest(settings):
    """Return the moment of the newest daily copy, or None."""
    moments = [path.stat().st_mtime for path in _daily(folder(settings)).values()]
    return clock.moment(datetime.fromtimestamp(max(moments), UTC)) if moments else None


class NotWhole(store.Trouble):
    """A copy is there, and the record in it is not whole; the message says what is wrong."""


def copy(db, path):
    """Copy the running record to `path`, readable by its owner alone, and check the copy.

    Trouble leaves none behind; NotWhole does: a copy of a record with a fault in it is better than none.
    """
    path = Path(path)
    needed = store.value(db, "pragma page_count") * store.value(db, "pragma page_size")
    try:
        free = shutil.disk_usage(path.resolve().parent).free
        if free < needed + ROOM_BESIDE:
            raise store.Trouble(f"There is no room for a copy: it takes {_mb(needed)}, and {_mb(free)} are free.")
        store.backup(db, path)
    except store.Trouble:
        path.unlink(missing_ok=True)
        raise
    except (OSError, sqlite3.Error) as trouble:
        path.unlink(missing_ok=True)
        raise store.Trouble(f"The copy could not be written: {trouble}.") from trouble
    check(path, store.lost_references)  # the file itself was looked at as it was copied


def copy_before(db, settings, migration):
    """Copy the record as an earlier release left it into the folder of copies, before it is brought to this one."""
    place = folder(settings)
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    unfinished = _unfinished(place)
    with suppress(NotWhole):  # a fault in it is no worse after the upgrade, and `check` tells it
        copy(db, unfinished)
    name, here = f"workgroup-before-{migration}", ledger.head(db)
    if not _is_earlier(place / f"{name}.sqlite", here):  # a command was asked to look at an older record, or another
        name += f"-{here['ledger'][:8]}-{here['number']}"
    os.replace(unfinished, place / f"{name}.sqlite")


def _is_earlier(path, here):
    """Tell whether a copy is not there, or holds nothing that the same record does not hold by now."""
    if not path.exists():
        return True
    kept = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    try:
        uuid, number = kept.execute("select ledger, (select max(number) from ledger) from record").fetchone()
        return uuid == here["ledger"] and (number or 0) <= here["number"]
    except sqlite3.Error:
        return True
    finally:
        kept.close()


def _unfinished(place):
    """Return a path that no other process copies to."""
    handle, path = tempfile.mkstemp(".unfinished", dir=place)
    os.close(handle)
    return Path(path)


def _clear(place):
    """Clear away what a kill left half done."""
    for left in place.glob("*.unfinished"):
        if left.stat().st_mtime < time.time() - 3600:
            left.unlink()


def _mb(size):
    return f"{size / 1024**2:,.1f} MB"


@due.kind("backup", "The day’s copy of the record")
def copy_today(db, settings, day):
    """Make a day's copy, check it, and let go of what the settings do not keep. A demo year is not worth one."""
    if store.is_demo(db):
        return
    place = folder(settings)
    try:
        place.mkdir(parents=True, exist_ok=True, mode=0o700)
        _clear(place)
    except OSError as trouble:
        raise store.Trouble(f"Copies cannot be kept in {place}: {trouble.strerror}.") from trouble
    unfinished, doubtful = _unfinished(place), place / "workgroup-doubtful.sqlite"
    try:
        copy(db, unfinished)
    except NotWhole as trouble:
        os.replace(unfinished, doubtful)
        raise NotWhole(f"The day’s copy is {doubtful.name}; no earlier one was let go, for {trouble}") from trouble
    os.replace(unfinished, place / f"workgroup-{day}.sqlite")
    forgetting.copy_list(settings.database, place / "workgroup.sqlite")
    _let_go(settings, place)


due.daily("backup")


def _let_go(settings, place):
    """Leave the copies that are kept; one from before an upgrade, or a doubtful one, goes after as many newer ones."""
    days = _daily(place)
    keep = kept(days, settings.backups_kept, settings.backups_monthly)
    oldest = days[min(sorted(days)[-settings.backups_kept :])].stat().st_mtime
    for day, path in days.items():
        if day not in keep:
            path.unlink()
    if len(days) >= settings.backups_kept:
        for path in (*place.glob("workgroup-before-*.sqlite"), *place.glob("workgroup-doubtful.sqlite")):
            if path.stat().st_mtime < oldest:
                path.unlink()


def kept(days, daily, monthly):
    """Return which days' copies are kept: the newest `daily`, and the last of each of the newest `monthly` months."""
    last = {}
    for day in sorted(days):
        last[day[:7]] = day
    return {*sorted(days)[-daily:], *(last[month] for month in sorted(last)[len(last) - min(monthly, len(last)) :])}


def say_how_long(settings):
    """Return in words how long copies hold what has gone from the record."""
    said = f"until {settings.backups_kept} newer ones are made"
    said += f", and one of a month for {settings.backups_monthly} months" if settings.backups_monthly else ""
    beside = set_aside(settings)
    if beside:
        said += f", and {' and '.join(beside)}, which a restore put aside, until somebody deletes "
        said += "it" if len(beside) == 1 else "them"
    return said


def set_aside(settings):
    """Return the names of the records that lie beside the database because a restore put another in their place."""
    database = Path(settings.database).resolve()
    found = (path.name for path in database.parent.iterdir() if path.name.startswith(f"{database.name}.before-"))
    return sorted(name for name in found if not name.endswith(("-wal", "-shm", "-journal")))


def check(path, look=store.check):
    """Look whether a copy is a whole record of ours: the file and its references (`look`), and the chain."""
    db = store.connect(path)
    try:
        if not store.value(db, "select 1 from sqlite_master where name = 'ledger_words'"):
            raise store.Trouble("it is not a record of Workgroup.")
        wrong = look(db) + ledger.check(db)
        db.conn.execute("pragma journal_mode = delete")
    except sqlite3.DatabaseError as trouble:
        wrong = [str(trouble)]
    finally:
        db.conn.close()
    if wrong:
        raise NotWhole(f"it is not whole: {wrong[0]}.")


def be_alone(target):
    """Fold the write-ahead log into the file; a server that still runs stands in the way, a broken file does not."""
    if not target.exists():
        return
    conn = sqlite3.connect(target, timeout=1)
    try:
        conn.execute("pragma journal_mode = delete")
    except sqlite3.OperationalError as busy:
        if getattr(busy, "sqlite_errorname", "").startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
            raise store.Trouble("The database is in use. Stop the server first. Nothing was changed.") from busy
    except sqlite3.DatabaseError:
        pass  # it is no database any more: that is what a copy is for
    finally:
        conn.close()
