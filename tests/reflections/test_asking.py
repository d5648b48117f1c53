"""Asked once by mail to reflect; a question of the session's own; the leader's reading list and replies."""

import pytest

from tests.lessons.examples import a_lesson, a_noticing
from tests.reflections.examples import a_reflection
from tests.sessions.examples import open_session
from tests.world import days, do
from workgroup import clock, door, due, store
from workgroup.people import post
from workgroup.people import queries as people
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


@pytest.fixture
def wrote(db, world_of, held):
    """Words of three people, of then and of this session, and moments of its open lesson; the participant's own."""
    w = world_of
    for by, words in (("participant", "I wait longer before I ask."), ("colleague", "The colleague's promise")):
        a_reflection(db, w, by=by, words=words, visibility="me")
    lesson = a_lesson(db, w, held, teacher=w.neighbour)
    for by, words in (("participant", "counts the <i>gaps</i>"), ("colleague", "the colleague's moment")):
        a_noticing(db, w, by, lesson, code="Pupil C", words=words)
    gone = a_noticing(db, w, "participant", lesson, words="taken back again")
    do(db, "lessons.withdraw_noticing", w.participant, noticing=gone)
    with store.writing(db):
        store.alter(db, "person", w.participant, claimed_at=clock.now())


OWN = ("I wait longer before I ask.", "counts the &lt;i&gt;gaps&lt;/i&gt;", "Pupil C", "01:05")
OTHERS = ("The colleague", "the colleague", "taken back again")


def test_one_tap_from_the_mail_quotes_ones_own_promise_and_moments_and_asks(
    db, world_of, held, wrote, settings, sign_in
):
    w = world_of
    do(db, "sessions.add_prompt", w.leader, session=held, words="What will your head notice?")
    address = _ask(db, settings)["participant@example.org"]["link"]
    client, own = sign_in(None), sign_in(w.participant)
    by_link = client.get(address)
    assert by_link.headers["Cache-Control"] == "no-store"
    for page in (by_link, own.get(f"/reflections/new?session={held}")):
        text = page.get_data(as_text=True)
        for said in (*OWN, "What did Pupil A see?", "What will your head notice?"):
            assert said in text, said
        assert not any(said in text for said in OTHERS)
    assert client.post(address, data={"words": "", "visibility": "me"}).status_code == 422
    assert client.post(address, data={"words": "Less talk.", "visibility": "me"}).status_code == 303
    for after in (client.get(f"{address}?kept=yes"), client.get(address)):
        text = after.get_data(as_text=True)
        assert not any(said in text for said in (*OWN, "Less talk.")), "once it is written the link only asks"


def test_a_mail_that_is_passed_on_later_or_by_other_hands_only_asks(
    db, world_of, held, wrote, settings, sign_in, monkeypatch
):
    w = world_of
    address = _ask(db, settings)["participant@example.org"]["link"]
    with store.writing(db):
        store.alter(db, "person", w.participant, claimed_at=None)  # the hub passes the mail of new people on
    client, real = sign_in(None), clock.now()
    text = client.get(address).get_data(as_text=True)
    assert "What did Pupil A see?" in text and not any(said in text for said in OWN)
    with store.writing(db):
        store.alter(db, "person", w.participant, claimed_at=real)
    for hours, is_fresh in ((71, True), (73, False)):
        monkeypatch.setattr(clock, "now", lambda: clock.after(hours * 3600, real))  # noqa: B023
        text = client.get(address).get_data(as_text=True)
        assert "What did Pupil A see?" in text and all((said in text) is is_fresh for said in OWN)


def test_nobody_who_runs_the_hub_finds_such_a_link_in_the_mail(db, world_of, held, settings):
    _ask(db, settings)
    mails = people.outbox(db, world_of.administrator, by_hand=False)
    assert [m["link"] for m in mails if m["subject"].startswith("Four minutes")] == [None] * 3


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
    address = f"/reflections/{id}"
    assert leader.post(f"/reflection-replies/{reply}/withdraw").status_code == 303
    assert "Which one first?" not in author.get(address).get_data(as_text=True)
    shown = leader.get(address).get_data(as_text=True)
    assert "Taken away; only you see it. Which one first?" in shown and "Bring it back" in shown
    for other in (w.participant, w.colleague, w.co_leader, w.hub_lead):
        assert sign_in(other).post(f"/reflection-replies/{reply}/restore").status_code == 404
    assert leader.post(f"/reflection-replies/{reply}/restore").status_code == 303
    assert "Which one first?" in author.get(address).get_data(as_text=True)
    assert leader.post(f"/reflection-replies/{reply}/else").status_code == 404


def test_a_reply_comes_back_only_while_its_author_may_still_read_what_it_answers(db, world_of, held, sign_in):
    w = world_of
    id = a_reflection(db, w, session=held, visibility="specialist")
    reply = post.new_id()
    do(db, "reflections.reply", w.leader, id=reply, reflection=id, words="Which one first?")
    leader = sign_in(w.leader)
    do(db, "reflections.write", w.participant, reflection=id, after=id, words="Mine", visibility="me", state="final")
    assert leader.post(f"/reflection-replies/{reply}/withdraw").location == "/reflections"
    outcome = door.submit(db, "reflections.restore_reply", {"reply": reply}, post.new_id(), w.leader)
    assert outcome.standing == "refused" and queries.replies(db, w.participant, id) == []


def test_the_room_sees_nobody_named_who_has_not_reflected_or_not_brought_a_task_back(db, world_of, sign_in):
    w = world_of
    session = open_session(db, w)
    for person in (w.participant, w.colleague):
        do(db, "sessions.mark", w.leader, session=session, person=person, status="present")
    a_reflection(db, w, by="colleague", session=session, visibility="group")
    block = store.value(db, "select id from agenda_block where session = ? and kind = 'reflection'", (session,))
    do(db, "sessions.begin_block", w.leader, session=session, block=block)
    page = sign_in(w.leader).get(f"/sessions/{session}/run").get_data(as_text=True)
    shown = page.split('id="now"')[1].split("</section>")[0]
    assert "What will you do differently" in shown and "/reflections/new" in shown
    assert "Nadine" not in shown and "Toby" not in shown
    assert "Toby" not in sign_in(w.participant).get(f"/sessions/{session}/run").get_data(as_text=True).split("<main")[1]
    do(db, "sessions.open_screen", w.leader, session=session, code="ABC234")
    (device := sign_in(None)).post("/screen", data={"code": "ABC234"})
    wall = device.get("/screen").get_data(as_text=True)
    assert "What will you do differently" in wall and not [n for n in ("Nadine", "Toby", "Sunita") if n in wall]
    page = sign_in(w.leader).get(f"/sessions/{session}/reflections").get_data(as_text=True)
    assert "Toby Colleague has written" in page and "Nadine" not in page.split("<main")[1]


def test_a_session_that_was_open_again_in_the_evening_is_asked_about_once_it_is_closed(db, world_of, held, settings):
    w = world_of
    do(db, "sessions.set_state", w.leader, session=held, state="open")
    _over(db, held, -1)
    assert _ask(db, settings) == {}
    do(db, "sessions.set_state", w.leader, session=held, state="closed")
    assert len(_ask(db, settings)) == 3


def test_an_open_session_that_ends_later_than_was_planned_is_asked_about_on_its_own_evening(db, world_of, settings):
    w, session = world_of, open_session(db, world_of)
    do(db, "sessions.mark", w.leader, session=session, person=w.participant, status="present")
    _over(db, session, -1)
    assert _ask(db, settings) == {}
    seen = str(store.value(db, "select version from session where id = ?", (session,)))
    do(db, "sessions.edit", w.leader, session=session, seen=seen, kind="TRG", title="Moved", day=days(1),
       starts="13:00", ends="17:00", mode="online", anyway="y")  # fmt: skip
    planned = store.value(db, "select at from due where kind = 'ask_to_reflect' and done_at is null")
    assert clock.day_of(planned) == days(1)
    _over(db, session, 1)
    assert set(_ask(db, settings)) == {"participant@example.org"}


def _over(db, session, hours):
    """Let a session have ended so many hours ago."""
    times = clock.after(-3600 * (hours + 2)), clock.after(-3600 * hours), session
    with store.writing(db):
        db.conn.execute("update session set starts_at = ?, ends_at = ? where id = ?", times)


def test_a_session_that_nobody_closes_is_asked_about_all_the_same_and_its_leader_is_told(
    db, world_of, settings, sign_in
):
    w, session = world_of, open_session(db, world_of)
    do(db, "sessions.mark", w.leader, session=session, person=w.participant, status="present")
    _over(db, session, 25)
    assert set(_ask(db, settings)) == {"participant@example.org"}
    for person, is_told in ((w.leader, True), (w.participant, False)):
        assert ("session still open: close it" in sign_in(person).get("/").get_data(as_text=True)) is is_told
    do(db, "sessions.set_state", w.leader, session=session, state="closed")
    assert len(_ask(db, settings)) == 1 and "still open" not in sign_in(w.leader).get("/").get_data(as_text=True)


def test_the_first_session_of_a_year_quotes_the_promise_of_the_work_group_it_was_made_from(db, world_of):
    w = world_of
    a_reflection(db, w, words="I wait longer before I ask.", visibility="me", state="final")
    with store.writing(db):
        year = int(clock.academic_year(clock.today())[:4]) - 1
        db.conn.execute("update work_group set academic_year = ? where id = ?", (f"{year}/{(year + 1) % 100:02d}",
                                                                               w.group))  # fmt: skip
    assert queries.last_promise(db, w.participant, w.far_group) is None, "another Work Group’s"
    with store.writing(db):
        store.alter(db, "work_group", w.far_group, made_from=w.group)
    assert queries.last_promise(db, w.participant, w.far_group)["words"] == "I wait longer before I ask."
    assert queries.last_promise(db, w.colleague, w.far_group) is None
