"""The room's screen: opened by a code while the session is open; the lesson only as its teacher says."""

import re

import pytest

from tests.lessons.examples import DRAWN, a_noticing, in_discussion
from tests.sessions.examples import open_session
from tests.world import days, do
from workgroup import clock, store
from workgroup.lessons import queries, screen
from workgroup.sessions import forms, room_prompts
from workgroup.sessions import queries as sessions


@pytest.fixture
def open_screen(db, world_of, sign_in):
    """Open the screen of a session and return (session, lesson, the device in front of the room)."""

    def opened(lesson=None):
        w = world_of
        lesson = lesson or in_discussion(db, w)
        session = queries.lesson(db, lesson)["session"]
        made = sign_in(w.leader).get(f"/sessions/{session}/screen").get_data(as_text=True)
        code = re.search(r'name="code" value="(\w{6})"', made)[1]
        shown = sign_in(w.leader).post(f"/sessions/{session}/screen", data={"code": code}).get_data(as_text=True)
        said = rf"open <b>[^<]+/screen</b> and type</p><p [^>]+>{code[:3]} {code[3:]}<"
        assert re.search(said, shown), "its short address beside the code"
        device = sign_in(None)
        assert device.post("/screen", data={"code": f" {code[:3].lower()}-{code[3:].lower()} "}).status_code == 303
        return session, lesson, device

    return opened


def _text(device):
    answer = device.get("/screen")
    assert answer.status_code == 200 and answer.headers["Cache-Control"] == "no-store"
    return answer.get_data(as_text=True)


def test_a_code_shows_the_agenda_what_is_on_and_the_way_in_without_anything_private(db, world_of, open_screen):
    w = world_of
    session, _, device = open_screen()
    block = next(b for b in sessions.agenda(db, session) if b["kind"] == "input")
    do(db, "sessions.edit_block", w.leader, block=block["id"], kind="input", minutes="20", title="Bars <b>together",
       words="For the group", private_words="To myself only")  # fmt: skip
    do(db, "sessions.note", w.leader, session=session, words="A note of ours")
    do(db, "sessions.begin_block", w.leader, block=block["id"])
    page = _text(device)
    assert "Bars &lt;b&gt;together" in page and "min left" in page and "/join" in page
    assert 'id="wall" hx-get="/screen" hx-trigger="every 5s"' in page, "it follows by itself"
    for private in ("To myself only", "For the group", "A note of ours", "Nadine", "Bethan", "Half is fair"):
        assert private not in page, private
    assert device.get("/").status_code == 303 and device.get(f"/sessions/{session}").status_code == 303


def test_the_screen_asks_the_room_what_each_kind_of_block_is_for_and_the_running_page_follows(db, world_of, open_screen,
                                                                                               sign_in):  # fmt: skip
    w = world_of
    session, _, device = open_screen()
    do(db, "sessions.set_question", w.leader, session=session, words="What did Pupil A see?")
    for kind in ("break", "other"):
        do(db, "sessions.add_block", w.leader, session=session, kind=kind, minutes="5", title=f"A {kind}")
    client, shows = sign_in(w.leader), {
        "briefing": "The briefing", "open lesson": "/capture", "quiet notes": "/mine", "discussion": "/discussion",
        "implications": "Set gap tasks", "next task": "Still without a gap task", "reflection": "What did Pupil A see?",
        "gap-task returns": "nothing comes back yet",
    }  # fmt: skip
    agenda = sessions.agenda(db, session)
    assert {b["kind"] for b in agenda} == set(forms.BLOCKS)
    for b in agenda:
        do(db, "sessions.begin_block", w.leader, block=b["id"])
        page, run = _text(device), client.get(f"/sessions/{session}/run").get_data(as_text=True)
        asked = room_prompts.usual(b["kind"], "What did Pupil A see?")
        assert b["title"] in page and (asked in page if asked else "wall-prompt" not in page), b["kind"]
        assert shows.get(b["kind"], b["title"]) in run and (b["kind"] == "arrivals" or (asked or "") in run), b["kind"]
        assert "<svg" in page and "/join" in page and all(one["title"] in page for one in agenda), "always in view"
    do(db, "sessions.edit_block", w.leader, block=agenda[0]["id"], kind="arrivals", minutes="10", title="In",
       prompt="Who <b>surprised you?")  # fmt: skip
    do(db, "sessions.begin_block", w.leader, block=agenda[0]["id"])
    assert "Who &lt;b&gt;surprised you?" in _text(device)
    edit = client.get(f"/blocks/{agenda[1]['id']}/edit").get_data(as_text=True)
    assert f"Empty: {room_prompts.usual(agenda[1]['kind'])}" in edit


def test_the_lesson_is_shown_only_once_its_teacher_says_so_and_without_names(db, world_of, open_screen):
    w = world_of
    lesson = in_discussion(db, w)
    a_noticing(db, w, lesson=lesson, words="Half is a surprise", predicted="")
    gone = a_noticing(db, w, by="leader", lesson=lesson, words="Taken away again", predicted="")
    hidden = a_noticing(db, w, by="leader", lesson=lesson, words="Hidden by the teacher", predicted="")
    do(db, "lessons.withdraw_noticing", w.leader, noticing=gone)
    do(db, "lessons.hide", w.participant, noticing=hidden)
    _, _, device = open_screen(lesson)
    assert "Half is a surprise" not in _text(device)
    do(db, "lessons.agree_screen", w.participant, lesson=lesson, on_screen="yes")
    page = _text(device)
    assert "Half is a surprise" in page and "Toby" not in page and "<svg" in page
    assert "wall-agenda" in page and "/join" in page, "the agenda and the way in stay beside it"
    assert "Taken away again" not in page and "Hidden by the teacher" not in page, "not even the leader’s own"
    do(db, "lessons.agree_screen", w.participant, lesson=lesson, on_screen="no")
    assert "Half is a surprise" not in _text(device)
    do(db, "lessons.agree_screen", w.participant, lesson=lesson, on_screen="yes")
    do(db, "lessons.close", w.leader, lesson=lesson)
    assert "Half is a surprise" not in _text(device), "once it is with its teacher nobody sees it"


def test_a_sketch_of_a_moment_that_was_hidden_is_on_no_screen(db, world_of, open_screen, sign_in):
    w, lesson = world_of, in_discussion(db, world_of)
    hidden = a_noticing(db, w, by="leader", lesson=lesson, words="Hidden by the teacher", predicted="")
    fields = {"lesson": lesson, "noticing": hidden, "drawn": DRAWN, "described": "A hidden bar"}
    do(db, "lessons.sketch", w.leader, **fields)
    do(db, "lessons.agree_screen", w.participant, lesson=lesson, on_screen="yes")
    _, _, device = open_screen(lesson)
    assert "A hidden bar" in _text(device)
    do(db, "lessons.hide", w.participant, noticing=hidden)
    assert "A hidden bar" not in _text(device)
    assert "A hidden bar" not in sign_in(w.leader).get(f"/lessons/{lesson}/projector").get_data(as_text=True)


def test_a_screen_that_was_left_on_locks_nobody_out_of_the_new_code(db, world_of, open_screen):
    session, _, device = open_screen()
    do(db, "sessions.open_screen", world_of.leader, session=session, code="NEWC23")
    for _ in range(25):
        left = device.get("/screen", headers={"HX-Request": "true"})
    assert left.status_code == 200 and left.headers["HX-Refresh"] == "true", "and it asks no more"
    assert device.post("/screen", data={"code": "NEWC23"}).status_code == 303


def test_what_was_taken_away_is_not_on_the_leaders_own_wall(db, world_of, sign_in):
    w, lesson = world_of, in_discussion(db, world_of)
    gone = a_noticing(db, w, by="leader", lesson=lesson, words="Taken away again", predicted="")
    do(db, "lessons.withdraw_noticing", w.leader, noticing=gone)
    assert "Taken away again" not in sign_in(w.leader).get(f"/lessons/{lesson}/projector").get_data(as_text=True)


def test_a_closed_session_an_ended_code_and_a_new_code_show_nothing(db, world_of, open_screen, sign_in):
    w = world_of
    session, _, device = open_screen()
    do(db, "sessions.open_screen", w.leader, session=session, code="XYZ789")
    assert "Six characters" in _text(device), "a new code ends the one before"
    assert device.post("/screen", data={"code": "XYZ789"}).status_code == 303 and "Agenda" not in _text(device)
    do(db, "sessions.close_screen", w.leader, session=session)
    assert "Six characters" in _text(device)
    do(db, "sessions.open_screen", w.leader, session=session, code="XYZ789")
    device.post("/screen", data={"code": "XYZ789"})
    do(db, "sessions.set_state", w.leader, session=session, state="closed")
    assert "The session is closed" in _text(device)
    assert sign_in(w.participant).get(f"/sessions/{session}/screen").status_code == 404


def test_codes_cannot_be_tried_through(db, world_of, open_screen, sign_in, monkeypatch):
    session, _, _ = open_screen()
    do(db, "sessions.open_screen", world_of.leader, session=session, code="RGHT23")
    guesser, shown = sign_in(None), sign_in(None)
    shown.post("/screen", data={"code": "RGHT23"})
    monkeypatch.setattr(screen, "TRIES", 20)
    answers = [guesser.post("/screen", data={"code": f"WRNG{n:02d}"}).status_code for n in range(22)]
    assert answers[:19] == [422] * 19 and answers[-1] == 429
    assert guesser.post("/screen", data={"code": "RGHT23"}).status_code == 429, "not even the right one"
    assert "Six characters" not in _text(shown), "the screen behind the same address is not shut out"
    for held in ("RGHT23", "RGHT23.", "RGHT23.00", f"RGHT23.{'0' * 64}"):
        guesser.set_cookie("screen", held, path="/screen")
        assert "Six characters" in _text(guesser), "a cookie that we did not give is no way to try codes"


def test_a_code_of_another_kind_of_link_opens_no_screen(db, world_of, sign_in):
    w = world_of
    session = open_session(db, w)
    do(db, "people.ask_for_link", email="leader@example.org")
    code = store.value(db, "select code from mail where code is not null order by made_at desc")
    assert sign_in(None).post("/screen", data={"code": code}).status_code == 422
    do(db, "sessions.open_screen", w.leader, session=session, code="ABC234")
    assert sign_in(None).post("/sign-in/code", data={"code": "ABC234"}).status_code != 303
    with store.writing(db):
        db.conn.execute("update link set expires_at = ? where kind = 'projector'", (clock.after(-1),))
    assert sign_in(None).post("/screen", data={"code": "ABC234"}).status_code == 422 and days(0)
