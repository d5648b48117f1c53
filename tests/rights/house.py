"""A hub in which something of everything has happened, so that whoever looks round has something to find.

`lived_in(db)` returns the world of tests/world.py with what was made in it, by the word that begins its address, in
`w.things`: `{"lessons": {"in discussion": id, …}, …}`. The first of each stands for all where one is enough.
"""

from tests import world
from tests.evaluations.examples import a_quote, an_evaluation, to_send
from tests.frameworks import examples as frameworks
from tests.lessons.examples import DRAWN
from tests.pictures import allow_photos, fields_of, jpeg, pieces_of
from tests.rights import offices
from tests.sessions.examples import a_session, at_the_door
from tests.world import days, do, person_id
from workgroup import clock, door, store
from workgroup.people import post
from workgroup.photos import pieces
from workgroup.sessions import joining_queries

LONG_AGO = clock.after(-40 * 86_400)


def lived_in(db):
    """Build the hub and return its world."""
    w = world.build(db)
    w.things = {}
    _more_people(db, w)
    _sessions(db, w)
    _lessons(db, w)
    _at_the_door(db, w)
    _tasks(db, w)
    _reflections(db, w)
    _settings(db, w)
    offices.fill(db, w)
    _evaluations(db, w)
    return w


def made(w, word, **ids):
    """Note what was made, by the word that begins its address."""
    w.things.setdefault(word, {}).update({name.replace("_", " "): id for name, id in ids.items()})
    return next(iter(ids.values()))


def newest(db, table, where="1"):
    """Return the id of the row that was made last."""
    return store.value(db, f"select id from {table} where {where} order by rowid desc limit 1")


def _more_people(db, w):
    """Add a teacher who is nothing else, and somebody who left a month ago and wrote before."""
    for key, name, school in (("teacher", "Tamsin Teacher", w.school2), ("left", "Lev Left", w.school)):
        w.__dict__[f"{key}_membership"] = do(
            db, "groups.add_person", w.hub_lead, work_group=w.group, name=name, email=f"{key}@example.org",
            role="participant", school=school, from_on=days(-180),
        ).about  # fmt: skip
        setattr(w, key, person_id(db, f"{key}@example.org"))
    with store.writing(db):
        store.alter(db, "membership", w.left_membership, to_on=days(-30), why="Moved away")
    for n, who in enumerate(("leader", "participant", "colleague", "neighbour", "teacher", "left", "outsider")):
        do(db, "people.edit_account", getattr(w, who), name=store.value(
            db, "select name from person where id = ?", (getattr(w, who),)), phone=f"0700 90{n}")  # fmt: skip
    with store.writing(db):
        db.conn.execute(
            "update person set password_hash = 'hash', pin_hash = 'hash', trn = '1234567',"
            " role_in_school = 'Maths lead', stage = 'Leading', pd_lead = 'Accredited', pd_lead_on = '2025-07-01'"
        )
        db.conn.execute("update mail set trouble = 'It did not go' where subject like 'You are invited%'")
    do(db, "people.keep_trns", w.administrator, keeps="yes")
    made(w, "roles", administrator=newest(db, "hub_role", "role = 'administrator'"))
    _lead_of_a_strand(db, w)
    made(w, "people", participant=w.participant, leader=w.leader)
    do(db, "groups.set_engagement", w.leader, school_in_group=w.in_group2, state="withdrawn", since_on=days(-1),
       reason="Cover")  # fmt: skip
    do(db, "groups.set_engagement", w.leader, school_in_group=w.in_group2, state="registered", since_on=days(0))
    made(w, "groups", own=w.group)
    made(w, "schools", own=w.school, other=w.school2)
    made(w, "schools-in-group", own=w.in_group, other=w.in_group2)
    made(w, "memberships", neighbour=w.neighbour_membership)
    made(w, "tags", own=w.tag)


def _lead_of_a_strand(db, w):
    """Add a hub lead of a strand that the other Work Group is of, and the first one is not."""
    do(db, "people.invite", w.hub_lead, name="Stella Strand", email="strand_lead@example.org", role="lead")
    w.strand_lead, role = person_id(db, "strand_lead@example.org"), newest(db, "hub_role")
    do(db, "hub.set_strands", w.hub_lead, role=role, strands=["Secondary Sustaining"])
    made(w, "leads", strand=role)
    with store.writing(db):
        store.alter(db, "work_group", w.group, strand="Primary Sustaining")
        store.alter(db, "work_group", w.far_group, strand=" secondary sustaining")


def _sessions(db, w):
    """One is open today, one is to come, one was held weeks ago."""
    w.session = a_session(db, w, title="Today’s")
    do(db, "sessions.set_state", w.leader, session=w.session, state="open")
    online = {"mode": "mixed", "joining_link": "https://example.org/join"}
    w.ahead = a_session(db, w, 9, title="Ahead", host=w.school2, **online)
    off = a_session(db, w, 12, title="Off")
    do(db, "sessions.set_state", w.leader, session=off, state="cancelled", why="Snow")
    w.past = a_session(db, w, -40, title="Past")
    do(db, "sessions.set_state", w.leader, at=LONG_AGO, session=w.past, state="open")
    made(w, "sessions", open=w.session, ahead=w.ahead, past=w.past)
    made(w, "sessions", cancelled=off)
    for who in ("leader", "participant", "colleague", "teacher", "left"):
        do(db, "sessions.mark", w.leader, at=LONG_AGO, session=w.past, person=getattr(w, who), status="present")
    for who in ("leader", "participant", "colleague", "teacher"):
        do(db, "sessions.mark", w.leader, session=w.session, person=getattr(w, who), status="present")
    do(db, "sessions.mark", w.leader, session=w.session, person=w.neighbour, status="apologies", told_on=days(-2))
    do(db, "sessions.answer", w.neighbour, session=w.ahead, person=w.neighbour, answer="cover", cover="Cass Cover")
    do(db, "sessions.invite", w.leader, session=w.ahead)
    block = newest(db, "agenda_block", f"session = '{w.session}' and kind = 'briefing'")
    fields = {"kind": "briefing", "minutes": "20", "title": "Briefing", "private_words": "Only for me"}
    do(db, "sessions.edit_block", w.leader, block=block, **fields)
    do(db, "sessions.note_to_self", w.leader, block=block, mine="Only for me")
    made(w, "blocks", own=block)
    made(w, "session-notes", own=do(db, "sessions.note", w.leader, session=w.session, words="Note").about)
    away = do(db, "sessions.note", w.leader, session=w.session, words="Away").about
    do(db, "sessions.withdraw_note", w.leader, note=away)
    made(w, "decisions", own=do(db, "sessions.decide", w.leader, session=w.session, words="Decided").about)
    do(db, "sessions.summarise", w.leader, session=w.session, words="In short")
    material = post.new_id()
    do(db, "sessions.add_material", w.leader, id=material, session=w.session, title="Bars", file=None,
       url="https://example.org/bars")  # fmt: skip
    made(w, "materials", own=material)
    w.far_session = do(
        db, "sessions.plan", w.far_leader, work_group=w.far_group, kind="TRG", title="Far away", day=days(0),
        starts="09:00", ends="12:00", mode="online", anyway="y", agenda="usual",
    ).about  # fmt: skip


def _lessons(db, w):
    """One in each state; the teacher taught them all but the last, which somebody without an account taught."""
    w.lessons = {}
    for state in ("in discussion", "live", "with its teacher", "shared with the room", "shared with the group",
                  "shared with the hub", "of a visiting teacher"):  # fmt: skip
        w.lessons[state] = _lesson(db, w, state)
    w.lesson = w.lessons["in discussion"]
    made(w, "lessons", **w.lessons)
    made(w, "lesson-starts", own=newest(db, "lesson_start", f"lesson = '{w.lesson}'"))
    do(db, "sessions.set_state", w.leader, session=w.past, state="closed")
    do(db, "lessons.plan", w.far_leader, session=w.far_session, teacher=w.outsider, class_name="Year 9", topic="Far")


def _lesson(db, w, state):
    session = w.session if state in ("in discussion", "live") else w.past
    at = None if session == w.session else LONG_AGO
    taught = {"teacher": w.teacher} if "visiting" not in state else {"teacher_name": "Vera Visiting"}
    lesson = do(
        db, "lessons.plan", w.leader, at=at, session=session, chair=w.co_leader, class_name="Year 3", topic=state,
        predicted="Folds", difficult_points="Parts", wanted="To see", **taught,
    ).about  # fmt: skip
    do(db, "lessons.start", w.leader, at=at, lesson=lesson)
    do(db, "lessons.watch", w.leader, at=at, lesson=lesson, observer=w.colleague, words="Table 1")
    moments = {}
    for name, who in (("own", "participant"), ("other", "colleague"), ("hidden", "colleague"), ("away", "colleague")):
        moments[name] = do(db, "lessons.notice", getattr(w, who), at=at, lesson=lesson, second="60", code="A",
                           words=name, tags=[w.tag]).about  # fmt: skip
    for name, who in (("own", "participant"), ("hidden", "colleague"), ("away", "colleague")):
        do(db, "lessons.add_words", getattr(w, who), at=at, noticing=moments[name], words="Later")
    do(db, "lessons.withdraw_noticing", w.colleague, noticing=moments["away"])
    sketch = do(db, "lessons.sketch", w.participant, at=at, lesson=lesson, drawn=DRAWN, described="Drawn").about
    if state == "in discussion":
        made(w, "noticings", **moments)
        made(w, "sketches", own=sketch)
    _photos(db, w, lesson, at, state)
    if state != "live":
        do(db, "lessons.open_discussion", w.leader, at=at, lesson=lesson)
        if state == "in discussion":
            do(db, "lessons.agree_screen", w.teacher, lesson=lesson, on_screen="yes")
        if "visiting" not in state:
            do(db, "lessons.hide", w.teacher, noticing=moments["hidden"])
            do(db, "lessons.comment", w.teacher, lesson=lesson, words="Comment")
        _discussion(db, w, lesson, at, state)
    if state not in ("live", "in discussion"):
        do(db, "lessons.close", w.leader, at=at, lesson=lesson)
    if state.startswith("shared"):
        do(db, "lessons.share", w.teacher, lesson=lesson, shared_with=state.rsplit(" ", 1)[1])
    return lesson


def _photos(db, w, lesson, at, state):
    allow_photos(db, w)
    for name in ("own", "away"):
        data = jpeg(size=700 + len(w.things.get("photos", ())))
        photo = do(db, "lessons.photo", w.participant, at=at, lesson=lesson, **fields_of(data)).about
        for position, piece in enumerate(pieces_of(data)):
            pieces.take(db, w.participant, photo, position, piece)
        made(w, "photos", **{f"{name} of one {state}": photo})
        if name == "away":
            do(db, "lessons.withdraw_photo", w.participant, photo=photo)


def _discussion(db, w, lesson, at, state):
    for words in ("Said", "Away"):
        do(db, "lessons.discuss", w.colleague, at=at, lesson=lesson, step="evidence", words=words)
    ids = [newest(db, "discussion_note", f"words = '{word}'") for word in ("Said", "Away")]
    do(db, "lessons.withdraw_discussion", w.colleague, discussion_note=ids[1])
    meant = do(db, "lessons.imply", w.leader, at=at, lesson=lesson, school_in_group=w.in_group, words="Meant").about
    if state == "in discussion":
        made(w, "discussion-notes", own=ids[0])
        made(w, "implications", own=meant)


def _at_the_door(db, w):
    """A visitor is in, somebody waits."""
    w.phone = post.new_token()
    fields = at_the_door(db, w, w.session, person="", visitor="Sam Visitor", comes_from="A trust")
    w.claim = do(db, "sessions.claim", None, **fields).about
    do(db, "sessions.let_in", w.leader, session=w.session, claims=[w.claim])
    w.guest = joining_queries.guest(db, w.claim)
    do(db, "sessions.go_in", None, device=fields["device"], token=w.phone)
    tablet = newest(db, "tablet", f"person = '{w.guest}'")
    for kind, fields in (("lessons.notice", {"lesson": w.lesson, "second": "90", "code": "B", "words": "Guest’s"}),
                         ("reflections.write", {"session": w.session, "words": "Guest’s", "visibility": "me",
                                                "state": "draft"})):  # fmt: skip
        assert door.submit(db, kind, fields, post.new_id(), w.guest, tablet=tablet).stands
    do(db, "sessions.claim", None, **at_the_door(db, w, w.session, person="", visitor="Wanda Waits"))


def _tasks(db, w):
    """A gap task of each school, returned with words and a picture; one returned and taken back; work at school."""
    for n, school in enumerate(("in_group", "in_group2")):
        of = {"session": w.session, "school_in_group": getattr(w, school), "owner": None}
        task = do(db, "tasks.set", w.leader, work_group=w.group, words="Try", **of).about
        made(w, "gap-tasks", **{("own", "other")[n]: task})
    given = post.new_id()
    for kind in ("tasks.drop", "tasks.reopen"):
        do(db, kind, w.leader, gap_task=w.things["gap-tasks"]["own"], why="Moved")
    do(db, "tasks.return", w.participant, id=given, gap_task=w.things["gap-tasks"]["own"], went="did it", words="Tried",
       drawn=DRAWN, described="Drawn")  # fmt: skip
    away = post.new_id()
    do(db, "tasks.return", w.colleague, id=away, gap_task=w.things["gap-tasks"]["own"], went="not yet", words="Away",
       drawn=DRAWN, described="Drawn")  # fmt: skip
    do(db, "tasks.withdraw_return", w.colleague, gap_task_return=away)
    made(w, "gap-task-returns", own=given, away=away)
    photo = post.new_id()
    do(db, "tasks.photo", w.participant, id=photo, gap_task_return=given, **fields_of(jpeg(size=900)))
    for position, piece in enumerate(pieces_of(jpeg(size=900))):
        pieces.take(db, w.participant, photo, position, piece)
    made(w, "gap-task-photos", own=photo)
    work = {"school_in_group": w.in_group, "on_day": days(-3), "kind": "staff meeting", "topic": "Bars"}
    made(w, "school-work", own=do(db, "tasks.did_at_school", w.participant, words="Sorted", **work).about)
    gone = do(db, "tasks.did_at_school", w.colleague, words="Away", **work).about
    do(db, "tasks.withdraw_work", w.colleague, in_school_work=gone)


def _reflections(db, w):
    """One of each visibility, a draft, one taken away, one of somebody who left, one with two versions, a reply."""
    for name, said in (("for the leaders", {"visibility": "specialist", "state": "final", "may_quote": "y"}),
                       ("for me", {"visibility": "me", "state": "final"}),
                       ("for the group", {"visibility": "group", "state": "final"}),
                       ("draft", {"visibility": "group", "state": "draft"}),
                       ("away", {"visibility": "group", "state": "final"})):  # fmt: skip
        id = do(db, "reflections.write", w.participant, session=w.session, words=name, **said,
                **{"answers-0-words": "And more"}).about  # fmt: skip
        made(w, "reflections", **{name: id})
    do(db, "reflections.withdraw", w.participant, reflection=id)
    do(db, "reflections.write", w.left, at=LONG_AGO, session=w.past, words="Left", visibility="specialist",
       state="final")  # fmt: skip
    do(db, "reflections.write", w.teacher, lesson=w.lessons["with its teacher"], words="Mine", visibility="me",
       state="final")  # fmt: skip
    to = w.things["reflections"]["for the leaders"]
    for words, away in (("Gone", True), ("Which?", False)):
        reply = post.new_id()
        do(db, "reflections.reply", w.leader, id=reply, reflection=to, words=words)
        if away:
            do(db, "reflections.withdraw_reply", w.leader, reply=reply)
    made(w, "reflection-replies", own=reply)


def _settings(db, w):
    """Running orders, questions and frameworks, also drafts."""
    order = {"kind": "Open evening", "seen": "", "blocks-0-kind": "input", "blocks-0-minutes": "20",
             "blocks-0-title": "Talk"}  # fmt: skip
    made(w, "agendas", own=do(db, "sessions.save_template", w.leader, work_group=w.group, **order).about)
    for word, by, of in (("session prompts", w.leader, {"session": w.session}), ("group prompts", w.leader,
                         {"work_group": w.group}), ("prompts", w.hub_lead, {})):  # fmt: skip
        id = post.new_id()
        do(db, "sessions.add_prompt", by, id=id, words="What did you see?", **of)
        made(w, word, own=id)
    used = store.value(db, "select id from framework where state = 'used'")
    made(w, "frameworks", used=used, draft=frameworks.a_written_draft(db, w))


def _evaluations(db, w):
    """One that was sent, then a draft of another version."""
    a_quote(db, w, session=w.session)
    first = an_evaluation(db, w, held=False)
    do(db, "evaluations.write", w.leader, evaluation=first, heading="heads", words="The head said so")
    do(db, "evaluations.send", w.leader, **to_send(db, first))
    half_term = store.value(db, "select half_term from evaluation where id = ?", (first,))
    draft = do(db, "evaluations.begin", w.leader, work_group=w.group, half_term=half_term).about
    do(db, "evaluations.write", w.leader, evaluation=draft, heading="next", words="We go on")
    made(w, "evaluations", draft=draft, sent=first)
    made(w, "evaluation-sentences", own=newest(db, "evaluation_sentence", f"evaluation = '{draft}'"))
