"""Changes to the open lesson itself: briefing, who watches whom, its later states and the sharing.

How it starts and ends, and what its clock does to what was noticed, is in starting_changes.py; what happens in the
discussion in conducting_changes.py.
"""

from workgroup import clock, store
from workgroup.door import Refused, Stale, change
from workgroup.groups import queries as groups
from workgroup.lessons import forms, mailing_changes, noticing_queries, queries, rights
from workgroup.people import queries as people
from workgroup.people.post import new_id
from workgroup.sessions import queries as sessions
from workgroup.withdrawing import bring_back, take_away

TEXTS = (
    "pupils", "topic", "context", "aims", "key_point", "representations", "stem_sentences", "wanted",
    "question_maths", "question_pedagogy",
)  # fmt: skip


@change("lessons.plan", forms.PlanForm, rights.plans_for)
def plan(db, entry, said):
    """Plan an open lesson of a session."""
    session = sessions.session(db, said["session"])
    columns = _columns(db, session, said)
    store.put(db, "lesson", id=entry.id, session=session["id"], **columns)
    _put_lines(db, entry.id, said)
    return entry.id


@change("lessons.edit", forms.EditForm, rights.edits, meets="stale")
def edit(db, entry, said):
    """Change the briefing. A predicted response that somebody saw stays with what they saw."""
    was = queries.lesson(db, said["lesson"])
    if str(was["version"]) != said["seen"]:
        raise Stale({**was, "class_name": was["class"]})
    columns = _columns(db, sessions.session(db, was["session"]), said, was)
    taught = was["teacher"] or was["teacher_name"]
    if was["started_at"] and (columns["teacher"] or columns["teacher_name"]) != taught and entry.by != was["teacher"]:
        # who taught decides what is shared: that cannot be taken over once there is something to share
        raise Refused("The lesson has been taught: only its teacher can change who taught it.", "teacher")
    entry.was = {name: was[name] for name in (*TEXTS, "teacher", "chair", "minutes")}
    number = queries.next_number(db)
    store.alter(db, "lesson", was["id"], **columns, version=was["version"] + 1, changed=number)
    _put_lines(db, was["id"], said)
    return was["id"]


@change("lessons.withdraw", forms.LessonPickForm, rights.edits)
def withdraw(db, entry, said):
    """Take a lesson out of its session before it has begun: on the wrong session, or its teacher cannot."""
    was = queries.lesson(db, said["lesson"])
    if queries.is_begun(db, was):
        raise Refused("This lesson has begun: what was noticed in it stays.")
    take_away(db, entry, "lesson", was, changed=queries.next_number(db))
    return was["id"]


@change("lessons.restore", forms.LessonPickForm, rights.edits)
def restore(db, entry, said):
    """Put a lesson back into its session, with its briefing as it was."""
    was = queries.lesson(db, said["lesson"])
    bring_back(db, entry, "lesson", was, changed=queries.next_number(db))
    return was["id"]


@change("lessons.watch", forms.WatchForm, rights.conducts, meets="fold")
def watch(db, entry, said):
    """Say whom somebody watches, in codes."""
    if people.person(db, said["observer"]) is None:
        raise Refused("Choose who watches.", "observer")
    db.conn.execute(
        "insert into watch (id, lesson, observer, words) values (?, ?, ?, ?)"
        " on conflict (lesson, observer) do update set words = excluded.words",
        (entry.id, said["lesson"], said["observer"], said["words"] or ""),
    )
    return said["lesson"]


@change("lessons.open_discussion", forms.LessonPickForm, rights.conducts)
def open_discussion(db, entry, said):
    """Open the discussion: from now on everybody checked in sees the merged timeline, until the session closes."""
    was = queries.lesson(db, said["lesson"])
    if was["shared_at"] and entry.by != was["teacher"]:
        raise Refused(f"{was['teacher_name']} has answered what may be shared. Only they can open it again.")
    ended = was["ended_at"] or entry.at
    return _move(db, entry, was, "discussion", ("live", "with teacher"), discussion_at=entry.at, ended_at=ended)


@change("lessons.close", forms.LessonPickForm, rights.conducts)
def close(db, entry, said):
    """End the discussion: the lesson goes to its teacher, who decides what is shared."""
    was = queries.lesson(db, said["lesson"])
    mailing_changes.plan_reminder(db, was["id"], entry.at)
    return _move(db, entry, was, "with teacher", ("discussion", "live"), asked_at=entry.at)


@change("lessons.share", forms.ShareForm, rights.teaches)
def share(db, entry, said):
    """The teacher shares all that has been recorded so far, or says no. Later entries wait for the same yes."""
    was = queries.lesson(db, said["lesson"])
    if was["state"] == "planned" or (was["state"] == "live" and was["session_state"] != "closed"):
        raise Refused("There is nothing to share before the lesson has been discussed.", "shared_with")
    entry.was = {k: was[k] for k in ("state", "shared_with", "shared_to", "shared_at")}
    number = queries.next_number(db)
    if said["shared_with"] == "nobody":
        state = "discussion" if was["state"] == "discussion" else "with teacher"
        columns = {"state": state, "shared_with": None, "shared_to": None}
    else:  # up to all that was kept before this yes
        columns = {"state": "shared", "shared_with": said["shared_with"], "shared_to": number - 1}
    store.alter(db, "lesson", was["id"], **columns, shared_at=entry.at, changed=number)
    return was["id"]


@change("lessons.take_out", forms.LessonPickForm, rights.reads)
def take_out(db, entry, said):
    """Save the record as a file. Its teacher is told of it: what has left is not called back."""
    if entry.by != queries.outline(db, said["lesson"])["teacher"]:
        store.put(db, "taken_out", id=entry.id, lesson=said["lesson"], by=entry.by, at=entry.at)
    return said["lesson"]


@change("lessons.comment", forms.CommentForm, rights.teaches)
def comment(db, entry, said):
    """The teacher says something to it."""
    if said["noticing"] and (noticing_queries.noticing(db, said["noticing"]) or {}).get("lesson") != said["lesson"]:
        raise Refused("Choose a moment of this lesson.", "noticing")
    store.put(
        db, "teacher_comment", id=entry.id, lesson=said["lesson"], noticing=said["noticing"], by=entry.by,
        at=entry.at, words=said["words"],
    )  # fmt: skip
    return said["lesson"]


def _move(db, entry, was, state, comes_from, **columns):
    if was["state"] not in comes_from:
        raise Refused(f"The lesson is {was['state']}; this comes at another moment.")
    entry.was = {"state": was["state"]}
    store.alter(db, "lesson", was["id"], state=state, changed=queries.next_number(db), **columns)
    return was["id"]


def _columns(db, session, said, was=None):
    """Check the briefing against the world and return the lesson's columns."""
    if bool(said["teacher"]) == bool(said["teacher_name"]):
        raise Refused("Say who teaches: somebody in the group, or a name.", "teacher")
    if said["teacher"] and said["teacher"] == said["chair"]:
        raise Refused("Somebody other than the teacher chairs.", "chair")
    for name in ("teacher", "chair"):
        is_new = said[name] != (was or {}).get(name)  # a guest who was asked by link taught it, and stays
        if said[name] and is_new and not _is_here(db, said[name], session):
            raise Refused("Choose somebody of this Work Group.", name)
    starts = said["starts"] and clock.at_london(session["day"], said["starts"])
    return {
        "teacher": said["teacher"], "teacher_name": said["teacher_name"] or None, "chair": said["chair"],
        "class": said["class_name"], "planned_at": starts or session["starts_at"], "minutes": said["minutes"] or 50,
        **{name: said[name] for name in TEXTS},
    }  # fmt: skip


def _is_here(db, person, session):
    return groups.takes_part(db, person, session["work_group"], session["day"]) or sessions.is_present(
        db, person, session["id"]
    )


def _put_lines(db, lesson, said):
    """Keep difficult points and predicted responses, one a line; a prediction is only ever taken out of use."""
    db.conn.execute("delete from difficult_point where lesson = ?", (lesson,))
    for position, words in enumerate(_lines(said["difficult_points"])):
        store.put(db, "difficult_point", id=new_id(), lesson=lesson, position=position, words=words)
    there = {p["words"]: p for p in queries.predicted(db, lesson, also_ended=True)}
    for position, words in enumerate(_lines(said["predicted"])):
        known = there.pop(words, None)
        if known:
            store.alter(db, "predicted_response", known["id"], position=position, ended=0)
        else:
            store.put(db, "predicted_response", id=new_id(), lesson=lesson, position=position, words=words)
    for gone in there.values():
        store.alter(db, "predicted_response", gone["id"], ended=1)


def _lines(text):
    return list(dict.fromkeys(line.strip() for line in (text or "").split("\n") if line.strip()))
