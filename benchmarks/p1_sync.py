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
# a sitting is a lesson's worth of batches; each begins with fresh copies, for no lesson holds thousands of moments
SITTINGS, ROUNDS = 8, 6
TABLES = ("noticing", "noticing_tag", "noticing_words", "phase_mark", "discussion_note", "register_mark",
          "session_note", "decision", "lesson", "ledger", "ledger_words")  # fmt: skip
# what differs by its nature: when it arrived and was made by the server's clock, the salt, and what is made of them
ITS_OWN = {"received", "at", "in_at", "withdrawn_at", "last_tags", "last_stand", "salt", "digest", "prev"}


def measure(quick=False, sittings=None):
    """Return a figure for an observer's tablet and one for the leader's."""
    sittings = sittings or (1 if quick else SITTINGS)
    with tempfile.TemporaryDirectory() as place:
        return [_measure(Path(place), who, sittings) for who in ("observer", "leader")]


def _measure(place, who, sittings):
    seed = _seed(place / f"{who}.sqlite", who)
    ours, theirs = [], []
    for sitting in range(sittings):
        pair = _pair(place, seed, f"{who}-{sitting}")
        for round in range(-1, ROUNDS):
            body = _batch(seed, sitting * ROUNDS + round)
            # whoever comes second finds warm caches and a disk that has just been written to: turn about
            if round % 2:
                a, b = _took(pair.ours, body, seed.cookie), _took(pair.floor, body)
            else:
                b, a = _took(pair.floor, body), _took(pair.ours, body, seed.cookie)
            if round >= 0:  # the first only warms up
                ours.append(a)
                theirs.append(b)
        _are_the_same(pair)
        pair.floor.close()
        web.forget_connections()
    seed.db.conn.close()
    what = f"/sync, {sum(seed.mix.values())} entries of {'an observer' if who == 'observer' else 'the leader'}"
    return figures.against_floor("P1", what, ours, theirs, MUST)


def _seed(path, who):
    """Make the database that every sitting begins with, and say who sends."""
    create_app(config.Config(database=path))
    db = store.connect(path)
    w = lesson_record.build(db)
    by = w.leader if who == "leader" else w.colleague
    tablet = lesson_record.sign_in(db, by)
    people = {p: (store.value(db, "select school from membership where person = ?", (p,)), "participant")
              for p in w.people}  # fmt: skip
    known = {"tablet": tablet.id, "people": people, "by_leader": int(who == "leader")}
    mix = lesson_record.LEADER if who == "leader" else lesson_record.OBSERVER
    return SimpleNamespace(db=db, w=w, by=by, tablet=tablet.id, cookie=tablet.cookie, known=known, mix=mix)


def _pair(place, seed, name):
    """Copy the seed twice, and put ours on the one and the floor on the other."""
    ours, theirs = place / f"{name}-ours.sqlite", place / f"{name}-floor.sqlite"
    for path in (ours, theirs):
        store.backup(seed.db, path)
    app = create_app(config.Config(database=ours))
    return SimpleNamespace(ours=app, floor=floor(theirs, seed.known), paths=(ours, theirs))


def _batch(seed, number):
    return json.dumps(lesson_record.batch(seed.w, seed.tablet, seed.by, seed.mix, random.Random(number))).encode()


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
        sql = f"select * from {table}"
        a, b = (
            [{k: v is None if k in ITS_OWN else v for k, v in row.items()} for row in store.rows(db, sql)]
            for db in (ours, theirs)
        )
        if a != b:
            odd = next((x, y) for x, y in zip(a, b, strict=False) if x != y) if len(a) == len(b) else (len(a), len(b))
            raise AssertionError(f"{table} is not the same on the floor: {odd}")
    for db in (ours, theirs):
        db.conn.close()
