"""A hub's Tuesday: fifteen sessions at once, thirty devices in each, three hours in ten minutes.

What 450 people write in three hours of a session (a moment a minute and a half in the lesson and after it, some
ninety each) comes in ten minutes; each device polls as it does on the day. Meanwhile a backup is taken and the hub
exports its attendance, as commands of their own. Then the crowd is made larger, a minute each, until somebody waits
too long: the knee.
"""

import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from statistics import median

from benchmarks import figures, p4_room, room_record
from workgroup import config, create_app, ledger, store

SESSIONS, DEVICES, HOURS = 15, 30, 3
EACH = 90  # entries of one device in a session
SECONDS, QUICK_SECONDS = 600, 40
LARGER = (1.5, 2, 2.5, 3)  # of the day's crowd, at the pace of the day
AT_THE_KNEE = 75  # seconds of each
VISIBLE = 5


def measure(quick=False):
    """Return the figures of the day, and of the largest crowd that was still served as it should be."""
    seconds = QUICK_SECONDS if quick else SECONDS
    found = _day(SESSIONS, seconds, quick)
    for larger in () if quick else LARGER:
        one = _crowd(round(SESSIONS * larger), AT_THE_KNEE, 120)
        found.append(one)
        if one.more["errors"] or one.value > VISIBLE:
            break  # this is where it bends
    return found


def _day(sessions, seconds, quick):
    with tempfile.TemporaryDirectory() as place:
        path, db, rooms = _a_hub(place, sessions)
        before, told = os.path.getsize(path), []
        beside = threading.Thread(target=_backup_and_export, args=(path, place, seconds, told))
        seen = p4_room.crowded(path, rooms, seconds, SECONDS / EACH, beside.start)
        beside.join()
        wrong = ledger.check(db) + store.check(db)
        db.conn.execute("pragma wal_checkpoint(truncate)")
        grown = os.path.getsize(path) - before
        entered = store.value(db, "select count(*) from noticing")
        db.conn.close()
    failed = seen["errors"] + max(0, seen["missing"]) + len(wrong) + sum(code for _, code, _ in told)
    what = f"{sessions} sessions × {DEVICES} devices, {seconds} s"
    hours = HOURS * entered / (DEVICES * EACH)
    lines = [
        ("errors, " + what, "errors", failed, 0), ("requests a second", "/s", _all(seen) / seen["seconds"], None),
        ("notes a second", "/s", len(seen["notes"]) / seen["seconds"], None),
        *_spread("a poll", seen["polls"]), *_spread("a note over /sync", seen["notes"]),
        ("note visible to each of the others, p95", "s", figures.at_95(seen["reached"]), VISIBLE),
        ("memory of the server at its highest", "MB", seen["memory"], p4_room.MEMORY),
        ("share of one core", "%", seen["share"] * 100, None),
        ("growth of the file, a session-hour", "kB", grown / 1024 / hours, None),
        *((f"{name} meanwhile", "s", took, None) for name, _, took in told),
    ]  # fmt: skip
    more = {"first_errors": seen["first_errors"], "ledger": wrong, "beside": told, "quick": quick}
    return [figures.Figure("Tuesday", what, unit, value, value, must, more=more) for what, unit, value, must in lines]


def _crowd(sessions, seconds, note_every):
    """Return how soon notes are visible in a larger crowd, at the pace of the day."""
    with tempfile.TemporaryDirectory() as place:
        path, db, rooms = _a_hub(place, sessions)
        seen = p4_room.crowded(path, rooms, seconds, note_every)
        db.conn.close()
    more = {"errors": seen["errors"] + max(0, seen["missing"]), "share": seen["share"], "memory": seen["memory"],
            "poll_p95": figures.at_95(seen["polls"]), "note_p95": figures.at_95(seen["notes"])}  # fmt: skip
    what = f"{sessions * DEVICES} devices, {more['errors']} errors, {seen['share']:.0%} of a core: a note visible, p95"
    value = figures.at_95(seen["reached"]) if seen["reached"] else float("inf")
    return figures.Figure("Tuesday", what, "s", value, value, more=more)


def _a_hub(place, sessions):
    path = Path(place, "hub.sqlite")
    create_app(config.Config(database=path))
    db = store.connect(path)
    rooms = room_record.build(db, sessions, DEVICES)
    db.conn.execute("pragma wal_checkpoint(truncate)")
    return path, db, rooms


def _backup_and_export(path, place, seconds, told):
    """Take a backup after a third of the time, and export the attendance after half of it; append what each took."""
    command = [sys.executable, "-m", "workgroup", "--database", str(path)]
    began = time.monotonic()
    for at, name, words in (
        (1 / 3, "backup", ["backup", str(Path(place, "copy.sqlite"))]),
        (1 / 2, "export", ["export", "attendance", "--out", str(Path(place, "attendance.csv"))]),
    ):
        time.sleep(max(0, began + at * seconds - time.monotonic()))  # in the middle of the crowd, not at its start
        since = time.perf_counter()
        done = subprocess.run([*command, *words], capture_output=True, text=True)
        told.append((name, done.returncode, time.perf_counter() - since))


def _all(seen):
    return sum(len(seen[name]) for name in ("pages", "polls", "figures", "notes"))


def _spread(what, times):
    ordered = sorted(times)
    for name, value in (("p50", median(ordered)), ("p95", figures.at_95(ordered)),
                        ("p99", ordered[max(0, -(-len(ordered) * 99 // 100) - 1)])):  # fmt: skip
        yield f"{what}, {name}", "ms", value * 1000, None
