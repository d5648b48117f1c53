"""A record written by each earlier release opens in this one: nothing is lost on the way, and it goes on being used.

tests/data/old_versions holds a small record of each shape that a release has left behind, named by the migration that
was newest then (numbers were not given in order, and some migrations had records before they were finished: 0033-2).
`make old-version` makes today's.
"""

import gzip
import os
import re
import sqlite3
from pathlib import Path

import pytest

from tests.world import do
from workgroup import checking, store, upgrading
from workgroup.groups import queries as groups
from workgroup.home import finding
from workgroup.people import queries as people

OLD = sorted((Path(__file__).parent / "data" / "old_versions").glob("*.sqlite.gz"))
# every shape is migrated and checked; pages are opened on a few, or on all
READ = OLD if os.environ.get("WORKGROUP_STRESS") else [OLD[0], *OLD[4:-1:9], OLD[-1]]
GROWS = ("_sqlite_migrations", "found", "found_row", "prompt", "prompt_words", "agenda_template", "template_block",
         "day_activity", "framework", "aspect", "step")  # fmt: skip


def _name(path):
    return path.name.removesuffix(".sqlite.gz")


def _checks(sql):
    """Return what a table's SQL says must hold, without its spaces."""
    said, found = re.sub(r"\s+", "", sql).lower(), []
    for begun in re.finditer(r"(check|unique|primarykey)\(", said):
        depth, end = 1, begun.end()
        while depth:
            depth += {"(": 1, ")": -1}.get(said[end], 0)
            end += 1
        found.append(said[begun.start() : end])
    return sorted(found)


def _shape(db):
    """Return the shape of a record, whatever order its tables and columns came in."""
    shape = {}
    for made in store.rows(db, "select type, name, sql from sqlite_master where name not like '%sqlite_%'"):
        name, is_table = made["name"], made["type"] == "table"
        columns = db.conn.execute(f"select name, type, [notnull], dflt_value, pk from pragma_table_info('{name}')")
        leads = db.conn.execute(f"select [from], [table], [to] from pragma_foreign_key_list('{name}')")
        shape[made["type"], name] = (
            (sorted(map(str, map(tuple, columns))), sorted(map(str, map(tuple, leads))), _checks(made["sql"]))
            if is_table else re.sub(r"\s+", "", made["sql"] or "")
        )  # fmt: skip
    return shape


@pytest.fixture(scope="module")
def todays_shape(made_once):
    """The shape of a record begun today."""
    db = store.connect(made_once.new)
    yield _shape(db)
    db.conn.close()


@pytest.fixture
def old(request, app, settings):
    """The path of an old record, as that release left it, in the place of the app's own."""
    settings.database.write_bytes(gzip.decompress(request.param.read_bytes()))
    return settings.database


def _counted(path):
    """Return how many rows each table has, and the ledger with its words."""
    before = sqlite3.connect(path)
    tables = [r[0] for r in before.execute("select name from sqlite_master where type = 'table'")]
    counted = {
        t: before.execute(f"select count(*) from {t}").fetchone()[0]
        for t in tables if not re.match(r"sqlite_|school_fts|found_", t) or t == "found_row"
    }  # fmt: skip
    ledger = before.execute("select * from ledger join ledger_words using (number) order by number").fetchall()
    before.close()
    return counted, ledger


def test_every_release_left_a_record_and_this_one_too():
    newest = max(store.known())
    assert len(OLD) > 30
    assert any(_name(path).startswith(newest[:4]) for path in OLD), "make old-version, and commit what it makes"


@pytest.mark.parametrize("old", OLD, ids=_name, indirect=True)
def test_a_record_of_an_earlier_release_is_whole_after_its_migration_and_shaped_as_a_new_one(
    old, settings, todays_shape
):
    counted, ledger = _counted(old)
    db = store.connect(old)
    upgrading.bring_up(db, settings)
    assert checking.record(db) == []
    now, ledger_now = _counted(old)
    assert ledger_now == ledger
    for table, rows in counted.items():
        assert now[table] >= rows if table in GROWS else now[table] == rows, table
    shape = _shape(db)
    assert {name: shape.get(name) for name in todays_shape} == todays_shape and set(shape) == set(todays_shape)
    if counted.get("noticing"):
        author = people.by_email(db, "colleague@example.org")["id"]
        assert finding.find(db, author, "marmalade")["noticing"], "what one wrote before is found, on any day"
    db.conn.close()


@pytest.mark.parametrize("old", READ, ids=_name, indirect=True)
def test_its_main_pages_open_for_everybody_and_writing_goes_on(old, settings, db, sign_in):
    upgrading.bring_up(db, settings)
    group = store.value(db, "select id from work_group where title = 'Primary South'")
    things = [
        address.format(id) for address, table in (
            ("/sessions/{}", "session"), ("/lessons/{}", "lesson"), ("/visits/{}", "visit"),
            ("/schools/{}", "school_in_group")
        ) if (id := store.value(db, f"select {'school' if table == 'school_in_group' else 'id'} from {table}"))
    ]  # fmt: skip
    main = ["/", "/groups", f"/groups/{group}", "/schools", "/reflections", "/account", "/account/record", "/standing"]
    for email, more in (
        ("leader", [*things, "/days", "/search?q=marmalade", f"/groups/{group}/evaluations"]),
        ("participant", ["/search?q=marmalade"]), ("helen", ["/hub", "/later", "/hub/exports", "/activity"]),
    ):  # fmt: skip
        client = sign_in(people.by_email(db, f"{email}@example.org")["id"])
        for address in main + more:
            assert client.get(address, follow_redirects=True).status_code == 200, (email, address)
    assert groups.half_term_of(db, "2026-10-16") == "Autumn 1"
    leader = people.by_email(db, "leader@example.org")["id"]
    fields = {"work_group": group, "kind": "TRG", "starts": "13:00", "ends": "16:00", "mode": "online"}
    do(db, "planning.plan_year", leader, **fields, **{"rows-0-day": "2026-10-06", "rows-0-title": "Planned afterwards"})
    assert checking.record(db) == []
