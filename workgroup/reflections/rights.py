"""Who may write and read reflections. The employer never, the hub never."""

from workgroup import guests
from workgroup.door import Waiting
from workgroup.groups import queries as groups
from workgroup.lessons import queries as lessons
from workgroup.lessons.rights import in_it as in_lesson
from workgroup.reflections import queries
from workgroup.sessions.rights import leads as leads_session
from workgroup.sessions.rights import takes_part as takes_part_in_session

OWN_ONLY = "Only whoever wrote it can change it."


def _session_of_own(db, by, said):
    """Return the session that one's own reflection is about, or a new one would be: guests write and read their own."""
    found = queries.row(db, said["reflection"]) if said.get("reflection") else said
    if found is None:
        raise Waiting("This reflection has not arrived yet.")
    # whoever only said a name at the door does not read what that person wrote elsewhere
    if found is not said and (found["by"] != by or not queries.was_begun_by_guest(db, found["id"])):
        return None
    lesson = found.get("lesson") and lessons.outline(db, found["lesson"])
    return lesson["session"] if lesson else found.get("session")


@guests.may_use(_session_of_own)
def writes(db, by, said, on):
    """A new one: whoever takes part in what it is about. Another version: whoever wrote it."""
    if said.get("reflection"):
        return owns(db, by, said, on)
    about = [name for name in ("session", "lesson", "gap_task") if said.get(name)]
    if len(about) != 1:
        return "Say what it is about: a session, a lesson or a gap task."
    if about[0] == "session":
        return _in_room(db, by, said["session"]) or takes_part_in_session(db, by, said, on)
    if about[0] == "lesson":
        return in_lesson(db, by, said, on)
    group = queries.group_of_task(db, said["gap_task"])
    if group is None:
        raise Waiting("The gap task this belongs to has not arrived yet.")
    return groups.takes_part(db, by, group, on) or "This gap task belongs to another Work Group."


@guests.may_use(_session_of_own)
def owns(db, by, said, on):
    """Whoever wrote it."""
    author = queries.author_of(db, said["reflection"])
    if author is None:
        raise Waiting("This reflection has not arrived yet.")
    return (by is not None and author == by) or OWN_ONLY


@guests.may_use(_session_of_own)
def reads(db, by, said, on):
    """Whoever may see it."""
    return queries.reflection(db, by, said["reflection"]) is not None or "This is not shared with you."


def reads_as_leader(db, by, said, on):
    """A leader it is shared with."""
    found = queries.reflection(db, by, said["reflection"])
    if found is None:
        return "This is not shared with you."
    return groups.leads(db, by, found["work_group"], on) or "Only leaders keep a reading list."


def owns_reply(db, by, said, on):
    """Whoever wrote the reply."""
    reply = queries.reply(db, said["reply"])
    if reply is None:
        raise Waiting("This reply has not arrived yet.")
    return (by is not None and reply["by"] == by) or OWN_ONLY


def restores_reply(db, by, said, on):
    """Whoever wrote the reply, as long as they may still reply."""
    own = owns_reply(db, by, said, on)
    return own if own is not True else reads_as_leader(db, by, queries.reply(db, said["reply"]), on)


def reads_list(db, by, said, on):
    """A leader of the session's group."""
    return leads_session(db, by, said, on)


def _in_room(db, by, session):
    return queries.was_present(db, by, session)
