"""Changes to invitations: sent with a calendar entry, sent anew when something changed, and answered.

Sending is asked for by a leader each time: nobody hears of a session, of its new day or of its end by surprise.
"""

from workgroup import clock, door, store
from workgroup.door import Refused, change
from workgroup.formats import as_ics
from workgroup.groups import queries as groups
from workgroup.groups.rights import leads_or_runs
from workgroup.people import post
from workgroup.people import queries as people
from workgroup.sessions import calendar_queries, inviting_forms, inviting_queries, queries, rights

DAY = 86_400
GONE = "left"  # what somebody was told last who had left the group
SAID = {
    "new": ("Invitation: {title}, {day}", "you are invited to \u201c{title}\u201d of {group}."),
    "changed": ("Changed: {title}, {day}", "\u201c{title}\u201d of {group} has changed. This is how it stands now."),
    "left": ("Not for you any more: {title}, {day}", "you are not expected in {group} on {day} any more, so the"
             " invitation to \u201c{title}\u201d is taken back."),
    "off": ("{state}: {title}, {day}", "\u201c{title}\u201d of {group} on {day} is {state_word}."),
}
ONLINE = (
    "\n\nOnline: the same page of yours leads to the call, and while the session is open one tap there says that you"
    " are here."
)
FACTS = "\n\n{day}, {starts} to {ends}\n{place}"
ASK = (
    "\n\nAre you coming? One tap tells us, without signing in:\n\n{{link}}\n\n"
    "The link is yours. It works until a day after the session."
)


@change("sessions.invite", inviting_forms.InviteForm, rights.leads)
def invite(db, entry, said):
    """Tell everybody of the group who does not know it yet how the session stands: invited, changed, or off.

    With a `person` it is sent to them alone, once more if they have been told: mail gets lost.
    """
    session = queries.session(db, said["session"])
    if session["state"] == "closed" or session["ends_at"] < clock.now():
        raise Refused("This session is over.")
    to = inviting_queries.left_to_tell(db, session)
    if said["person"]:
        to = [p for p in to if p["id"] == said["person"]] or _once_more(db, session, said["person"])
    if not to:
        raise Refused("Everybody with an e-mail has been told this already." if inviting_queries.people_of(db, session)
                      else "Nobody is in this Work Group yet.")  # fmt: skip
    _tell_all(db, entry, session, to)
    return session["id"]


@change("sessions.uninvite", inviting_forms.UninviteForm, leads_or_runs)
def uninvite(db, entry, said):
    """Take the sessions ahead out of the calendar of somebody who is not expected there any more, all at once."""
    was = groups.membership(db, said["membership"])
    person = was and people.person(db, was["person"])
    ahead = person and inviting_queries.gone_from(db, was["work_group"]).get(person["id"])
    if not ahead:
        raise Refused("No session is left to take out of their calendar.")
    for session in ahead:
        _tell_all(db, entry, session, [{**person, "has_left": True}])
    return was["id"]


def _tell_all(db, entry, session, to):
    told = calendar_queries.of_session(db, session["id"])
    event = {**calendar_queries.event(told), "stamp": entry.at}
    invited = inviting_queries.invited(db, session["id"])
    leader = people.person(db, entry.by)
    for person in to:
        _tell(db, entry, session, told, event, person, invited.get(person["id"]), leader)


def _once_more(db, session, person):
    """Return the person to whom an invitation is sent again, in a list."""
    found = [p for p in inviting_queries.people_of(db, session) if p["id"] == person and p["email"]]
    if session["state"] in calendar_queries.OFF or not found:
        raise Refused("Choose somebody of this Work Group who has an e-mail, and a session that takes place.", "person")
    return [{**found[0], "is_anew": True}]


def _tell(db, entry, session, told, event, person, before, leader):
    has_left, is_off = person.get("has_left"), event["is_off"] or person.get("has_left")
    if before:  # also where the session itself is as it was: a calendar takes nothing with a sequence that it has had
        event = {**event, "sequence": max(event["sequence"], before["sequence"] + 1)}
    knows = before and before["told"] != GONE and not person.get("is_anew")
    subject, first = SAID["off" if event["is_off"] else "left" if has_left else "changed" if knows else "new"]
    day = clock.say_whole_day(session["day"])
    link = session["joining_link"] if session["mode"] != "room" else None
    place = ", ".join(filter(None, [event["place"], f"by {link}" if link else None])) or "The place is not known yet."
    words = {
        "title": session["title"], "group": session["group_title"], "day": day, "place": place,
        "starts": clock.say_time(session["starts_at"]), "ends": clock.say_time(session["ends_at"]),
        "state": session["state"].capitalize(), "state_word": session["state"].replace("postponed", "put off"),
    }  # fmt: skip
    calendar = as_ics.invitation(
        {**event, "is_off": bool(is_off)}, _organiser(db, session, leader), (person["name"], person["email"]),
        f"Join by {link}" if link and not is_off else session["kind"], leader["email"],
    )  # fmt: skip
    online = ONLINE if session["mode"] != "room" else ""
    body = "Hello {{name}},\n\n" + first + ("" if is_off else FACTS + ASK + online)
    lasts = (clock.read_moment(session["ends_at"]) - clock.read_moment(clock.now())).total_seconds() + DAY
    subject, body = subject.format(**words), body.format(**words)
    calendar = calendar.decode()
    if is_off:
        body += "" if has_left else "\n\n{link}"  # whoever has left may not open it
        post.tell(db, person["id"], subject, body, f"/sessions/{session['id']}", lasts, calendar)
    else:
        post.write(
            db, person["id"], "answer", lasts, subject, body, path="/invited", about=session["id"], calendar=calendar
        )
    db.conn.execute(
        "insert into invitation (session, person, sequence, method, told, by, at) values (?, ?, ?, ?, ?, ?, ?)"
        " on conflict (session, person) do update set sequence = excluded.sequence, method = excluded.method,"
        " told = excluded.told, by = excluded.by, at = excluded.at",
        (session["id"], person["id"], event["sequence"], "CANCEL" if is_off else "REQUEST",
         GONE if has_left else inviting_queries.to_tell(told), entry.by, entry.at),
    )  # fmt: skip


def _organiser(db, session, leader):
    found = inviting_queries.organiser(db, session["id"]) or leader
    return found["name"], found["email"] or "nobody@invalid"


@change("sessions.answer", inviting_forms.AnswerForm, rights.answers, meets="fold")
def answer(db, entry, said):
    """Answer an invitation; the newest counts. Apologies stand on the register at once, with when they told us."""
    session = queries.session(db, said["session"])
    if session["state"] in calendar_queries.OFF:
        raise Refused(f"This session is {session['state']}.")
    if inviting_queries.is_over(session):
        raise Refused("This session is over. Ask its leader to correct the register.")
    if not groups.takes_part(db, said["person"], session["work_group"], session["day"]):
        raise Refused("Choose somebody of this Work Group.", "person")
    if said["answer"] == "cover" and not said["cover"]:
        raise Refused("Enter who comes in your place.", "cover")
    told_on = said["told_on"] or clock.day_of(entry.at)
    if told_on > clock.today():
        raise Refused("This day has not come yet.", "told_on")
    before = inviting_queries.answer_of(db, session["id"], said["person"])
    if before and before["mark"]:  # what an earlier answer put on the register goes with it
        store.alter(db, "register_mark", before["mark"], withdrawn_at=entry.at)
    mark = None
    if said["answer"] != "coming":
        fields = {"session": session["id"], "person": said["person"], "status": "apologies", "told_on": told_on}
        mark = door.within(db, entry, "sessions.mark", fields)
    cover = said["cover"] if said["answer"] == "cover" else None
    store.put(
        db, "invitation_answer", id=entry.id, session=session["id"], person=said["person"], answer=said["answer"],
        cover=cover, told_on=told_on, starts_at=session["starts_at"], mark=mark, by=entry.by, at=entry.at,
    )  # fmt: skip
    return entry.id
