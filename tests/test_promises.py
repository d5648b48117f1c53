"""What stays stable: the routes and who may use them, the kinds and fields of the wire, the commands.

Adding a line here is an addition; changing or losing one breaks tablets, scripts or bookmarks in use.
"""

import re
from pathlib import Path

import pytest

from workgroup import config, create_app, door, store
from workgroup.cli import main
from workgroup.hub import choice_queries as hub
from workgroup.hub import columns

ROOT = Path(__file__).parent.parent


def _listed(name):
    """Return a list of promises from tests/data: the word before the colon, and the words after it."""
    lines = (ROOT / "tests/data" / name).read_text().splitlines()
    split = (line.rsplit(":", 1) for line in lines if line and not line.startswith("#"))
    return {before.strip(): after.split() for before, after in split}


WIRE = _listed("wire.txt")
COMMANDS = (
    "serve", "demo", "setup", "invite", "sign-in-link", "import-schools", "import-participants", "import-year",
    "export", "backup", "restore", "check", "tick", "person", "retention",
    "populate",
)  # fmt: skip


@pytest.fixture(scope="module")
def routes(tmp_path_factory):
    app = create_app(config.Config(database=tmp_path_factory.mktemp("routes") / "hub.sqlite"))
    return [(rule, app.view_functions[rule.endpoint]) for rule in app.url_map.iter_rules()]


def test_every_route_says_who_may_use_it(routes):
    silent = [rule.rule for rule, view in routes if getattr(view, "open_to", None) is None]
    assert silent == []


def test_every_change_of_a_page_has_an_address_of_its_own_and_get_changes_nothing(routes):
    mixed = [r.rule for r, _ in routes if "POST" in r.methods and "GET" in r.methods]
    assert mixed == []


def test_every_route_stands_in_its_list(routes):
    found = {}
    for rule, _ in routes:
        found.setdefault(rule.rule, set()).update(rule.methods & {"GET", "POST", "PUT"})
    assert {rule: sorted(methods) for rule, methods in found.items()} == _listed("routes.txt")


def test_every_kind_and_its_fields_stand_in_their_list():
    door.open_up()
    found = {k: sorted(f.short_name for f in kind.form()) for k, kind in door.KINDS.items()}
    assert found == {k: sorted(v) for k, v in _listed("kinds.txt").items()}


def test_every_export_column_stands_in_its_list_and_is_explained(tmp_path):
    db = store.connect(tmp_path / "t.sqlite")
    store.migrate(db)
    aspects = hub.aspects(db)
    db.conn.close()
    for kind, names in _listed("columns.txt").items():
        found = columns.columns(kind, aspects)
        assert [c.name for c in found] == names
        assert all(c.meaning for c in found)
    assert sorted(_listed("columns.txt")) == sorted(columns.KINDS)


def test_every_captured_kind_and_its_fields_stand_in_the_wire_list():
    door.open_up()
    found = {k: sorted(f.short_name for f in kind.form()) for k, kind in door.KINDS.items() if kind.capture}
    assert found == {k: sorted(v) for k, v in WIRE.items()}


def test_every_command_is_there_and_in_the_readme():
    readme = (ROOT / "README.md").read_text() + (ROOT / "docs/deploying.md").read_text()
    for name in COMMANDS:
        assert name in main.commands, name
        assert re.search(rf"`workgroup {name}\b", readme), f"workgroup {name} is not documented"
    assert sorted(main.commands) == sorted(COMMANDS), "a new command is listed here and documented"


def test_every_table_is_described(tmp_path):
    db = store.connect(tmp_path / "t.sqlite")
    store.migrate(db)
    words = (ROOT / "docs/data.md").read_text()
    internal = re.compile(r"^(sqlite_|_sqlite|school_fts|found(_data|_idx|_content|_docsize|_config)?$)")
    tables = [
        r[0] for r in db.conn.execute("select name from sqlite_master where type in ('table', 'view')")
        if not internal.match(r[0])
    ]  # fmt: skip
    missing = [t for t in tables if not re.search(rf"^\| `{t}` ", words, re.M)]
    db.conn.close()
    assert missing == []


def test_every_table_is_strict(tmp_path):
    db = store.connect(tmp_path / "t.sqlite")
    store.migrate(db)
    loose = [
        r["name"] for r in db.conn.execute("pragma table_list")
        if r["type"] == "table" and not r["strict"] and not re.match(r"sqlite_|_sqlite|school_fts", r["name"])
    ]  # fmt: skip
    db.conn.close()
    assert loose == []
