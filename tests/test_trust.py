"""What was tried to get round a teacher's no, another's privacy, or the register; each way stays shut."""

import pytest

from tests.lessons.examples import PREDICTED, a_lesson, a_noticing, in_discussion, with_teacher
from tests.reflections.examples import a_reflection
from tests.sessions.examples import a_session, far_session, open_session
from tests.tasks.examples import a_task
from tests.world import days, do, submit
from workgroup import clock, store, web
from workgroup.lessons import discussion_queries, noticing_queries
from workgroup.lessons import queries as lessons
from workgroup.people import post
from workgroup.reflections import queries as reflections
from workgroup.sessions import queries as sessions


def test_nobody_makes_themselves_the_teacher_of_a_lesson_that_was_taught(db, world_of):
    w = world_of
    lesson = with_teacher(db, w)
    fields = {"lesson": lesson, "class_name": "Year 3", "topic": "Quarters", "predicted": PREDICTED, "seen": "1"}
    taken = submit(db, "lessons.edit", w.leader, teacher=w.leader, **fields)
    assert taken.standing == "refused" and "only its teacher" in taken.errors["teacher"][0]
    assert submit(db, "lessons.edit", w.leader, teacher=w.participant, **fields).stands


def test_nobody_checks_in_to_a_session_that_is_over_or_has_not_begun(db, world_of):
    w = world_of
    lesson = with_teacher(db, w)
    session = lessons.lesson(db, lesson)["session"]
    do(db, "lessons.share", w.participant, lesson=lesson, shared_with="room")
    do(db, "sessions.set_state", w.leader, session=session, state="closed")
    with store.writing(db):  # it was held three days ago
        db.conn.execute(
            "update session set starts_at = ?, ends_at = ? where id = ?",
            (f"{days(-3)}T10:00:00.000Z", f"{days(-3)}T12:00:00.000Z", session),
        )
    late = {"session": session, "person": w.neighbour, "status": "present"}
    assert submit(db, "sessions.mark", w.neighbour, **late).standing == "refused"
    assert not lessons.visible_to(db, w.neighbour, lesson)
    # made during the session on a tablet without a line, it still comes in
    assert submit(db, "sessions.mark", w.neighbour, at=f"{days(-3)}T10:05:00.000Z", **late).stands
    ahead = a_session(db, w, 20)
    assert submit(db, "sessions.mark", w.neighbour, session=ahead, person=w.neighbour, status="present").errors


def test_a_leader_does_not_open_again_what_the_teacher_has_answered(db, world_of):
    w = world_of
    lesson = with_teacher(db, w)
    do(db, "lessons.share", w.participant, lesson=lesson, shared_with="nobody")
    refused = submit(db, "lessons.open_discussion", w.leader, lesson=lesson)
    assert refused.standing == "refused" and "has answered" in str(refused.errors)
    assert not lessons.visible_to(db, w.leader, lesson)


def test_a_session_opened_again_later_opens_no_discussion(db, world_of):
    w = world_of
    lesson = in_discussion(db, w)
    assert lessons.visible_to(db, w.leader, lesson)
    with store.writing(db):
        db.conn.execute("update session set starts_at = ?, ends_at = ?", (f"{days(-9)}T10:00:00.000Z",
                                                                        f"{days(-9)}T12:00:00.000Z"))  # fmt: skip
    assert not lessons.visible_to(db, w.leader, lesson)


def test_words_and_notes_after_the_yes_wait_for_the_same_yes(db, world_of):
    w = world_of
    lesson = in_discussion(db, w)
    noticing = a_noticing(db, w, lesson=lesson, words="First words")
    do(db, "lessons.close", w.leader, lesson=lesson)
    do(db, "lessons.share", w.participant, lesson=lesson, shared_with="hub")
    do(db, "lessons.add_words", w.colleague, noticing=noticing, words="Second thoughts")
    do(db, "lessons.discuss", w.colleague, lesson=lesson, step="closing", words="Said afterwards")

    def read(by):
        words = [n["words"] for n in noticing_queries.noticings(db, by, lesson)]
        return words + [d["words"] for d in discussion_queries.notes(db, by, lesson)]

    assert "First words" in read(w.hub_lead)
    assert not {"Second thoughts", "Said afterwards"} & set(read(w.hub_lead))
    assert {"Second thoughts", "Said afterwards"} <= set(read(w.participant))
    assert any(n["is_late"] for n in noticing_queries.noticings(db, w.participant, lesson))
    do(db, "lessons.share", w.participant, lesson=lesson, shared_with="hub")
    assert {"Second thoughts", "Said afterwards"} <= set(read(w.hub_lead))


def test_the_hub_reads_what_was_shared_without_names(db, world_of, sign_in):
    w = world_of
    lesson = with_teacher(db, w)
    do(db, "lessons.share", w.participant, lesson=lesson, shared_with="hub")
    page = sign_in(w.hub_lead).get(f"/lessons/{lesson}/timeline").get_data(as_text=True)
    assert "Half is fair" in page and "Toby" not in page and "An observer" in page


def test_the_hub_cannot_ask_for_what_one_observer_noticed(db, world_of, sign_in):
    w = world_of
    lesson = in_discussion(db, w)
    a_noticing(db, w, by="leader", lesson=lesson, words="Seen by the leader")
    do(db, "lessons.close", w.leader, lesson=lesson)
    do(db, "lessons.share", w.participant, lesson=lesson, shared_with="hub")
    for who, others in ((w.hub_lead, True), (w.neighbour, False)):
        page = sign_in(who).get(f"/lessons/{lesson}/timeline?observer={w.colleague}").get_data(as_text=True)
        assert "Half is fair" in page and ("Seen by the leader" in page) is others


def test_what_a_lesson_means_and_gap_tasks_stay_in_the_group(db, world_of, sign_in):
    w = world_of
    lesson = in_discussion(db, w)
    do(db, "lessons.imply", w.leader, lesson=lesson, school_in_group=w.in_group, words="Marker implication")
    task = a_task(db, w, words="Marker task")
    for person in (w.administrator, w.hub_lead):
        client = sign_in(person)
        for address in (f"/lessons/{lesson}/discussion", f"/gap-tasks/{task}", f"/schools/{w.school}"):
            assert "Marker" not in client.get(address).get_data(as_text=True), address


@pytest.mark.parametrize("who", ["administrator", "hub_lead", "participant"])
def test_nobody_makes_themselves_a_leader(db, world_of, who):
    w = world_of
    by = getattr(w, who)
    email = store.value(db, "select email from person where id = ?", (by,))
    fields = {"work_group": w.far_group, "name": "Me", "email": email, "role": "leader"}
    assert submit(db, "groups.add_person", by, **fields).standing == "refused"


def test_a_clock_that_runs_ahead_wins_over_nothing(db, world_of):
    w = world_of
    ahead = clock.after(3 * 86_400)
    session = open_session(db, w)
    do(db, "sessions.mark", w.leader, at=ahead, session=session, person=w.participant, status="absent")
    do(db, "sessions.mark", w.leader, session=session, person=w.participant, status="present")
    assert sessions.mark_of(db, session, w.participant)["status"] == "present"
    about = {"session": session, "state": "final"}
    first = submit(db, "reflections.write", w.participant, at=ahead, words="Open", visibility="group", **about)
    do(db, "reflections.write", w.participant, reflection=first.about, words="Mine", visibility="me", state="final")
    assert reflections.reflection(db, w.neighbour, first.about) is None


def test_a_day_of_year_one_breaks_neither_the_register_nor_a_batch(db, world_of, sign_in):
    w = world_of
    session = open_session(db, w)
    for by, fields in ((w.leader, {"in_at": "0001-01-01T00:00:00Z"}), (w.participant, {"in_time": "03:00"})):
        mark = {"session": session, "person": w.participant, "status": "present"}
        assert submit(db, "sessions.mark", by, **mark, **fields).standing == "refused"
    entry = {"id": post.new_id(), "kind": "sessions.note", "by": w.leader, "at": "0001-01-01T00:00:00.000Z",
             "fields": {"session": session, "words": "Old"}}  # fmt: skip
    fine = {**entry, "id": post.new_id(), "at": clock.now()}
    answer = sign_in(w.leader).post("/sync", json={"tablet": post.new_id(), "entries": [entry, fine]})
    assert [s["standing"] for s in answer.json["standings"]] == ["refused", "entered"]


def test_one_persons_version_never_passes_anothers(db, world_of):
    w = world_of
    hers = a_reflection(db, w, words="Hers", visibility="group")
    his = a_reflection(db, w, by="colleague", words="His", visibility="group", after=hers)
    shared = {r["id"]: r["words"] for r in reflections.shared_with(db, w.leader)}
    assert (shared[hers], shared[his]) == ("Hers", "His")


@pytest.mark.parametrize(
    "then",
    ["//evil.example", "/\t/evil.example", "/\n/x", "/\r/x", "/\\evil.example", "https://evil.example", "", None],
)
def test_the_way_back_is_a_path_of_ours(then):
    assert web.safe_then(then) == "/"
    assert web.safe_then("/lessons/1?a=b") == "/lessons/1?a=b"


def test_posting_a_reflection_tells_nothing_of_another_group(db, world_of, sign_in):
    w = world_of
    client = sign_in(w.outsider)
    for about in ({"session": a_session(db, w, title="Secret title")}, {"gap_task": a_task(db, w, words="Secret")}):
        answer = client.post("/reflections", data=about)
        assert answer.status_code == 404 and "Secret" not in answer.get_data(as_text=True)
    assert sign_in(w.participant).post("/reflections", data={"session": far_session(db, w)}).status_code == 404


@pytest.mark.parametrize("year", ["9999/00", "0000/01", "1899/00"])
def test_a_year_of_no_school_is_refused(db, world_of, sign_in, year):
    words = {"leader_word": "L", "participant_word": "P", "meeting_word": "M", "title": "T", "academic_year": year}
    assert submit(db, "groups.create", world_of.hub_lead, **words).standing == "refused"
    assert sign_in(world_of.hub_lead).get(f"/half-terms/{year.replace('/', '-')}").status_code == 404


def test_nobody_is_in_a_group_twice_at_one_time(db, world_of):
    w = world_of
    fields = {"work_group": w.group, "name": "Nadine", "email": "participant@example.org", "role": "participant",
              "school": w.school, "from_on": days(-190)}  # fmt: skip
    assert submit(db, "groups.add_person", w.leader, **fields).standing == "refused"


def test_two_visitors_of_one_name_are_two_people(db, world_of):
    w = world_of
    session = open_session(db, w)
    for school in (w.school, w.school2):
        do(db, "sessions.mark", w.leader, session=session, visitor="Sam", school=school, status="present")
    assert len(sessions.register(db, session)) == 2


def test_a_second_tap_on_showing_a_moment_again_is_answered_in_words(db, world_of, sign_in):
    w = world_of
    lesson = in_discussion(db, w)
    moment, client = a_noticing(db, w, lesson=lesson), sign_in(w.participant)
    answer = client.post(f"/noticings/{moment}/hidden", data={"hidden": "no"})
    assert answer.status_code == 422 and "Something needs another look" in answer.get_data(as_text=True)


def test_next_years_page_tells_the_hub_of_gap_tasks_and_not_their_words(db, world_of, sign_in):
    w = world_of
    a_task(db, w, words="Marker task")
    for person, reads in ((w.hub_lead, False), (w.administrator, False), (w.leader, True)):
        page = sign_in(person).get(f"/groups/{w.group}/next-year").get_data(as_text=True)
        assert ("Marker task" in page) is reads and ("A gap task set" in page) is not reads


def test_second_taps_on_what_is_gone_are_answered_in_words(db, world_of, sign_in):
    w = world_of
    lesson, client = in_discussion(db, w), sign_in(world_of.leader)
    do(db, "lessons.discuss", w.leader, lesson=lesson, step="evidence", words="Three tables")
    note = store.value(db, "select id from discussion_note")
    assert [client.post(f"/discussion-notes/{note}/withdraw").status_code for _ in range(2)] == [303, 422]
    session = a_lesson(db, w) and open_session(db, w)
    assert client.post(f"/sessions/{session}/schools", data={"school_in_group": "x"}).status_code == 422
