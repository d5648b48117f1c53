"""Guests of a session: let in at the door, they capture, discuss and reflect there; nothing else is open to them."""

from datetime import timedelta

from bs4 import BeautifulSoup

from tests.lessons.examples import a_noticing, a_whole_photo
from tests.sessions.examples import a_session
from tests.sessions.phones import an_entry, send_from
from tests.tasks.examples import a_task
from tests.test_every_page import LEFT_OUT
from tests.world import do
from workgroup import clock, guard, store
from workgroup.lessons import noticing_queries
from workgroup.sessions import joining_queries, queries

# what they do in the room


def test_a_visitor_captures_discusses_and_reflects_on_their_own_phone(db, world_of, room, go_in):
    (session, lesson), w = room, world_of
    phone, visitor = go_in(session, visitor="Sam Visitor", school=w.school2)
    mark = queries.mark_of(db, session, visitor)
    assert (mark["status"], mark["attending_as"], mark["school"]) == ("present", "visitor", w.school2)
    page = phone.get(f"/sessions/{session}/run").get_data(as_text=True)
    assert "Sam Visitor" in page and f"/lessons/{lesson}" in page and "Work Groups" not in page
    notice = an_entry(visitor, "lessons.notice", lesson=lesson, second="125", code="A", words="Half is fair")
    reflect = an_entry(visitor, "reflections.write", session=session, words="I wonder", visibility="specialist",
                     state="final")  # fmt: skip
    assert [s for s, _ in send_from(phone, notice, reflect)] == ["entered", "entered"]
    assert "Half is fair" in phone.get(f"/lessons/{lesson}/mine").get_data(as_text=True)
    assert "I wonder" in phone.get(f"/reflections/{reflect['id']}").get_data(as_text=True)
    do(db, "lessons.open_discussion", w.leader, lesson=lesson)
    assert "Half is fair" in phone.get(f"/lessons/{lesson}/timeline").get_data(as_text=True)
    said = {"step": "evidence", "words": "We all saw it"}
    assert phone.post(f"/lessons/{lesson}/discussion", data=said).status_code == 303
    seen = [n["name"] for n in noticing_queries.noticings(db, w.participant, lesson)]
    assert seen == ["Sam Visitor"], "its teacher reads who saw it"


def test_what_the_room_said_is_closed_to_guests_with_the_session_and_their_own_stays(db, world_of, room, go_in):
    (session, lesson), w = room, world_of
    phone, visitor = go_in(session)
    a_noticing(db, w, lesson=lesson, words="Only for the room")
    do(db, "lessons.open_discussion", w.leader, lesson=lesson)
    assert "Only for the room" in phone.get(f"/lessons/{lesson}/timeline").get_data(as_text=True)
    do(db, "sessions.set_state", w.leader, session=session, state="closed")
    for path in ("", "/timeline", "/discussion", "/sharing", "/record"):
        assert phone.get(f"/lessons/{lesson}{path}").status_code == 404, path
    late = an_entry(visitor, "lessons.notice", lesson=lesson, second="125", code="A", words="Written without a line")
    assert send_from(phone, late) == [("entered", {})]
    assert "Written without a line" in phone.get(f"/lessons/{lesson}/mine").get_data(as_text=True)


def test_every_link_that_a_guest_is_shown_leads_somewhere(db, world_of, room, go_in):
    (session, lesson), w = room, world_of
    a_noticing(db, w, by="colleague", lesson=lesson)
    a_whole_photo(db, w, by="colleague", lesson=lesson)
    do(db, "lessons.open_discussion", w.leader, lesson=lesson)
    do(db, "tasks.return", w.participant, gap_task=a_task(db, w, session=a_session(db, w, -7)), went="did it")
    do(db, "sessions.add_material", w.leader, session=session, url="https://example.org/bars")
    block = next(b["id"] for b in queries.agenda(db, session) if b["kind"] == "gap-task returns")
    do(db, "sessions.begin_block", w.leader, block=block)
    for who, runs in (({"visitor": "Sam"}, False), ({"visitor": "Una"}, True), ({"person": w.neighbour}, False)):
        phone, guest = go_in(session, **who)
        if runs:
            do(db, "sessions.hand_over", w.leader, session=session, person=guest)
        todo, seen, broken = [(f"/sessions/{session}/run", "start"), ("/", "start")], set(), []
        while todo:
            address, source = todo.pop()
            plain = address.split("#")[0]
            if plain in seen or LEFT_OUT.match(plain):
                continue
            seen.add(plain)
            answer = phone.get(plain)
            if answer.status_code not in (200, 303):
                broken.append(f"{plain} from {source}: {answer.status_code}")
            if answer.mimetype == "text/html" and answer.status_code == 200:
                page = BeautifulSoup(answer.get_data(as_text=True), "html.parser")
                todo += [(a["href"], plain) for a in page.find_all("a", href=True) if a["href"].startswith("/")]
        assert broken == [] and len(seen) > 8 and (f"/sessions/{session}/notes" in seen) is runs


# the door


def test_a_wrong_nod_is_taken_back_and_the_phone_is_out(db, world_of, room, go_in, sign_in):
    (session, _), w = room, world_of
    phone, person = go_in(session, person=w.neighbour)
    leader = sign_in(w.leader)
    page = leader.get(f"/sessions/{session}/run").get_data(as_text=True)
    assert "1 guest let in at the door" in page
    do(db, "sessions.hand_over", w.leader, session=session, person=person)
    claim = joining_queries.let_in(db, session)[0]["id"]
    out = {"deed": "out", "claims": claim}
    assert sign_in(w.colleague).post(f"/sessions/{session}/door", data=out).status_code == 404
    assert leader.post(f"/sessions/{session}/door", data=out).status_code == 303
    assert phone.get(f"/sessions/{session}/run").location.startswith("/sign-in")
    assert phone.post("/join/in").location == "/join"
    assert "You are not in." in phone.get("/join").get_data(as_text=True)
    assert person == w.neighbour
    assert queries.session(db, session)["run_by"] is None, "nor does it run the session any longer"


def test_nobody_goes_in_who_was_not_let_in_or_after_the_session(db, world_of, room, sign_in):
    (session, _), w = room, world_of
    phone, code = sign_in(None), joining_queries.code_of(db, session)
    assert phone.post("/join/in").location == "/join"
    phone.post(f"/join/{code}", data={"visitor": "Sam"})
    assert phone.post("/join/in").location == "/join"
    assert phone.get(f"/sessions/{session}/run").status_code == 303
    claim = joining_queries.at_door(db, session)[0]["id"]
    do(db, "sessions.let_in", w.leader, session=session, claims=[claim])
    assert "Go in" in phone.get("/join").get_data(as_text=True)
    do(db, "sessions.set_state", w.leader, session=session, state="closed")
    assert phone.post("/join/in").location == "/join"
    assert store.value(db, "select count(*) from tablet where guest_of is not null") == 0


def test_a_browser_that_several_people_use_stays_closed_to_guests(db, world_of, room, sign_in):
    (session, _), w = room, world_of
    phone, code = sign_in(None), joining_queries.code_of(db, session)
    phone.set_cookie(guard.SHARED_COOKIE, "1")
    phone.post(f"/join/{code}", data={"visitor": "Sam"})
    claim = joining_queries.at_door(db, session)[0]["id"]
    do(db, "sessions.let_in", w.leader, session=session, claims=[claim])
    page = phone.get("/join").get_data(as_text=True)
    assert "Several people use this browser" in page and "Go in" not in page
    assert phone.post("/join/in").location == "/join"
    assert phone.get(f"/sessions/{session}/run").location.startswith("/sign-in")


def test_whoever_was_signed_in_on_the_phone_is_signed_out_by_going_in(db, world_of, room, sign_in):
    (session, _), w = room, world_of
    phone, code = sign_in(w.outsider), joining_queries.code_of(db, session)
    phone.post(f"/join/{code}", data={"visitor": "Sam"})
    claim = joining_queries.at_door(db, session)[0]["id"]
    do(db, "sessions.let_in", w.leader, session=session, claims=[claim])
    assert "is signed out by this" in phone.get("/join").get_data(as_text=True)
    phone.post("/join/in")
    assert phone.get("/").location == f"/sessions/{session}/run"
    assert store.value(db, "select ended_at from tablet where person = ?", (w.outsider,))


def test_a_guest_leaves_and_is_gone_after_a_month_and_the_person_sees_and_ends_it(
    db, world_of, room, go_in, sign_in, monkeypatch
):
    (session, _), w = room, world_of
    phone, _ = go_in(session, person=w.neighbour)
    account = sign_in(w.neighbour)
    page = account.get("/account").get_data(as_text=True)
    assert "At the door: " in page
    tablet = store.value(db, "select id from tablet where guest_of is not null")
    mine = store.value(db, "select id from tablet where person = ? and guest_of is null", (w.neighbour,))
    assert phone.post(f"/account/tablets/{mine}/sign-out").status_code == 404, "a guest signs nobody else out"
    assert account.post(f"/account/tablets/{tablet}/sign-out").status_code == 303
    assert phone.get(f"/sessions/{session}/run").location.startswith("/sign-in")
    other, _ = go_in(session, visitor="Una")
    assert other.post("/sign-out").status_code == 303
    assert other.get(f"/sessions/{session}/run").location.startswith("/sign-in")
    third, _ = go_in(session, visitor="Vera")
    real = clock.now()
    monkeypatch.setattr(clock, "now", lambda: clock.after(timedelta(days=31).total_seconds(), real))
    assert third.get(f"/sessions/{session}/run").location.startswith("/sign-in")
