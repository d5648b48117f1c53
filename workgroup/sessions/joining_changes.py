"""Changes at the door of a session: somebody says who they are, and whoever runs it lets them in, all with one tap."""

from workgroup import door, store
from workgroup.door import Refused, change
from workgroup.people import post
from workgroup.people.changes import anyone
from workgroup.schools import queries as schools
from workgroup.sessions import inviting_forms, joining_queries, rights

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
        raise Refused("Choose your name from the list. Who is here already is not on it.", "person")
    if said["school"] and schools.school(db, said["school"]) is None:
        raise Refused("Choose a school from the list.", "school")
    if len(joining_queries.at_door(db, session["id"])) >= MOST_WAITING:
        raise Refused("Too many wait at the door. Tell whoever runs the session.")
    device = post.hash_of(said["device"])
    if joining_queries.claim_of(db, device):
        raise Refused("You have said who you are already.")
    store.put(
        db, "guest_claim", id=entry.id, session=session["id"], person=said["person"], visitor=said["visitor"],
        school=said["school"] if said["visitor"] else None, device_hash=device, at=entry.at,
    )  # fmt: skip
    return entry.id


@change("sessions.let_in", inviting_forms.AtDoorForm, rights.runs)
def let_in(db, entry, said):
    """Let people in: the register says that they are here since they came to the door."""
    for found in _waiting(db, said):
        fields = {"session": said["session"], "status": "present", "in_at": found["at"]}
        who = ("person",) if found["person"] else ("visitor", "school")
        door.within(db, entry, "sessions.mark", {**fields, **{name: found[name] for name in who}})
        store.alter(db, "guest_claim", found["id"], state="in")
    return said["session"]


@change("sessions.turn_away", inviting_forms.AtDoorForm, rights.runs)
def turn_away(db, entry, said):
    """Do not let somebody in; the register says nothing of it."""
    for found in _waiting(db, said):
        store.alter(db, "guest_claim", found["id"], state="away")
    return said["session"]


def _waiting(db, said):
    found = {c["id"]: c for c in joining_queries.at_door(db, said["session"])}
    some = [found[id] for id in said["claims"] if id in found]
    if not some:
        raise Refused("Nobody of these waits any more.", "claims")
    return some
