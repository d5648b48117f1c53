"""Changes to hosting: a school is asked by a link, and says whether we can come and what guests must know."""

from workgroup import clock, door, store
from workgroup.door import Refused, change
from workgroup.people import post
from workgroup.people import queries as people
from workgroup.people.changes import anyone
from workgroup.schools import queries as schools
from workgroup.sessions import hosting_queries, inviting_forms, queries, rights

DAY = 86_400
FACTS = ("entrance", "room", "parking", "wifi", "photos", "photo_rule", "device_rule", "late_contact", "seen")
BODY = (
    "Hello {{name}},\n\n{leader} asks whether {group} can meet at {school} on {day}, {starts} to {ends}.\n\n"
    "Please say yes or no, and what guests must know: the door, the room, parking, wifi. No account is needed.\n\n"
    "{{link}}\n\nThe link works until a day after, and asks then how the wifi was."
    " It also shows who is coming, for your office."
)


@change("sessions.ask_host", inviting_forms.AskHostForm, rights.leads)
def ask_host(db, entry, said):
    """Ask somebody of the host school by mail; the link before, to whomever it went, ends."""
    session = queries.session(db, said["session"])
    if session["host"] is None:
        raise Refused("Choose a host school first.")
    if session["state"] != "planned":
        raise Refused(f"This session is {session['state']}.")
    contact = next((c for c in schools.contacts(db, session["host"]) if c["id"] == said["contact"]), None)
    if contact is None or not contact["email"]:
        raise Refused("Choose somebody of the school who has an e-mail.", "contact")
    lasts = (clock.read_moment(session["ends_at"]) - clock.read_moment(clock.now())).total_seconds() + DAY
    if lasts < DAY:
        raise Refused("This session is over.")
    day = clock.say_whole_day(session["day"])
    words = {
        "leader": people.name_of(db, entry.by), "group": session["group_title"], "school": session["host_name"],
        "day": day, "starts": clock.say_time(session["starts_at"]), "ends": clock.say_time(session["ends_at"]),
    }  # fmt: skip
    about = hosting_queries.link_about(session)
    post.end_link(db, "host", about, entry.received)
    post.write_to(db, contact["name"], contact["email"], "host", lasts, f"Can we meet at your school on {day}?",
                  BODY.format(**words), "/hosting", about)  # fmt: skip
    return session["id"]


@change("sessions.end_host_link", inviting_forms.HostLinkForm, rights.leads)
def end_host_link(db, entry, said):
    """End the link that was sent, to whomever it went; what was said by it stays."""
    session = queries.session(db, said["session"])
    if not hosting_queries.link_works(db, session):
        raise Refused("No link works any more.")
    post.end_link(db, "host", hosting_queries.link_about(session), entry.received)
    return session["id"]


@change("sessions.host_word", inviting_forms.HostWordForm, anyone, meets="stale")
def host_word(db, entry, said):
    """Take the host's word, and what guests must know there; the link it was asked by is the proof."""
    session = _asked_about(db, said, "Another school hosts it now.")
    if session["state"] != "planned":
        raise Refused(f"This session is {session['state']}.")
    if said["answer"] == "yes":
        facts = {name: said[name] for name in FACTS}
        door.within(db, entry, "schools.set_host_facts", {"school": session["host"], **facts})
    store.put(
        db, "host_word", id=entry.id, session=session["id"], school=session["host"], answer=said["answer"],
        name=said["name"], words=said["words"], told=hosting_queries.to_confirm(session), at=entry.at,
    )  # fmt: skip
    return session["id"]


@change("sessions.wifi_word", inviting_forms.WifiForm, rights.leads, meets="fold")
def wifi_word(db, entry, said):
    """Say how the wifi was, for whoever comes to that school next; the newest word counts."""
    return _put_wifi(db, entry, said, queries.session(db, said["session"]))


@change("sessions.host_wifi", inviting_forms.HostWifiForm, anyone, meets="fold")
def host_wifi(db, entry, said):
    """Take the host's own word on it; the link it was asked by is the proof."""
    return _put_wifi(db, entry, said, _asked_about(db, said, "Another school hosted it."), is_host=True)


def _asked_about(db, said, of_another):
    """Return the session that the link at hand asks about; `of_another` is said where its host is another by now."""
    link = people.link_of(db, post.hash_of(said["proof"]), "host")
    session = link and hosting_queries.asked_about(db, link)
    if not session:
        raise Refused("This link is over. Tell whoever asked you.", "proof")
    if not session["is_asked"]:
        raise Refused(of_another)
    return session


def _put_wifi(db, entry, said, session, is_host=False):
    if not hosting_queries.has_wifi_to_tell(session):
        raise Refused("Say this once the session has begun at a school.")
    store.put(
        db, "wifi_word", id=entry.id, session=session["id"], school=session["host"], went=said["went"],
        words=said["words"], by=None if is_host else entry.by, at=entry.at,
    )  # fmt: skip
    return session["id"]
