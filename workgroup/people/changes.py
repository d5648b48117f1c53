"""Changes to people: setting up, inviting, signing in and out."""

import json
from contextlib import contextmanager, nullcontext

from workgroup import clock, due, forgetting, guests, notice, personal, store
from workgroup.door import Refused, Stale, change
from workgroup.people import forms, joined, post, queries, rights
from workgroup.people.guessable import is_guessable

MINUTES = 60
DAYS = 24 * 60 * MINUTES
SIGN_IN = (
    "Hello {name},\n\nopen this link and press the button to sign in. It works once, for 30 minutes:\n\n"
    "{link}\n\nOr type this code on the sign-in page: {code}\n\nIf you did not ask for it, leave it be."
)
USED = "This link or code has been used or has run out. Ask for a new one below."


@guests.everywhere
def anyone(db, by, said, on):
    """Let it in: the deed itself asks for a proof."""
    return True


@change("people.set_up", forms.SetUpForm, rights.nobody_yet)
def set_up(db, entry, said):
    """Make the hub and its first person, with an invitation that opens the door."""
    store.put(db, "hub", id=1, name=said["hub"], purpose=notice.PURPOSE)
    person = named(db, entry, said["name"], said["email"])
    store.put(db, "hub_role", id=entry.id, person=person, role="lead", from_on=clock.day_of(entry.at))
    invite_person(db, entry, person, said["hub"])
    return person


@change("people.invite", forms.InviteForm, rights.runs_hub)
def invite(db, entry, said):
    """Give somebody a hub role and send an invitation; a lead of some strands invites leads of the same."""
    today = clock.day_of(entry.at)
    if said["role"] == "lead" and not queries.has_hub_role(db, entry.by, today, ("lead",)):
        raise Refused("Only a hub lead can invite another hub lead.", "role")
    if said["role"] == "administrator" and not queries.has_every_strand(db, entry.by, today):
        raise Refused("An administrator looks after every strand. Ask somebody who does to invite one.", "role")
    person = named(db, entry, said["name"], said["email"])
    if queries.has_hub_role(db, person, today, (said["role"],)):
        raise Refused("This person has that role already.", "email")
    strands = queries.strands_led(db, entry.by, today, ("lead",)) if said["role"] == "lead" else []
    store.put(
        db, "hub_role", id=entry.id, person=person, role=said["role"], from_on=today,
        strands=json.dumps(strands) if strands else None,
    )  # fmt: skip
    invite_person(db, entry, person, queries.hub(db)["name"])
    return person


@change("people.end_role", forms.EndRoleForm, rights.leads_whole_hub)
def end_role(db, entry, said):
    """End a hub role yesterday; the last lead of every strand stays."""
    role = queries.hub_role(db, said["role"])
    if role is None:
        raise Refused("There is no such role.", "role")
    if role["role"] == "lead":
        keeps_a_lead(db, role["person"], "role")
    entry.was = {"to_on": role["to_on"]}
    # a role that began today never was; otherwise yesterday was its last day
    last = max(role["from_on"], clock.day_of(clock.after(-DAYS, entry.at)))
    if last == clock.day_of(entry.at):
        db.conn.execute("delete from hub_role where id = ?", (role["id"],))
    else:
        store.alter(db, "hub_role", role["id"], to_on=last)
    return role["person"]


@change("people.ask_for_link", forms.AskForLinkForm, anyone)
def ask_for_link(db, entry, said):
    """Send a sign-in link if this e-mail is somebody's; if it is nobody's, the answer and the work are the same."""
    person = queries.by_email(db, said["email"])
    with nullcontext() if person else _for_nothing(db):
        post.write(
            db, person and person["id"], "sign_in", 30 * MINUTES, subject="Your sign-in link", body=SIGN_IN,
            then=said["then"], to=person or {"name": "Nobody", "email": said["email"]},
        )  # fmt: skip
    return person["id"] if person else None


@contextmanager
def _for_nothing(db):
    """Do the work of a block and leave nothing of it, so that how long it takes tells nothing either."""
    db.conn.execute("savepoint for_nothing")
    yield
    db.conn.execute("rollback to for_nothing")
    db.conn.execute("release for_nothing")


@change("people.make_link", forms.LinkForForm, rights.at_the_command_line)
def make_link(db, entry, said):
    """Keep a sign-in link made at the command line; the person sees that it was made."""
    person = queries.by_email(db, said["email"])
    if person is None:
        raise Refused("Nobody here has this e-mail.", "email")
    post.keep_link(db, person["id"], "sign_in", 30 * MINUTES, said["proof"], said["code"])
    return person["id"]


@change("people.use_link", forms.UseLinkForm, anyone)
def use_link(db, entry, said):
    """Open the door once for a link or its typed code: claim the account, sign this browser in."""
    link = queries.usable_link(db, post.token_hash(said["proof"]), post.hash_of(said["proof"]))
    if link is None:
        raise Refused(USED, "proof")
    db.conn.execute("update link set used_at = ? where hash = ?", (entry.received, link["hash"]))
    post.take_links_away(db, link["person"])
    person = joined.settle(db, link)
    if person is None:
        raise Refused(USED, "proof")
    if queries.person(db, person)["claimed_at"] is None:
        store.alter(db, "person", person, claimed_at=entry.received)
    # who has signed in asks for a link when they want one: none lies about in a mail for the rest of fourteen days
    db.conn.execute(
        "update link set used_at = ? where person = ? and kind = 'invitation' and used_at is null",
        (entry.received, person),
    )
    open_tablet(db, entry, person, said["token"], said["shared"])
    return person


@change("people.sign_in", forms.SignInForm, rights.is_oneself)
def sign_in(db, entry, said):
    """Sign this browser in after the password was checked, or the hub was set up on it."""
    if queries.person(db, entry.by)["claimed_at"] is None:
        store.alter(db, "person", entry.by, claimed_at=entry.received)
    open_tablet(db, entry, entry.by, said["token"], said["shared"])
    return entry.by


@change("people.sign_out", forms.SignOutForm, rights.leaves)
def sign_out(db, entry, said):
    """Sign one device out; what waits on it stays there for its owner."""
    store.alter(db, "tablet", said["tablet"], ended_at=entry.received)
    return entry.by


@change("people.sign_others_out", forms.SignOthersOutForm, rights.is_oneself)
def sign_others_out(db, entry, said):
    """Sign every other device of one's own out; what waits on them stays there."""
    _end_sign_ins(db, entry.by, entry.received, entry.tablet)
    return entry.by


@change("people.end_sign_ins", forms.EndSignInsForm, rights.runs_hub)
def end_sign_ins(db, entry, said):
    """Sign somebody out wherever they are: a device was lost, or somebody left. What waits there stays, sealed."""
    if not queries.devices_signed_in(db, said["person"]):
        raise Refused("They are signed in nowhere.", "person")
    _end_sign_ins(db, said["person"], entry.received)
    return said["person"]


@change("people.set_password", forms.SetPasswordForm, rights.is_oneself)
def set_password(db, entry, said):
    """Set an optional password, and sign every other device out; one that is set is asked for first."""
    me = queries.person(db, entry.by)
    asked = queries.asks_for_password(db, entry.by, entry.tablet)
    if asked and not post.password_fits(me["password_hash"], said["current"] or ""):
        raise Refused("Enter the password you have now. If you have forgotten it, sign out, then in by a link.",
                      "current")  # fmt: skip
    if is_guessable(said["password"], (me["name"], me["email"], queries.hub(db)["name"])):
        raise Refused("This is among the first that anybody would try. Use three words that do not go together.",
                      "password")  # fmt: skip
    store.alter(db, "person", entry.by, password_hash=post.password_hash(said["password"]))
    _end_sign_ins(db, entry.by, entry.received, entry.tablet)
    return entry.by


def _end_sign_ins(db, person, at, but=None):
    """End a person's sign-ins, also those as whom they were a visitor; but that on one device."""
    db.conn.execute(
        f"update tablet set ended_at = :at where person in ({queries.ALSO_AS_VISITOR}) and ended_at is null"
        " and id is not :but",
        {"at": at, "person": person, "but": but},
    )


@change("people.edit_account", forms.AccountForm, rights.is_oneself)
def edit_account(db, entry, said):
    """Change one's own name and phone."""
    was = queries.person(db, entry.by)
    entry.was = {"name": was["name"], "phone": was["phone"]}
    store.alter(db, "person", entry.by, name=said["name"], phone=said["phone"])
    return entry.by


@change("people.edit_hub", forms.HubForm, rights.runs_hub, meets="stale")
def edit_hub(db, entry, said):
    """Change the hub's name and the words shown where people write."""
    was = queries.hub(db)
    if said["seen"] != str(was["version"]):
        raise Stale(was)
    entry.was = was
    store.alter(
        db, "hub", 1, name=said["name"], purpose=said["purpose"], privacy=said["privacy"], contact=said["contact"],
        version=was["version"] + 1,
    )  # fmt: skip
    return "hub"


@change("people.erase", forms.EraseForm, rights.leads_hub)
def erase(db, entry, said):
    """Take everything personal of somebody's away, and their ways in; their rows stay, so that counts do."""
    found = queries.person(db, said["person"])
    if found is None or found["erased_at"]:
        raise Refused("There is nobody like that, or they were erased before.", "person")
    keeps_a_lead(db, found["id"], "person")
    why_not = personal.why_not(db, found["id"], clock.day_of(entry.at))
    if why_not:
        raise Refused(why_not, "person")
    personal.erase(db, found["id"], entry.at)
    forgetting.plan_to_forget(db, entry)
    forgetting.note(db, found["id"], found["email"], found["name"])
    return found["id"]


def keeps_a_lead(db, person, field):
    """Refuse what would leave the hub without a lead of every strand: a person is the only one."""
    if queries.leads_of_all(db) == {person}:
        raise Refused("A hub needs a lead of every strand. Invite another one first.", field)


def named(db, entry, name, email, school_role=None):
    """Return the id of the person with this e-mail, made when new. Inside a change of this or a higher feature."""
    found = queries.by_email(db, email) if email else None
    if found:
        return found["id"]
    id = post.new_id()
    store.put(db, "person", id=id, name=name, email=email, role_in_school=school_role)
    return id


def address(db, entry, person, email, where):
    """Give somebody who has not signed in yet an e-mail, and invite them there; whatever was sent before ends."""
    found, known = queries.person(db, person), queries.by_email(db, email)
    if found["claimed_at"]:
        raise Refused(f"{found['name']} has signed in already and keeps the e-mail they did it with.", "email")
    if person == entry.by:
        raise Refused("Ask somebody else of the group or the hub.", "email")
    if known and known["id"] != person:
        raise Refused("Somebody here has this e-mail already. Add them to the Work Group instead.", "email")
    post.end_links_of(db, person, entry.received)
    store.alter(db, "person", person, email=email)
    invite_person(db, entry, person, where)


def invite_person(db, entry, person, where):
    """Send an invitation for 14 days, unless the person has signed in before."""
    found = queries.person(db, person)
    if found["claimed_at"] or not found["email"]:
        return
    post.write(
        db, person, "invitation", 14 * DAYS, subject=f"You are invited to {where}",
        body="Hello {name},\n\n" + where + " uses Workgroup for its meetings, open lessons and reflections.\n"
        "Open this link and press the button; it works once, for 14 days:\n\n{link}\n\n"
        "Or go to the sign-in page and type this code: {code}",
    )  # fmt: skip


def open_tablet(db, entry, person, token, shared=False, **more):
    """Sign a browser in as a person; inside a change that has proved that it is theirs. `more` are columns."""
    if not token:
        raise Refused("The browser did not say who it is. Try again.")
    store.put(
        db, "tablet", id=post.new_id(), person=person, token_hash=post.hash_of(token), shared=int(shared or 0),
        signed_in_at=entry.received, seen_at=entry.received, **more,
    )  # fmt: skip


@due.kind("mail", "A mail")
def send_mail(db, settings, about):
    """Send one mail that waits, or keep it for the outbox page when no mail server is configured."""
    post.send(db, settings, about)
