"""What a visitor wrote becomes their account’s, wherever the phone still has something to send."""

import re

import pytest

from tests.lessons.examples import a_lesson
from tests.pictures import allow_photos, fields_of, jpeg, pieces_of
from tests.sessions.examples import at_the_door, let_in, open_session
from tests.sessions.phones import an_entry, newest_link, press, send_from
from tests.tasks.examples import a_task
from tests.world import do
from workgroup import ledger, personal, store
from workgroup.lessons import noticing_queries
from workgroup.lessons import queries as lessons
from workgroup.people import post
from workgroup.photos import queries as photos
from workgroup.sessions import queries


def _wrote(db, phone, person, session, lesson):
    entries = (
        an_entry(person, "lessons.notice", lesson=lesson, second="125", code="A", words="Half is fair"),
        an_entry(person, "reflections.write", session=session, words="I wonder", visibility="me", state="final"),
    )
    assert {s for s, _ in send_from(phone, *entries)} == {"entered"}
    return entries


def test_a_visitor_whose_address_nobody_has_gets_an_account_with_all_they_wrote(db, world_of, room, go_in, sign_in):
    session, lesson = room
    phone, visitor = go_in(session)
    _wrote(db, phone, visitor, session, lesson)
    asked = phone.post(f"/sessions/{session}/mine", data={"email": "Sam@Example.org"})
    assert asked.status_code == 303 and "on its way" in phone.get(asked.location).get_data(as_text=True)
    assert store.value(db, "select email from person where id = ?", (visitor,)) is None, "not before it is proved"
    home, link = sign_in(None), newest_link(db)
    assert "Sam Visitor" in home.get(link).get_data(as_text=True)
    assert press(home, link).status_code == 303
    assert store.value(db, "select email from person where id = ?", (visitor,)) == "sam@example.org"
    assert "I wonder" in home.get("/reflections").get_data(as_text=True)
    assert phone.get(f"/sessions/{session}/run").status_code == 200
    assert press(sign_in(None), link).status_code == 422, "once"


@pytest.mark.parametrize("first", [True, False])
def test_who_was_looked_for_by_name_while_they_were_there_as_a_visitor_is_present(
    db, world_of, room, go_in, sign_in, first
):
    (session, _), w = room, world_of
    marked = {"session": session, "person": w.neighbour, "status": "absent" if first else "apologies"}
    if first:
        do(db, "sessions.mark", w.leader, **marked)
    phone, _ = go_in(session, visitor="Sunita N.")
    if not first:
        do(db, "sessions.mark", w.leader, **marked)
    phone.post(f"/sessions/{session}/mine", data={"email": "neighbour@example.org"})
    assert press(sign_in(None), newest_link(db)).status_code == 303
    mark = queries.mark_of(db, session, w.neighbour)
    assert (mark["status"], mark["attending_as"]) == ("present", "participant")


def test_a_visitor_who_has_an_account_finds_all_of_it_there_and_the_phone_sends_the_rest(
    db, world_of, room, go_in, sign_in
):
    (session, lesson), w = room, world_of
    phone, visitor = go_in(session, visitor="Olaf at the door")
    first, _ = _wrote(db, phone, visitor, session, lesson)
    phone.post(f"/sessions/{session}/mine", data={"email": "outsider@example.org"})
    home, link = sign_in(None), newest_link(db)
    assert "as Olaf at the door" in home.get(link).get_data(as_text=True)
    assert press(home, link).status_code == 303
    assert "I wonder" in home.get("/reflections").get_data(as_text=True)
    assert "Half is fair" in home.get(f"/lessons/{lesson}/mine").get_data(as_text=True)
    assert queries.mark_of(db, session, w.outsider)["status"] == "present"
    assert "in your account now" in phone.get(f"/sessions/{session}/run").get_data(as_text=True)
    late = an_entry(visitor, "lessons.notice", lesson=lesson, second="300", code="B", words="Sent late")
    assert [s for s, _ in send_from(phone, first, late)] == ["already", "entered"]
    own = noticing_queries.noticings(db, w.outsider, lesson, own_only=True)
    assert [n["words"] for n in own] == ["Half is fair", "Sent late"]
    for (table,) in db.conn.execute("select name from sqlite_master where type = 'table'").fetchall():
        for key in db.conn.execute(f"pragma foreign_key_list({table})").fetchall():
            if key["table"] == "person" and table not in personal.STAYS:
                count = f"select count(*) from {table} where {key['from']} = ?"
                assert store.value(db, count, (visitor,)) == 0, (table, key["from"])
    assert ledger.check(db) == []


def test_what_waits_on_the_phone_comes_whole_after_its_owner_is_known_pictures_too(db, world_of, room, go_in, sign_in):
    (session, lesson), w = room, world_of
    allow_photos(db, w)
    phone, visitor = go_in(session, visitor="Olaf at the door")
    data = jpeg()
    announced = an_entry(visitor, "lessons.photo", lesson=lesson, **fields_of(data))
    assert send_from(phone, announced) == [("entered", {})]
    phone.post(f"/sessions/{session}/mine", data={"email": "outsider@example.org"})
    press(sign_in(None), newest_link(db))
    pieces = pieces_of(data)
    for position, piece in enumerate(pieces):
        assert phone.put(f"/sync/photos/{announced['id']}/{position}", data=piece).status_code == 200
    found = store.row(db, "select by, came_at from photo where id = ?", (announced["id"],))
    assert found["by"] == w.outsider and found["came_at"]
    # going in once more would strand the rest: the phone stays whose it is
    assert phone.post("/join/in").location == "/join"
    waits = an_entry(visitor, "lessons.notice", lesson=lesson, second="9", code="A", words="Still waited")
    assert send_from(phone, waits) == [("entered", {})]
    account = sign_in(w.outsider)
    assert "At the door: " in account.get("/account").get_data(as_text=True)
    tablet = store.value(db, "select id from tablet where guest_of is not null")
    assert account.post(f"/account/tablets/{tablet}/sign-out").status_code == 303
    assert phone.get("/sync/hello").status_code == 401


def test_a_guest_sends_no_picture_of_another_session_or_of_a_gap_task(db, world_of, room, go_in):
    (session, _), w = room, world_of
    elsewhere = a_lesson(db, w, open_session(db, w, 3))
    do(db, "sessions.mark", w.leader, session=lessons.lesson(db, elsewhere)["session"], person=w.neighbour,
       status="present")  # fmt: skip
    allow_photos(db, w)
    data = jpeg()
    photo = do(db, "lessons.photo", w.neighbour, lesson=elsewhere, **fields_of(data)).about
    do(db, "schools.set_host_facts", w.leader, school=w.school2, photos="work", seen="0")
    given, returned, task = post.new_id(), post.new_id(), a_task(db, w, school_in_group=w.in_group2)
    do(db, "tasks.return", w.neighbour, id=given, gap_task=task, went="did it", words="At school")
    do(db, "tasks.photo", w.neighbour, id=returned, gap_task_return=given, **fields_of(data))
    phone, _ = go_in(session, person=w.neighbour)
    for one in (photo, returned):
        assert phone.get(f"/sync/photos/{one}").status_code == 404
        assert phone.put(f"/sync/photos/{one}/0", data=pieces_of(data)[0]).status_code == 404
    assert photos.here(db, returned) == []


def test_somebody_of_the_group_who_came_in_as_a_visitor_was_there_for_their_school(db, world_of, room, go_in, sign_in):
    (session, _), w = room, world_of
    phone, _ = go_in(session, visitor="Sunita N.")
    phone.post(f"/sessions/{session}/mine", data={"email": "neighbour@example.org"})
    press(sign_in(None), newest_link(db))
    mark = queries.mark_of(db, session, w.neighbour)
    assert (mark["status"], mark["attending_as"], mark["school"]) == ("present", "participant", w.school2)


def test_a_second_link_of_a_visitor_does_not_make_them_somebody_else(db, world_of, room, go_in, sign_in):
    (session, _), w = room, world_of
    phone, visitor = go_in(session)
    phone.post(f"/sessions/{session}/mine", data={"email": "outsider@example.org"})
    first = newest_link(db)
    phone.post(f"/sessions/{session}/mine", data={"email": "far_leader@example.org"})
    second = newest_link(db)
    assert press(sign_in(None), first).status_code == 303
    assert press(sign_in(None), second).status_code == 422
    assert store.value(db, "select joined_to from person where id = ?", (visitor,)) == w.outsider


def test_a_mail_to_keep_it_says_nothing_of_who_has_an_account_and_is_not_sent_without_end(db, world_of, room, go_in):
    session, _ = room
    phone, _ = go_in(session)
    pages = []
    for email in ("outsider@example.org", "nobody@example.org"):
        asked = phone.post(f"/sessions/{session}/mine", data={"email": email})
        text = phone.get(asked.location).get_data(as_text=True)
        pages.append(re.sub(r"[0-9a-f-]{36}|[0-9a-f]{12}|[0-9]+|data-[a-z]+=\"[^\"]*\"", "", text))
    assert pages[0] == pages[1]
    codes = [phone.post(f"/sessions/{session}/mine", data={"email": "a@example.org"}).status_code for _ in range(5)]
    assert codes[0] == 303 and codes[-1] == 429
    wrong = phone.post(f"/sessions/{session}/mine", data={"email": "nonsense"})
    assert wrong.status_code in (422, 429)


def test_somebody_of_the_group_needs_no_mail_for_it(db, world_of, room, go_in, sign_in):
    (session, lesson), w = room, world_of
    phone, person = go_in(session, person=w.neighbour)
    _wrote(db, phone, person, session, lesson)
    assert phone.post(f"/sessions/{session}/mine", data={"email": "thief@example.org"}).status_code == 404
    assert "in your account at once" in phone.get(f"/sessions/{session}/run").get_data(as_text=True)
    assert "I wonder" in sign_in(w.neighbour).get("/reflections").get_data(as_text=True)


def test_erasing_somebody_erases_what_they_were_as_a_visitor(db, world_of, room, go_in, sign_in):
    (session, lesson), w = room, world_of
    phone, visitor = go_in(session, visitor="Olaf at the door")
    _wrote(db, phone, visitor, session, lesson)
    phone.post(f"/sessions/{session}/mine", data={"email": "outsider@example.org"})
    press(sign_in(None), newest_link(db))
    do(db, "people.erase", w.hub_lead, person=w.outsider)
    for (table,) in db.conn.execute("select name from sqlite_master where type = 'table'").fetchall():
        for row in db.conn.execute(f"select * from {table}").fetchall():
            said = " ".join(str(v) for v in tuple(row))
            assert not re.search("Olaf|outsider@|Half is fair|I wonder", said), (table, said)
    assert phone.get(f"/sessions/{session}/run").location.startswith("/sign-in")


def test_a_door_opened_twice_makes_one_visitor(db, world_of):
    session, person, device = let_in(db, world_of, person="", visitor="Sam")
    for _ in range(2):
        do(db, "sessions.go_in", None, device=device, token=post.new_token())
    assert store.value(db, "select count(*) from person where name = 'Sam'") == 1
    assert {t["person"] for t in store.rows(db, "select * from tablet where guest_of = ?", (session,))} == {person}
    assert at_the_door(db, world_of, session)["device"] != device
