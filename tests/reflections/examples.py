"""One example of every kind of reflections."""

from tests.examples import Example
from tests.sessions.examples import a_session
from tests.world import do
from workgroup import store
from workgroup.people import post

NO = post.new_id()


def fields(db, w, **over):
    """Return fields of a reflection about a session."""
    about = {} if {"session", "lesson", "gap_task"} & set(over) else {"session": a_session(db, w)}
    return {"words": "I promise one non-example.", "visibility": "specialist", "state": "final", **about, **over}


def a_reflection(db, w, by="participant", **over):
    """Write a reflection and return its id."""
    return do(db, "reflections.write", getattr(w, by), **fields(db, w, **over)).about


def _two_versions(db, w):
    id = a_reflection(db, w)
    for text in ("From the phone", "From the laptop"):
        do(db, "reflections.write", w.participant, reflection=id, after=id, words=text, visibility="me", state="draft")
    version = store.value(db, "select id from reflection_words where words = 'From the phone'")
    return {"reflection": id, "version": version}


def _withdrawn(db, w):
    id = a_reflection(db, w)
    do(db, "reflections.withdraw", w.participant, reflection=id)
    return id


def a_reply(db, w):
    """Reply to a reflection and return the reply's id."""
    id = post.new_id()
    do(db, "reflections.reply", w.leader, id=id, reflection=a_reflection(db, w), words="Which non-example?")
    return id


def _gone_reply(db, w):
    reply = a_reply(db, w)
    do(db, "reflections.withdraw_reply", w.leader, reply=reply)
    return reply


EXAMPLES = {
    "reflections.reply": Example(
        "leader", lambda db, w: {"reflection": a_reflection(db, w), "words": "Which non-example?"},
        ({"words": " "}, {"reflection": NO}, {"words": "x" * 4001}), {"words": "Other"}, "colleague",
    ),
    "reflections.withdraw_reply": Example(
        "leader", lambda db, w: {"reply": a_reply(db, w)}, ({"reply": NO},), not_by="participant"
    ),
    "reflections.restore_reply": Example(
        "leader", lambda db, w: {"reply": _gone_reply(db, w)}, ({"reply": NO},), not_by="participant"
    ),
    "reflections.see_replies": Example(
        "participant", lambda db, w: {"reflection": a_reflection(db, w)}, ({"reflection": NO},), not_by="leader"
    ),
    "reflections.write": Example(
        "participant", fields,
        ({"words": " "}, {"visibility": "all"}, {"state": "done"}, {"session": NO}, {"reflection": NO},
         {"lesson": NO}, {"session": ""}, {"words": "x" * 10_001}), {"words": "Otherwise"},
    ),
    "reflections.choose": Example(
        "participant", _two_versions, ({"version": NO}, {"reflection": NO}), None, "leader"
    ),
    "reflections.withdraw": Example(
        "participant", lambda db, w: {"reflection": a_reflection(db, w)}, ({"reflection": NO},), not_by="leader"
    ),
    "reflections.restore": Example(
        "participant", lambda db, w: {"reflection": _withdrawn(db, w)}, ({"reflection": NO},), not_by="leader"
    ),
    "reflections.mark_read": Example(
        "leader", lambda db, w: {"reflection": a_reflection(db, w)}, ({"reflection": NO},), not_by="colleague"
    ),
}  # fmt: skip
