"""Asking the teacher who taught: a link for one without an account, one reminder, and what the link does not open."""

import re

import pytest

from tests.lessons.examples import a_lesson, a_noticing, in_discussion, with_teacher
from tests.world import do
from workgroup import clock, door, due, store
from workgroup.lessons import queries
from workgroup.people import post

EMAIL = "gwen@example.org"


@pytest.fixture
def lesson(db, world_of):
    """A discussed lesson of somebody who is only a name here."""
    w = world_of
    lesson = a_lesson(db, w, teacher="", teacher_name="Gwen Guest")
    do(db, "lessons.start", w.leader, lesson=lesson)
    do(db, "lessons.notice", w.colleague, lesson=lesson, second="125", code="A", words="Half is fair")
    do(db, "lessons.open_discussion", w.leader, lesson=lesson)
    do(db, "lessons.close", w.leader, lesson=lesson)
    return lesson


def _ask(db, w, lesson, email=EMAIL):
    do(db, "lessons.ask_teacher", w.leader, lesson=lesson, email=email)
    return store.value(db, "select link from mail where address = ? order by rowid desc", (email,))


def _opened(app, link):
    client = app.test_client()
    assert client.get(link).status_code == 200
    assert client.post(link, headers={"Sec-Fetch-Site": "same-origin"}).status_code == 303
    return client


def _post(client, path, **fields):
    return client.post(path, data=fields, headers={"Sec-Fetch-Site": "same-origin"})


def test_by_link_the_teacher_sees_all_comments_hides_and_shares_that_lesson(app, db, world_of, lesson, sign_in):
    client = _opened(app, _ask(db, world_of, lesson))
    assert "Half is fair" in client.get("/taught").get_data(as_text=True)
    noticing = store.value(db, "select id from noticing where lesson = ?", (lesson,))
    assert _post(client, "/taught/comments", words="Thank you all").status_code == 303
    assert _post(client, f"/taught/hidden/{noticing}", hidden="yes").status_code == 303
    again = _post(client, f"/taught/hidden/{noticing}", hidden="yes")
    assert again.status_code == 422 and "This is hidden already." in again.get_data(as_text=True)
    assert "Half is fair" not in sign_in(world_of.leader).get(f"/lessons/{lesson}/timeline").get_data(as_text=True)
    assert _post(client, f"/taught/hidden/{noticing}", hidden="no").status_code == 303
    assert _post(client, "/taught", shared_with="group").status_code == 303
    assert "Half is fair" in sign_in(world_of.neighbour).get(f"/lessons/{lesson}/timeline").get_data(as_text=True)
    author = store.value(db, "select by from ledger where kind = 'lessons.share'")
    assert store.value(db, "select name from person where id = ?", (author,)) == "Gwen Guest"


def test_the_link_opens_nothing_else(app, db, world_of, lesson):
    client = _opened(app, _ask(db, world_of, lesson))
    other = a_noticing(db, world_of)
    assert _post(client, f"/taught/hidden/{other}", hidden="yes").status_code == 404
    for path in ("/", f"/lessons/{lesson}", f"/lessons/{lesson}/sharing", "/groups", "/sync/hello"):
        assert client.get(path).status_code in (302, 303, 401, 404), path


def test_a_newer_link_ends_the_older_one_and_both_end_after_fourteen_days(app, db, world_of, lesson):
    first = _ask(db, world_of, lesson)
    client = _opened(app, first)
    second = _ask(db, world_of, lesson)
    assert client.get("/taught").status_code == 410 and client.get(first).status_code == 410
    client = _opened(app, second)
    with store.writing(db):
        db.conn.execute("update link set expires_at = ?", (clock.after(-1),))
    assert client.get("/taught").status_code == 410
    assert _post(client, "/taught", shared_with="hub").status_code == 410


def test_the_briefing_can_still_be_changed_once_a_guest_was_asked(app, db, world_of, lesson, sign_in):
    _ask(db, world_of, lesson)
    client = sign_in(world_of.leader)
    page = client.get(f"/lessons/{lesson}/edit").get_data(as_text=True)
    teacher = queries.lesson(db, lesson)["teacher"]
    assert f'<option selected value="{teacher}">Gwen Guest</option>' in page
    fields = {"teacher": teacher, "class_name": "Year 3", "topic": "Quarters", "seen": "1", "key_point": "Equal parts"}
    assert client.post(f"/lessons/{lesson}/edit", data=fields).status_code == 303
    assert queries.lesson(db, lesson)["key_point"] == "Equal parts"


def test_nobody_is_made_the_teacher_by_typing_their_own_address(db, world_of, lesson):
    fields = {"lesson": lesson, "email": "leader@example.org"}
    refused = door.submit(db, "lessons.ask_teacher", fields, post.new_id(), world_of.leader)
    assert refused.standing == "refused" and "not that of Gwen Guest" in str(refused.errors)
    assert queries.lesson(db, lesson)["teacher"] is None


def test_a_teacher_who_does_not_answer_is_reminded_once_and_no_answer_is_not_shared(db, world_of, settings):
    lesson = with_teacher(db, world_of)
    due.tick(db, settings)
    asked = "select count(*) from mail where subject like 'Your lesson%'"
    assert store.value(db, asked) == 0, "a week has not gone by"
    with store.writing(db):
        db.conn.execute("update due set at = ? where kind = 'remind_teacher'", (clock.after(-1),))
    for _ in range(3):
        due.tick(db, settings)
    do(db, "lessons.open_discussion", world_of.leader, lesson=lesson)
    do(db, "lessons.close", world_of.leader, lesson=lesson)
    due.tick(db, settings)
    assert store.value(db, asked) == 1
    assert not queries.visible_to(db, world_of.leader, lesson)


def test_a_teacher_is_reminded_also_where_nobody_ended_the_discussion(db, world_of, settings):
    in_discussion(db, world_of)
    with store.writing(db):
        db.conn.execute("update due set at = ? where kind = 'remind_teacher'", (clock.after(-1),))
    due.tick(db, settings)
    assert store.value(db, "select count(*) from mail where subject like 'Your lesson%'") == 1


def test_a_teacher_who_has_answered_is_not_reminded(db, world_of, settings):
    lesson = with_teacher(db, world_of)
    do(db, "lessons.share", world_of.participant, lesson=lesson, shared_with="nobody")
    with store.writing(db):
        db.conn.execute("update due set at = ? where kind = 'remind_teacher'", (clock.after(-1),))
    due.tick(db, settings)
    assert store.value(db, "select count(*) from mail where subject like 'Your lesson%'") == 0


def test_the_leader_sends_the_link_from_the_page_of_sharing(db, world_of, lesson, sign_in):
    client = sign_in(world_of.leader)
    assert "Send Gwen Guest a link" in client.get(f"/lessons/{lesson}/sharing").get_data(as_text=True)
    refused = client.post(f"/lessons/{lesson}/teacher", data={"email": "nothing"})
    assert refused.status_code == 422 and "email" in refused.get_data(as_text=True)
    assert client.post(f"/lessons/{lesson}/teacher", data={"email": EMAIL}).status_code == 303
    body = store.value(db, "select body from mail where address = ?", (EMAIL,))
    assert re.search("no answer means not shared", body)


def test_by_link_the_teacher_agrees_to_the_rooms_screen_and_takes_it_back(app, db, world_of, sign_in):
    lesson = a_lesson(db, world_of, teacher="", teacher_name="Gwen Guest")
    for deed in ("start", "open_discussion"):
        do(db, f"lessons.{deed}", world_of.leader, lesson=lesson)
    client, other = _opened(app, _ask(db, world_of, lesson)), in_discussion(db, world_of)
    on = lambda id: store.value(db, "select on_screen from lesson where id = ?", (id,))  # noqa: E731
    assert "It may be shown there" in client.get("/taught").get_data(as_text=True)
    assert _post(client, "/taught/screen").status_code == 422
    for _ in range(2):
        assert _post(client, "/taught/screen", on_screen="yes", lesson=other).status_code == 303
    assert (on(lesson), on(other)) == (1, 0), "that lesson, and no other"
    assert "Take it off the screen" in client.get("/taught").get_data(as_text=True)
    assert _post(client, "/taught/screen", on_screen="no").status_code == 303 and not on(lesson)
    assert _post(app.test_client(), "/taught/screen", on_screen="yes").status_code == 410
    assert sign_in(world_of.leader).post(f"/lessons/{lesson}/screen", data={"on_screen": "yes"}).status_code == 404
    do(db, "lessons.close", world_of.leader, lesson=lesson)
    assert "It may be shown there" not in client.get("/taught").get_data(as_text=True), "nobody discusses it any more"
