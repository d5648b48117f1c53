"""A lesson that was planned on the wrong session, or whose teacher falls ill, is taken out and put back."""

from tests.lessons.examples import a_lesson, a_live_lesson, a_noticing
from tests.world import do
from workgroup import clock, door, store
from workgroup.lessons import queries
from workgroup.people import post


def test_a_lesson_is_taken_out_of_its_session_and_put_back_with_its_briefing(db, world_of, sign_in):
    w, lesson = world_of, a_lesson(db, world_of)
    page, was = f"/lessons/{lesson}", queries.lesson(db, lesson)
    session, leader, member = f"/sessions/{was['session']}", sign_in(w.leader), sign_in(w.colleague)
    for other in (w.colleague, w.neighbour, w.outsider):
        assert sign_in(other).post(f"{page}/stand/withdraw").status_code in (403, 404)
    assert "Take it out of the session" in leader.get(page).get_data(as_text=True)
    assert leader.post(f"{page}/stand/withdraw").status_code == 303
    assert queries.lessons_of(db, was["session"]) == []
    assert page not in member.get(session).get_data(as_text=True)
    assert f"Taken out: <a href=\"{page}" in leader.get(session).get_data(as_text=True)
    gone = leader.get(page).get_data(as_text=True)
    assert "was taken out of the session" in gone and "Start the lesson" not in gone
    assert leader.post(f"{page}/stand/withdraw").status_code == 422, "it is out already"
    assert leader.post(f"{page}/stand/restore").status_code == 303
    assert page in member.get(session).get_data(as_text=True)
    now = queries.lesson(db, lesson)
    assert {k: v for k, v in now.items() if k not in ("changed", "number")} == {
        k: v for k, v in was.items() if k not in ("changed", "number")}  # fmt: skip
    assert queries.predicted(db, lesson)


def test_of_a_lesson_that_has_begun_nothing_is_lost(db, world_of, sign_in):
    w, lesson = world_of, a_live_lesson(db, world_of)
    a_noticing(db, w, lesson=lesson)
    refused = sign_in(w.leader).post(f"/lessons/{lesson}/stand/withdraw")
    assert refused.status_code == 422 and "This lesson has begun" in refused.get_data(as_text=True)
    do(db, "lessons.withdraw_start", w.leader, at=clock.after(5), start=store.value(db, "select id from lesson_start"))
    assert queries.lesson(db, lesson)["state"] == "planned"
    assert door.submit(db, "lessons.withdraw", {"lesson": lesson}, post.new_id(), w.leader).errors


def test_a_tablet_that_starts_it_puts_it_back(db, world_of):
    w, lesson = world_of, a_lesson(db, world_of)
    do(db, "lessons.withdraw", w.leader, lesson=lesson)
    do(db, "lessons.start", w.leader, lesson=lesson)
    assert [n["state"] for n in queries.lessons_of(db, queries.lesson(db, lesson)["session"])] == ["live"]
