"""`workgroup check`: each fault is made, and said; the exit code says it to a script."""

import json
import sqlite3

import pytest
from click.testing import CliRunner

from tests.lessons.examples import a_noticing, a_whole_photo, in_discussion
from tests.reflections.examples import a_reflection
from tests.world import do
from workgroup import checking, clock, due, forgetting, store
from workgroup.cli import main

FAULTS = {
    "a reference that leads nowhere": ("delete from school where id = :school", "points to a missing row in school"),
    "a ledger row that was changed": ("update ledger set kind = 'x' where number = 3", "does not follow the row"),
    "a ledger row that is gone": ("delete from ledger where number = 3", "does not follow the row before"),
    "words of the ledger that were changed": (
        "update ledger_words set said = '{}' where number = 2", "words of ledger row 2 are not the ones"),
    "a photo without its bytes": ("delete from photo_piece", "with 0 of its"),
    "a photo with other bytes": ("update photo_piece set bytes = zeroblob(9)", "bytes are not the ones that were sent"),
    "bytes of a photo that is gone": ("delete from photo", "is not in the record, but 1 of its pieces are"),
    "bytes of a photo that was taken away": ("update photo set withdrawn_at = at", "was taken away, but its bytes"),
    "words that search does not know": (
        "delete from found where rowid in (select id from found_row where kind = 'noticing')",
        "out of step with 2 rows of noticing"),
    "words that search knows otherwise": (
        "update found set words = 'Other' where rowid in (select id from found_row where kind = 'reflection')",
        "out of step with 1 rows of reflection_words"),
    "words that search knows and nobody wrote": (
        "insert into found (rowid, words) values (99999, 'Stray')", "1 rows that belong to nothing"),
    "a row of search about what is gone": (
        "insert into found_row (kind, about) values ('note', 'gone')", "1 rows of session_note that are not"),
    "an index that is not whole": ("delete from found_data where id > 1000", "search index found is not whole"),
    "something that nobody did": (
        "insert into due (key, kind, about, at) values ('x', 'mail', 'x', '2026-01-01T00:00:00.000Z')", "is late"),
}  # fmt: skip


@pytest.fixture
def lived_in(db, world_of, settings):
    """A record with words, a photo, and nothing left to do."""
    a_noticing(db, world_of, lesson=in_discussion(db, world_of), words="Marmalade on the number line")
    a_whole_photo(db, world_of)
    a_reflection(db, world_of, words="Marmalade again")
    due.tick(db, settings)
    return world_of


def _check(settings):
    said = CliRunner().invoke(main, ["--database", str(settings.database), "check", "--json"])
    return said.exit_code, json.loads(said.output)


def test_a_sound_record_is_said_to_be_sound_with_what_healthz_says(db, lived_in, settings):
    code, said = _check(settings)
    assert (code, said["wrong"]) == (0, []) and said["copies"] == "none yet" and said["migrations"] == "at head"
    said = CliRunner().invoke(main, ["--database", str(settings.database), "check"])
    assert said.exit_code == 0 and "database: readable and writable" in said.output and "are sound" in said.output


@pytest.mark.parametrize("fault", sorted(FAULTS))
def test_a_fault_is_found_and_the_exit_code_says_so(db, lived_in, settings, fault):
    made, words = FAULTS[fault]
    db.conn.execute("pragma foreign_keys = off")
    db.conn.execute(made, {"school": lived_in.school} if ":school" in made else {})
    code, said = _check(settings)
    assert code == 1 and not said["sound"]
    assert any(words in one for one in said["wrong"]), said["wrong"]


def test_a_file_that_is_damaged_is_found(db, lived_in, settings):
    page = store.value(db, "select rootpage from sqlite_master where name = 'sqlite_autoindex_ledger_1'")
    size = store.value(db, "pragma page_size")
    db.conn.execute("pragma wal_checkpoint(truncate)")
    db.conn.close()
    with open(settings.database, "r+b") as file:
        file.seek((page - 1) * size + size // 2)
        file.write(b"\x55" * (size // 2))
    code, said = _check(settings)
    assert code == 1 and said["wrong"]


def test_somebody_erased_who_came_back_with_a_copy_put_there_by_hand_is_found(db, lived_in, settings):
    with sqlite3.connect(settings.database.with_suffix(".copy")) as copy:
        db.conn.backup(copy)
    copy.close()
    do(db, "privacy.erase", lived_in.hub_lead, person=lived_in.neighbour, name="Sunita Neighbour")
    due.tick(db, settings)
    assert _check(settings)[0] == 0
    db.conn.close()
    settings.database.with_suffix(".copy").replace(settings.database)
    code, said = _check(settings)
    assert code == 1 and f"person {lived_in.neighbour} was erased and is in the record again" in said["wrong"][0]


def test_erasing_writing_and_taking_away_keep_the_index_in_step(db, lived_in, settings):
    do(db, "privacy.erase", lived_in.hub_lead, person=lived_in.colleague, name="Toby Colleague")
    due.tick(db, settings)
    assert checking.record(db) == [] and forgetting.noted(settings.database)
    assert clock.today()
