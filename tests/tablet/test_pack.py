"""What may be kept on a tablet: the day pack of each person, and what a kept page leaves out."""

import gzip
import io
import re

import pytest
from werkzeug.datastructures import FileStorage

from tests.lessons.examples import a_lesson, a_noticing, in_discussion
from tests.sessions.examples import a_session
from tests.world import do
from workgroup import store
from workgroup.lessons import queries as lessons
from workgroup.sessions import material_queries

PACK = {"Workgroup-Pack": "1"}
SECRET = "What only the others may take away again"


@pytest.fixture
def lesson(db, world_of):
    """An open lesson of a session of today."""
    return a_lesson(db, world_of)


def _session(db, lesson):
    return lessons.lesson(db, lesson)["session"]


@pytest.mark.parametrize("who", ["leader", "participant", "neighbour"])
def test_every_page_of_a_day_pack_may_be_kept_by_its_person_and_holds_no_key(db, world_of, sign_in, lesson, who):
    person = getattr(world_of, who)
    client = sign_in(person)
    told = client.get(f"/day-pack/{_session(db, lesson)}").json
    assert [p["title"] for p in told["pages"]][2] == ("Register" if who == "leader" else "Check in")
    assert f"/lessons/{lesson}/capture" in [p["address"] for p in told["pages"]], "also before the check-in"
    for page in told["pages"]:
        answer = client.get(page["address"], headers=PACK)
        assert (answer.status_code, answer.headers["Workgroup-Keep"]) == (200, page["address"])
        assert answer.headers["Workgroup-Person"] == person
        assert "data-key" not in answer.get_data(as_text=True)
        assert page["address"].endswith(("/capture", "/practice")) or "As it stood on" in _text(answer)


def _text(answer):
    packed = answer.headers.get("Content-Encoding") == "gzip"
    return (gzip.decompress(answer.data) if packed else answer.data).decode()


def test_a_kept_page_is_wider_only_for_keeping(db, world_of, sign_in, lesson):
    client = sign_in(world_of.neighbour)  # of the group, not checked in
    assert client.get(f"/lessons/{lesson}/capture").status_code == 404
    assert client.get(f"/lessons/{lesson}/capture", headers=PACK).status_code == 200
    for outsider in (world_of.outsider, world_of.far_leader):
        other = sign_in(outsider)
        assert other.get(f"/lessons/{lesson}/capture", headers=PACK).status_code == 404
        assert other.get(f"/day-pack/{_session(db, lesson)}").status_code == 404
        assert other.get(f"/sessions/{_session(db, lesson)}/ready").status_code == 404


def test_a_kept_discussion_holds_nobody_elses_words(db, world_of, sign_in):
    lesson = in_discussion(db, world_of)
    a_noticing(db, world_of, by="colleague", lesson=lesson, words=SECRET)
    do(db, "lessons.discuss", world_of.colleague, lesson=lesson, step="evidence", words=f"{SECRET}, too")
    client = sign_in(world_of.leader)
    assert SECRET in _text(client.get(f"/lessons/{lesson}/discussion"))
    kept = _text(client.get(f"/lessons/{lesson}/discussion", headers=PACK))
    assert SECRET not in kept and "Keep the note" in kept


def test_signed_out_locked_or_ended_a_page_to_keep_is_no_redirect(db, world_of, sign_in):
    assert sign_in(None).get("/", headers=PACK).status_code == 401
    client = sign_in(world_of.leader)
    with store.writing(db):
        db.conn.execute("update tablet set shared = 1, locked_at = signed_in_at where person = ?", (world_of.leader,))
    answer = client.get("/", headers=PACK)
    assert (answer.status_code, answer.headers["Workgroup-Locked"]) == (401, "1")
    with store.writing(db):
        db.conn.execute("update tablet set ended_at = signed_in_at where person = ?", (world_of.leader,))
    answer = client.get("/", headers=PACK)
    assert (answer.status_code, answer.headers["Workgroup-Ended"]) == (401, "1")
    assert "Workgroup-Ended" not in sign_in(None).get("/standing").headers


def test_pages_that_may_not_be_kept_say_nothing_of_it(db, world_of, sign_in, lesson):
    client = sign_in(world_of.leader)
    for address in ("/account", "/groups", f"/lessons/{lesson}/timeline", f"/lessons/{lesson}/sharing", "/reflections"):
        answer = client.get(address, headers=PACK)
        assert "Workgroup-Keep" not in answer.headers and 'name="keep"' not in _text(answer), address


def test_the_stamp_changes_with_the_plan_and_not_with_what_is_captured(db, world_of, sign_in, lesson):
    session, client = _session(db, lesson), sign_in(world_of.leader)

    def stamp():
        return client.get(f"/day-pack/{session}").json["stamp"]

    first = stamp()
    a_noticing(db, world_of, lesson=lesson)
    do(db, "sessions.note", world_of.leader, session=session, words="One car late.")
    before = stamp()
    block = store.value(db, "select id from agenda_block where session = ? limit 1", (session,))
    do(db, "sessions.edit_block", world_of.leader, block=block, kind="input", minutes="17", title="Another title")
    assert stamp() != before
    assert first[:1] and len(first) == 12


def test_a_session_ahead_is_kept_from_its_own_page_and_near_ones_from_today(db, world_of, sign_in):
    client = sign_in(world_of.participant)
    far = a_session(db, world_of, 9)
    assert f'data-pack="{far}"' in _text(client.get(f"/sessions/{far}"))
    assert "data-pack" not in _text(client.get("/"))
    near = a_session(db, world_of, 1)
    page = _text(client.get("/"))
    assert f'data-pack="{near}"' in page and "Ready for tomorrow" in page
    past = a_session(db, world_of, -3)
    assert "data-pack" not in _text(client.get(f"/sessions/{past}"))


def test_only_the_rehearsal_may_hold_a_frame_and_no_page_of_the_server_lies_in_one(db, world_of, sign_in):
    session, client = a_session(db, world_of, 1), sign_in(world_of.participant)
    policy = client.get(f"/sessions/{session}/ready").headers["Content-Security-Policy"]
    assert policy.endswith("; frame-src 'self'") and "frame-ancestors 'none'" in policy
    assert "frame-src" not in client.get(f"/sessions/{session}").headers["Content-Security-Policy"]


def test_the_shell_is_the_same_for_everybody_and_names_every_file_of_this_release(app, world_of, sign_in):
    nobody, somebody = sign_in(None), sign_in(world_of.leader)
    for address in ("/service-worker.js", "/offline", "/manifest.webmanifest"):
        assert nobody.get(address).data == somebody.get(address).data, address
    answer = nobody.get("/service-worker.js")
    assert answer.mimetype == "text/javascript" and answer.headers["Cache-Control"] == "no-cache"
    worker = _text(answer)
    files = re.findall(r'"(/static/[^"]+)"', worker)
    assert len(files) > 30 and all(nobody.get(f).status_code == 200 for f in files)
    for icon in nobody.get("/manifest.webmanifest").get_json(force=True)["icons"]:
        assert nobody.get(icon["src"]).mimetype == "image/png"


def test_the_pack_lists_the_files_that_are_small_enough_and_says_which_are_not(db, world_of, sign_in, monkeypatch):
    monkeypatch.setattr(material_queries, "KEPT", 40)
    monkeypatch.setattr(material_queries, "KEPT_IN_ALL", 60)
    w, session = world_of, a_session(db, world_of, 1)

    def put(title, size):
        file = FileStorage(io.BytesIO(b"%PDF-1.7\n".ljust(size, b"x")), "a.pdf")
        return do(db, "sessions.add_material", w.leader, session=session, title=title, file=file)

    for title, size in (("One", 40), ("Large", 41), ("Two", 20), ("No room", 20)):
        put(title, size)
    do(db, "sessions.add_material", w.leader, session=session, title="A link", url="https://example.org/bars")
    client = sign_in(w.participant)
    told = client.get(f"/day-pack/{session}").json
    assert [f["title"] for f in told["files"]] == ["One", "Two"] and told["large"] == ["Large", "No room"]
    kept = _text(client.get(f"/sessions/{session}", headers=PACK))
    assert kept.count("too large to keep on a tablet: it needs a line") == 2 and "a link: it needs a line" in kept
    assert "it needs a line" not in _text(client.get(f"/sessions/{session}"))
    ready = _text(client.get(f"/sessions/{session}/ready"))
    assert ready.count("data-file=") == 2 and ready.count("too large to keep") == 2
    assert "Too large to keep on a tablet" in _text(sign_in(w.leader).get(f"/sessions/{session}/materials"))


def test_a_file_is_kept_only_by_its_people_and_while_it_stands(db, world_of, sign_in):
    w, session = world_of, a_session(db, world_of, 1)
    file = FileStorage(io.BytesIO(b"%PDF-1.7\n"), "a.pdf")
    id = do(db, "sessions.add_material", w.leader, session=session, title="Card", file=file).about
    [address] = [f["address"] for f in sign_in(w.neighbour).get(f"/day-pack/{session}").json["files"]]
    answer = sign_in(w.neighbour).get(address, headers=PACK)
    assert (answer.status_code, answer.headers["Workgroup-Keep"]) == (200, address)
    assert answer.headers["Workgroup-Person"] == w.neighbour and answer.data == b"%PDF-1.7\n"
    for other in (w.outsider, w.far_leader, w.hub_lead, w.administrator):
        assert sign_in(other).get(address, headers=PACK).status_code == 404
    assert sign_in(None).get(address, headers=PACK).status_code == 401
    stamp = sign_in(w.leader).get(f"/day-pack/{session}").json["stamp"]
    do(db, "sessions.withdraw_material", w.leader, material=id)
    told = sign_in(w.leader).get(f"/day-pack/{session}").json
    assert told["files"] == [] and told["stamp"] != stamp
    assert sign_in(w.leader).get(address, headers=PACK).status_code == 404, "not kept, though a leader may open it"
    assert sign_in(w.leader).get(address).status_code == 200
