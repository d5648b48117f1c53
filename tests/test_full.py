"""The disk is full, or the record may only be read: pages read on, forms keep what was typed, and nothing is lost.

The file is really full (`max_page_count`, which SQLite answers with its own SQLITE_FULL) and really read-only
(`query_only` on the app's own connection, SQLITE_READONLY: as root, file modes bind nobody). A server whose files may
not grow, by a limit of the system's own, is the last test, and tests/tablet/test_kills.py.
"""

import errno
import io
import resource
import sqlite3
import urllib.error
import urllib.parse
import urllib.request

import pytest
from bs4 import BeautifulSoup
from wtforms import PasswordField

from tests.browser.driving import Server
from tests.lessons.examples import a_noticing, a_sketch, in_discussion
from tests.sessions.examples import a_block, open_session
from tests.tablet import sending
from tests.tasks.examples import a_task
from tests.visits.examples import a_visit
from workgroup import checking, clock, commanding, door, due, keeping, pages, store, unkept, web
from workgroup.commanding import Refusal
from workgroup.people import post
from workgroup.sessions import block_note_queries, queries

LONG = "What we saw at the number line. " * 110  # longer than what is free in pages that are there
FULL, ONLY_READ = "full", "only to be read"


def _set(conn, how):
    """Make a connection's file full, only to be read, or well again."""
    if how == FULL:
        conn.execute(f"pragma max_page_count = {conn.execute('pragma page_count').fetchone()[0]}")
    conn.execute(f"pragma query_only = {int(how == ONLY_READ)}")
    if how is None:
        conn.execute("pragma max_page_count = 1000000")


@pytest.fixture
def file_is(app, db):
    """Return a function that makes the app's file full or only to be read, and well again with None."""
    app.testing = False
    conn = None

    def set_to(how):
        nonlocal conn
        with app.app_context():
            conn = web.database().conn
        _set(conn, how)

    yield set_to
    if conn:
        _set(conn, None)


def _main(answer):
    return BeautifulSoup(answer.get_data(as_text=True), "html.parser")


@pytest.mark.parametrize(("how", "status", "words"), [
    (FULL, 507, "The server’s disk is full"), (ONLY_READ, 503, "The record can only be read just now"),
])  # fmt: skip
def test_a_form_comes_back_with_what_was_typed_and_goes_in_when_there_is_room(
    app, db, world_of, sign_in, file_is, how, status, words
):
    w, session = world_of, open_session(db, world_of)
    task = a_task(db, w)
    lesson = in_discussion(db, w)
    leader, member = sign_in(w.leader), sign_in(w.participant)
    forms = (
        (leader, f"/sessions/{session}/notes", {"words": LONG}),
        (leader, f"/sessions/{session}/summary", {"words": LONG}),
        (member, f"/gap-tasks/{task}/return", {"went": "did it", "words": LONG}),
        (member, "/reflections", {"words": LONG, "visibility": "me", "state": "draft", "session": session}),
        (leader, f"/lessons/{lesson}/discussion", {"step": "evidence", "words": LONG}),
        (leader, f"/visits/{a_visit(db, w)}/notes", {"kind": "talk", "words": LONG}),
    )
    before = store.value(db, "select count(*) from ledger")
    file_is(how)
    for client, address, fields in forms:
        answer = client.post(address, data=fields)
        page = _main(answer)
        assert answer.status_code == status, (address, answer.status_code, page.main.get_text(" ", strip=True)[:300])
        text = page.get_text(" ", strip=True)
        assert words in text and "Nothing of this was saved" in text, address
        assert f"reference {answer.headers['X-Request-Id']}" in text, address
        typed = [f.get("value") or f.get_text() for f in page.main.find_all(["input", "textarea"])]
        assert any(LONG.strip() in one for one in typed), address
    assert store.value(db, "select count(*) from ledger") == before and store.check(db) == []
    file_is(None)
    for client, address, fields in forms:
        assert client.post(address, data=fields).status_code == 303, address
    assert store.value(db, "select count(*) from ledger") == before + len(forms)
    assert checking.record(db) == []


def test_a_note_to_oneself_that_is_not_kept_comes_back_beside_its_block_that_is(
    db, world_of, sign_in, file_is, monkeypatch
):
    w, block, submit = world_of, a_block(db, world_of), door.submit
    client, address = sign_in(w.leader), f"/blocks/{block}/edit"
    fields = {"kind": "input", "minutes": "9", "title": "With counters", "mine": "Ask <b>Toby first"}

    def fills(db, kind, *rest, **more):
        file_is(ONLY_READ if kind == "sessions.note_to_self" else None)
        return submit(db, kind, *rest, **more)

    with monkeypatch.context() as patch:
        patch.setattr(door, "submit", fills)
        answer = client.post(address, data=fields)
    page = _main(answer)
    assert answer.status_code == 503 and "can only be read just now" in page.get_text(" ", strip=True)
    assert page.main.find("textarea", {"name": "mine"}).get_text().strip() == "Ask <b>Toby first"
    assert page.main.find("input", {"name": "title"})["value"] == "With counters"
    file_is(None)
    again = {"seen": page.main.find("input", {"name": "seen"})["value"]}
    assert client.post(address, data=fields | again).status_code == 303
    assert list(block_note_queries.own(db, w.leader, queries.block(db, block)["session"]).values()) == [
        "Ask <b>Toby first"
    ]


def test_what_goes_past_the_usual_way_comes_back_as_well_and_is_sent_again_by_a_button(db, world_of, sign_in, file_is):
    client, mails = sign_in(None), "select count(*) from mail where address = 'leader@example.org'"
    before = store.value(db, mails)
    file_is(ONLY_READ)
    fields = {"email": "leader@example.org", "then": "/groups", "change_id": post.new_id()}
    answer = client.post("/sign-in", data=fields)
    page = _main(answer)
    assert answer.status_code == 503 and "can only be read just now" in page.h1.get_text()
    again = {f["name"]: f["value"] for f in page.main.form.find_all("input")}
    assert page.main.form["action"] == "/sign-in" and again["email"] == "leader@example.org"
    file_is(None)
    assert client.post("/sign-in", data=again).status_code == 303
    assert store.value(db, mails) == before + 1


def test_a_password_or_a_code_is_never_put_into_a_page_again(world_of, sign_in, file_is):
    door.open_up()
    secret = {f.short_name for k in door.KINDS.values() for f in k.form() if isinstance(f, PasswordField)}
    assert secret <= set(pages.SECRETS)
    file_is(ONLY_READ)
    client = sign_in(None)
    for address, fields in (
        ("/sign-in/password", {"email": "leader@example.org", "password": "Marmalade 12 quince"}),
        ("/sign-in/code", {"proof": "MARM-ALAD"}),
    ):
        answer = client.post(address, data=fields)
        assert answer.status_code == 503 and "arma" not in answer.get_data(as_text=True).lower()


@pytest.mark.parametrize("how", [FULL, ONLY_READ])
def test_every_main_page_reads_on(db, world_of, sign_in, file_is, how):
    w = world_of
    lesson = in_discussion(db, w)
    a_noticing(db, w, lesson=lesson)
    session, visit = store.value(db, "select session from lesson"), a_visit(db, w)
    clients = {who: sign_in(getattr(w, who)) for who in ("leader", "participant", "hub_lead", "administrator")}
    file_is(how)
    main = ["/", "/groups", f"/groups/{w.group}", "/schools", f"/schools/{w.school}", "/account", "/search?q=half",
            "/standing", "/sync/hello"]  # fmt: skip
    for who, more in (
        ("leader", [f"/sessions/{session}", f"/sessions/{session}/run", f"/lessons/{lesson}", f"/visits/{visit}",
                    "/days", *(f"/lessons/{lesson}/{page}" for page in ("timeline", "discussion", "capture"))]),
        ("participant", ["/reflections", f"/lessons/{lesson}/mine", "/account/record", f"/sessions/{session}/run"]),
        ("hub_lead", ["/hub", "/hub/overview", "/hub/exports", "/later", "/activity"]),
        ("administrator", ["/hub", "/hub/days"]),
    ):  # fmt: skip
        for address in main + more:
            status = clients[who].get(address, follow_redirects=True).status_code
            assert status in (200, 404) and (status == 200 or address not in main), (who, address, status)


@pytest.mark.parametrize("how", [FULL, ONLY_READ])
def test_tablets_are_told_to_keep_their_entries_and_pictures(db, world_of, sign_in, file_is, how):
    w, session, client = world_of, open_session(db, world_of), sign_in(world_of.leader)
    entry = {"id": post.new_id(), "kind": "sessions.note", "by": w.leader, "at": clock.now(),
             "fields": {"session": session, "words": LONG}}  # fmt: skip
    batch = {"tablet": post.new_id(), "entries": [entry]}
    file_is(how)
    answer = client.post("/sync", json=batch)
    assert (answer.status_code, answer.headers["Workgroup-Receipt"]) == (503, "1") and answer.headers["Retry-After"]
    assert "receipt" not in answer.json
    file_is(None)
    assert client.post("/sync", json=batch).json["standings"][0]["standing"] == "entered"


def test_a_file_that_was_chosen_has_to_be_chosen_again_and_the_page_says_so(db, world_of, sign_in, file_is):
    session, client = open_session(db, world_of), sign_in(world_of.leader)
    sent = {"title": "The bar model", "kind": "file", "file": (io.BytesIO(b"%PDF-1.4\n" + b"x" * 20_000), "bar.pdf")}
    file_is(FULL)
    answer = client.post(f"/sessions/{session}/materials", data=sent, content_type="multipart/form-data")
    text = _main(answer).get_text(" ", strip=True)
    assert answer.status_code == 507 and "but for the file: choose it again" in text
    assert store.value(db, "select count(*) from material") == 0


@pytest.mark.parametrize("how", [FULL, ONLY_READ])
def test_what_happens_later_waits_and_no_mail_goes_that_could_not_be_written_down(
    db, world_of, mail_server, how
):
    inbox, settings = mail_server
    waiting = store.value(db, "select count(*) from due where kind = 'mail' and done_at is null")
    filler = "insert into attempt (key, at) values (?, 'x')"
    if how == FULL:
        _set(db.conn, FULL)
        with pytest.raises(sqlite3.OperationalError, match="full"):
            while True:
                db.conn.execute(filler, ("x" * 3000,))
    _set(db.conn, how)
    for _ in range(3):
        try:
            due.tick(db, settings)
        except sqlite3.OperationalError as trouble:
            assert unkept.why(trouble).status in (503, 507)
    sent = len(inbox.letters)
    told = store.value(db, "select count(*) from mail where state = 'sent'")
    assert sent == told, "a mail went that is not written down"
    _set(db.conn, None)
    due.tick(db, settings)
    assert len(inbox.letters) == waiting
    assert store.value(db, "select count(*) from mail where state = 'sent'") == waiting


@pytest.mark.parametrize(("problem", "status", "words"), [
    (OSError(errno.ENOSPC, "No space left on device"), 507, "The server’s disk is full"),
    (OSError(errno.EROFS, "Read-only file system"), 503, "can only be read just now"),
    (store.Trouble("not a database"), 503, "cannot be opened just now"),
    (OSError(errno.ENOENT, "No such file"), 500, "Something went wrong here"),
    ("select none_such from person", 500, "Something went wrong here"),
])  # fmt: skip
def test_what_the_system_says_is_told_apart_from_faults_of_ours(
    app, db, world_of, sign_in, monkeypatch, problem, status, words
):
    client = sign_in(world_of.leader)
    app.testing = False

    def broken(*asked, **more):
        if isinstance(problem, str):
            web.database().conn.execute(problem)
        raise problem

    monkeypatch.setattr(door, "submit", broken)
    answer = client.post("/account", data={"name": LONG[:100]})
    assert answer.status_code == status and words in _main(answer).h1.get_text()
    assert (LONG[:100] in answer.get_data(as_text=True)) == (status != 500)


def test_a_deed_that_would_go_back_to_its_page_says_it_on_a_page_of_its_own(app, db, world_of, sign_in, monkeypatch):
    session, client = open_session(db, world_of), sign_in(world_of.leader)
    app.testing = False

    def busy(*asked, **more):
        raise door.NotKept(sqlite3.OperationalError("database is locked"), door.KINDS["sessions.let_in"].form())

    monkeypatch.setattr(door, "submit", busy)
    answer = client.post(f"/sessions/{session}/door", data={"claims": post.new_id()})
    assert answer.status_code == 503 and "Location" not in answer.headers
    page = _main(answer)
    assert page.h1.get_text() == "The record is busy" and page.find("aside", {"role": "alert"}) is None


def test_a_sheet_and_a_deed_that_has_no_form_are_answered_in_the_same_words(app, db, world_of, sign_in, monkeypatch):
    lesson, client = in_discussion(db, world_of), sign_in(world_of.colleague)
    sketch, leader = a_sketch(db, world_of, lesson=lesson), sign_in(world_of.leader)
    app.testing = False

    def busy(db, kind, *asked, **more):
        raise door.NotKept(sqlite3.OperationalError("database is locked"), door.KINDS[kind].form())

    monkeypatch.setattr(door, "submit", busy)
    row = {"line-0": "2", "name-0": "Priya Nair", "school_id-0": world_of.school, "rows": "1", "count": "1"}
    for answer in (
        client.post(f"/sketches/{sketch}/withdraw"),
        leader.post(f"/groups/{world_of.group}/participants/save", data=row),
    ):
        assert answer.status_code == 503 and "The record is busy" in answer.get_data(as_text=True)


def test_a_body_that_finds_no_room_while_it_is_read_is_said_too(app, world_of, sign_in, monkeypatch):
    client = sign_in(world_of.leader)
    app.testing = False

    def full(*asked, **more):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("werkzeug.wrappers.request.Request._load_form_data", full)
    answer = client.post("/account", data={"name": "Somebody"})
    assert answer.status_code == 507 and "disk is full" in _main(answer).h1.get_text()


def test_what_ends_the_process_each_time_is_left_alone_after_eight(db, world_of, settings, sign_in, monkeypatch):
    due.tick(db, settings)

    def ends(*asked):
        raise SystemExit("killed")

    monkeypatch.setitem(due.KINDS, "mail", ends)
    with store.writing(db):
        due.plan(db, "mail:x", "mail", "x", clock.now())
    for _ in range(8):
        with pytest.raises(SystemExit):
            due.tick(db, settings)
        assert due.tick(db, settings) == [], "it may be going on in another process: not at once"
        with store.writing(db):
            db.conn.execute("update due set at = ? where key = 'mail:x'", (clock.after(-1),))
    assert due.tick(db, settings) == []
    page = sign_in(world_of.hub_lead).get("/later").get_data(as_text=True)
    assert "did not work 8 times and is left alone" in page and "never ended" in page and "Try it now" in page


def test_a_command_says_it_in_words(db, world_of):
    _set(db.conn, ONLY_READ)
    with pytest.raises(Refusal, match="The record can only be read just now"):
        commanding.entered(db, "people.make_link", {"email": "leader@example.org", "proof": post.new_token(),
                                                    "code": post.new_code()}, None)  # fmt: skip
    _set(db.conn, None)


def test_a_served_record_whose_files_may_not_grow_goes_on_without_a_restart(db, world_of, settings):
    """The whole of it at once: page, tablet, copy and log of a real server, on a limit of the system's own."""
    w, session = world_of, open_session(db, world_of)
    cookie = sending.sign_in(db, w.leader)
    server = Server(settings.database)
    try:
        tablet = sending.Tablet(server.own_address, cookie, w.leader, session, [w.participant], 5)
        tablet.make(5)
        tablet.send_all()
        pid, most = server.process.pid, resource.RLIM_INFINITY
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (4096, most))
        tablet.make(60)
        assert tablet.send()[0] == 503 and len(tablet.waiting) == 60
        note = {"words": "Half is it, and " * 20}
        status, page = _post(server, cookie, f"/sessions/{session}/notes", note)
        assert status == 507 and note["words"].strip() in page and "disk is full" in page
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (most, most))
        assert _post(server, cookie, f"/sessions/{session}/notes", note)[0] in (200, 303)
        tablet.send_all()
        assert len(sending.kept(db)[0]) == 66
        keeping.copy(db, settings.database.with_name("copy.sqlite"))
        assert checking.record(db) == []
    finally:
        server.stop()


def _post(server, cookie, address, fields):
    asked = urllib.request.Request(
        f"{server.own_address}{address}", urllib.parse.urlencode(fields).encode(),
        {"Cookie": cookie, "Sec-Fetch-Site": "same-origin"},
    )  # fmt: skip
    try:
        with urllib.request.urlopen(asked, timeout=30) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, refused.read().decode()
