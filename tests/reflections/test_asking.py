"""Asked once by mail to reflect; a question of the session's own; the leader's reading list and replies."""

import pytest

from tests.reflections.examples import a_reflection
from tests.sessions.examples import open_session
from tests.world import days, do
from workgroup import clock, due, store
from workgroup.reflections import queries


@pytest.fixture
def held(db, world_of):
    """A session of today that three people were at, closed."""
    w = world_of
    session = open_session(db, w)
    for person in (w.participant, w.colleague, w.leader):
        do(db, "sessions.mark", w.leader, session=session, person=person, status="present")
    do(db, "sessions.mark", w.leader, session=session, person=w.neighbour, status="apologies")
    do(db, "sessions.set_question", w.leader, session=session, words="What did Pupil A see?")
    do(db, "sessions.set_state", w.leader, session=session, state="closed")
    return session


def _ask(db, settings):
    with store.writing(db):
        db.conn.execute("update due set at = ? where kind = 'ask_to_reflect'", (clock.after(-1),))
    due.tick(db, settings)
    return {m["address"]: m for m in store.rows(db, "select * from mail where subject like 'Four minutes%'")}


def test_who_was_there_and_has_not_written_is_asked_once(db, world_of, held, settings):
    w = world_of
    a_reflection(db, w, by="colleague", session=held, state="draft", visibility="me")
    asked = _ask(db, settings)
    assert set(asked) == {"leader@example.org", "participant@example.org"}
    assert "What did Pupil A see?" in asked["participant@example.org"]["body"]
    do(db, "sessions.set_state", w.leader, session=held, state="open")
    do(db, "sessions.set_state", w.leader, session=held, state="closed")
    assert len(_ask(db, settings)) == 2


def test_after_a_closed_laptop_nobody_is_asked_about_last_week(db, world_of, held, settings):
    with store.writing(db):
        db.conn.execute("update session set starts_at = ?, ends_at = ?", (f"{days(-9)}T10:00:00.000Z",
                                                                        f"{days(-9)}T12:00:00.000Z"))  # fmt: skip
    assert _ask(db, settings) == {}


def test_the_link_writes_and_shows_nothing_that_is_private(db, world_of, held, settings, sign_in):
    w = world_of
    a_reflection(db, w, words="My old promise", visibility="me")
    address = _ask(db, settings)["participant@example.org"]["link"]
    client = sign_in(None)
    page = client.get(address).get_data(as_text=True)
    assert "What did Pupil A see?" in page and "My old promise" not in page
    assert client.post(address, data={"words": " ", "visibility": "me"}).status_code == 422
    forged = {"words": "A <b>new</b> one", "visibility": "specialist", "reflection": "", "state": "draft"}
    assert client.post(address, data=forged).status_code == 303
    [found] = [r for r in queries.mine(db, w.participant) if r["session"] == held]
    assert (found["words"], found["state"], found["visibility"]) == ("A <b>new</b> one", "final", "specialist")
    assert "new" not in client.get(f"{address}?kept=yes").get_data(as_text=True).split("<main")[1].split("Four")[0]
    assert client.get("/reflections").status_code == 303
    own = sign_in(w.participant).get(address)
    assert own.status_code == 303 and own.location == f"/reflections/new?session={held}"
    assert sign_in(w.colleague).get(address).status_code == 200, "somebody else’s browser shows the form only"


def test_ones_own_page_asks_the_question_of_the_session(db, world_of, held, sign_in):
    page = sign_in(world_of.participant).get(f"/reflections/new?session={held}").get_data(as_text=True)
    assert "What did Pupil A see?" in page
    do(db, "sessions.set_question", world_of.leader, session=held, words="")
    page = sign_in(world_of.participant).get(f"/reflections/new?session={held}").get_data(as_text=True)
    assert "What will you do differently, and why?" in page


def test_a_leader_sees_who_has_and_reads_only_what_is_shared(db, world_of, held, sign_in):
    w = world_of
    a_reflection(db, w, session=held, words="For the specialist", visibility="specialist")
    a_reflection(db, w, by="colleague", session=held, words="For nobody", visibility="me")
    page = sign_in(w.leader).get(f"/sessions/{held}/reflections").get_data(as_text=True)
    assert "Nadine Member, Toby Colleague have written" in page and "of 3 who were here" in page
    assert "For the specialist" in page and "For nobody" not in page and "Sunita" not in page
    assert sign_in(w.participant).get(f"/sessions/{held}/reflections").status_code == 404
    assert sign_in(w.hub_lead).get(f"/sessions/{held}/reflections").status_code == 404


def test_a_reply_is_for_its_author_alone(db, world_of, held, sign_in):
    w = world_of
    id = a_reflection(db, w, session=held, visibility="group")
    leader = sign_in(w.leader)
    assert leader.post(f"/reflections/{id}/reply", data={"words": ""}).status_code == 422
    assert leader.post(f"/reflections/{id}/reply", data={"words": "Which one first?"}).status_code == 303
    assert "Which one first?" in leader.get(f"/reflections/{id}").get_data(as_text=True)
    author = sign_in(w.participant)
    assert "reply to your reflection" in author.get("/").get_data(as_text=True)
    assert "Which one first?" in author.get(f"/reflections/{id}").get_data(as_text=True)
    assert author.post(f"/reflections/{id}/seen").status_code == 303
    assert "reply to your reflection" not in author.get("/").get_data(as_text=True)
    for other in (w.colleague, w.co_leader, w.hub_lead):
        assert "Which one first?" not in sign_in(other).get(f"/reflections/{id}").get_data(as_text=True)
    assert sign_in(w.colleague).post(f"/reflections/{id}/reply", data={"words": "Me too"}).status_code == 404
    reply = store.value(db, "select id from reflection_reply")
    assert leader.post(f"/reflection-replies/{reply}/withdraw").status_code == 303
    assert "Which one first?" not in author.get(f"/reflections/{id}").get_data(as_text=True)


def test_a_session_that_was_open_again_in_the_evening_is_asked_about_once_it_is_closed(db, world_of, held, settings):
    w = world_of
    do(db, "sessions.set_state", w.leader, session=held, state="open")
    assert _ask(db, settings) == {}
    do(db, "sessions.set_state", w.leader, session=held, state="closed")
    assert len(_ask(db, settings)) == 3
