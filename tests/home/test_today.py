"""Today and the Work Group's page: what is next, what waits, and nothing of what is not one's own."""

from tests.lessons.examples import with_teacher
from tests.reviews.examples import a_review
from tests.sessions.examples import a_session, open_session
from tests.tasks.examples import an_overdue_task
from tests.world import days, do
from workgroup import store, web


def _page(client, address="/"):
    return client.get(address).get_data(as_text=True)


def test_a_new_hub_lead_is_told_what_to_do_first(app, db):
    client = app.test_client()
    client.post("/set-up", data={"hub": "New Hub", "name": "Nora", "email": "n@example.org"})
    page = _page(client)
    assert "Bring the schools in" in page and "Make a Work Group" in page


def test_the_leader_opens_the_register_and_a_participant_checks_in(db, world_of, sign_in):
    open_session(db, world_of)
    assert "Open the register" in _page(sign_in(world_of.leader))
    member = _page(sign_in(world_of.participant))
    assert "Check in" in member and "Open the register" not in member
    assert "Bars that start together" not in _page(sign_in(world_of.outsider))


def test_a_session_of_today_stays_first_until_it_is_closed(db, world_of, sign_in):
    w = world_of
    session = a_session(db, w, starts="00:01", ends="00:02", title="Early bird")
    a_session(db, w, 7, title="Next week")
    assert "Early bird" in _page(sign_in(w.leader))
    for state in ("open", "closed"):
        do(db, "sessions.set_state", w.leader, session=session, state=state)
    page = _page(sign_in(w.leader))
    assert "Next week" in page and "Early bird" not in page


def test_how_to_get_in_stands_on_the_day(db, world_of, sign_in):
    w = world_of
    a_session(db, w)
    do(db, "schools.set_host_facts", w.leader, school=w.school, entrance="Blue door", late_contact="01632 960111",
       seen="0")  # fmt: skip
    page = _page(sign_in(w.neighbour))
    assert "Blue door" in page and "01632 960111" in page


def test_gap_tasks_not_back_are_each_persons_own(db, world_of, sign_in):
    w = world_of
    an_overdue_task(db, w)
    assert "gap task not back yet" in _page(sign_in(w.leader))
    assert "gap task not back yet" in _page(sign_in(w.participant))
    assert "gap task not back yet" not in _page(sign_in(w.neighbour))


def test_the_lessons_teacher_is_asked_for_a_yes_or_no_until_there_is_one(db, world_of, sign_in):
    w = world_of
    lesson = with_teacher(db, w)
    assert "waits for your yes or no" in _page(sign_in(w.participant))
    assert "waits for your yes or no" not in _page(sign_in(w.leader))
    do(db, "lessons.share", w.participant, lesson=lesson, shared_with="nobody")
    assert "waits for your yes or no" not in _page(sign_in(w.participant))


def test_the_groups_page_shows_a_participant_their_own_schools_row_only(db, world_of, sign_in):
    w = world_of
    session = open_session(db, w)
    do(db, "sessions.mark_school", w.leader, session=session, school_in_group=w.in_group)
    leader, member = (_page(sign_in(p), f"/groups/{w.group}") for p in (w.leader, w.participant))
    assert leader.count('scope="row"') == 2 and "both" in leader
    assert member.count('scope="row"') == 1 and "Ottersby" not in member.split("<table")[1].split("</table>")[0]
    assert sign_in(w.outsider).get(f"/groups/{w.group}").status_code == 404


def test_the_grid_shows_agreed_steps_to_the_hub_lead_and_none_to_the_administrator(db, world_of, sign_in):
    w = world_of
    a_review(db, w, agreed=True)
    assert "Systems and culture: starting" in _page(sign_in(w.hub_lead), f"/groups/{w.group}")
    assert "Systems and culture" not in _page(sign_in(w.administrator), f"/groups/{w.group}")


def test_a_page_asks_the_database_no_more_often_when_there_are_more_noticings(app, db, world_of, sign_in):
    w = world_of
    lesson = with_teacher(db, w)
    do(db, "lessons.share", w.participant, lesson=lesson, shared_with="group")
    client = sign_in(w.participant)

    def asked():
        number = [0]
        with app.app_context():
            web.database().conn.set_trace_callback(lambda _: number.__setitem__(0, number[0] + 1))
        client.get(f"/lessons/{lesson}/timeline")
        return number[0]

    asked()  # the first request also notes whether this is a demo
    few = asked()
    with store.writing(db):
        for index in range(300):
            store.put(
                db, "noticing", id=f"n{index}", lesson=lesson, by=w.colleague, at="2026-01-01T10:00:00.000Z",
                received="2026-01-01T10:00:00.000Z", second=index, number=1, words="Moved one",
            )  # fmt: skip
    assert asked() == few


def test_an_invitation_waits_until_it_is_answered_and_what_nobody_was_told_waits_for_the_leader(db, world_of, sign_in):
    w = world_of
    session = a_session(db, w, 9)
    do(db, "sessions.invite", w.leader, session=session)
    member, leader = sign_in(w.participant), sign_in(w.leader)
    assert "are you coming?" in member.get("/").get_data(as_text=True)
    assert "stands now" not in leader.get("/").get_data(as_text=True)
    do(db, "sessions.answer", w.participant, session=session, person=w.participant, answer="coming")
    assert "are you coming?" not in member.get("/").get_data(as_text=True)
    fields = {"kind": "TRG", "title": "Moved", "day": days(10), "starts": "13:00", "ends": "16:00", "mode": "room",
              "host": w.school, "anyway": "y"}  # fmt: skip
    do(db, "sessions.edit", w.leader, session=session, seen="1", **fields)
    assert "people do not know how a session stands now" in leader.get("/").get_data(as_text=True)
