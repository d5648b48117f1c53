"""How long words are kept: nothing goes before somebody chooses; then words go, counts, dates and the chain stay."""

import json
import re

import pytest
from click.testing import CliRunner

from tests.lessons.examples import a_lesson, a_whole_photo
from tests.privacy.examples import LONG_AGO, an_old_note, chosen
from tests.world import do
from workgroup import clock, due, forgetting, ledger, personal, purging, store
from workgroup.cli import main
from workgroup.people.post import new_id
from workgroup.photos import queries as photos
from workgroup.privacy import queries
from workgroup.retention import GONE, KINDS, STAYS
from workgroup.reviews import queries as reviews

SECRET = "Marzipan in the staffroom"


def _things():
    return [thing for kind in KINDS.values() for thing in kind.things]


def _ticked(db, settings):
    """Do what is due once a day until nothing waits."""
    due.plan_daily(db)
    while due.tick(db, settings):
        pass


def _words(db, id, table="session_note"):
    return store.value(db, f"select words from {table} where id = ?", (id,))


def _aged(db, **ids):
    """Put rows back to long ago, with what the ledger says of them."""
    with store.writing(db):
        for table, id in ids.items():
            store.alter(db, table, id, at=LONG_AGO)


def test_every_table_says_how_long_its_words_are_kept_or_why_they_stay(db):
    internal = re.compile(r"^(sqlite_|school_fts|found(_data|_idx|_content|_docsize|_config)?$)")
    tables = {r[0] for r in db.conn.execute("select name from sqlite_master where type = 'table'")}
    told = {thing.table for thing in _things()} | {table for some in STAYS.values() for table in some}
    assert {t for t in tables if not internal.match(t)} == told


def test_every_personal_column_goes_in_time_or_its_table_says_why_not(db):
    stays = {table for some in STAYS.values() for table in some}
    for table, (_, columns) in personal.PERSONAL.items():
        if table in stays or columns is None:
            continue
        goes = {name for thing in _things() if thing.table == table for name in thing.columns or {}}
        assert set(columns) <= goes, table


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_declared_is_there_and_can_be_asked_and_let_go_of(db, world_of, kind):
    for thing in KINDS[kind].things:
        names = {row[1] for row in db.conn.execute(f"pragma table_info({thing.table})")}
        assert set(thing.columns or {}) <= names and thing.key in names | {"rowid"}
    assert purging.due(db, kind, "2000-09-01") == []
    with store.writing(db):
        purging.purge(db, kind, clock.today(), clock.now())
    assert purging.due(db, kind, clock.today()) == [], "what has gone is not there to go again"
    assert store.check(db) == [] and ledger.check(db) == []


def test_what_is_kept_by_year_goes_the_whole_year_at_once():
    assert purging.before("noticings", 12, "2026-08-31") == "2024-09-01"
    assert purging.before("noticings", 12, "2026-09-01") == "2025-09-01"
    ahead = list(purging.next_times("noticings", 12, "2026-08-31"))
    assert ahead[0] == ("2026-09-01", "2024-09-01", "2025-09-01") and ahead[-1][0] == "2027-09-01"
    assert purging.before("mail", 6, "2026-08-31") == "2026-02-28"
    assert list(purging.next_times("mail", 6, "2026-08-31")) == [], "mail goes day by day"
    assert purging.later("2026-01-31", 13) == "2027-02-28" and purging.later("2027-03-15", -3) == "2026-12-15"


def test_nothing_goes_before_somebody_has_chosen_and_nothing_on_the_day_they_choose(db, world_of, settings):
    w, note = world_of, an_old_note(db, world_of)
    _ticked(db, settings)
    assert _words(db, note) == "Old words"
    do(db, "privacy.set_retention", w.administrator, seen="nothing", session_notes="12")
    assert queries.over(db, clock.today()) == {}, "a slip can be put right until tomorrow"
    assert list(queries.over(db, purging.later(clock.today(), 1))) == ["session_notes"]


def test_what_is_over_goes_once_a_day_and_its_report_is_kept(db, world_of, settings, sign_in):
    w, note = world_of, an_old_note(db, world_of, words=SECRET)
    new = an_old_note(db, w, words="New words", at=clock.now())
    an_old_note(db, w, words="More")
    chosen(db, w, kinds=("session_notes", "noticings"))
    before = store.value(db, "select count(*) from session_note")
    _ticked(db, settings)
    assert _words(db, note) == GONE and _words(db, new) == "New words"
    assert store.value(db, "select count(*) from session_note") == before
    assert store.value(db, "select count(*) from found where found match 'marzipan or kept'") == 0
    assert ledger.check(db) == [] and store.check(db) == []
    with store.writing(db):  # the day is asked for again, as after a restart in the middle of it
        db.conn.execute("update due set done_at = null where kind = 'retention'")
    _ticked(db, settings)
    assert [(one["on_day"], one["gone"]) for one in queries.runs(db)] == [
        (clock.today(), [{"what": "notes of sessions", "year": "2019/20", "many": 2, "words": "notes of sessions"}])
    ]
    page = sign_in(w.administrator).get("/hub/retention").get_data(as_text=True)
    assert "2 notes of sessions of 2019/20" in page and "by itself" in page


def test_words_go_from_the_ledger_and_from_the_file_too(db, world_of, settings):
    w = world_of
    lesson = a_lesson(db, w)
    session = store.value(db, "select session from lesson where id = ?", (lesson,))
    moment = do(db, "lessons.notice", w.colleague, lesson=lesson, second="1:00", words=SECRET).about
    later = do(db, "lessons.add_words", w.colleague, noticing=moment, words=SECRET).id
    mine = do(db, "reflections.write", w.colleague, session=session, visibility="me", state="final", words=SECRET,
              may_quote="y").about  # fmt: skip
    note = do(db, "sessions.note", w.leader, session=session, words=SECRET).about
    block = do(db, "sessions.add_block", w.leader, session=session, kind="input", minutes="9", title="Starter").about
    for words in (SECRET, f"{SECRET} again"):  # the second is an entry of its own about the session
        do(db, "sessions.note_to_self", w.leader, block=block, mine=words)
    to_self = store.value(db, "select id from block_note where block = ?", (block,))
    _aged(db, noticing=moment, noticing_words=later, reflection_words=mine, session_note=note, block_note=to_self)
    chosen(db, w, kinds=("noticings", "reflections", "session_notes"))
    _ticked(db, settings)
    assert {_words(db, moment, "noticing"), _words(db, mine, "reflection_words"), _words(db, note)} == {GONE}
    assert store.value(db, "select may_quote from reflection where id = ?", (mine,)) == 0
    db.conn.execute("pragma wal_checkpoint(truncate)")
    assert forgetting.forget(db) and ledger.check(db) == []
    files = b"".join(path.read_bytes() for path in settings.database.parent.glob(f"{settings.database.name}*"))
    assert SECRET.encode() not in files


def test_two_visitors_of_a_session_stay_two_without_their_names(db, world_of):
    w = world_of
    session = store.value(db, "select session from lesson where id = ?", (a_lesson(db, w),))
    for name in ("Val Visitor", "Vic Visitor"):
        do(db, "sessions.mark", w.leader, session=session, visitor=name, school=w.school, status="present")
    before = store.value(db, "select count(*) from register where session = ?", (session,))
    with store.writing(db):
        purging.purge(db, "registers", "2100-01-01", clock.now())
    names = {r[0] for r in db.conn.execute("select visitor from register_mark where visitor is not null")}
    assert store.value(db, "select count(*) from register where session = ?", (session,)) == before
    assert len(names) == 2 and all(name.startswith(GONE) for name in names)


def test_evidence_keeps_its_kind_day_and_school_where_it_is_cited(db, world_of, sign_in):
    w = world_of
    work = do(db, "tasks.did_at_school", w.participant, school_in_group=w.in_group, on_day=clock.today(),
              kind="in-school TRG", words=SECRET).about  # fmt: skip
    made = reviews.framework(db)
    review = do(db, "reviews.review", w.leader, school_in_group=w.in_group, aspect=made["aspects"][0]["id"],
                step=made["steps"][1]["id"], on_day=clock.today(), words="Bars are in every class.",
                evidence=[f"in-school work:{work}"]).about  # fmt: skip
    client = sign_in(w.leader)
    assert SECRET in client.get(f"/reviews/{review}").get_data(as_text=True)
    with store.writing(db):
        purging.purge(db, "school_work", "2100-01-01", clock.now())
    page = client.get(f"/reviews/{review}").get_data(as_text=True)
    assert "Bars are in every class." in page and SECRET not in page
    assert "In-school work" in page and "Staithe Lane Primary School: " in page and "no longer kept" in page
    assert GONE not in client.get(f"/schools-in-group/{w.in_group}/reviews/new").get_data(as_text=True)


def test_a_photo_goes_with_its_bytes(db, world_of):
    photo = a_whole_photo(db, world_of, by="participant", described="A bar of marzipan")
    with store.writing(db):
        store.alter(db, "photo", photo, at=LONG_AGO)
        assert purging.purge(db, "pictures", clock.today(), clock.now()) == [
            {"what": "photos", "year": "2019/20", "many": 1}
        ]
    assert store.value(db, "select count(*) from photo_piece") == 0 and photos.check(db) == []
    assert store.row(db, "select described, withdrawn_at is null as stands from photo") == {
        "described": GONE, "stands": 0,
    }  # fmt: skip


def test_a_device_nobody_uses_is_signed_out_and_its_row_stays(db, world_of, sign_in):
    w = world_of
    client = sign_in(w.leader)
    with store.writing(db):
        db.conn.execute("update tablet set seen_at = ?, name = 'Silver'", (LONG_AGO,))
        purging.purge(db, "devices", clock.today(), clock.now())
    assert client.get("/account").status_code == 303
    assert store.row(db, "select name, ended_at is not null as ended from tablet") == {"name": None, "ended": 1}


def test_choosing_shows_what_would_go_and_saves_what_was_shown(db, world_of, sign_in):
    w, client = world_of, sign_in(world_of.administrator)
    an_old_note(db, w)
    assert "Nothing has been chosen yet" in client.get("/hub/retention").get_data(as_text=True)
    tried = client.get("/hub/retention?session_notes=12&seen=nothing").get_data(as_text=True)
    assert "1 note of a session of 2019/20" in tried and purging.chosen(db) == {}
    assert "1 note of a session" in client.get("/hub/retention?suggested=y").get_data(as_text=True)
    wrong = client.get("/hub/retention?session_notes=always")
    assert wrong.status_code == 422 and "Enter a whole number." in wrong.get_data(as_text=True)
    saved = client.post("/hub/retention", data={"seen": "nothing", "session_notes": "24"})
    assert saved.status_code == 303
    assert "Saved. It counts from tomorrow" in client.get(saved.location).get_data(as_text=True)
    assert purging.chosen(db)["session_notes"] == 24 and purging.chosen(db)["noticings"] is None
    stale = client.post("/hub/retention", data={"seen": "nothing", "session_notes": "36"})
    assert stale.status_code == 409 and 'value="36"' in stale.get_data(as_text=True)
    assert sign_in(w.leader).get("/hub/retention").status_code == 404


def test_what_goes_next_year_is_told_with_its_day(db, world_of):
    w, today = world_of, clock.today()
    with store.writing(db):
        an_id = new_id()
        store.put(db, "session", id=an_id, work_group=w.group, number=91, kind="TRG", title="This year", mode="room",
                  starts_at=clock.now(), ends_at=clock.after(3600), state="closed")  # fmt: skip
        store.put(db, "session_note", id=new_id(), session=an_id, by=w.leader, at=clock.now(), words="Now")
    year = int(clock.first_day_of(clock.academic_year(today))[:4])
    found = queries.next_to_go(db, {"session_notes": 12, "mail": 6, "noticings": None}, today)
    assert [(one["day"], one["found"][0]["many"]) for one in found] == [(f"{year + 2}-09-01", 1)]


def test_the_command_line_tells_first_and_asks_before_it_lets_go(db, world_of, settings):
    w, note = world_of, an_old_note(db, world_of)

    def run(*words):
        return CliRunner().invoke(main, ["--database", str(settings.database), "retention", *words])

    assert "Nobody has chosen yet" in run("--dry-run").output
    chosen(db, w, kinds=("session_notes",))
    assert run("--dry-run").output == "1 note of a session of 2019/20\n"
    assert json.loads(run("--json").output)["would_go"][0]["many"] == 1
    assert run().exit_code == 1 and _words(db, note) == "Old words", "asked, and not answered"
    done = run("--yes")
    assert done.exit_code == 0 and _words(db, note) == GONE, done.output
    assert run("--yes").output == "Nothing is over.\n"
