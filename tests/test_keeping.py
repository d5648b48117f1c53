"""Daily copies and the way back, rehearsed."""

import sqlite3
from dataclasses import replace

import pytest
from click.testing import CliRunner

from tests.world import do
from workgroup import clock, door, due, keeping, store
from workgroup.cli import main


def _run(settings, *words):
    return CliRunner().invoke(main, ["--database", str(settings.database), *map(str, words)])


def test_a_day_is_copied_once_and_the_copy_is_whole(db, world_of, settings):
    for _ in range(3):
        due.plan_daily(db)
        due.tick(db, settings)
    (copy,) = keeping.folder(settings).glob("*")
    assert copy.name == f"workgroup-{clock.today()}.sqlite" and copy.stat().st_mode & 0o777 == 0o600
    opened = store.connect(copy)
    assert store.check(opened) == [] and door.check_ledger(opened) == []
    opened.conn.close()


def test_seven_copies_are_kept_and_nothing_else_is_touched(db, world_of, settings, tmp_path):
    place = tmp_path / "elsewhere"
    place.mkdir()
    (place / "notes.txt").write_text("mine")
    for day in range(10, 20):
        keeping.copy_today(db, replace(settings, backups=place), f"2026-11-{day}")
    names = sorted(p.name for p in place.iterdir())
    assert names == ["notes.txt", *[f"workgroup-2026-11-{day}.sqlite" for day in range(13, 20)]]


def test_a_restored_copy_brings_its_day_back_and_keeps_what_stood_there(db, world_of, settings, tmp_path):
    copy = tmp_path / "copy.sqlite"
    assert _run(settings, "backup", copy).exit_code == 0
    do(db, "people.edit_account", world_of.leader, name="Later Name")
    db.conn.close()
    said = _run(settings, "restore", copy, "--yes")
    assert said.exit_code == 0, said.output
    again = store.connect(settings.database)
    assert store.value(again, "select name from person where id = ?", (world_of.leader,)) == "Bethan Leader"
    again.conn.close()
    (aside,) = tmp_path.glob("hub.sqlite.before-*")
    kept = sqlite3.connect(aside)
    assert kept.execute("select count(*) from person where name = 'Later Name'").fetchone() == (1,)
    kept.close()


def test_a_broken_copy_is_refused_and_nothing_changes(db, world_of, settings, tmp_path):
    copy = tmp_path / "copy.sqlite"
    _run(settings, "backup", copy)
    broken = bytearray(copy.read_bytes())
    broken[5000:9000] = b"\x55" * 4000
    copy.write_bytes(broken)
    said = _run(settings, "restore", copy, "--yes")
    assert said.exit_code == 1 and "Nothing was changed" in said.output
    assert store.check(db) == []


def test_a_database_in_use_is_not_replaced(db, world_of, settings, tmp_path):
    copy = tmp_path / "copy.sqlite"
    store.backup(db, copy)
    with store.writing(db), pytest.raises(store.Trouble, match="in use"):
        keeping.restore(settings, copy)


def test_backup_never_writes_over_a_file(db, world_of, settings, tmp_path):
    (tmp_path / "letter").write_text("dear")
    said = _run(settings, "backup", tmp_path / "letter")
    assert said.exit_code == 1 and (tmp_path / "letter").read_text() == "dear"


def test_check_says_what_is_wrong_and_exits_with_one(db, world_of, settings):
    assert _run(settings, "check").exit_code == 0
    with store.writing(db):
        db.conn.execute("update ledger set kind = 'other' where number = 2")
    said = _run(settings, "check", "--json")
    assert said.exit_code == 1 and "does not follow" in said.output


def test_a_command_on_a_missing_database_says_what_to_do(tmp_path):
    said = CliRunner().invoke(main, ["--database", str(tmp_path / "none.sqlite"), "check"])
    assert said.exit_code == 1 and "workgroup setup" in said.output
