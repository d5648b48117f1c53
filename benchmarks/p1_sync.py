"""P1: `/sync` with 200 entries a batch, durable, against the floor in floor_sync.py.

Ours and the floor write to two copies of one file on the same disk, turn about, the same batches; after the first
one the rows of both must be the same.
"""

import json
import random
import tempfile
import time
from pathlib import Path
from types import SimpleNamespace

from werkzeug.test import EnvironBuilder, run_wsgi_app

from benchmarks import figures, lesson_record
from benchmarks.floor_sync import floor
from workgroup import config, create_app, store, web

MUST = 1.5
ROUNDS, QUICK_ROUNDS = 40, 6
TABLES = ("noticing", "noticing_tag", "noticing_words", "phase_mark", "discussion_note", "register_mark",
          "session_note", "decision", "ledger", "ledger_words")  # fmt: skip
# what differs by its nature: the moment of arrival, the random salt, and what is made of them
ITS_OWN = {"received", "salt", "digest", "prev"}


def measure(quick=False, rounds=None):
    """Return a figure for an observer's tablet and one for the leader's."""
    rounds = rounds or (QUICK_ROUNDS if quick else ROUNDS)
    with tempfile.TemporaryDirectory() as place:
        return [_measure(Path(place), who, rounds) for who in ("observer", "leader")]


def _measure(place, who, rounds):
    pair = _pair(place, who)
    ours, theirs = [], []
    for round in range(-1, rounds):
        body = _batch(pair, round)
        # whoever comes second finds warm caches and a disk that has just been written to: turn about
        if round % 2:
            a, b = _took(pair.ours, body, pair.cookie), _took(pair.floor, body)
        else:
            b, a = _took(pair.floor, body), _took(pair.ours, body, pair.cookie)
        if round >= 0:  # the first only warms up
            ours.append(a)
            theirs.append(b)
    _are_the_same(pair)
    pair.floor.close()
    web.forget_connections()
    what = f"/sync, {sum(pair.mix.values())} entries of {'an observer' if who == 'observer' else 'the leader'}"
    return figures.against_floor("P1", what, ours, theirs, MUST)


def _pair(place, who):
    """Make one database, copy it, and put ours on the one and the floor on the other."""
    ours, theirs = place / f"{who}-ours.sqlite", place / f"{who}-floor.sqlite"
    app = create_app(config.Config(database=ours))
    db = store.connect(ours)
    w = lesson_record.build(db)
    by = w.leader if who == "leader" else w.colleague
    tablet = lesson_record.sign_in(db, by)
    people = {p: (store.value(db, "select school from membership where person = ?", (p,)), "participant")
              for p in w.people}  # fmt: skip
    store.backup(db, theirs)
    db.conn.close()
    known = {"tablet": tablet.id, "people": people, "by_leader": int(who == "leader")}
    mix = lesson_record.LEADER if who == "leader" else lesson_record.OBSERVER
    return SimpleNamespace(ours=app, floor=floor(theirs, known), cookie=tablet.cookie, tablet=tablet.id, w=w, by=by,
                           mix=mix, paths=(ours, theirs))  # fmt: skip


def _batch(pair, seed):
    made = lesson_record.entries(pair.w, pair.by, pair.mix, random.Random(seed))
    return json.dumps({"tablet": pair.tablet, "sent": made[-1]["at"], "entries": made}).encode()


def _took(app, body, cookie=""):
    """Post a batch, straight into the app without a socket, and return the seconds it took."""
    headers = {"Cookie": cookie, "Sec-Fetch-Site": "same-origin", "Content-Type": "application/json"}
    environ = EnvironBuilder("/sync", method="POST", data=body, headers=headers).get_environ()
    begun = time.perf_counter()
    answer, status, _ = run_wsgi_app(app, environ, buffered=True)
    took = time.perf_counter() - begun
    said = json.loads(b"".join(answer))
    if not status.startswith("200") or {s["standing"] for s in said.get("standings", ())} - {"entered"}:
        raise AssertionError(f"{status}: {[s for s in said.get('standings', ()) if s['standing'] != 'entered'][:3]}")
    return took


def _are_the_same(pair):
    """Compare all rows of both databases: the floor may leave nothing out that we write."""
    ours, theirs = (store.connect(path) for path in pair.paths)
    for table in TABLES:
        a, b = (
            [{k: v for k, v in r.items() if k not in ITS_OWN} for r in store.rows(db, f"select * from {table}")]
            for db in (ours, theirs)
        )
        if a != b:
            odd = next((x, y) for x, y in zip(a, b, strict=False) if x != y) if len(a) == len(b) else (len(a), len(b))
            raise AssertionError(f"{table} is not the same on the floor: {odd}")
    for db in (ours, theirs):
        db.conn.close()
