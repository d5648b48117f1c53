"""P4: a full room: 20 lessons × 30 devices, a poll every 3 s, a note every 20 s each, 2 cores, 5 minutes.

A real `workgroup serve` process on loopback, the load in another process (crowd.py); memory and processor time are
the server's own, as the kernel counts them.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from benchmarks import figures, room_record
from workgroup import config, create_app, ledger, store

LESSONS, DEVICES = 20, 30
SECONDS, QUICK_SECONDS = 300, 30
NOTE_EVERY = 20
VISIBLE, MEMORY = 5, 200


def measure(quick=False, lessons=LESSONS, devices=DEVICES, seconds=None):
    """Return the figures of one full room."""
    seconds = seconds or (QUICK_SECONDS if quick else SECONDS)
    with tempfile.TemporaryDirectory() as place:
        path = Path(place, "hub.sqlite")
        create_app(config.Config(database=path))
        db = store.connect(path)
        rooms = room_record.build(db, lessons, devices)
        seen = crowded(path, rooms, seconds, NOTE_EVERY)
        wrong = ledger.check(db) + store.check(db)
        db.conn.close()
    return _figures(seen, wrong, f"{lessons} × {devices} devices, {seconds} s")


def crowded(path, rooms, seconds, note_every, beside=lambda: None):
    """Serve a record to a crowd and return what it saw; `beside` is called once the crowd is in."""
    server = _serve(path)
    try:
        return _let_in(server, rooms, seconds, note_every, beside)
    finally:
        server.terminate()
        server.wait(20)


def _serve(path):
    """Start `workgroup serve` on a free port and wait until it says where it is."""
    command = [sys.executable, "-m", "workgroup", "--database", str(path), "serve", "--port", "0"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    server.port = int(re.search(r":(\d+)$", server.stdout.readline().strip())[1])
    return server


def _let_in(server, rooms, seconds, note_every, beside):
    before, began = _processor_seconds(server.pid), time.monotonic()
    asked = json.dumps({"rooms": rooms, "port": server.port, "seconds": seconds, "note_every": note_every})
    command = [sys.executable, "-m", "benchmarks.crowd"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as crowd:
        crowd.stdin.write(asked)
        crowd.stdin.close()
        crowd.stdin = None
        beside()
        seen = json.loads(crowd.communicate(timeout=seconds + 120)[0])
    took = time.monotonic() - began
    status = Path(f"/proc/{server.pid}/status").read_text()
    return {**seen, "seconds": took, "share": (_processor_seconds(server.pid) - before) / took,
            "memory": int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) / 1024}  # fmt: skip


def _processor_seconds(pid):
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(") ", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _figures(seen, wrong, what):
    polls, notes, reached = (seen[k] for k in ("polls", "notes", "reached"))
    failed = seen["errors"] + max(0, seen["missing"]) + len(wrong)
    told = {
        "first_errors": seen["first_errors"], "ledger": wrong, "missing": seen["missing"],
        "polls_a_second": round(len(polls) / seen["seconds"], 1), "idle_polls": seen["idle"] / len(polls),
        "notes_a_second": round(len(notes) / seen["seconds"], 1), "bytes_a_poll": round(seen["bytes"] / len(polls)),
        "poll_p50": median(polls), "note_p50": median(notes), "visible_p50": median(reached),
        **{f"{name}_p95": figures.at_95(seen[name]) for name in ("pages", "figures")},
    }  # fmt: skip
    slow = figures.at_95(reached)
    return [
        figures.Figure("P4", f"errors, {what}", "errors", failed, failed, 0, more=told),
        figures.Figure("P4", "note visible to each of the others, p95", "s", slow, slow, VISIBLE),
        figures.Figure("P4", "memory of the server at its highest", "MB", seen["memory"], seen["memory"], MEMORY),
        figures.Figure("P4", "a poll, p95", "ms", figures.at_95(polls) * 1000, figures.at_95(polls) * 1000),
        figures.Figure("P4", "a note over /sync, p95", "ms", figures.at_95(notes) * 1000, figures.at_95(notes) * 1000),
        figures.Figure("P4", "share of one core", "%", seen["share"] * 100, seen["share"] * 100),
    ]
