"""The door: a code that changes, a name said on one's own phone, and a nod that marks the register and nothing else."""

import re

import pytest
from bs4 import BeautifulSoup

from tests.sessions.examples import a_session, at_the_door, let_in, open_session
from tests.sessions.squares import dark_of, dark_on
from tests.world import days, do
from workgroup import clock, personal, store
from workgroup.sessions import hosting_queries, inviting_queries, joining, joining_changes, joining_queries, queries


@pytest.fixture
def hall(db, world_of):
    """An open session and its code."""
    session = open_session(db, world_of)
    return session, joining_queries.code_of(db, session)


def test_a_phone_without_an_account_is_let_in_by_name_and_marked_since_it_came(db, world_of, hall, sign_in):
    (session, code), w = hall, world_of
    phone, leader = sign_in(None), sign_in(w.leader)
    assert phone.post("/join", data={"code": f"{code[:3].lower()} {code[3:]}"}).location == f"/join/{code}"
    names = phone.get(f"/join/{code}").get_data(as_text=True)
    assert "Nadine Member" in names and "Bethan Leader" not in names
    assert phone.post(f"/join/{code}", data={"person": w.participant}).status_code == 303
    assert "Hello Nadine Member" in phone.get("/join").get_data(as_text=True)
    assert queries.mark_of(db, session, w.participant) is None, "nobody is marked before somebody has seen them"
    run = leader.get(f"/sessions/{session}/run").get_data(as_text=True)
    assert "1 person waits to be let in" in run
    claim = store.row(db, "select * from guest_claim")
    assert leader.post(f"/sessions/{session}/door", data={"claims": claim["id"]}).status_code == 303
    mark = queries.mark_of(db, session, w.participant)
    assert (mark["status"], mark["in_at"], mark["by"]) == ("present", claim["at"], w.leader)
    assert "You are in" in phone.get("/join", headers={"HX-Request": "true"}).get_data(as_text=True)
    for address in ("/", f"/sessions/{session}/run", f"/sessions/{session}", "/reflections"):
        assert phone.get(address).status_code == 303, "it signs nobody in"
    assert "Nadine Member" not in sign_in(None).get(f"/join/{code}").get_data(as_text=True)


def test_whoever_was_marked_already_comes_in_on_their_phone_and_stays_here_since_then(db, world_of, hall, sign_in):
    (session, code), w = hall, world_of
    before = clock.after(-600)
    do(db, "sessions.mark_school", w.leader, session=session, school_in_group=w.in_group, at=before)
    do(db, "sessions.mark", w.neighbour, session=session, person=w.neighbour, status="present")
    names = sign_in(None).get(f"/join/{code}").get_data(as_text=True)
    assert "Nadine Member" in names and "Sunita Neighbour" not in names, "who checked in themselves has a phone in"
    let_in(db, w, session=session)
    mark = queries.mark_of(db, session, w.participant)
    assert (mark["in_at"], mark["attending_as"]) == (before, "participant")
    assert w.participant not in {id for id, _, _ in joining_queries.names(db, session)}


def test_who_was_said_to_come_in_somebodys_place_does_for_that_school(db, world_of, sign_in):
    w, session = world_of, a_session(db, world_of, 1)
    answer = {"session": session, "person": w.neighbour, "answer": "cover", "cover": "Sam Stand-in"}
    do(db, "sessions.answer", w.neighbour, **answer)
    do(db, "sessions.set_state", w.leader, session=session, state="open")
    _, stand_in, _ = let_in(db, w, session=session, person="", visitor="sam stand-in")
    mark = queries.mark_of(db, session, stand_in)
    assert (mark["attending_as"], mark["substitute_for"], mark["school"]) == ("substitute", w.neighbour, w.school2)
    assert inviting_queries.covers(db, session) == []


def test_all_who_wait_come_in_with_one_tap_visitors_too_and_some_can_be_left_out(db, world_of, hall, sign_in):
    (session, code), w = hall, world_of
    visitor = {"visitor": "Sam <b>Visitor", "school": w.school2}
    for fields in ({"person": w.participant}, visitor, {"person": w.colleague}):
        assert sign_in(None).post(f"/join/{code}", data=fields).status_code == 303
    waiting = [c["id"] for c in joining_queries.at_door(db, session)]
    leader = sign_in(w.leader)
    assert "Sam &lt;b&gt;Visitor" in leader.get(f"/sessions/{session}/pace").get_data(as_text=True)
    assert leader.post(f"/sessions/{session}/door", data={"claims": waiting[2], "deed": "away"}).status_code == 303
    assert leader.post(f"/sessions/{session}/door", data={"claims": waiting}).status_code == 303
    here = {m["name"]: m["attending_as"] for m in queries.register(db, session)}
    assert here == {"Nadine Member": "participant", "Sam <b>Visitor": "visitor"}
    assert joining_queries.at_door(db, session) == []


def test_the_code_changes_by_the_quarter_and_works_only_while_the_session_is_open(db, world_of, hall, monkeypatch):
    (session, code), w = hall, world_of
    other = open_session(db, w, 1)
    assert joining_queries.code_of(db, other) != code
    assert joining_queries.session_of(db, code)["id"] == session
    real = clock.now()
    monkeypatch.setattr(clock, "now", lambda: clock.after(joining_queries.QUARTER, real))
    assert joining_queries.code_of(db, session) != code and joining_queries.session_of(db, code)["id"] == session
    monkeypatch.setattr(clock, "now", lambda: clock.after(2 * joining_queries.QUARTER, real))
    assert joining_queries.session_of(db, code) is None
    monkeypatch.setattr(clock, "now", lambda: real)
    do(db, "sessions.set_state", w.leader, session=session, state="closed")
    assert joining_queries.session_of(db, code) is None
    assert joining_queries.session_of(db, joining_queries.code_of(db, a_session(db, w, 2))) is None


def test_who_is_signed_in_goes_to_their_own_check_in(world_of, hall, sign_in):
    session, code = hall
    assert sign_in(world_of.participant).get(f"/join/{code}").location == f"/sessions/{session}/run"
    assert sign_in(world_of.outsider).get(f"/join/{code}").status_code == 200


def test_codes_cannot_be_tried_through_and_names_of_others_are_refused(db, world_of, hall, sign_in, monkeypatch):
    (session, code), w = hall, world_of
    wrong = sign_in(None)
    answer = wrong.post(f"/join/{code}", data={"person": w.far_leader})
    assert answer.status_code == 422 and "from the list" in answer.get_data(as_text=True)
    assert wrong.post(f"/join/{code}", data={}).status_code == 422
    monkeypatch.setattr(joining, "TRIES", 30)
    answers = [wrong.get(f"/join/WRNG{n:02d}").status_code for n in range(32)]
    assert answers[0] == 422 and answers[-1] == 429
    assert wrong.get(f"/join/{code}").status_code == 429
    assert joining_queries.at_door(db, session) == []


def test_one_device_says_one_name_and_the_door_is_not_flooded(db, world_of, hall, monkeypatch):
    (session, _), w = hall, world_of
    fields = at_the_door(db, w, session)
    do(db, "sessions.claim", None, **fields)
    with pytest.raises(AssertionError, match="already"):
        do(db, "sessions.claim", None, **{**fields, "person": w.colleague})
    monkeypatch.setattr(joining_changes, "MOST_WAITING", 1)
    with pytest.raises(AssertionError, match="Too many people are waiting"):
        do(db, "sessions.claim", None, **at_the_door(db, w, session, person=w.colleague))


def test_a_phone_that_says_another_name_takes_back_the_first(db, world_of, hall, sign_in):
    (session, code), w, phone = hall, world_of, sign_in(None)
    for name in (w.participant, w.colleague):
        assert phone.post(f"/join/{code}", data={"person": name}).status_code == 303
    assert [claim["person"] for claim in joining_queries.at_door(db, session)] == [w.colleague]
    assert "Toby" in phone.get("/join").get_data(as_text=True)


def test_who_waits_is_told_when_that_changes_and_ticks_are_left_alone_until_then(db, world_of, hall, sign_in):
    (session, _), w, news = hall, world_of, {"HX-Request": "true"}
    client, address = sign_in(w.leader), f"/sessions/{session}/door"
    claim = do(db, "sessions.claim", None, **at_the_door(db, w, session)).about
    told = client.get(f"{address}?shown=", headers=news).get_data(as_text=True)
    assert "Nadine Member" in told and 'id="at-door-line" hx-swap-oob="true"' in told and "hx-preserve" not in told
    shown = re.search(r'"shown": "(\w+)"', told)[1]
    same = client.get(f"{address}?shown={shown}", headers=news)
    assert same.get_data() == b"" and same.headers["HX-Reswap"] == "none"
    assert client.get(f"/sessions/{session}/pace").get_data(as_text=True).count('hx-preserve="true"') == 2
    do(db, "sessions.let_in", w.leader, session=session, claims=[claim])
    assert "let in at the door" in client.get(f"{address}?shown={shown}", headers=news).get_data(as_text=True)
    assert client.get(address).location == f"/sessions/{session}/run"
    for person in (w.participant, w.outsider):
        assert sign_in(person).get(address, headers=news).status_code == 404


def test_only_whoever_runs_the_session_opens_the_door(db, world_of, hall, sign_in):
    (session, _), w = hall, world_of
    claim = do(db, "sessions.claim", None, **at_the_door(db, w, session)).about
    for person in (w.colleague, w.outsider, w.hub_lead):
        assert sign_in(person).post(f"/sessions/{session}/door", data={"claims": claim}).status_code == 404
    assert joining_queries.at_door(db, session) and days(0)


def test_the_room_shows_the_code_and_so_does_its_screen(db, world_of, hall, sign_in):
    (session, code), w = hall, world_of
    page = sign_in(w.leader).get(f"/sessions/{session}/check-in").get_data(as_text=True)
    assert f"{code[:3]} {code[3:]}" in page
    do(db, "sessions.open_screen", w.leader, session=session, code="ABC234")
    screen = sign_in(None)
    screen.post("/screen", data={"code": "ABC234"})
    wall = screen.get("/screen").get_data(as_text=True)
    assert f"{code[:3]} {code[3:]}" in wall
    guide = sign_in(w.leader).get(f"/sessions/{session}/guide").get_data(as_text=True)
    for shown in (page, wall, guide):
        assert dark_on(shown) == dark_of(f"http://127.0.0.1:8000/join/{code}"), "the square says what stands beside it"
    assert dark_on(sign_in(w.participant).get(f"/sessions/{session}/guide").get_data(as_text=True)) == dark_of(
        "http://127.0.0.1:8000/join"), "without the code for whoever may not show it"  # fmt: skip


def test_the_code_beside_the_register_is_for_any_phone_and_is_kept_new(db, world_of, hall, sign_in, monkeypatch):
    (session, code), client = hall, sign_in(world_of.leader)
    run = client.get(f"/sessions/{session}/run").get_data(as_text=True)
    assert f"{code[:3]} {code[3:]}" in run and dark_on(run) == dark_of(f"http://127.0.0.1:8000/join/{code}")
    pace = f"/sessions/{session}/pace?block=&code={code}"
    assert 'id="way-in"' not in client.get(pace, headers={"HX-Request": "true"}).get_data(as_text=True)
    real = clock.now()
    monkeypatch.setattr(clock, "now", lambda: clock.after(joining_queries.QUARTER, real))
    later = client.get(pace, headers={"HX-Request": "true"}).get_data(as_text=True)
    newer = joining_queries.code_of(db, session)
    assert 'id="way-in" hx-swap-oob="true"' in later and f"{newer[:3]} {newer[3:]}" in later
    signed_out = sign_in(None)
    assert "Join with the code that its screen shows" in signed_out.get(
        signed_out.get(f"/sessions/{session}/run").location).get_data(as_text=True)  # fmt: skip


def test_a_visitor_of_no_school_here_says_where_they_are_from_and_the_register_shows_it(db, world_of, hall, sign_in):
    (session, code), w = hall, world_of
    typed = {"visitor": "Vera Visitor", "school": "", "comes_from": "Fen <b>Trust"}
    assert "Where you are from" in sign_in(None).get(f"/join/{code}").get_data(as_text=True)
    assert sign_in(None).post(f"/join/{code}", data=typed | {"comes_from": "x" * 101}).status_code == 422
    assert sign_in(None).post(f"/join/{code}", data=typed).status_code == 303
    leader, page = sign_in(w.leader), f"/sessions/{session}/run"
    assert "Fen &lt;b&gt;Trust" in leader.get(page).get_data(as_text=True)
    claims = [c["id"] for c in joining_queries.at_door(db, session)]
    assert leader.post(f"/sessions/{session}/door", data={"claims": claims}).status_code == 303
    assert "<h2>Fen &lt;b&gt;Trust" in leader.get(page).get_data(as_text=True)
    mark = next(m for m in queries.register(db, session) if m["name"] == "Vera Visitor")
    as_before = {"person": mark["person"], "status": "present", "out_time": "23:59", "attending_as": "visitor"}
    do(db, "sessions.mark", w.leader, session=session, **as_before)
    assert queries.mark_of(db, session, mark["person"])["comes_from"] == "Fen <b>Trust", "the next tap forgets nothing"
    sam = let_in(db, w, session=session, person="", visitor="Sam Stand-in", school=w.school2)[1]
    page_of_sam = BeautifulSoup(leader.get(f"{page}?ask={sam}").get_data(), "html.parser").find("form", class_="ask")
    assert w.neighbour in {o["value"] for o in page_of_sam.find("select", attrs={"name": "substitute_for"})("option")}
    fields = {i["name"]: i.get("value", "") for i in page_of_sam("input")} | {"substitute_for": w.neighbour}
    assert leader.post(page_of_sam["action"], data={**fields, "status": "present"}).status_code == 303
    now = queries.mark_of(db, session, sam)
    assert (now["attending_as"], now["substitute_for"], now["school"]) == ("substitute", w.neighbour, w.school2)
    typed = {"visitor": "Una Marsh", "status": "present", "comes_from": "The university"}
    assert leader.post(f"/sessions/{session}/marks", data=typed).status_code == 303
    assert "<h2>The university" in leader.get(page).get_data(as_text=True)
    listed = hosting_queries.visitors(db, queries.session(db, session))
    assert {"name": "Una Marsh", "from": "The university"} in listed
    do(db, "sessions.mark", w.leader, session=session, visitor="Ed", school=w.school2, comes_from="X", status="present")
    assert store.value(db, "select comes_from from register_mark where visitor = 'Ed'") is None, "a school says it"
    with store.writing(db):
        personal.erase(db, mark["person"], clock.now())
    assert "Fen <b>Trust" not in {m["comes_from"] for m in store.rows(db, "select comes_from from register_mark")}
    assert store.value(db, "select comes_from from guest_claim where guest = ?", (mark["person"],)) is None
