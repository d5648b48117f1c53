"""The way back from a copy, rehearsed as the real command: what is lost, what comes again, and what is refused."""

import os
import sqlite3
import subprocess
import sys
from dataclasses import replace

import pytest

from tests.browser.driving import Server
from tests.commands import run
from tests.lessons.examples import a_whole_photo
from tests.sessions.examples import open_session
from tests.tablet import sending
from tests.world import do
from workgroup import checking, clock, due, forgetting, keeping, ledger, restoring, store, web
from workgroup.people import post

STEPS = ["store.name_ledger_anew", "os.link"]  # where it is killed
if os.environ.get("WORKGROUP_STRESS"):
    STEPS += ["store.migrate", "keeping.check", "forgetting.erase_again", "os.replace"]


def _name(database, person):
    opened = sqlite3.connect(database)
    found = opened.execute("select name from person where id = ?", (person,)).fetchone()
    opened.close()
    return found and found[0]


@pytest.fixture
def copied(db, world_of, settings, tmp_path):
    """The world, and a copy of it; what is written afterwards is not in it."""
    copy = tmp_path / "copies" / "copy.sqlite"
    copy.parent.mkdir()
    keeping.copy(db, copy)
    do(db, "people.edit_account", world_of.leader, name="Later Name")
    db.conn.close()
    web.forget_connections()
    return copy


def _is_refused(settings, source, *words):
    """Refused in words, with the present record as it was and nothing left lying about."""
    before = {p.name for p in settings.database.parent.iterdir() if not p.name.endswith(("-wal", "-shm"))}
    said = run(settings, "restore", source, "--yes")
    assert said.exit_code == 1 and "Nothing was changed" in said.output, said.output
    assert all(word in said.output for word in words), said.output
    assert {p.name for p in settings.database.parent.iterdir() if not p.name.endswith(("-wal", "-shm"))} == before
    return True


def test_a_running_year_comes_back_tablets_send_again_and_the_erased_stay_erased(db, world_of, settings, tmp_path):
    w, session = world_of, open_session(db, world_of)
    a_whole_photo(db, w)
    cookie = sending.sign_in(db, w.leader)
    server = Server(settings.database)
    try:
        tablet = sending.Tablet(server.own_address, cookie, w.leader, session, [w.participant, w.colleague], 7)
        tablet.make(20)
        tablet.send_all()
        copy = tmp_path / "copy.sqlite"
        server.run("backup", copy)
        tablet.make(30)
        tablet.send_all()
        server.run("person", "erase", "neighbour@example.org", "--yes")
        before = ledger.head(db)
        db.conn.close()
        web.forget_connections()
        server.stop()
        said = server.run("restore", copy, "--yes")
        assert "Tablets send again" in said
        server.start()
        tablet.waiting = list(tablet.made)  # the ledger is another one: it sends again what it kept
        tablet.receipts.clear()
        tablet.entered.clear()
        tablet.send_all()
        assert len(tablet.entered) == 30 and len(tablet.receipts) == 50
        after = store.connect(settings.database)
        assert ledger.head(after)["ledger"] != before["ledger"]
        kept_ids, rows = sending.kept(after)
        made = {e["id"] for e in tablet.made}
        assert made <= set(kept_ids) and made <= set(rows) and len(rows) == len(set(rows))
        assert store.value(after, "select erased_at from person where id = ?", (w.neighbour,))
        assert store.value(after, "select count(*) from person where name like 'Sunita%'") == 0
        assert checking.record(after) == [] and checking.erased(after, settings.database) == []
        after.conn.close()
        server.run("check")
    finally:
        server.stop()


def test_a_database_that_a_server_has_open_is_not_replaced(db, world_of, settings, tmp_path):
    copy = tmp_path / "copy.sqlite"
    keeping.copy(db, copy)
    web_of_a_server = store.connect(settings.database)
    web_of_a_server.conn.execute("select * from person").fetchone()
    assert _is_refused(settings, copy, "in use", "Stop the server first")
    with store.writing(db), pytest.raises(store.Trouble, match="in use"):
        restoring.restore(settings, copy)
    web_of_a_server.conn.close()


def test_what_stood_there_is_kept_beside_it_and_can_be_restored_itself(world_of, settings, copied, tmp_path):
    said = run(settings, "restore", copied, "--yes")
    assert said.exit_code == 0 and _name(settings.database, world_of.leader) == "Bethan Leader"
    (aside,) = tmp_path.glob("hub.sqlite.before-*")
    assert str(aside) in said.output and _name(aside, world_of.leader) == "Later Name"
    assert keeping.say_how_long(settings).endswith(f", and {aside.name}, which a restore put aside, until somebody"
                                                   " deletes it")  # fmt: skip
    assert {p.stat().st_mode & 0o777 for p in (aside, settings.database)} == {0o600}
    assert run(settings, "restore", aside, "--yes").exit_code == 0
    assert _name(settings.database, world_of.leader) == "Later Name"
    assert not list(tmp_path.glob("*.restoring*"))


def test_a_broken_copy_is_refused(world_of, settings, copied):
    broken = bytearray(copied.read_bytes())
    broken[5000:9000] = b"\x55" * 4000
    copied.write_bytes(broken)
    assert _is_refused(settings, copied)
    copied.write_bytes(copied.read_bytes()[:8192])
    assert _is_refused(settings, copied)
    copied.write_bytes(b"")
    assert _is_refused(settings, copied, "not a record of Workgroup")
    assert _name(settings.database, world_of.leader) == "Later Name"


def test_a_copy_whose_chain_was_bent_is_refused(world_of, settings, copied):
    bent = sqlite3.connect(copied)
    bent.execute("update ledger set kind = 'other' where number = 2")
    bent.commit()
    bent.close()
    assert _is_refused(settings, copied, "does not follow the row before it")


def test_somebody_elses_file_is_refused_whatever_it_is(settings, copied, tmp_path):
    (tmp_path / "letter.txt").write_text("Dear Sir or Madam, " * 500)
    assert _is_refused(settings, tmp_path / "letter.txt", "not a database")
    other = sqlite3.connect(tmp_path / "other.sqlite")
    other.execute("create table recipe (words text)")
    other.close()
    assert _is_refused(settings, tmp_path / "other.sqlite", "not a record of Workgroup")
    assert _is_refused(settings, settings.database, "is the database itself")


def test_a_copy_of_a_newer_release_is_refused(settings, copied):
    newer = sqlite3.connect(copied)
    newer.execute("insert into _sqlite_migrations values (9999, 'workgroup', '9999_later', 'x')")
    newer.commit()
    newer.close()
    assert _is_refused(settings, copied, "made by a newer release", "9999_later")


def test_a_restore_without_room_or_stopped_half_way_leaves_the_record(world_of, settings, copied, monkeypatch):
    def full(*asked):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("shutil.copyfile", full)
    assert _is_refused(settings, copied, "No space left")
    monkeypatch.undo()
    monkeypatch.setattr(store, "name_ledger_anew", full)
    assert _is_refused(settings, copied, "No space left")
    assert _name(settings.database, world_of.leader) == "Later Name"


@pytest.mark.parametrize("step", STEPS)
def test_killed_in_the_middle_the_record_stands_where_it_stood_and_the_next_try_succeeds(
    world_of, settings, copied, step
):
    code = (
        f"import os, sys; from workgroup import forgetting, keeping, store, cli; module, name = '{step}'.split('.');"
        "setattr(globals()[module], name, lambda *a, **k: os.kill(os.getpid(), 9));"
        "cli.main(sys.argv[1:])"
    )
    words = [sys.executable, "-c", code, "--database", settings.database, "restore", copied, "--yes"]
    assert subprocess.run(words, check=False).returncode == -9
    assert _name(settings.database, world_of.leader) == "Later Name"
    assert run(settings, "check").exit_code == 0
    assert run(settings, "restore", copied, "--yes").exit_code == 0
    assert _name(settings.database, world_of.leader) == "Bethan Leader"
    assert not list(settings.database.parent.glob("*.restoring*"))


@pytest.mark.parametrize("damage", [b"", b"\x55" * 20_000, None])
def test_a_record_that_cannot_be_opened_any_more_is_no_hindrance(world_of, settings, copied, damage, tmp_path):
    for log in tmp_path.glob("hub.sqlite-*"):
        log.unlink()
    if damage is None:
        settings.database.unlink()
    else:
        settings.database.write_bytes(damage)
    said = run(settings, "restore", copied, "--yes")
    assert said.exit_code == 0, said.output
    assert ("what stood there before" in said.output) == (damage is not None)
    assert _name(settings.database, world_of.leader) == "Bethan Leader"
    assert run(settings, "check").exit_code == 0


def test_a_file_copied_by_hand_with_its_log_is_taken_in_whole(db, world_of, settings, tmp_path):
    """A copy of a running database made with cp: what is in the log beside it counts, and the copy is left as it is."""
    do(db, "people.edit_account", world_of.leader, name="In The Log")
    by_hand = tmp_path / "elsewhere" / "hub.sqlite"
    by_hand.parent.mkdir()
    for end in ("", "-wal"):
        (by_hand.parent / f"hub.sqlite{end}").write_bytes((tmp_path / f"hub.sqlite{end}").read_bytes())
    do(db, "people.edit_account", world_of.leader, name="Even Later")
    db.conn.close()
    web.forget_connections()
    before = {path.name: path.read_bytes() for path in by_hand.parent.iterdir()}
    assert run(settings, "restore", by_hand, "--yes").exit_code == 0
    assert _name(settings.database, world_of.leader) == "In The Log"
    assert {path.name: path.read_bytes() for path in by_hand.parent.iterdir()} == before


def test_on_another_machine_the_list_beside_the_copies_keeps_the_erased_erased(db, world_of, settings, tmp_path):
    early = keeping.folder(settings) / "workgroup-2026-11-20.sqlite"
    keeping.copy_today(db, settings, "2026-11-20")
    do(db, "people.erase", world_of.hub_lead, person=world_of.participant)
    due.tick(db, settings)
    keeping.copy_today(db, settings, "2026-11-21")
    db.conn.close()
    web.forget_connections()
    for path in tmp_path.glob("hub.sqlite*"):  # the machine is gone; the folder of copies was copied elsewhere
        path.unlink()
    assert _name(early, world_of.participant) == "Nadine Member"
    assert run(settings, "restore", early, "--yes").exit_code == 0
    assert _name(settings.database, world_of.participant) != "Nadine Member"
    assert forgetting.noted(settings.database).keys() == {world_of.participant}
    assert os.stat(f"{settings.database}.erased").st_mode & 0o777 == 0o600
    assert clock.today() and post.new_id()


def test_where_the_database_is_a_link_the_file_behind_it_is_replaced_and_the_list_found(
    db, world_of, settings, tmp_path
):
    copy = tmp_path / "copy.sqlite"
    keeping.copy(db, copy)
    do(db, "people.erase", world_of.hub_lead, person=world_of.participant)
    db.conn.close()
    web.forget_connections()
    link = tmp_path / "elsewhere" / "record"
    link.parent.mkdir()
    link.symlink_to(settings.database)
    assert run(replace(settings, database=link), "restore", copy, "--yes").exit_code == 0
    assert link.is_symlink() and [p.name for p in link.parent.iterdir()] == ["record"]
    assert _name(link, world_of.participant) != "Nadine Member"
