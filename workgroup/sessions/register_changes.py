"""Changes to the register: every tap is kept; which one counts is for the view `register` to say."""

from workgroup import clock, store
from workgroup.door import Refused, change
from workgroup.groups import queries as groups
from workgroup.people import queries as people
from workgroup.people.post import new_id
from workgroup.schools import queries as schools
from workgroup.sessions import forms, queries, rights


@change("sessions.mark", forms.MarkForm, rights.marks, meets="fold", capture=True)
def mark(db, entry, said):
    """Mark somebody on the register; present without a time is present since the tap."""
    session = queries.session(db, said["session"])
    if bool(said["person"]) == bool(said["visitor"]):
        raise Refused("Say who: somebody in the group, or a visitor’s name.", "person")
    membership = said["person"] and groups.membership_of(db, said["person"], session["work_group"], session["day"])
    _check_who(db, said, session, membership)
    runs = queries.may_run(db, entry.by, session["id"], clock.day_of(entry.at))
    if not runs:
        _check_own(said, session, entry)
    came, left = _times(said, session, entry)
    store.put(
        db, "register_mark", id=entry.id, session=session["id"], person=said["person"], visitor=said["visitor"] or None,
        **_from_where(db, said, session, membership), attending_as=_attending_as(said, membership),
        substitute_for=said["substitute_for"], status=said["status"],
        told_on=said["told_on"] if said["status"] == "apologies" else None, in_at=came, out_at=left, by=entry.by,
        by_leader=int(runs), at=entry.at,
    )  # fmt: skip
    return entry.id


@change("sessions.unmark", forms.UnmarkForm, rights.unmarks, meets="fold", capture=True)
def unmark(db, entry, said):
    """Take a tap back as if it had not been made: what stood before it counts again, or nothing does."""
    found = queries.mark(db, said["mark"])
    if found["session"] != said["session"]:
        raise Refused("Choose a mark of this session.", "mark")
    if not found["withdrawn_at"]:
        store.alter(db, "register_mark", found["id"], withdrawn_at=entry.at)
    return found["id"]


@change("sessions.mark_school", forms.MarkSchoolForm, rights.runs, meets="fold")
def mark_school(db, entry, said):
    """Mark everybody expected from a school as here since this tap, except who is marked already."""
    session = queries.session(db, said["session"])
    marked = {m["person"]: m["status"] for m in queries.register(db, session["id"])}
    of_school = [p for p in queries.expected(db, session["id"]) if p["school_in_group"] == said["school_in_group"]]
    if not of_school:
        raise Refused("Nobody from this school is expected at this session.", "school_in_group")
    for person in of_school:
        if marked.get(person["id"]) in (None, "absent", "not expected"):
            store.put(
                db, "register_mark", id=new_id(), session=session["id"], person=person["id"], school=person["school"],
                attending_as="participant", status="present", in_at=entry.at, by=entry.by, by_leader=1, at=entry.at,
            )  # fmt: skip
    return session["id"]


def _check_who(db, said, session, membership):
    if said["person"] and people.person(db, said["person"]) is None:
        raise Refused("Choose somebody of this Work Group.", "person")
    outside = said["person"] and not membership
    if outside and said["status"] == "not expected":
        # somebody who has left the group, said so on the register
        outside = said["person"] not in {p["id"] for p in groups.people(db, session["work_group"])}
    if outside and said["attending_as"] not in ("substitute", "visitor", "leader"):
        raise Refused("This person was not in the Work Group on that day.", "person")
    if said["school"] and schools.school(db, said["school"]) is None:
        raise Refused("Choose a school from the list.", "school")
    instead = said["substitute_for"]
    if instead and not groups.membership_of(db, instead, session["work_group"], session["day"]):
        raise Refused("Choose whom they stand in for from this Work Group.", "substitute_for")


def _check_own(said, session, entry):
    """Checking oneself in is for the hours of the session: being marked present opens what the room may read.

    A tablet's entry may arrive after the session has closed; made outside its hours it is not a check-in.
    """
    if said["in_at"] or said["out_at"] or said["in_time"] or said["out_time"]:
        raise Refused("Your own check-in is stamped by the tap.", "in_time")
    if said["status"] == "apologies" and session["state"] not in ("planned", "open"):
        raise Refused("This session is over. Ask its leader to correct the register.", "status")
    if said["status"] == "present":
        early, late = clock.after(-3 * 3600, session["starts_at"]), session["ends_at"]
        in_time = session["state"] == "open" or (session["state"] == "closed" and early <= entry.at <= late)
        if not in_time:
            raise Refused("The register is open during the session. Ask its leader to correct it.", "status")


def _attending_as(said, membership):
    """Return what somebody is here as; a visitor may turn out to come in somebody's place."""
    if said["substitute_for"] and said["attending_as"] in (None, "visitor"):
        return "substitute"
    return said["attending_as"] or (membership["role"] if membership else "visitor")


def _from_where(db, said, session, membership):
    """Return where somebody is from, as columns: a school, or where they said who are of none of the list."""
    school = said["school"] or (membership or {}).get("school")
    if membership or school:
        return {"school": school, "comes_from": None}
    if said["comes_from"]:
        return {"school": None, "comes_from": said["comes_from"]}
    return queries.said_from(db, session["id"], said["person"], said["visitor"])


def _times(said, session, entry):
    """Return when they came and left, as moments; only who is present has times."""
    if said["status"] != "present":
        return None, None
    came = said["in_at"] or (said["in_time"] and clock.at_london(session["day"], said["in_time"])) or entry.at
    left = said["out_at"] or (said["out_time"] and clock.at_london(session["day"], said["out_time"])) or None
    if left and left < came:
        raise Refused("They left before they came.", "out_time")
    return came, left
