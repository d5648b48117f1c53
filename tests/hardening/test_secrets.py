"""Files that hold the record are their owner's alone, whatever the machine's umask; secrets are made, long,
and hashed."""

import dataclasses
import os
import re
import stat

import pytest
from click.testing import CliRunner

from tests.world import do
from workgroup import create_app, guard, ledger, store, web
from workgroup.cli import main
from workgroup.people import post

OTHERS = 0o077


@pytest.fixture(params=[0o000, 0o022], ids=["umask 000", "umask 022"])
def open_handed(request):
    """Let new files be as open as a machine may have it."""
    was = os.umask(request.param)
    yield
    os.umask(was)


def _readable_by_others(folder):
    places = [folder, *folder.rglob("*")]
    return [p.name for p in places if stat.S_IMODE(p.stat().st_mode) & OTHERS]


def test_database_log_copies_and_what_is_written_are_the_owners_alone(tmp_path, open_handed, monkeypatch):
    database = tmp_path / "new" / "hub.sqlite"
    monkeypatch.setenv("WORKGROUP_DATABASE", str(database))
    said = ["setup", "--hub", "H", "--name", "N", "--email", "n@example.org"]
    assert CliRunner().invoke(main, said).exit_code == 0
    held = store.connect(database)
    with store.writing(held):
        held.conn.execute("update hub set name = 'Other'")
    assert {p.name for p in database.parent.glob("hub.sqlite-*")} == {"hub.sqlite-wal", "hub.sqlite-shm"}
    assert _readable_by_others(database.parent) == []
    for said in (["tick"], ["backup", str(database.parent / "copy.sqlite")],
                 ["export", "attendance", "--out", str(database.parent / "out.csv")],
                 ["person", "export", "n@example.org", "--out", str(database.parent / "me.json")]):  # fmt: skip
        done = CliRunner().invoke(main, said)
        assert done.exit_code == 0, (said, done.output)
    held.conn.close()
    assert list(database.parent.glob("backups/*.sqlite"))
    assert _readable_by_others(database.parent) == []
    done = CliRunner().invoke(main, ["restore", "--yes", str(database.parent / "copy.sqlite")])
    assert done.exit_code == 0, done.output
    assert _readable_by_others(database.parent) == []


def test_an_app_that_is_not_started_by_the_command_line_makes_a_file_of_its_owners_too(settings, open_handed):
    create_app(settings)
    web.forget_connections()
    assert not stat.S_IMODE(settings.database.stat().st_mode) & OTHERS


def test_every_record_has_a_secret_of_its_own_of_256_bits(tmp_path):
    secrets = set()
    for name in ("a", "b", "c"):
        db = store.connect(tmp_path / name)
        store.migrate(db)
        secrets.add(store.value(db, "select seal_secret from record"))
        db.conn.close()
    assert len(secrets) == 3 and all(re.fullmatch("[0-9a-f]{64}", one) for one in secrets)


def test_tokens_are_256_bits_and_kept_as_hashes_alone(db, world_of, sign_in, app):
    tokens = {post.new_token() for _ in range(100)}
    assert len(tokens) == 100 and all(len(one) == 43 for one in tokens)
    token, code = post.new_token(), post.new_code()
    do(db, "people.make_link", None, email="leader@example.org", proof=token, code=code)
    answer = app.test_client().post(f"/sign-in/{token}", headers={"Sec-Fetch-Site": "same-origin"})
    cookie = re.search(f"{guard.COOKIE}=([^;]+)", answer.headers["Set-Cookie"])[1]
    do(db, "people.set_password", world_of.leader, password="a long password", again="a long password")
    do(db, "people.set_pin", world_of.leader, pin="270418", again="270418")
    dump = "\n".join(line for line in db.conn.iterdump() if not line.startswith('INSERT INTO "mail"'))
    for secret in (token, code, cookie, "a long password", "270418"):
        assert secret not in dump
    hashed = store.value(db, "select password_hash from person where id = ?", (world_of.leader,))
    assert hashed.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert ledger.check(db) == []


def test_the_mail_servers_password_is_shown_nowhere(settings):
    assert "secret word" not in repr(dataclasses.replace(settings, smtp_password="secret word"))
