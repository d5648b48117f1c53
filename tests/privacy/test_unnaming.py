"""The name of somebody erased: in no text column of any table, whoever wrote there; and all words are decided on."""

import re

import pytest

from tests.visits.examples import a_visit
from tests.world import do
from workgroup import ledger, personal, store, unnaming

NAMED = "On Monday nadine  Member came, write to Participant@example.org"
# what a column is called that holds no words of people: codes, moments, days, and what machines said
CODES = re.compile(
    r"(id|.*_at|at|.*_on|on_day|.*_id|key|kind|about|state|stands|status|mode|method|answer|received|digest|type|thread"
    r"|salt|outcome|heading|academic_year|from_year|half_term|role|strands|attending_as|visibility|step|phase|moment"
    r"|code|went|deed|shape|big_idea|meant|photos|prompt|went_with|put_with|last_\w+|shared_with|agreed_how|after|starts"
    r"|ends|trouble|public_address|project_code|told|kept_school|kept_on|reference|stage|school|work_group|allowance|attached)"
)


@pytest.fixture
def everywhere(db, world_of):
    """A row of every table that says the name in each column that may hold words."""
    db.conn.execute("pragma foreign_keys = off")
    db.conn.execute("pragma ignore_check_constraints = on")
    with store.writing(db):
        for table, columns in unnaming.text_columns(db):
            row = {}
            for n, c in enumerate(db.conn.execute(f"pragma table_info({table})").fetchall()):
                if not (c["type"] == "INTEGER" and c["pk"]):
                    row[c["name"]] = {"TEXT": f"{table}{n}", "INTEGER": 1, "REAL": 1.0}.get(c["type"], b"")
            if table == "hub":
                row["id"] = 2
            db.conn.execute(f"insert into {table} ({', '.join(row)}) values ({', '.join('?' * len(row))})", [
                NAMED if name in columns else value for name, value in row.items()])  # fmt: skip
    return world_of


def test_the_name_of_somebody_erased_is_in_no_text_column_of_any_table_nor_in_search(db, everywhere):
    w = everywhere
    many = {table: store.value(db, f"select count(*) from {table}") for table, _ in unnaming.text_columns(db)}
    with store.writing(db):
        personal.erase(db, w.participant, "2026-11-01T10:00:00.000Z")
    left = []
    for table, columns in unnaming.text_columns(db):
        still = "select 1 from {0} where {1} like '%nadine%' or {1} like '%participant@%'"
        left += [f"{table}.{c}" for c in columns if store.value(db, still.format(table, c))]
        if table not in ("ledger_words", "link", "photo_piece"):
            assert store.value(db, f"select count(*) from {table}") == many[table], table
    assert left == []
    said = f"On Monday {unnaming.UNNAMED} came, write to {unnaming.UNNAMED}"
    assert store.value(db, "select people_met from visit") == said
    assert store.value(db, "select count(*) from found where found match 'nadine'") == 0


def test_of_every_column_with_words_it_is_decided_whether_they_go_with_their_writer_or_stay(db):
    undecided, by_hand = [], ["guest_claim.visitor"]  # in personal.ENDS: of those let in, who are people since
    for table, columns in unnaming.text_columns(db):
        own = personal.PERSONAL.get(table, (None, {}))[1]
        own = columns if own is None else own
        stays = unnaming.STAYS_WRITTEN.get(table, ())
        assert not set(stays) - set(columns), table
        undecided += [f"{table}.{c}" for c in columns
                      if c not in own and c not in stays and not CODES.fullmatch(c)]  # fmt: skip
    assert undecided == by_hand


def test_another_of_a_longer_name_and_words_that_are_no_name_stay(db, world_of):
    w = world_of
    with store.writing(db):
        db.conn.execute("update person set name = 'Nadine Member-Hale' where id = ?", (w.colleague,))
        db.conn.execute("update work_group set title = 'Nadine Memberships' where id = ?", (w.group,))
        db.conn.execute("update person set name = 'Maths Lead' where id = ?", (w.outsider,))
    do(db, "people.erase", w.hub_lead, person=w.participant)
    assert store.value(db, "select title from work_group where id = ?", (w.group,)) == "Nadine Memberships"
    assert store.value(db, "select name from person where id = ?", (w.colleague,)) == "Nadine Member-Hale"
    assert unnaming.names(db, w.outsider) == [store.value(db, "select email from person where id = ?", (w.outsider,))]
    assert ledger.check(db) == [] and store.check(db) == []


def test_a_name_from_before_and_one_without_its_accents_and_hyphens_go_too(db, world_of):
    w = world_of
    with store.writing(db):
        store.alter(db, "person", w.participant, name="Zoë Smith-Jones")
    do(db, "people.edit_account", w.participant, name="Dr Zoë Hale")
    visit = a_visit(db, w, purpose="See Zoe Smith Jones, then Zoe\u0308 HALE; not Zoe Halewood")
    do(db, "people.erase", w.hub_lead, person=w.participant)
    kept = store.value(db, "select purpose from visit where id = ?", (visit,))
    assert kept == "See somebody who was erased, then somebody who was erased; not Zoe Halewood"
