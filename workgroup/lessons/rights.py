"""Who may plan, watch, discuss and share an open lesson. `said` names the lesson, or something of it."""

from workgroup import guests
from workgroup.door import Waiting
from workgroup.groups import queries as groups
from workgroup.groups.rights import LEADERS_ONLY
from workgroup.groups.rights import sees as sees_group
from workgroup.lessons import discussion_queries, lesson_clock, noticing_queries, photo_queries, queries, sketch_queries
from workgroup.photos.queries import against
from workgroup.sessions import queries as sessions
from workgroup.sessions.rights import runs as runs_session

RUNNERS_ONLY = "Only the leaders, whoever runs the session, the chair and the teacher may do this."
TEACHER_ONLY = "Only the teacher who taught decides this."
PEN_ONLY = "Ask for the pen first: whoever chairs can hand it to you."
OBSERVERS_ONLY = "Check in on the register first: whoever is in the room can write."


def lesson_of(db, said):
    """Return the outline of the lesson that a change is about, or raise Waiting when it has not arrived."""
    id = said.get("lesson")
    if not id:
        finds = (("noticing", noticing_queries.noticing), ("discussion_note", discussion_queries.discussion_note),
                 ("implication", discussion_queries.implication), ("start", lesson_clock.start),
                 ("photo", photo_queries.photo), ("sketch", sketch_queries.sketch))  # fmt: skip
        part = next((find(db, said[name]) for name, find in finds if said.get(name)), None)
        id = part and part["lesson"]
    found = queries.outline(db, id) if id else None
    if found is None:
        raise Waiting("The lesson this belongs to has not arrived yet.")
    return found


def plans_for(db, by, said, on):
    """A leader of the group, or whoever runs the session; not a guest who does."""
    return runs_session(db, by, said, on)


def _session_of(db, by, said):
    """Return the session of a lesson: its guests may go on with what is their own."""
    return lesson_of(db, said)["session"]


def _open_session_of(db, by, said):
    """Return the session of a lesson while it is open: afterwards what the room said is not for guests.

    Nor ever as its teacher, who sees all of it: a name said at the door is no proof for that.
    """
    found = lesson_of(db, said)
    is_open = sessions.state_of(db, found["session"]) == "open"
    return found["session"] if is_open and found["teacher"] != by else None


@guests.may_use(_open_session_of)
def sees(db, by, said, on):
    """Somebody of the group, whoever was in the room, or whoever runs the hub: the briefing."""
    found = lesson_of(db, said)
    if by is not None and (found["teacher"] == by or sessions.is_present(db, by, found["session"])):
        return True
    return sees_group(db, by, {"work_group": found["work_group"]}, on)


@guests.may_use(_open_session_of)
def in_it(db, by, said, on):
    """Somebody of the group, the teacher, or whoever was in the room: not the hub."""
    found = lesson_of(db, said)
    return _was_there(db, by, found) or groups.takes_part(db, by, found["work_group"], on) or OBSERVERS_ONLY


def edits(db, by, said, on):
    """A leader, whoever runs the session, or the teacher."""
    found = lesson_of(db, said)
    own = by is not None and found["teacher"] == by
    return own or sessions.may_run(db, by, found["session"], on) or RUNNERS_ONLY


def reads(db, by, said, on):
    """Whoever may read what everybody noticed: in the room during the discussion, later who it was shared with."""
    found = lesson_of(db, said)
    return queries.visible_to(db, by, found["id"]) or "The teacher who taught decides who may read this."


def conducts(db, by, said, on):
    """A leader, whoever runs the session, the chair, or the teacher."""
    found = lesson_of(db, said)
    return (by is not None and found["chair"] == by) or edits(db, by, {"lesson": found["id"]}, on)


@guests.may_use(_session_of)
def observes(db, by, said, on):
    """Whoever is checked in, a leader, the chair or the teacher."""
    found = lesson_of(db, said)
    named = by is not None and by in (found["teacher"], found["chair"])
    leads = groups.leads(db, by, found["work_group"], on)
    return named or leads or (by is not None and sessions.is_present(db, by, found["session"])) or OBSERVERS_ONLY


def writes(db, by, said, on):
    """Whoever conducts the discussion, and whoever holds the pen: to whom the pages offer the box."""
    holds = {p["person"] for p in discussion_queries.pens(db, lesson_of(db, said)["id"])}
    return conducts(db, by, said, on) is True or by in holds or PEN_ONLY


def is_in_room(db, person, found, on):
    """Tell whether a person can be handed the pen: checked in, a leader, or the chair."""
    leads = groups.leads(db, person, found["work_group"], on)
    return person == found["chair"] or leads or sessions.is_present(db, person, found["session"])


@guests.may_use(_session_of)
def own_noticing(db, by, said, on):
    """Whoever wrote the noticing."""
    found = noticing_queries.noticing(db, said["noticing"])
    if found is None:
        raise Waiting("This moment has not arrived yet.")
    return (by is not None and found["by"] == by) or "Only whoever wrote it can change it."


@guests.may_use(_session_of)
def photographs(db, by, said, on):
    """Whoever observes, where the host school allows it (domain.md): nothing, the board, or pupils' work as well."""
    may = observes(db, by, said, on)
    if may is not True:
        return may
    return against(photo_queries.rule(db, said["lesson"]), said.get("kind"), "The host school") or True


@guests.may_use(_session_of)
def own_photo(db, by, said, on):
    """Whoever took the photo."""
    found = photo_queries.photo(db, said["photo"]) if said.get("photo") else None
    if found is None:
        raise Waiting("This picture has not arrived yet.")
    return (by is not None and found["by"] == by) or "Only whoever took it, or the teacher, can take it away."


def _session_of_own(db, by, said):
    """Return the session of one's own photo or sketch: a guest does nothing as the teacher."""
    found = photo_queries.photo(db, said["photo"]) if said.get("photo") else sketch_queries.sketch(db, said["sketch"])
    return _session_of(db, by, said) if found and found["by"] == by else None


@guests.may_use(_session_of_own)
def own_photo_or_teaches(db, by, said, on):
    """Whoever took the photo, or the teacher who taught."""
    own = own_photo(db, by, said, on)
    return own is True or teaches(db, by, said, on) is True or own


@guests.may_use(_session_of_own)
def own_sketch_or_teaches(db, by, said, on):
    """Whoever drew the sketch, or the teacher who taught."""
    found = sketch_queries.sketch(db, said["sketch"]) if said.get("sketch") else None
    if found is None:
        raise Waiting("This sketch has not arrived yet.")
    own = by is not None and found["by"] == by
    teaches_it = teaches(db, by, said, on) is True
    return own or teaches_it or "Only whoever drew it, or the teacher, can take it away."


@guests.may_use(_session_of_own)
def took_sketch_away(db, by, said, on):
    """Whoever took the sketch away, as long as they might still; what the teacher took away its author leaves so."""
    may = own_sketch_or_teaches(db, by, said, on)
    found = sketch_queries.sketch(db, said["sketch"])
    if may is True and found["withdrawn_at"] and found["withdrawn_by"] != by:
        return "Only whoever took it away can bring it back."
    return may


@guests.may_use(_session_of)
def own_or_conducts(db, by, said, on):
    """Whoever wrote the note of the discussion, or a leader."""
    found = lesson_of(db, said)
    note = discussion_queries.discussion_note(db, said["discussion_note"])
    leads = groups.leads(db, by, found["work_group"], on)
    return (by is not None and note["by"] == by) or leads or "Only whoever wrote it can take it away."


def leads(db, by, said, on):
    """A leader of the group."""
    return groups.leads(db, by, lesson_of(db, said)["work_group"], on) or LEADERS_ONLY


def teaches(db, by, said, on):
    """The teacher who taught, and nobody else."""
    return (by is not None and lesson_of(db, said)["teacher"] == by) or TEACHER_ONLY


def asks_teacher(db, by, said, on):
    """Whoever conducts, once there is something to share: not the teacher, who needs no link to their own account."""
    found = lesson_of(db, said)
    if found["state"] not in ("discussion", "with teacher", "shared"):
        return "There is nothing to share before the lesson has been discussed."
    return conducts(db, by, said, on)


def _was_there(db, by, found):
    return by is not None and (found["teacher"] == by or sessions.is_present(db, by, found["session"]))
