"""Beside a replicator such as Litestream: it keeps a reading transaction open, has tables of its own, copies the file.

Litestream itself is not here; what it does to the file is done by hand, as its manual and source tell it.
"""

import sqlite3

import pytest
from click.testing import CliRunner

from tests.sessions.examples import open_session
from tests.world import do
from workgroup import checking, due, forgetting, keeping, store, web
from workgroup.cli import main


@pytest.fixture
def replicator(db, settings):
    """Its connection: two tables of its own, and a transaction that reads for as long as it runs."""
    conn = sqlite3.connect(settings.database, isolation_level=None, check_same_thread=False)
    conn.execute("create table _litestream_seq (id integer primary key, seq integer)")
    conn.execute("create table _litestream_lock (id integer)")
    conn.execute("begin")
    conn.execute("select count(*) from _litestream_seq").fetchone()
    yield conn
    conn.close()


def test_writing_copies_and_checks_go_on_beside_it(db, world_of, settings, replicator):
    session = open_session(db, world_of)
    do(db, "sessions.note", world_of.leader, session=session, words="Half is it")
    for _ in range(2):
        due.plan_daily(db)
        due.tick(db, settings)
    assert keeping.newest(settings)
    assert checking.record(db) == []
    said = CliRunner().invoke(main, ["--database", str(settings.database), "check"])
    assert said.exit_code == 0, said.output


def test_erasing_is_done_although_its_reader_keeps_the_log_and_its_checkpoint_empties_that(
    db, world_of, settings, replicator
):
    do(db, "people.erase", world_of.hub_lead, person=world_of.participant)
    for _ in range(3):
        due.tick(db, settings)
    assert store.value(db, "select count(*) from due where kind = 'forget' and done_at is null") == 0
    assert forgetting.noted(settings.database).keys() == {world_of.participant}
    replicator.execute("rollback")  # as it does around a checkpoint of its own, every minute
    assert replicator.execute("pragma wal_checkpoint(truncate)").fetchone()[0] == 0
    files = b"".join(path.read_bytes() for path in settings.database.parent.glob("hub.sqlite*"))
    assert b"Nadine" not in files


def test_what_it_brings_back_goes_in_by_restore_and_the_erased_stay_erased(
    db, world_of, settings, tmp_path, replicator
):
    """`litestream restore -o PATH` writes a plain file, of a moment before somebody was erased."""
    brought = tmp_path / "brought" / "hub.sqlite"
    brought.parent.mkdir()
    with sqlite3.connect(brought) as copy:
        db.conn.backup(copy)
    copy.close()
    ledger = store.value(db, "select ledger from record")
    do(db, "people.erase", world_of.hub_lead, person=world_of.participant)
    db.conn.close()
    web.forget_connections()
    run = ["--database", str(settings.database), "restore", str(brought), "--yes"]
    refused = CliRunner().invoke(main, run)
    assert refused.exit_code == 1 and "in use" in refused.output, "it has to be stopped as well"
    replicator.close()
    assert CliRunner().invoke(main, run).exit_code == 0
    after = store.connect(settings.database)
    assert store.value(after, "select ledger from record") != ledger
    assert store.value(after, "select count(*) from person where name like 'Nadine%'") == 0
    assert checking.record(after) == []
    after.conn.close()
