"""Who may plan, run and read a session. `said` names the session, or a block, note or decision of it."""

from workgroup import guests
from workgroup.door import Waiting
from workgroup.groups import queries as groups
from workgroup.groups.rights import LEADERS_ONLY
from workgroup.groups.rights import leads as leads_group
from workgroup.groups.rights import sees as sees_group
from workgroup.people.rights import runs_hub
from workgroup.sessions import joining_queries, material_queries, queries, template_queries

RUNNERS_ONLY = "Only the leaders, or whoever runs the session, may do this."


def session_of(db, said):
    """Return the id of the session that a change is about, or raise Waiting when it has not arrived."""
    if said.get("session"):
        found = said["session"] if queries.group_of(db, said["session"]) else None
    else:
        one = next(((name, said[name]) for name in ("block", "note", "decision") if said.get(name)), None)
        row = one and {"block": queries.block, "note": queries.note, "decision": queries.decision}[one[0]](db, one[1])
        found = row and row["session"]
    if not found:
        raise Waiting("The session this belongs to has not arrived yet.")
    return found


plans_for = leads_group


def leads(db, by, said, on):
    """A leader of the session's group."""
    return groups.leads(db, by, queries.group_of(db, session_of(db, said)), on) or LEADERS_ONLY


def keeps_template(db, by, said, on):
    """A leader of the Work Group whose running order it is; the hub's is for whoever runs the hub."""
    group = said.get("work_group")
    if said.get("template"):
        found = template_queries.template(db, said["template"])
        if found is None:
            raise Waiting("There is no such running order.")
        group = found["work_group"]
    return leads_group(db, by, {"work_group": group}, on) if group else runs_hub(db, by, said, on)


def keeps_prompts(db, by, said, on):
    """A leader of the session or Work Group whose questions they are; the hub's are for whoever runs the hub."""
    if said.get("session"):
        return leads(db, by, {"session": said["session"]}, on)
    group = said.get("work_group")
    return leads_group(db, by, {"work_group": group}, on) if group else runs_hub(db, by, said, on)


def _session_run_by_guest(db, by, said):
    """Return the session that a guest was handed the running of, while it is open."""
    return guests.session_run_by(db, by, session_of(db, said))


@guests.may_use(_session_run_by_guest)
def runs(db, by, said, on):
    """A leader of the group, or whoever was handed the running."""
    return queries.may_run(db, by, session_of(db, said), on) or RUNNERS_ONLY


def sees(db, by, said, on):
    """Somebody of the group, whoever was handed the running, or whoever runs the hub."""
    session = session_of(db, said)
    in_group = sees_group(db, by, {"work_group": queries.group_of(db, session)}, on)
    return in_group is True or queries.may_run(db, by, session, on) or in_group


def takes_part(db, by, said, on):
    """A leader or participant of the group, or whoever was handed the running."""
    session = session_of(db, said)
    in_group = groups.takes_part(db, by, queries.group_of(db, session), on)
    return in_group or queries.may_run(db, by, session, on) or "This is for people of the Work Group."


@guests.may_use(_session_run_by_guest)
def follows(db, by, said, on):
    """A leader or participant of the group, or whoever was handed the running: a guest too."""
    return takes_part(db, by, said, on)


def is_invited(db, by, said, on):
    """Somebody who is of the group on the session's day: also before they join, not when they have left by then."""
    session = queries.session(db, session_of(db, said))
    takes_part_then = groups.takes_part(db, by, session["work_group"], session["day"])
    return takes_part_then or "This is for whoever was invited."


@guests.may_use(lambda db, by, said: said["session"])
def comes(db, by, said, on):
    """A leader or participant of the group, or whoever was let in."""
    session = session_of(db, said)
    return queries.is_present(db, by, session) or takes_part(db, by, {"session": session}, on)


def _session_marked_by_guest(db, by, said):
    """Return the session whose register a guest marks: themselves, or anybody where they were handed the running."""
    return said.get("session") if by == said.get("person") else _session_run_by_guest(db, by, said)


@guests.may_use(_session_marked_by_guest)
def marks(db, by, said, on):
    """Whoever runs it, for anybody; a participant for themselves: here, or apologies."""
    session = session_of(db, said)
    if queries.may_run(db, by, session, on):
        return True
    own = by is not None and said.get("person") == by and said.get("status") in ("present", "apologies")
    own = own and said.get("attending_as") in (None, "participant") and not said.get("substitute_for")
    return bool(own and groups.takes_part(db, by, queries.group_of(db, session), on)) or RUNNERS_ONLY


@guests.may_use(lambda db, by, said: said["session"])
def is_visitor(db, by, said, on):
    """A visitor who was let in at this session's door and has no account."""
    own = joining_queries.is_visitor(db, by, said["session"])
    return own or "This is for visitors. What somebody of the Work Group writes is in their account already."


def leads_material(db, by, said, on):
    """A leader of the session that it belongs to."""
    found = material_queries.material(db, said["material"])
    if found is None:
        raise Waiting("This has not arrived yet.")
    return leads(db, by, {"session": found["session"]}, on)


def _session_of_material(db, by, said):
    """Return the session of something that is needed, for a guest who was handed the running."""
    found = material_queries.material(db, said["material"])
    return found and _session_run_by_guest(db, by, found)


@guests.may_use(_session_of_material)
def takes_material(db, by, said, on):
    """Somebody of the session's group; what was taken away only its leaders."""
    found = material_queries.material(db, said["material"])
    if found is None:
        raise Waiting("This has not arrived yet.")
    right = leads if found["withdrawn_at"] else takes_part
    return right(db, by, {"session": found["session"]}, on)


def keeps_material(db, by, said, on):
    """Somebody of the session's group, on their tablet, while it is not taken away."""
    found = material_queries.material(db, said["material"])
    if found is None or found["withdrawn_at"]:
        raise Waiting("This has not arrived yet.")
    return takes_part(db, by, {"session": found["session"]}, on)


def answers(db, by, said, on):
    """Somebody of the group for themselves, or a leader for anybody who told them."""
    if by is not None and said.get("person") == by and is_invited(db, by, said, on) is True:
        return True
    return groups.leads(db, by, queries.group_of(db, session_of(db, said)), on) or "This is for whoever was invited."


@guests.may_use(_session_run_by_guest)
def unmarks(db, by, said, on):
    """Whoever made the mark, or whoever runs the session."""
    found = queries.mark(db, said["mark"])
    if found is None:
        raise Waiting("The mark that this takes back has not arrived yet.")
    own = by is not None and found["by"] == by
    return own or queries.may_run(db, by, found["session"], on) or RUNNERS_ONLY


def has_calendar(db, by, said, on):
    """Somebody, for themselves: of all their sessions, or of a Work Group they take part in."""
    if by is None:
        return "Sign in first."
    group = said.get("work_group")
    return group is None or groups.takes_part(db, by, group, on) or "You take no part in this Work Group."


@guests.may_use(_session_run_by_guest)
def own_or_leads(db, by, said, on):
    """Whoever wrote the note or decision, or a leader."""
    row = queries.note(db, said["note"]) if said.get("note") else queries.decision(db, said["decision"])
    if row is None:
        raise Waiting("This has not arrived yet.")
    return (by is not None and row["by"] == by) or leads(db, by, {"session": row["session"]}, on)
