"""What is closed to guests of a session: every kind and page but a few, other sessions, a person’s own past."""



from tests.lessons.examples import a_lesson, a_noticing, a_whole_photo
from tests.reflections.examples import a_reflection
from tests.sessions.examples import open_session
from tests.sessions.phones import an_entry, send_from
from tests.world import do
from workgroup import clock, door, store
from workgroup.people import post

# what a guest may use who was handed the running of this session, has no account, and while it is open
KINDS_TO_RUN = {
    "sessions.begin_block", "sessions.close_screen", "sessions.cut_block", "sessions.decide", "sessions.let_in",
    "sessions.mark_school", "sessions.note", "sessions.open_screen", "sessions.restore_decision",
    "sessions.restore_note", "sessions.set_question", "sessions.set_state", "sessions.show_out", "sessions.summarise",
    "sessions.turn_away", "sessions.unbegin_block", "sessions.unmark", "sessions.withdraw_decision",
    "sessions.withdraw_note", "tasks.set",
}  # fmt: skip
PAGES_TO_RUN = {
    "/blocks/<id>/begin", "/blocks/<id>/cut", "/blocks/<id>/unbegin", "/decisions/<id>/<deed>", "/materials/<id>",
    "/session-notes/<id>/<deed>", "/sessions/<id>/check-in", "/sessions/<id>/decisions", "/sessions/<id>/door",
    "/sessions/<id>/gap-tasks", "/sessions/<id>/notes", "/sessions/<id>/pace", "/sessions/<id>/question",
    "/sessions/<id>/register", "/sessions/<id>/schools", "/sessions/<id>/screen", "/sessions/<id>/state",
    "/sessions/<id>/summary", "/sessions/<id>/undo",
}  # fmt: skip
# what guests may use: every addition here is a decision
KINDS = {
    "journeys.restore", "journeys.say", "journeys.withdraw", "plans.answer",
    "sessions.claim", "sessions.go_in", "sessions.host_wifi", "sessions.host_word",
    "sessions.keep_as_own", "sessions.mark",
    "lessons.add_words", "lessons.discuss", "lessons.flag", "lessons.mark_phase", "lessons.notice", "lessons.photo",
    "lessons.photo_came", "lessons.restore_discussion", "lessons.restore_noticing", "lessons.restore_sketch",
    "lessons.sketch", "lessons.tag",
    "lessons.withdraw_discussion", "lessons.withdraw_noticing", "lessons.withdraw_photo", "lessons.withdraw_sketch",
    "people.ask_for_link", "people.sign_out", "people.use_link", "reports.acknowledge",
    "reflections.choose", "reflections.restore", "reflections.see_replies", "reflections.withdraw",
    "reflections.write",
}  # fmt: skip
# pages that ask for no sign-in are not listed
PAGES = {
    "/sessions/<id>/run", "/sessions/<id>/marks", "/sessions/<id>/mine",
    "/lessons/<id>", "/lessons/<id>/capture", "/lessons/<id>/practice", "/lessons/<id>/noticings",
    "/lessons/<id>/phases", "/lessons/<id>/now", "/lessons/<id>/mine", "/lessons/<id>/mine.pdf",
    "/lessons/<id>/plan.pdf", "/lessons/<id>/record", "/lessons/<id>/discussion", "/lessons/<id>/timeline",
    "/lessons/<id>/sharing", "/lessons/<id>/sketch",
    "/noticings/<id>/words", "/noticings/<id>/tags", "/noticings/<id>/flag", "/noticings/<id>/<deed>",
    "/discussion-notes/<id>/<deed>", "/photos/<id>", "/photos/<id>/withdraw",
    "/sketches/<id>/<deed>",
    "/reflections/new", "/reflections", "/reflections/<id>", "/reflections/<id>/edit", "/reflections/<id>/choose",
    "/reflections/<id>/seen", "/reflections/<id>/<deed>",
}  # fmt: skip


def _for_guests(right):
    return getattr(right, "guests_session", None) is not None


def test_only_these_kinds_and_pages_are_open_to_guests(app):
    assert {name for name, kind in door.KINDS.items() if _for_guests(kind.right)} == KINDS | KINDS_TO_RUN
    open_pages = {
        rule.rule for rule in app.url_map.iter_rules()
        if (view := app.view_functions[rule.endpoint]).open_to.__name__ != "anyone" and _for_guests(view.open_to)
    }  # fmt: skip
    assert open_pages == PAGES | PAGES_TO_RUN


def test_a_guest_of_one_session_is_nobody_in_another(db, world_of, room, go_in):
    (session, _), w = room, world_of
    other = open_session(db, w, 3)
    elsewhere = a_lesson(db, w, other)
    do(db, "sessions.mark", w.leader, session=other, person=w.neighbour, status="present")
    phone, person = go_in(session, person=w.neighbour)
    own = a_reflection(db, w, by="neighbour", session=other)
    moment = a_noticing(db, w, by="neighbour", lesson=elsewhere)
    for path in (f"/sessions/{other}/run", f"/lessons/{elsewhere}", f"/lessons/{elsewhere}/capture",
                 f"/lessons/{elsewhere}/mine", f"/reflections/{own}", f"/reflections/new?session={other}",
                 f"/sessions/{other}", "/account", "/groups", "/reflections", "/schools", "/search?q=a"):  # fmt: skip
        assert phone.get(path).status_code == 404, path
    entries = (
        an_entry(person, "lessons.notice", lesson=elsewhere, second="1", code="A", words="Not here"),
        an_entry(person, "lessons.add_words", noticing=moment, words="Not here"),
        an_entry(person, "reflections.write", session=other, words="Not here", visibility="me", state="draft"),
        an_entry(person, "reflections.write", reflection=own, words="Not here", visibility="group", state="final"),
        an_entry(person, "sessions.mark", session=other, person=person, status="present"),
        an_entry(person, "tasks.did_at_school", school_in_group=w.in_group2, kind="other", on_day=clock.today(),
               words="Not here"),
    )  # fmt: skip
    for standing, errors in send_from(phone, *entries):
        assert standing == "refused" and "guests of a session" in str(errors)
    assert phone.post("/account/password", data={"password": "a long password"}).status_code == 404


def test_a_name_said_at_the_door_brings_no_past_words_and_no_other_role(db, world_of, room, go_in):
    (session, _), w = room, world_of
    past = open_session(db, w, 5)
    a_reflection(db, w, by="neighbour", session=past, words="I promised myself this", state="final")
    with store.writing(db):
        store.put(db, "hub_role", id=post.new_id(), person=w.neighbour, role="administrator", from_on="2020-01-01")
    do(db, "sessions.hand_over", w.leader, session=session, person=w.neighbour)
    phone, _ = go_in(session, person=w.neighbour)
    assert "I promised" not in phone.get(f"/reflections/new?session={session}").get_data(as_text=True)
    for path in ("/hub", "/people", f"/sessions/{session}/check-in", f"/sessions/{session}/register"):
        assert phone.get(path).status_code == 404, path
    run = phone.get(f"/sessions/{session}/run").get_data(as_text=True)
    assert "Toby Colleague" not in run, "the register is not a guest's"
    assert phone.post(f"/sessions/{session}/door", data={"claims": post.new_id()}).status_code == 404


def test_a_guest_who_said_the_teachers_name_decides_nothing_for_them(db, world_of, room, go_in):
    (session, lesson), w = room, world_of
    do(db, "sessions.mark", w.leader, session=session, person=w.participant, status="absent")
    moment, photo = a_noticing(db, w, lesson=lesson), a_whole_photo(db, w, by="colleague", lesson=lesson)
    do(db, "lessons.open_discussion", w.leader, lesson=lesson)
    phone, _ = go_in(session, person=w.participant)
    answers = {
        f"/lessons/{lesson}/sharing": {"shared_with": "hub"}, f"/noticings/{moment}/hidden": {"hidden": "yes"},
        f"/photos/{photo}/withdraw": {}, f"/lessons/{lesson}/state/teacher": {}, f"/lessons/{lesson}/comments": {},
        f"/lessons/{lesson}/screen": {"on_screen": "yes"}, f"/lessons/{lesson}/record.pdf": {},
    }  # fmt: skip
    for path, fields in answers.items():
        assert phone.post(path, data=fields).status_code == 404, path


def test_no_page_tells_a_guest_who_said_a_name_that_persons_address(db, world_of, room, go_in, app):
    (session, _), w = room, world_of
    do(db, "people.edit_account", w.neighbour, name="Sunita Neighbour", phone="0700 900123")
    phone, _ = go_in(session, person=w.neighbour)
    for rule in app.url_map.iter_rules():
        if rule.arguments or rule.rule in ("/sign-out", "/join/in"):
            continue
        for method in rule.methods & {"GET", "POST"}:
            text = phone.open(rule.rule, method=method).get_data(as_text=True)
            assert "neighbour@example.org" not in text and "0700 900123" not in text, (method, rule.rule)
    assert phone.get(f"/sessions/{session}/run").status_code == 200


def test_a_name_said_at_the_door_does_not_open_what_that_person_wrote_on_their_own_device(
    db, world_of, room, go_in, sign_in
):
    (session, _), w = room, world_of
    private = a_reflection(db, w, by="neighbour", session=session, words="Only me", visibility="me", state="draft")
    phone, person = go_in(session, person=w.neighbour)
    for path in ("", "/edit"):
        assert phone.get(f"/reflections/{private}{path}").status_code == 404
    assert phone.post(f"/reflections/{private}/withdraw").status_code == 404
    again = an_entry(
        person, "reflections.write", reflection=private, words="Mine now", visibility="group", state="final"
    )
    assert send_from(phone, again)[0][0] == "refused"
    account = sign_in(w.neighbour)
    account.get("/account")
    seal = store.value(db, "select id from tablet where person = ? and guest_of is null", (w.neighbour,))
    assert phone.get(f"/sync/seals/{seal}").status_code == 404
    own = store.value(db, "select id from tablet where person = ? and guest_of = ?", (w.neighbour, session))
    assert phone.get(f"/sync/seals/{own}").status_code == 200


def test_a_guest_who_said_the_teachers_name_does_not_see_what_only_the_teacher_sees(db, world_of, room, go_in):
    (session, lesson), w = room, world_of
    do(db, "sessions.mark", w.leader, session=session, person=w.participant, status="absent")
    a_noticing(db, w, lesson=lesson, words="Before the discussion")
    phone, _ = go_in(session, person=w.participant)
    for path in ("", "/timeline", "/sharing", "/record", "/discussion"):
        assert phone.get(f"/lessons/{lesson}{path}").status_code == 404, path
    assert f"/lessons/{lesson}" not in phone.get(f"/sessions/{session}/run").get_data(as_text=True)
