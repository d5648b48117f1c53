"""A record written by each earlier release opens in this one: nothing is lost on the way, and it goes on being used."""

import gzip
import sqlite3
from pathlib import Path

import pytest

from tests.world import do
from workgroup import config, create_app, door, store, web
from workgroup.groups import queries as groups
from workgroup.home import finding
from workgroup.people import queries as people

TABLES = ("ledger", "person", "session", "noticing", "reflection_words", "half_term", "link", "register_mark")
OLD = sorted((Path(__file__).parent / "data" / "old_records").glob("*.sqlite.gz"))


@pytest.fixture(params=OLD, ids=lambda p: p.name.removesuffix(".sqlite.gz"))
def old(request, tmp_path):
    """The path of an old record, as that release left it."""
    path = tmp_path / "hub.sqlite"
    path.write_bytes(gzip.decompress(request.param.read_bytes()))
    return path


def test_a_record_of_an_earlier_release_is_whole_after_its_migration(old):
    before = sqlite3.connect(old)
    counted = {table: before.execute(f"select count(*) from {table}").fetchone()[0] for table in TABLES}
    before.close()
    create_app(config.Config(database=old))
    db = store.connect(old)
    assert store.check(db) == [] and door.check_ledger(db) == []
    for table, rows in counted.items():
        assert store.value(db, f"select count(*) from {table}") == rows, table
    leader, author = (people.by_email(db, f"{who}@example.org")["id"] for who in ("leader", "colleague"))
    assert finding.find(db, author, "marmalade")["noticing"], "what one wrote before is found, on any day"
    group = store.value(db, "select id from work_group where title = 'Primary South'")
    assert groups.half_term_of(db, "2026-10-16") == "Autumn 1"
    fields = {"work_group": group, "kind": "TRG", "starts": "13:00", "ends": "16:00", "mode": "online"}
    do(db, "planning.plan_year", leader, **fields, **{"rows-0-day": "2026-10-06", "rows-0-title": "Planned afterwards"})
    db.conn.close()
    web.forget_connections()
