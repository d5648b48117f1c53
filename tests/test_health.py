"""`/healthz`: 200 when all is well, 503 with why when not, open, cheap, and nothing about people."""

import os
import shutil
import threading
import time
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.tasks.examples import a_task
from tests.world import days
from workgroup import clock, due, health, keeping, store, web

NAMES = ("copies", "database", "later", "migrations", "room")


@pytest.fixture
def ask(app, settings):
    """Return what /healthz says to somebody whom nobody knows: `ask()` looks anew, `ask(fresh=False)` may not."""

    def asked(fresh=True):
        if fresh:
            health._found.clear()
        return app.test_client().get("/healthz")

    yield asked
    health._found.clear()
    app.config.pop("DUE", None)


def _is_ill(answer, words):
    assert answer.status_code == 503 and answer.json["ok"] is False
    (trouble,) = answer.json["trouble"]
    assert words in trouble
    return True


def test_all_is_well_and_said_to_anybody_without_a_word_about_people(db, world_of, settings, ask):
    due.tick(db, settings)
    keeping.copy_today(db, settings, clock.today())
    before = db.conn.execute("pragma data_version").fetchone()[0]
    answer = ask()
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    assert answer.json["ok"] is True and answer.json["trouble"] == [] and "MB free" in answer.json["room"]
    assert answer.json["copies"] == "last copy less than an hour ago" and answer.json["migrations"] == "at head"
    assert sorted(answer.json) == sorted([*NAMES, "ok", "trouble"])
    assert "Set-Cookie" not in answer.headers and "Workgroup-Person" not in answer.headers
    assert db.conn.execute("pragma data_version").fetchone()[0] == before, "nothing was written"


def test_what_it_looks_at_is_explained_to_whoever_runs_it():
    words = (Path(__file__).parents[1] / "docs" / "operating.md").read_text()
    assert not [name for name in NAMES if f"\n| `{name}` | " not in words]


def test_asked_a_hundred_times_it_looks_once_and_counts_nobody(app, db, world_of, ask, monkeypatch):
    ask()
    monkeypatch.setattr(health, "look", lambda *asked: pytest.fail("it looked again"))
    monkeypatch.setattr(store, "connect", lambda *asked: pytest.fail("it opened the database"))
    assert {ask(fresh=False).status_code for _ in range(100)} == {200}
    assert store.value(db, "select count(*) from attempt") == 0


def test_a_record_that_somebody_writes_to_is_well(db, world_of, settings, ask):
    due.tick(db, settings)
    with store.writing(db):
        assert ask().status_code == 200


def test_a_database_that_is_gone_or_none_is_said(db, world_of, settings, ask):
    db.conn.close()
    web.forget_connections()
    settings.database.rename(settings.database.with_suffix(".away"))
    answer = ask()
    assert answer.status_code == 503 and "database: the database cannot be read" in answer.json["trouble"]
    assert not settings.database.exists(), "looking makes no database"
    settings.database.write_text("Dear Sir or Madam, " * 100)
    assert "database: the database cannot be read" in ask().json["trouble"]


def test_a_database_that_can_only_be_read_is_said(db, world_of, settings, ask, monkeypatch):
    """As root, file modes bind nobody: the connection itself is one that only reads."""
    due.tick(db, settings)
    connect = store.connect

    def only_reading(*asked, **more):
        opened = connect(*asked, **more)
        opened.conn.execute("pragma query_only = 1")
        return opened

    monkeypatch.setattr(store, "connect", only_reading)
    assert _is_ill(ask(), "can be read and not written")


def test_a_disk_without_room_and_one_that_takes_nothing_are_said(db, world_of, settings, ask, monkeypatch):
    due.tick(db, settings)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: SimpleNamespace(free=90 * 1024**2))
    assert _is_ill(ask(), "90 MB free")
    monkeypatch.undo()

    def full(*asked):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert _is_ill(ask(), "its disk is full")


def test_a_record_of_another_shape_is_said(db, world_of, settings, ask):
    due.tick(db, settings)
    with store.writing(db):
        db.conn.execute("insert into _sqlite_migrations values (9999, 'workgroup', '9999_later', 'x')")
    assert _is_ill(ask(), "newer release")
    with store.writing(db):
        db.conn.execute("delete from _sqlite_migrations where name like '9999%' or name like '0052%'")
    assert _is_ill(ask(), "not brought to the shape")


def test_copies_that_are_old_missing_or_failed_are_said(db, world_of, settings, ask):
    due.tick(db, settings)
    assert ask().json["copies"] == "none yet", "a record of today need not have one"
    with store.writing(db):
        db.conn.execute("update record set made_at = ?", (clock.after(-3 * 86_400),))
    assert _is_ill(ask(), "copies: none yet")
    keeping.copy_today(db, settings, "2026-11-20")
    assert ask().status_code == 200
    (copy,) = keeping.folder(settings).glob("*.sqlite")
    os.utime(copy, (time.time() - 50 * 3600,) * 2)
    assert _is_ill(ask(), "copies: last copy 2 days ago")
    shutil.rmtree(keeping.folder(settings))
    keeping.folder(settings).write_text("a file where the folder should be")
    due.plan_daily(db)
    due.tick(db, replace(settings))
    assert _is_ill(ask(), "the day’s copy did not work")


def test_what_happens_later_is_missed_when_nobody_does_it(app, db, world_of, settings, ask):
    due.tick(db, settings)
    a_task(db, world_of, due_on=days(30))  # reminders of it are not due yet
    assert ask().json["later"] == "in time"
    with store.writing(db):
        due.plan(db, "mail:x", "mail", "x", clock.after(-1000))
    assert _is_ill(ask(), "later: what happens by itself is late: 1 things")
    with store.writing(db):
        due.forget(db, "mail:x")
    app.config["DUE"] = thread = due.Thread(settings, seconds=0.01)
    assert _is_ill(ask(), "has stopped")
    thread.start()
    assert ask().status_code == 200
    thread.beat -= health.LATEST_TICK + 1
    thread.stop()
    assert _is_ill(ask(), "has stopped")


def test_a_disk_that_hangs_holds_up_one_who_asks_and_not_all(db, world_of, settings, monkeypatch):
    first = health.findings(settings)
    began, goes_on = threading.Event(), threading.Event()

    def hangs(*asked):
        began.set()
        assert goes_on.wait(20)
        return []

    monkeypatch.setattr(health, "look", hangs)
    health._found[str(settings.database)] = time.monotonic() - 60, first
    looking = threading.Thread(target=health.findings, args=(settings,))
    looking.start()
    assert began.wait(20)
    assert health.findings(settings) == first
    goes_on.set()
    looking.join()
    assert health.findings(settings) == []
    health._found.clear()


def test_a_long_tick_is_no_thread_that_hangs(db, world_of, settings):
    beats = []
    due.tick(db, settings, lambda: beats.append(1))
    assert len(beats) == store.value(db, "select count(*) from due where done_at is not null") > 5
