"""A new release takes the record over: a copy first, then all or nothing; no release opens a newer one's record."""

import gzip
import shutil
import sqlite3
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from tests.commands import run
from workgroup import checking, config, create_app, keeping, store, upgrading
from workgroup.cli import main

OLD = Path(__file__).parent / "data" / "old_versions" / "0025.sqlite.gz"
COPY = "workgroup-before-0026_years.sqlite"
KILLED = """
import os, sys
from workgroup import cli, store
real, known = store.migrations, store.known()
def one_more():
    todo = real()
    todo(name="9999_killed")(lambda db: (db.execute("create table half (x)"), os.kill(os.getpid(), 9)))
    return todo
store.migrations, store.known = one_more, lambda: known | {"9999_killed"}
cli.main(sys.argv[1:])
"""


@pytest.fixture
def settings(tmp_path):
    """Settings on a record as an earlier release left it."""
    path = tmp_path / "hub.sqlite"
    path.write_bytes(gzip.decompress(OLD.read_bytes()))
    return config.Config(database=path)


def _read(path):
    """Return what an earlier release would see: the shape, and every row of the ledger."""
    opened = sqlite3.connect(path)
    seen = opened.execute("select sql from sqlite_master order by name").fetchall()
    seen += opened.execute("select * from ledger join ledger_words using (number)").fetchall()
    seen += opened.execute("select name from _sqlite_migrations order by name").fetchall()
    opened.close()
    return seen


def _is_of_today(settings):
    db = store.connect(settings.database)
    try:
        return store.applied(db) == store.known() and checking.record(db) == []
    finally:
        db.conn.close()


def test_a_copy_of_the_record_as_it_was_is_kept_and_only_its_owner_reads_it(settings):
    before = _read(settings.database)
    create_app(settings)
    copy = keeping.folder(settings) / COPY
    assert _read(copy) == before and copy.stat().st_mode & 0o777 == 0o600
    assert [p.name for p in keeping.folder(settings).iterdir()] == [COPY]
    assert _is_of_today(settings)
    create_app(settings)
    assert [p.name for p in keeping.folder(settings).iterdir()] == [COPY], "there was nothing to take over"


def test_looking_at_an_older_copy_takes_the_place_of_no_copy_from_before_the_upgrade(settings, tmp_path):
    before, place = _read(settings.database), tmp_path / "kept"
    older = tmp_path / "looked at" / "older.sqlite"
    older.parent.mkdir()
    shutil.copyfile(settings.database, older)
    opened = sqlite3.connect(older)
    for table in ("ledger_words", "ledger"):
        opened.execute(f"delete from {table} where number = (select max(number) from ledger)")
    opened.commit()
    opened.close()
    create_app(replace(settings, backups=place))
    for _ in range(2):
        upgrade = tmp_path / "again.sqlite"
        shutil.copyfile(older, upgrade)
        CliRunner().invoke(main, ["--database", str(upgrade), "check"], env={"WORKGROUP_BACKUPS": str(place)})
    assert _read(place / COPY) == before
    assert len(list(place.iterdir())) == 2, "and the older one has a copy of its own, once"


def test_it_goes_when_the_days_after_it_have_copies_of_their_own(settings, monkeypatch):
    db = store.connect(settings.database)
    upgrading.bring_up(db, settings)
    for day in range(10, 18):
        keeping.copy_today(db, settings, f"2026-11-{day}")
        assert (keeping.folder(settings) / COPY).exists() == (day < 16)
    db.conn.close()


def test_neither_a_new_record_nor_a_demo_year_is_copied(settings, tmp_path):
    create_app(config.Config(database=tmp_path / "new" / ".." / "new.sqlite"))
    old = sqlite3.connect(settings.database)
    old.execute("update record set demo = 1")
    old.commit()
    old.close()
    create_app(settings)
    assert not keeping.folder(settings).exists() and _is_of_today(settings)


def test_killed_half_way_the_record_is_the_earlier_releases_still_and_the_next_start_finishes(settings):
    before = _read(settings.database)
    killed = [sys.executable, "-c", KILLED, "--database", settings.database, "tick"]
    assert subprocess.run(killed, check=False).returncode == -9
    assert _read(settings.database) == before
    assert run(settings, "tick").exit_code == 0
    assert _is_of_today(settings)


def test_a_disk_that_fills_half_way_is_said_and_the_record_is_the_earlier_releases_still(settings):
    before = _read(settings.database)
    db = store.connect(settings.database)
    for room in (0, 3, 20):
        db.conn.execute(f"pragma max_page_count = {store.value(db, 'pragma page_count') + room}")
        with pytest.raises(store.Trouble, match="could not be brought to this release: database or disk is full"):
            upgrading.bring_up(db, settings)
        assert not db.conn.in_transaction and _read(settings.database) == before
    db.conn.execute("pragma max_page_count = 1000000")
    upgrading.bring_up(db, settings)
    db.conn.close()
    assert _is_of_today(settings)


def test_without_room_for_the_copy_nothing_is_begun_and_the_command_says_why(settings, monkeypatch):
    before = _read(settings.database)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: SimpleNamespace(free=1024))
    said = run(settings, "tick")
    assert said.exit_code == 1 and "There is no room for a copy" in said.output and "Nothing was changed" in said.output
    assert _read(settings.database) == before
    monkeypatch.undo()
    assert run(settings, "tick").exit_code == 0 and _is_of_today(settings)


def test_a_record_of_a_newer_release_is_opened_by_nothing_and_left_as_it_is(settings):
    create_app(settings)
    newer = sqlite3.connect(settings.database)
    newer.execute("insert into _sqlite_migrations values (9999, 'workgroup', '9999_later', 'x')")
    newer.commit()
    newer.close()
    before = _read(settings.database)
    with pytest.raises(store.Trouble, match="made by a newer release of Workgroup: it has 9999_later"):
        create_app(settings)
    for words in (("serve", "--port", "0"), ("check",), ("tick",), ("backup", "copy.sqlite")):
        said = run(settings, *words)
        assert said.exit_code == 1 and "newer release" in said.output and "Traceback" not in said.output
    assert _read(settings.database) == before


def test_two_that_start_at_once_take_it_over_once(settings):
    wrong, begun = [], threading.Barrier(2)

    def start():
        db = store.connect(settings.database)
        try:
            begun.wait(20)
            upgrading.bring_up(db, settings)
        except Exception as trouble:
            wrong.append(trouble)
        finally:
            db.conn.close()

    threads = [threading.Thread(target=start) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == [] and _is_of_today(settings)


def test_a_record_with_a_fault_in_it_is_copied_and_taken_over_all_the_same(settings):
    old = sqlite3.connect(settings.database)
    old.execute("update ledger set kind = 'other' where number = 2")
    old.commit()
    old.close()
    create_app(settings)
    assert (keeping.folder(settings) / COPY).exists()
    said = run(settings, "check")
    assert said.exit_code == 1 and "does not follow" in said.output
