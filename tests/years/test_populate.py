"""A hub of any size for measuring: the same from the same seed, sound, found, and open to whoever leads it."""

import pytest
from click.testing import CliRunner

from workgroup import cli, clock, door, ledger, store
from workgroup.years import filling, populating

ID = "6f2b0c52-5e0e-4d5f-9b9f-3d1f6b7a9c11"


def _populate(path, *more):
    return CliRunner().invoke(cli.main, ["--database", str(path), "populate", "--groups", "1", "--years", "2", *more])


def _rows(path):
    """Return the rows of all tables that are filled."""
    db = store.connect(path)
    tables = {table for table, _, _ in populating.rows(filling.hub(db, 1, 1, 1, clock.today()))}
    told = {t: sorted(repr(tuple(row)) for row in db.conn.execute(f"select * from {t}")) for t in tables}
    db.conn.close()
    return told


@pytest.fixture(scope="module")
def populated(tmp_path_factory):
    """A populated hub: its file and what the command said."""
    path = tmp_path_factory.mktemp("populated") / "hub.sqlite"
    return path, _populate(path)


def test_the_same_seed_is_the_same_hub_and_another_is_another(populated, tmp_path):
    path, said = populated
    assert said.exit_code == 0 and "1 Work Groups in each of 2 academic years" in said.output
    again, other = tmp_path / "again.sqlite", tmp_path / "other.sqlite"
    _populate(again)
    _populate(other, "--seed", "2")
    assert _rows(path) == _rows(again)
    assert _rows(path)["noticing"] != _rows(other)["noticing"]
    assert all(_rows(path).values()), "every kind of record is there"


def test_it_is_sound_and_its_index_is_what_the_triggers_would_have_made(populated):
    db = store.connect(populated[0])
    assert store.check(db) == [] and ledger.check(db) == []
    assert store.value(db, "pragma synchronous") == 2
    made = "select count(*) from found_row where kind = ?"
    for kind, sql in {
        "noticing": "select count(*) from noticing", "person": "select count(*) from person",
        "reflection": "select count(*) from reflection_words", "visit": "select count(*) from visit",
    }.items():  # fmt: skip
        assert store.value(db, made, (kind,)) == store.value(db, sql) > 0, kind
    found = "select count(*) from found where found match 'strip'"
    words = "select count(*) from noticing where words like '%strip%'"
    before = store.value(db, found)
    assert before >= store.value(db, words) > 0
    with store.writing(db):
        db.conn.execute("update noticing set words = 'a strip of paper' where id = (select min(id) from noticing where"
                        " words is null)")  # fmt: skip
    assert store.value(db, found) == before + 1, "the triggers stand again"
    db.conn.close()


def test_a_database_in_use_is_left_alone(populated):
    before = _rows(populated[0])
    said = _populate(populated[0])
    assert said.exit_code == 1 and "is in use already" in said.output and _rows(populated[0]) == before


def test_its_lead_and_a_leader_find_their_pages(populated, app, db, sign_in):
    lead = door.submit(db, "years.populate", {"groups": "1", "years": "2", "seed": "1"}, ID, None).about
    filling.fill(db, filling.hub(db, 1, 1, 2, clock.today()))
    leader = store.value(db, "select person from membership where role = 'leader'")
    lesson = store.value(db, "select id from lesson where state = 'shared' and shared_with = 'group'")
    school = store.value(db, "select id from school")
    group = store.value(db, "select id from work_group order by academic_year desc")
    of_leader = ("/", f"/groups/{group}", f"/schools/{school}", f"/lessons/{lesson}/timeline")
    for who, pages in ((lead, ("/hub", "/hub/overview", "/hub/exports")), (leader, of_leader)):
        for page in pages:
            assert sign_in(who).get(page).status_code == 200, page



