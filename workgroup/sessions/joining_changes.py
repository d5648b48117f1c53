"""Changes at the door of a session: somebody says who they are, and whoever runs it lets them in, all with one tap."""

from workgroup import door, store
from workgroup.door import Refused, change
from workgroup.people import joined, post
from workgroup.people import queries as people
from workgroup.people.changes import DAYS, anyone, open_tablet
from workgroup.schools import queries as schools
from workgroup.sessions import inviting_forms, inviting_queries, joining_queries, queries, rights

MOST_WAITING = 60  # more than a hall holds: somebody plays with the code


@change("sessions.claim", inviting_forms.ClaimForm, anyone)
def claim(db, entry, said):
    """Say at the door who one is; the room's code is the proof. It is no sign-in, and marks nobody."""
    session = joining_queries.session_of(db, said["proof"])
    if session is None:
        raise Refused("This code is over. Type the one that the room shows now.", "proof")
    if bool(said["person"]) == bool(said["visitor"]):
        raise Refused("Choose your name, or enter it as a visitor.", "person")
    if said["person"] and said["person"] not in {id for id, _, _ in joining_queries.names(db, session["id"])}:
        raise Refused("Choose your name from the list. Who came in already is not on it.", "person")
    if said["school"] and schools.school(db, said["school"]) is None:
        raise Refused("Choose a school from the list.", "school")
    if len(joining_queries.at_door(db, session["id"])) >= MOST_WAITING:
        raise Refused("Too many people are waiting at the door. Tell whoever runs the session.")
    device = post.hash_of(said["device"])
    if joining_queries.claim_of(db, device):
        raise Refused("You have said who you are already.")
    before = said["before"] and joining_queries.claim_of(db, post.hash_of(said["before"]))
    if before and before["state"] == "waiting":  # one phone is one person: what it said first is taken back
        store.alter(db, "guest_claim", before["id"], state="away")
    store.put(
        db, "guest_claim", id=entry.id, session=session["id"], person=said["person"], visitor=said["visitor"],
        school=said["school"] if said["visitor"] else None,
        comes_from=None if said["person"] or said["school"] else said["comes_from"], device_hash=device, at=entry.at,
    )  # fmt: skip
    return entry.id


@change("sessions.let_in", inviting_forms.AtDoorForm, rights.runs)
def let_in(db, entry, said):
    """Let people in: the register says that they are here since they came to the door, or since it said so before.

    A visitor is a person from now on, with a name and no more: what they write in the session has an author. Whoever
    was told to come in somebody's place does, for that school.
    """
    covers = {c["name"].casefold(): c for c in inviting_queries.covers(db, said["session"])}
    for found in _waiting(db, said):
        fields = {"session": said["session"], "person": found["person"], "status": "present", "in_at": found["at"]}
        if not found["person"]:
            fields |= {"person": _visitor(db, found), "school": found["school"], "attending_as": "visitor",
                       "comes_from": found["comes_from"]}
            if cover := covers.pop(found["visitor"].casefold(), None):
                fields |= {"attending_as": "substitute", "substitute_for": cover["person"], "school": cover["school"]}
        if not queries.is_present(db, fields["person"], said["session"]):
            door.within(db, entry, "sessions.mark", fields)
        store.alter(db, "guest_claim", found["id"], state="in")
    return said["session"]


@change("sessions.go_in", inviting_forms.GoInForm, anyone)
def go_in(db, entry, said):
    """Sign the phone in that was let in, for this session alone: to capture, to discuss, to reflect."""
    found = joining_queries.claim_of(db, post.hash_of(said["device"]))
    session = found and queries.session(db, found["session"])
    if found is None or found["state"] != "in" or session["state"] != "open":
        raise Refused("Whoever runs the session lets you in first.", "device")
    person = joining_queries.guest(db, found["id"])
    if people.person(db, person)["joined_to"]:
        raise Refused("What you wrote here is in your account now. Sign in with it.", "device")
    open_tablet(db, entry, person, said["token"], guest_of=session["id"], name=f"At the door: {session['title']}")
    return person


@change("sessions.show_out", inviting_forms.AtDoorForm, rights.runs)
def show_out(db, entry, said):
    """Take a wrong nod back: whoever was let in is signed out as a guest, and does not come in again by it.

    Nor do they run the session any longer. The register stays for whoever runs it to put right; what was written stays
    with its author.
    """
    found = {c["id"]: c for c in joining_queries.let_in(db, said["session"])}
    some = [found[id] for id in said["claims"] if id in found]
    if not some:
        raise Refused("None of them was let in.", "claims")
    for claim in some:
        store.alter(db, "guest_claim", claim["id"], state="away")
        db.conn.execute(
            "update tablet set ended_at = ? where person = ? and guest_of = ? and ended_at is null",
            (entry.received, claim["who"], said["session"]),
        )
    run_by = queries.session(db, said["session"])["run_by"]
    if run_by in {claim["who"] for claim in some}:
        entry.was = {"run_by": run_by}
        store.alter(db, "session", said["session"], run_by=None)
    return said["session"]


@change("sessions.keep_as_own", inviting_forms.KeepAsOwnForm, rights.is_visitor)
def keep_as_own(db, entry, said):
    """Send a visitor a link by which what they wrote becomes that of whoever reads mail at this address."""
    known = people.by_email(db, said["email"])
    post.write_for(
        db, known["id"] if known else entry.by, said["email"], 14 * DAYS, about=joined.about(entry.by, said["email"]),
        subject="What you wrote as a visitor",
        body="Hello,\n\nsomebody who was at {title} as {name} gave this address, to keep what they wrote there. If "
        "that was you, open this link and press the button; it works once, for 14 days:\n\n{link}\n\nOr type this "
        "code on the sign-in page: {code}\n\nIf it was not you, leave it be.".replace(
            "{title}", queries.session(db, said["session"])["title"]).replace(
            "{name}", people.name_of(db, entry.by)),
    )  # fmt: skip
    return entry.by


@change("sessions.turn_away", inviting_forms.AtDoorForm, rights.runs)
def turn_away(db, entry, said):
    """Do not let somebody in; the register says nothing of it."""
    for found in _waiting(db, said):
        store.alter(db, "guest_claim", found["id"], state="away")
    return said["session"]


def _visitor(db, found):
    id = post.new_id()
    store.put(db, "person", id=id, name=found["visitor"])
    store.alter(db, "guest_claim", found["id"], guest=id)
    return id


def _waiting(db, said):
    found = {c["id"]: c for c in joining_queries.at_door(db, said["session"])}
    some = [found[id] for id in said["claims"] if id in found]
    if not some:
        raise Refused("None of them is waiting any more.", "claims")
    return some
