"""A room with an open lesson, and a phone that goes in at its door."""


import pytest

from tests.lessons.examples import a_lesson
from tests.sessions.examples import open_session
from tests.world import do
from workgroup.sessions import joining_queries


@pytest.fixture
def room(db, world_of):
    """A live lesson, taught by the member, in an open session: (session, lesson)."""
    session = open_session(db, world_of)
    lesson = a_lesson(db, world_of, session)
    do(db, "lessons.start", world_of.leader, lesson=lesson)
    return session, lesson


@pytest.fixture
def go_in(db, world_of, sign_in):
    """Return what lets a phone in at the door of a session and through it: `go_in(session, **who)`: (phone, person)."""

    def gone_in(session, **who):
        phone, code = sign_in(None), joining_queries.code_of(db, session)
        assert phone.post(f"/join/{code}", data=who or {"visitor": "Sam Visitor"}).status_code == 303
        claim = joining_queries.at_door(db, session)[-1]["id"]
        do(db, "sessions.let_in", world_of.leader, session=session, claims=[claim])
        assert phone.post("/join/in").location == f"/sessions/{session}/run"
        return phone, joining_queries.guest(db, claim)

    return gone_in
