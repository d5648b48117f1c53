"""One example of every kind of sessions, their agenda and their register."""

from tests.examples import Example
from tests.world import days, do
from workgroup import store
from workgroup.people import post
from workgroup.sessions import joining_queries, prompt_queries, queries


def a_session(db, w, day=0, **over):
    """Plan a session of the group and return its id; by default today, from 13:00 to 16:00."""
    fields = {
        "work_group": w.group, "kind": "TRG", "title": "Bars that start together", "day": days(day), "starts": "13:00",
        "ends": "16:00", "mode": "room", "host": w.school, "anyway": "y", "agenda": "usual", **over,
    }  # fmt: skip
    return do(db, "sessions.plan", w.leader, **fields).about


def far_session(db, w):
    """Plan a session of the other group."""
    fields = {"work_group": w.far_group, "kind": "TRG", "title": "Far", "day": days(0), "starts": "09:00",
              "ends": "12:00", "mode": "online", "anyway": "y"}  # fmt: skip
    return do(db, "sessions.plan", w.far_leader, **fields).about


def open_session(db, w, day=0):
    """Plan a session and open it."""
    session = a_session(db, w, day)
    do(db, "sessions.set_state", w.leader, session=session, state="open")
    return session


def a_block(db, w, place=0):
    """Plan a session and return the id of one of its blocks."""
    session = a_session(db, w)
    return store.value(
        db, "select id from agenda_block where session = ? order by position limit 1 offset ?", (session, place)
    )


def an_open_block(db, w):
    """Return the first block of a session that is open."""
    return queries.agenda(db, open_session(db, w))[0]["id"]


def _begun_block(db, w):
    block = an_open_block(db, w)
    do(db, "sessions.begin_block", w.leader, block=block)
    return {"block": block}


def _note(db, w):
    return do(db, "sessions.note", w.leader, session=a_session(db, w), words="One car late.").about


def _gone_note(db, w):
    note = _note(db, w)
    do(db, "sessions.withdraw_note", w.leader, note=note)
    return note


def _decision(db, w):
    return do(db, "sessions.decide", w.leader, session=a_session(db, w), words="Codes, always.").about


def _gone_decision(db, w):
    decision = _decision(db, w)
    do(db, "sessions.withdraw_decision", w.leader, decision=decision)
    return decision


def _left_the_group(db, w):
    do(db, "sessions.invite", w.leader, session=a_session(db, w, 9))
    do(db, "groups.end_membership", w.leader, membership=w.neighbour_membership, to_on=days(2))
    return {"membership": w.neighbour_membership}


def _plan(db, w):
    return {"work_group": w.group, "kind": "TRG", "title": "Variation", "day": days(0), "starts": "13:00",
            "ends": "16:00", "mode": "room", "host": w.school, "anyway": "y"}  # fmt: skip


def _edit(db, w):
    return {**_plan(db, w), "session": a_session(db, w), "seen": "1", "title": "Another title"}


def _block(db, w):
    return {"session": a_session(db, w), "kind": "break", "minutes": "10", "title": "Tea"}


def _edit_block(db, w):
    return {"block": a_block(db, w), "kind": "break", "minutes": "10", "title": "Tea"}


def _feed(db, w):
    do(db, "sessions.make_feed", w.participant, work_group=w.group, proof=post.new_token())
    return {"work_group": w.group}


def _marked(db, w):
    fields = _mark(db, w)
    return {"session": fields["session"], "mark": do(db, "sessions.mark", w.leader, **fields).about}


def _mark(db, w):
    return {"session": open_session(db, w), "person": w.participant, "status": "present"}


def _template(db, w):
    fields = {"work_group": w.group, "kind": "TRG", "seen": "", "blocks-0-kind": "input", "blocks-0-minutes": "20",
              "blocks-0-title": "Subject knowledge"}  # fmt: skip
    return fields


def a_template(db, w):
    """Write a running order of the group down and return its id."""
    return do(db, "sessions.save_template", w.leader, **_template(db, w)).about


def _copy(db, w):
    source = a_session(db, w, 7)
    return {"session": a_session(db, w, agenda="empty"), "source": source}


def _gone_template(db, w):
    template = a_template(db, w)
    do(db, "sessions.drop_template", w.leader, template=template)
    return template


def _gone_block(db, w):
    block = a_block(db, w)
    do(db, "sessions.remove_block", w.leader, block=block)
    return {"block": block}


def _gone_agenda(db, w):
    fields = {"session": a_session(db, w), "source": a_session(db, w, 7)}
    do(db, "sessions.copy_agenda", w.leader, id=(change := post.new_id()), **fields)
    return {"session": fields["session"], "agenda": change}


def _ask_host(db, w):
    fields = {"school": w.school, "role": "head", "name": "Mrs Hale", "email": "head@example.org"}
    contact = do(db, "schools.add_contact", w.leader, **fields).about
    contact = store.value(db, "select id from school_contact where school = ?", (contact,))
    return {"session": a_session(db, w, 9), "contact": contact}


def a_host_asked(db, w):
    """Ask the host, and return the fields of its yes."""
    do(db, "sessions.ask_host", w.leader, **_ask_host(db, w))
    link = store.value(db, "select link from mail where link like '/hosting/%' order by made_at desc")
    return {"proof": link.removeprefix("/hosting/"), "answer": "yes", "name": "Mrs Hale", "entrance": "The blue door",
            "seen": "0"}  # fmt: skip


def _with_host_asked(db, w):
    a_host_asked(db, w)
    return store.value(db, "select about from link where kind = 'host'").split()[0]


def _host_wifi(db, w):
    asked = a_host_asked(db, w)
    session = store.value(db, "select about from link where kind = 'host'").split()[0]
    do(db, "sessions.set_state", w.leader, session=session, state="open")
    return {"proof": asked["proof"], "went": "held"}


def _screen(db, w):
    session = open_session(db, w)
    do(db, "sessions.open_screen", w.leader, session=session, code="ABC234")
    return {"session": session}


def a_material(db, w, **over):
    """Put a link beside the agenda and return its id."""
    fields = {"session": a_session(db, w), "url": "https://example.org/bars", "title": "Bars", **over}
    return do(db, "sessions.add_material", w.leader, id=(id := post.new_id()), **fields) and id


def _gone_material(db, w):
    material = a_material(db, w)
    do(db, "sessions.withdraw_material", w.leader, material=material)
    return material


def at_the_door(db, w, session=None, **over):
    """Open a session; return the fields with which somebody says at its door who they are."""
    session = session or open_session(db, w)
    code = joining_queries.code_of(db, session)
    return {"proof": code, "device": post.new_token(), "person": w.participant, **over}


def _waits(db, w):
    session = open_session(db, w)
    claim = do(db, "sessions.claim", None, **at_the_door(db, w, session)).about
    return {"session": session, "claims": [claim]}


def let_in(db, w, **over):
    """Let somebody in at the door of an open session; return the session, their person and their phone's secret."""
    fields = at_the_door(db, w, **over)
    claim = do(db, "sessions.claim", None, **fields).about
    session = store.value(db, "select session from guest_claim where id = ?", (claim,))
    do(db, "sessions.let_in", w.leader, session=session, claims=[claim])
    return session, joining_queries.guest(db, claim), fields["device"]


def _inside(db, w):
    session, _, _ = let_in(db, w)
    return {"session": session, "claims": [joining_queries.let_in(db, session)[0]["id"]]}


def _goes_in(db, w):
    return {"device": let_in(db, w)[2], "token": post.new_token()}


def _keeps(db, w):
    session, w.visitor, _ = let_in(db, w, person="", visitor="Sam Visitor")
    return {"session": session, "email": "sam@example.org"}


def a_prompt(db, w, session=None, words="What did Pupil A see?"):
    """Put a question at the end of a session's list and return its id."""
    id = post.new_id()
    do(db, "sessions.add_prompt", w.leader, id=id, session=session or a_session(db, w), words=words)
    return id


def _prompt(db, w, gone=False):
    session = a_session(db, w)
    id = a_prompt(db, w, session)
    if gone:
        do(db, "sessions.withdraw_prompt", w.leader, session=session, prompt=id)
    return {"session": session, "prompt": id}


def _worded(db, w):
    fields = _prompt(db, w)
    return {**fields, "seen": prompt_queries.prompt(db, fields["prompt"])["wording"], "words": "What did Table 3 see?"}


NO = post.new_id()
EXAMPLES = {
    "sessions.add_prompt": Example(
        "leader", lambda db, w: {"session": a_session(db, w), "words": "What did Pupil A see?"},
        ({"words": " "}, {"words": "x" * 201}, {"session": NO}, {"session": "", "work_group": NO}, {"session": ""}),
        {"words": "Another?"}, "participant",
    ),
    "sessions.edit_prompt": Example(
        "leader", _worded, ({"words": ""}, {"seen": NO}, {"seen": ""}, {"prompt": NO}, {"session": NO}),
        {"words": "Another?"}, "participant",
    ),
    "sessions.move_prompt": Example(
        "leader", lambda db, w: {**_prompt(db, w), "direction": "up"},
        ({"direction": "down"}, {"direction": "left"}, {"direction": ""}, {"prompt": NO}, {"session": NO}), None,
        "participant",
    ),
    "sessions.withdraw_prompt": Example(
        "leader", _prompt, ({"prompt": NO}, {"session": NO}), None, "participant"
    ),
    "sessions.restore_prompt": Example(
        "leader", lambda db, w: _prompt(db, w, gone=True), ({"prompt": NO}, {"session": NO}), None, "participant"
    ),
    "sessions.invite": Example(
        "leader", lambda db, w: {"session": a_session(db, w, 9)}, ({"session": NO},), None, "participant"
    ),
    "sessions.uninvite": Example("leader", _left_the_group, ({"membership": NO},), None, "participant"),
    "sessions.answer": Example(
        "participant", lambda db, w: {"session": a_session(db, w, 9), "person": w.participant, "answer": "apologies"},
        ({"answer": "perhaps"}, {"answer": "cover"}, {"person": ""}, {"session": NO}, {"told_on": "soon"},
         {"told_on": days(3)}),
        {"answer": "coming"}, "neighbour",
    ),
    "sessions.set_question": Example(
        "leader", lambda db, w: {"session": a_session(db, w), "words": "What did Pupil A see?"},
        ({"session": NO}, {"words": "x" * 201}), {"words": "What else?"}, "participant",
    ),
    "sessions.end_host_link": Example(
        "leader", lambda db, w: {"session": _with_host_asked(db, w)}, ({"session": NO},), not_by="participant"
    ),
    "sessions.ask_host": Example(
        "leader", _ask_host, ({"contact": NO}, {"contact": ""}, {"session": NO}), None, "participant"
    ),
    "sessions.host_word": Example(
        None, a_host_asked, ({"proof": "no such link"}, {"answer": "perhaps"}, {"name": ""}, {"seen": "7"}),
        {"answer": "no"}, anyone=True,
    ),
    "sessions.wifi_word": Example(
        "leader", lambda db, w: {"session": open_session(db, w), "went": "patchy", "words": "Good by the piano"},
        ({"went": ""}, {"went": "fine"}, {"words": "x" * 1001}, {"session": NO}), {"went": "held"}, "participant",
    ),
    "sessions.host_wifi": Example(
        None, _host_wifi, ({"went": ""}, {"proof": "no such link"}, {"words": "x" * 1001}), {"went": "failed"},
        anyone=True,
    ),
    "sessions.open_screen": Example(
        "leader", lambda db, w: {"session": open_session(db, w), "code": "ABC234"},
        ({"code": ""}, {"session": NO}), None, "participant",
    ),
    "sessions.close_screen": Example("leader", _screen, ({"session": NO},), None, "participant"),
    "sessions.add_material": Example(
        "leader", lambda db, w: {"session": a_session(db, w), "url": "https://example.org/bars"},
        ({"url": ""}, {"url": "javascript:alert(1)"}, {"session": NO}, {"block": NO}),
        {"url": "https://example.org/other"}, "participant",
    ),
    "sessions.withdraw_material": Example(
        "leader", lambda db, w: {"material": a_material(db, w)}, ({"material": NO},), not_by="participant"
    ),
    "sessions.restore_material": Example(
        "leader", lambda db, w: {"material": _gone_material(db, w)}, ({"material": NO},), not_by="participant"
    ),
    "sessions.claim": Example(
        None, at_the_door,
        ({"proof": "ABC234"}, {"person": ""}, {"person": NO}, {"visitor": "Also"}, {"device": ""}, {"school": NO}),
        {"person": "", "visitor": "Sam"}, anyone=True,
    ),
    "sessions.let_in": Example(
        "leader", _waits, ({"claims": [NO]}, {"claims": []}, {"session": NO}), None, "participant"
    ),
    "sessions.turn_away": Example("leader", _waits, ({"claims": [NO]}, {"session": NO}), None, "participant"),
    "sessions.show_out": Example("leader", _inside, ({"claims": [NO]}, {"session": NO}), None, "participant"),
    "sessions.go_in": Example(
        None, _goes_in, ({"device": post.new_token()}, {"device": ""}, {"token": ""}), anyone=True
    ),
    "sessions.keep_as_own": Example(
        "visitor", _keeps, ({"email": ""}, {"email": "sam"}, {"session": NO}), {"email": "other@example.org"},
        "participant",
    ),
    "sessions.save_template": Example(
        "leader", _template,
        ({"blocks-0-title": ""}, {"blocks-0-minutes": ""}, {"blocks-0-kind": "lunch"}, {"seen": "3"},
         {"blocks-0-minutes": "601"}, {"kind": "x" * 61}),
        {"blocks-0-title": "Another"}, "participant",
    ),
    "sessions.keep_as_template": Example(
        "leader", lambda db, w: {"session": a_session(db, w)}, ({"session": NO},), None, "participant"
    ),
    "sessions.drop_template": Example(
        "leader", lambda db, w: {"template": a_template(db, w)}, ({"template": NO},), None, "participant"
    ),
    "sessions.restore_template": Example(
        "leader", lambda db, w: {"template": _gone_template(db, w)}, ({"template": NO},), None, "participant"
    ),
    "sessions.restore_block": Example("leader", _gone_block, ({"block": NO},), None, "participant"),
    "sessions.restore_agenda": Example(
        "leader", _gone_agenda, ({"agenda": NO}, {"agenda": ""}, {"session": NO}), None, "participant"
    ),
    "sessions.copy_agenda": Example(
        "leader", _copy, ({"source": NO}, {"source": ""}, {"session": NO}), None, "participant"
    ),
    "sessions.plan": Example(
        "leader", _plan,
        ({"title": ""}, {"ends": "12:00"}, {"day": "31/2/2027"}, {"mode": "moon"}, {"host": NO}, {"starts": "25:00"},
         {"joining_link": "javascript:alert(1)"}, {"day": "2031-08-12", "anyway": ""}, {"number": "0"}),
        {"title": "Other"}, "participant",
    ),
    "sessions.edit": Example(
        "leader", _edit, ({"title": " "}, {"seen": "9"}, {"session": NO}, {"ends": "13:00"}), {"title": "Z"},
        "participant",
    ),
    "sessions.set_state": Example(
        "leader", lambda db, w: {"session": a_session(db, w), "state": "open"},
        ({"state": "closed"}, {"state": "planned"}, {"state": "over"}, {"session": NO}), None, "participant",
    ),
    "sessions.hand_over": Example(
        "leader", lambda db, w: {"session": a_session(db, w), "person": w.participant},
        ({"person": NO}, {"person": ""}, {"session": NO}), None, "participant",
    ),
    "sessions.add_block": Example(
        "leader", _block, ({"minutes": "-5"}, {"minutes": "long"}, {"kind": "lunch"}, {"title": ""}, {"session": NO},
                           {"lead": NO}), {"title": "Coffee"}, "participant",
    ),
    "sessions.note_to_self": Example(
        "leader", lambda db, w: {"block": a_block(db, w), "mine": "Bring counters"},
        ({"block": NO}, {"block": ""}, {"mine": "x" * 4001}), {"mine": "Other"}, "participant",
    ),
    "sessions.edit_block": Example(
        "leader", _edit_block, ({"minutes": "601"}, {"block": NO}, {"title": ""}), {"title": "Coffee"}, "participant"
    ),
    "sessions.move_block": Example(
        "leader", lambda db, w: {"block": a_block(db, w), "direction": "down"},
        ({"direction": "up"}, {"direction": "left"}, {"block": NO}), None, "participant",
    ),
    "sessions.remove_block": Example("leader", lambda db, w: {"block": a_block(db, w)}, ({"block": NO},),
                                     not_by="participant"),
    "sessions.cut_block": Example(
        "leader", lambda db, w: {"block": a_block(db, w), "minutes": "5"},
        ({"minutes": "-1"}, {"minutes": ""}, {"block": NO}), {"minutes": "6"}, "participant",
    ),
    "sessions.begin_block": Example("leader", lambda db, w: {"block": an_open_block(db, w)}, ({"block": NO},),
                                    not_by="participant"),
    "sessions.unbegin_block": Example("leader", _begun_block, ({"block": NO},), not_by="participant"),
    "sessions.mark": Example(
        "leader", _mark,
        ({"status": "late"}, {"person": NO}, {"person": ""}, {"session": NO}, {"in_at": "noon"}, {"visitor": "Also"},
         {"in_time": "13:00", "out_time": "12:00"}, {"substitute_for": NO}, {"told_on": "yesterday"}),
        {"status": "absent"}, "neighbour",
    ),
    "sessions.make_feed": Example(
        "participant", lambda db, w: {"work_group": w.group, "proof": post.new_token()},
        ({"proof": ""}, {"work_group": NO}), {"work_group": ""}, "outsider",
    ),
    "sessions.end_feed": Example("participant", _feed, ({"work_group": NO},), None, "outsider"),
    "sessions.unmark": Example(
        "leader", _marked, ({"mark": NO}, {"mark": ""}, {"session": NO}), None, "neighbour",
    ),
    "sessions.mark_school": Example(
        "leader", lambda db, w: {"session": open_session(db, w), "school_in_group": w.in_group},
        ({"school_in_group": NO}, {"session": NO}), {"school_in_group": NO}, "participant",
    ),
    "sessions.note": Example(
        "leader", lambda db, w: {"session": a_session(db, w), "words": "Started without."},
        ({"words": ""}, {"session": NO}, {"block": NO}), {"words": "Other"}, "participant",
    ),
    "sessions.decide": Example(
        "leader", lambda db, w: {"session": a_session(db, w), "words": "Codes, always."},
        ({"words": ""}, {"words": "x" * 2001}, {"session": NO}), {"words": "Other"}, "participant",
    ),
    "sessions.summarise": Example(
        "leader", lambda db, w: {"session": a_session(db, w), "words": "We watched and talked."},
        ({"words": ""}, {"session": NO}), {"words": "Other"}, "participant",
    ),
    "sessions.withdraw_note": Example("leader", lambda db, w: {"note": _note(db, w)}, ({"note": NO},),
                                      not_by="participant"),
    "sessions.restore_note": Example("leader", lambda db, w: {"note": _gone_note(db, w)}, ({"note": NO},),
                                     not_by="participant"),
    "sessions.withdraw_decision": Example("leader", lambda db, w: {"decision": _decision(db, w)}, ({"decision": NO},),
                                          not_by="participant"),
    "sessions.restore_decision": Example("leader", lambda db, w: {"decision": _gone_decision(db, w)},
                                         ({"decision": NO},), not_by="participant"),
}  # fmt: skip
