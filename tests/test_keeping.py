"""Copies of the record: one a day, whole, its owner's alone, as many as are kept; what is said when none is made."""

import os
import shutil
import sqlite3
import time
from dataclasses import replace
from types import SimpleNamespace

import pytest

from tests.commands import run
from tests.lessons.examples import a_whole_photo
from workgroup import clock, config, due, keeping, ledger, store
from workgroup.photos import queries as photos


def test_a_day_is_copied_once_and_the_copy_is_whole(db, world_of, settings):
    for _ in range(3):
        due.plan_daily(db)
        due.tick(db, settings)
    (copy,) = keeping.folder(settings).glob("*")
    assert copy.name == f"workgroup-{clock.today()}.sqlite" and copy.stat().st_mode & 0o777 == 0o600
    opened = store.connect(copy)
    assert store.check(opened) == [] and ledger.check(opened) == []
    opened.conn.close()


def test_seven_copies_are_kept_and_nothing_else_is_touched(db, world_of, settings, tmp_path):
    place = tmp_path / "elsewhere"
    place.mkdir()
    (place / "notes.txt").write_text("mine")
    for day in range(10, 20):
        keeping.copy_today(db, replace(settings, backups=place), f"2026-11-{day}")
    names = sorted(p.name for p in place.iterdir())
    assert names == ["notes.txt", *[f"workgroup-2026-11-{day}.sqlite" for day in range(13, 20)]]


def test_backup_never_writes_over_a_file(db, world_of, settings, tmp_path):
    (tmp_path / "letter").write_text("dear")
    said = run(settings, "backup", tmp_path / "letter")
    assert said.exit_code == 1 and (tmp_path / "letter").read_text() == "dear"


def test_a_command_on_a_missing_database_says_what_to_do(tmp_path):
    said = run(config.Config(database=tmp_path / "none.sqlite"), "check")
    assert said.exit_code == 1 and "workgroup setup" in said.output


def _whole(copy):
    opened = store.connect(copy)
    wrong = store.check(opened) + ledger.check(opened) + photos.check(opened)
    opened.conn.close()
    return not wrong


def test_a_copy_holds_the_photos_and_is_made_while_others_write_and_read(db, world_of, settings, tmp_path):
    a_whole_photo(db, world_of)
    other = store.connect(settings.database)
    reading = other.conn.execute("select * from ledger")
    reading.fetchone()
    with store.writing(other):
        store.put(other, "attempt", key="not yet said", at="x")
        keeping.copy(db, tmp_path / "copy.sqlite")
    other.conn.close()
    copy = sqlite3.connect(tmp_path / "copy.sqlite")
    assert copy.execute("select count(*), sum(length(bytes)) > 100 from photo_piece").fetchone() == (1, 1)
    assert copy.execute("select count(*) from attempt where key = 'not yet said'").fetchone() == (0,)
    copy.close()
    assert _whole(tmp_path / "copy.sqlite")


def test_a_copy_is_its_owners_alone_from_its_first_byte(db, world_of, settings, tmp_path, monkeypatch):
    modes, copied = [], store.backup

    def looked_at(db, path):
        copied(db, path)
        modes.append(path.stat().st_mode & 0o777)

    monkeypatch.setattr(store, "backup", looked_at)
    mask = os.umask(0)
    try:
        keeping.copy_today(db, settings, "2026-11-20")
    finally:
        os.umask(mask)
    assert modes == [0o600] and keeping.folder(settings).stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(("daily", "monthly", "stay"), [
    (7, 0, "11-30 11-29 11-28 11-27 11-26 11-25 11-24"), (2, 0, "11-30 11-29"), (1, 3, "11-30 10-31 09-30"),
    (1, 99, "11-30 10-31 09-30"), (2, 1, "11-30 11-29"),
])  # fmt: skip
def test_the_newest_stay_and_the_last_of_a_month_where_that_is_wanted(daily, monthly, stay):
    lengths = (("09", 30), ("10", 31), ("11", 30))
    days = [f"2026-{month}-{day:02}" for month, last in lengths for day in range(1, last + 1)]
    assert sorted(keeping.kept(days, daily, monthly)) == sorted(f"2026-{day}" for day in stay.split())


def test_what_is_kept_is_a_setting_and_the_pages_say_it(db, app, world_of, settings, sign_in, monkeypatch):
    monkeypatch.setenv("WORKGROUP_BACKUPS_KEPT", "3")
    monkeypatch.setenv("WORKGROUP_BACKUPS_MONTHLY", "2")
    asked = config.from_environment(database=settings.database)
    for day in ("2026-09-30", "2026-10-30", "2026-10-31", *(f"2026-11-{d}" for d in range(10, 15))):
        keeping.copy_today(db, asked, day)
    names = sorted(path.name[15:20] for path in keeping.folder(asked).glob("*.sqlite"))
    assert names == ["10-31", "11-12", "11-13", "11-14"]
    app.config["WORKGROUP"] = asked
    page = sign_in(world_of.hub_lead).get(f"/people/{world_of.participant}/erase").get_data(as_text=True)
    assert "until 3 newer ones are made, and one of a month for 2 months;" in page
    monkeypatch.setenv("WORKGROUP_BACKUPS_KEPT", "none")
    said = run(settings, "check")
    assert said.exit_code == 2 and "WORKGROUP_BACKUPS_KEPT is 'none'" in said.output


def _tick(db, settings):
    due.plan_daily(db)
    due.tick(db, settings)


def test_without_room_nothing_is_begun_and_the_page_says_so(db, world_of, settings, sign_in, monkeypatch):
    due.tick(db, settings)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: SimpleNamespace(free=1024**2))
    _tick(db, settings)
    assert list(keeping.folder(settings).iterdir()) == []
    page = sign_in(world_of.hub_lead).get("/later").get_data(as_text=True)
    assert "There is no room for a copy: it takes" in page and "1.0 MB are free" in page
    monkeypatch.undo()
    with store.writing(db):
        due.try_again(db, f"backup:{clock.today()}")
    _tick(db, settings)
    assert len(list(keeping.folder(settings).iterdir())) == 1


def test_a_disk_that_fills_half_way_leaves_no_half_copy_and_the_earlier_ones(db, world_of, settings, monkeypatch):
    keeping.copy_today(db, settings, "2026-11-20")

    def fills(db, path):
        path.write_bytes(b"half")
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(store, "backup", fills)
    with pytest.raises(store.Trouble, match="could not be written: database or disk is full"):
        keeping.copy_today(db, settings, "2026-11-21")
    assert [path.name for path in keeping.folder(settings).iterdir()] == ["workgroup-2026-11-20.sqlite"]


def test_what_a_kill_left_half_done_is_cleared_away(db, world_of, settings):
    keeping.folder(settings).mkdir()
    for name, hours in (("left.unfinished", 2), ("another's.unfinished", 0)):
        (keeping.folder(settings) / name).write_text("half")
        os.utime(keeping.folder(settings) / name, (time.time() - hours * 3600,) * 2)
    keeping.copy_today(db, settings, "2026-11-20")
    left = sorted(path.name for path in keeping.folder(settings).iterdir())
    assert left == ["another's.unfinished", "workgroup-2026-11-20.sqlite"]


def test_a_record_with_a_fault_is_copied_apart_and_no_good_copy_is_let_go(db, world_of, settings, tmp_path):
    for day in range(10, 17):
        keeping.copy_today(db, settings, f"2026-11-{day}")
    with store.writing(db):
        db.conn.execute("update ledger set kind = 'other' where number = 2")
    for day in (17, 18):
        with pytest.raises(store.Trouble, match="no earlier one was let go"):
            keeping.copy_today(db, settings, f"2026-11-{day}")
    names = sorted(path.name for path in keeping.folder(settings).iterdir())
    assert names == [*(f"workgroup-2026-11-{day}.sqlite" for day in range(10, 17)), "workgroup-doubtful.sqlite"]
    said = run(settings, "backup", tmp_path / "copy.sqlite")
    assert said.exit_code == 1 and "Copied to" in said.output and "does not follow" in said.output
    assert (tmp_path / "copy.sqlite").exists()


def test_a_doubtful_copy_goes_once_as_many_sound_newer_ones_are_made_as_are_kept(db, world_of, settings):
    keeping.folder(settings).mkdir()
    doubtful = keeping.folder(settings) / "workgroup-doubtful.sqlite"
    doubtful.write_text("what was erased since is in it")
    os.utime(doubtful, (time.time() - 3600,) * 2)
    for day in range(10, 17):
        assert doubtful.exists()
        keeping.copy_today(db, settings, f"2026-11-{day}")
    assert not doubtful.exists()
