"""Online and mixed sessions: the link to the call, for whom it is, and checking in by a link."""

import re

import pytest

from tests.page_checks import check
from tests.planning.asking import form_of
from tests.sessions.examples import a_session
from tests.world import do
from workgroup import clock, store
from workgroup.sessions import joining_queries, queries

CALL = "https://meet.example.org/bars-together"


@pytest.fixture
def session(db, world_of, request):
    """A session in a room and online, or as a test says, to which everybody was invited."""
    session = a_session(db, world_of, mode=getattr(request, "param", "mixed"), joining_link=CALL)
    with store.writing(db):  # it is still to come, whatever the hour
        times = (clock.after(-60), clock.after(7200), session)
        db.conn.execute("update session set starts_at = ?, ends_at = ? where id = ?", times)
    do(db, "sessions.invite", world_of.leader, session=session)
    return session


def _invited(db, person):
    return store.row(db, "select link, body from mail where person = ? and link like '/invited/%'", (person,))


def test_the_call_is_for_people_of_the_group_and_whoever_was_invited_and_for_nobody_else(db, world_of, session, sign_in,
                                                                                         go_in):  # fmt: skip
    w, address = world_of, f"/sessions/{session}"
    for person in (w.leader, w.participant):
        assert f'href="{CALL}"' in sign_in(person).get(address).get_data(as_text=True)
    assert CALL in sign_in(w.participant).get(f"{address}/guide").get_data(as_text=True)
    seen = sign_in(w.hub_lead).get(address)
    assert seen.status_code == 200 and CALL not in seen.get_data(as_text=True)
    assert sign_in(w.outsider).get(address).status_code == 404
    told = _invited(db, w.participant)
    assert f"by {CALL}" in told["body"] and "one tap there says that you are here" in told["body"]
    assert f'href="{CALL}"' in sign_in(None).get(told["link"]).get_data(as_text=True)
    do(db, "sessions.set_state", w.leader, session=session, state="open")
    phone, _ = go_in(session)
    assert CALL not in phone.get(f"{address}/run").get_data(as_text=True), "a guest came by the door already"
    assert f'href="{CALL}"' in sign_in(w.participant).get(f"{address}/run").get_data(as_text=True)
    room = a_session(db, w, 3, mode="room", joining_link=CALL)
    assert CALL not in sign_in(w.leader).get(f"/sessions/{room}").get_data(as_text=True), "it is in a room after all"
    bare = a_session(db, w, 4, mode="online", joining_link="")
    client = sign_in(w.leader)
    assert "Nobody knows yet how to join online" in client.get(f"/sessions/{bare}").get_data(as_text=True)
    edit = f"/sessions/{bare}/edit"
    sent = form_of(client.get(edit))
    assert sent["joining_link"] == "", "the page asks for it"
    assert client.post(edit, data={**sent, "joining_link": CALL, "anyway": "y"}).status_code == 303
    assert f'href="{CALL}"' in client.get(f"/sessions/{bare}").get_data(as_text=True)


@pytest.mark.parametrize("session", ["online", "mixed"], indirect=True)
def test_whoever_is_online_checks_in_from_their_invitation_with_one_tap(db, world_of, session, sign_in):
    w, client = world_of, sign_in(None)
    link = _invited(db, w.participant)["link"]
    assert "I am here, online" not in client.get(link).get_data(as_text=True), "it has not begun"
    early = client.post(f"{link}/here")
    assert early.status_code == 422 and queries.mark_of(db, session, w.participant) is None
    do(db, "sessions.set_state", w.leader, session=session, state="open")
    page = client.get(link)
    check(page.get_data(as_text=True), link)
    assert "I am here, online" in page.get_data(as_text=True)
    for _ in range(2):
        assert client.post(f"{link}/here", data={"change_id": w.tag, "person": w.colleague}).status_code == 303
    mark = queries.mark_of(db, session, w.participant)
    assert (mark["status"], mark["by"], mark["by_leader"]) == ("present", w.participant, 0)
    assert queries.mark_of(db, session, w.colleague) is None, "for whoever the link was sent to, and nobody else"
    said = client.get(link).get_data(as_text=True)
    assert "You are here since" in said and "I am here, online" not in said
    do(db, "sessions.mark", w.leader, session=session, person=w.participant, status="absent")
    client.post(f"{link}/here")
    assert queries.mark_of(db, session, w.participant)["status"] == "absent", "a leader's mark counts before one's own"


def test_the_link_to_check_in_by_is_one_that_can_be_put_into_the_chat(db, world_of, session, sign_in):
    w = world_of
    do(db, "sessions.set_state", w.leader, session=session, state="open")
    page = sign_in(w.leader).get(f"/sessions/{session}/check-in").get_data(as_text=True)
    [to] = set(re.findall(r'data-copy="([^"]+/join/\w+)"', page))
    assert to.endswith(f"/join/{joining_queries.code_of(db, session)}") and f'<a href="{to}"' in page
    assert f'data-copy="{CALL}"' in page and f'href="{to.rsplit("/", 1)[0]}"' in page
    assert "Who are you?" in sign_in(None).get(to.split("/", 3)[3].join(("/", ""))).get_data(as_text=True)
    in_room = a_session(db, w, 1)
    do(db, "sessions.set_state", w.leader, session=in_room, state="open")
    assert "For those online" not in sign_in(w.leader).get(f"/sessions/{in_room}/check-in").get_data(as_text=True)
