"""Somebody's own record: exported whole, erased to the last word, and erased again in a copy from before."""

import json
import re
import sqlite3
from pathlib import Path

import pytest

from tests.commands import run
from tests.lessons.examples import a_lesson, a_live_lesson, a_whole_photo
from tests.pictures import jpeg
from tests.world import do
from workgroup import ledger, personal, store
from workgroup.photos.queries import check as check_photos
from workgroup.photos.queries import whole

ROOT = Path(__file__).parents[2]
SECRET = "Candid words of Nadine"


@pytest.fixture
def written(db, world_of):
    """A participant who wrote wherever people write, and a colleague beside her."""
    w = world_of
    lesson = a_lesson(db, w)
    session = store.value(db, "select session from lesson where id = ?", (lesson,))
    do(db, "sessions.mark", w.leader, session=session, person=w.participant, status="present", school=w.school)
    do(db, "sessions.mark", w.leader, session=session, person=w.colleague, status="present", school=w.school)
    moment = do(db, "lessons.notice", w.participant, lesson=lesson, second="1:00", words=SECRET).about
    do(db, "lessons.add_words", w.participant, noticing=moment, words=f"{SECRET}, later")
    do(db, "lessons.notice", w.colleague, lesson=lesson, second="2:00", words="Toby saw it too")
    do(db, "lessons.discuss", w.participant, lesson=lesson, step="evidence", words=SECRET)
    do(db, "reflections.write", w.participant, session=session, visibility="me", state="final", words=SECRET)
    return lesson


def _bytes(settings):
    return b"".join(path.read_bytes() for path in settings.database.parent.glob(f"{settings.database.name}*"))


def test_the_bytes_of_an_erased_person_s_photos_are_gone_from_the_disk_and_others_stay(db, world_of, settings):
    lesson = a_live_lesson(db, world_of)
    strokes = {"participant": b"\x33\xff\x00\xff\xd1" * 100, "colleague": b"\x44\xff\x00\xff\xd1" * 100}
    pictures = {by: jpeg(size=6_000).replace(b"\x5a\xff\x00", some[:3]) for by, some in strokes.items()}
    photos = {by: a_whole_photo(db, world_of, data, by=by, lesson=lesson) for by, data in pictures.items()}
    assert all(some in _bytes(settings) for some in strokes.values())
    assert run(settings, "person", "erase", "participant@example.org", "--yes").exit_code == 0
    left = _bytes(settings)
    assert strokes["participant"][:50] not in left and strokes["colleague"] in left
    assert whole(db, photos["participant"]) == b"" and whole(db, photos["colleague"]) == pictures["colleague"]
    assert check_photos(db) == []


def _noticings(db):
    return store.value(db, "select count(*) from noticing")


def test_an_erased_person_leaves_counts_and_the_chain_and_not_one_word_in_the_file(db, world_of, written, settings):
    before = _noticings(db)
    said = run(settings, "person", "erase", "participant@example.org", "--yes")
    assert said.exit_code == 0, said.output
    assert _noticings(db) == before and ledger.check(db) == [] and store.check(db) == []
    assert store.row(db, "select name, email from person where id = ?", (world_of.participant,)) == {
        "name": personal.SOMEBODY, "email": None,
    }  # fmt: skip
    words = _bytes(settings)
    assert SECRET.encode() not in words and b"participant@example.org" not in words
    assert b"Toby saw it too" in words, "what others wrote stays"


def test_the_erased_have_no_way_in_any_more_and_the_others_have(db, world_of, written, settings, sign_in):
    hers, his = sign_in(world_of.participant), sign_in(world_of.colleague)
    assert run(settings, "person", "erase", "participant@example.org", "--yes").exit_code == 0
    assert hers.get("/sync/hello").status_code == 401
    assert his.get("/sync/hello").status_code == 200


def test_a_copy_from_before_is_erased_again_when_it_is_put_back(db, world_of, written, settings, tmp_path):
    copy = tmp_path / "copy.sqlite"
    assert run(settings, "backup", copy).exit_code == 0
    assert run(settings, "person", "erase", "participant@example.org", "--yes").exit_code == 0
    do(db, "lessons.notice", world_of.colleague, lesson=written, second="3:00", words="Since the copy")
    db.conn.close()
    assert run(settings, "restore", copy, "--yes").exit_code == 0
    again = store.connect(settings.database)
    assert store.value(again, "select erased_at from person where id = ?", (world_of.participant,))
    assert ledger.check(again) == [] and store.check(again) == []
    again.conn.close()
    assert SECRET.encode() not in settings.database.read_bytes()


def test_a_person_is_exported_with_all_their_words_and_who_the_others_are_stays_out(
    db, world_of, written, settings, tmp_path
):
    out = tmp_path / "record.json"
    assert run(settings, "person", "export", "participant@example.org", "--out", out).exit_code == 0
    told = json.loads(out.read_text())
    assert out.stat().st_mode & 0o777 == 0o600
    assert told["noticing"][0]["words"] == SECRET and told["reflection_words"][0]["words"] == SECRET
    assert told["person"][0]["email"] == "participant@example.org"
    # what was noticed in a lesson is about the teacher who taught it too (domain.md), whoever noticed it
    about_hers = told.pop("noticings_in_lessons_taught")
    assert [(n["words"], n["by"]) for n in about_hers] == [("Toby saw it too", "somebody else")]
    rest = json.dumps(told)
    assert "Toby" not in rest and world_of.colleague not in out.read_text() and "_hash" not in rest


def test_nobody_is_erased_by_accident(db, world_of, settings):
    assert run(settings, "person", "erase", "participant@example.org").exit_code == 1, "asked, and not answered"
    assert store.value(db, "select erased_at from person where id = ?", (world_of.participant,)) is None
    said = run(settings, "person", "erase", "nobody@example.org", "--yes")
    assert said.exit_code == 1 and "Nobody here" in said.output


def test_the_only_hub_lead_stays(db, world_of, settings):
    said = run(settings, "person", "erase", "helen@example.org", "--yes")
    assert said.exit_code == 1 and "A hub needs a lead" in said.output
    assert store.value(db, "select name from person where id = ?", (world_of.hub_lead,)) == "Helen Lead"


def test_every_table_that_is_marked_personal_is_declared_and_every_declared_column_is_there(db):
    marked = set(re.findall(r"^\| `(\w+)` [^\n]*\(p[,)]", (ROOT / "docs/data.md").read_text(), re.M))
    assert marked == (set(personal.PERSONAL) | set(personal.OTHERS)) - {"tablet"}
    for table, (whose, columns) in personal.PERSONAL.items():
        names = {row[1] for row in db.conn.execute(f"pragma table_info({table})")}
        assert set(columns or {}) <= names, table
        store.rows(db, f"select 1 from {table} where {whose}", {"person": "x", "email": "x", "name": "x"})


def test_words_that_wait_on_the_tablet_of_somebody_erased_never_come_in(db, world_of, written, settings, sign_in):
    client = sign_in(world_of.participant)
    assert run(settings, "person", "erase", "participant@example.org", "--yes").exit_code == 0
    answer = client.post("/sync", json={"tablet": "11111111-1111-4111-8111-111111111111", "entries": []})
    assert answer.status_code == 401
    with sqlite3.connect(settings.database) as conn:
        assert conn.execute("select count(*) from noticing_words where words like 'Candid%'").fetchone() == (0,)
    conn.close()
