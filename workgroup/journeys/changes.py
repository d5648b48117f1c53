"""Changes to what a head is sent of a journey, and to what the head says to it."""

from workgroup import clock, store
from workgroup.door import Refused, Stale, change
from workgroup.groups import queries as groups
from workgroup.journeys import forms, queries, rights
from workgroup.people import post
from workgroup.people import queries as people
from workgroup.people.changes import anyone
from workgroup.schools.changes import addressee
from workgroup.withdrawing import bring_back, take_away

LASTS = 30 * 86_400
OVER = "This link is over. Tell whoever sent it to you."
BODY = (
    "Hello {{name}},\n\n{leader} sends you the year of {school} in {group} at a glance: what changed, why we think so,"
    " and one next step. It holds what was agreed with the school; no reflection and no note of a lesson is in it."
    " You can save it as a PDF, and leave a statement of your own. No account is needed.\n\n{{link}}\n\nThe"
    " link works for 30 days."
)
ANSWERED = "Hello {{name}},\n\n{head} has left a statement on the year of {school}.\n\n{{link}}"


@change("journeys.ask_head", forms.AskHeadForm, rights.leads)
def ask_head(db, entry, said):
    """Send a head the school's journey by mail; an earlier link stays good until it is ended."""
    school = groups.school_in_group(db, said["school_in_group"])
    name, email = addressee(db, school["school"], said)
    body = BODY.format(
        leader=_plain(people.name_of(db, entry.by)), school=_plain(school["name"]), group=_plain(school["title"])
    )
    store.put(
        db, "journey_asking", id=entry.id, school_in_group=school["id"], name=name, email=email, by=entry.by,
        at=entry.at, expires_at=clock.after(LASTS),
    )  # fmt: skip
    about = f"{queries.LINK} {entry.id}"
    post.write_to(db, _plain(name), email, "head", LASTS, f"The year of {school['name']} at a glance", body,
                  "/journey", about, attached=about)  # fmt: skip
    return school["id"]


def _plain(text):
    """Return words without what a mail would fill in."""
    return text.replace("{", "(").replace("}", ")")


@change("journeys.end_asking", forms.JourneyAskingForm, rights.leads)
def end_asking(db, entry, said):
    """End a link that was sent; what was said by it stays."""
    was = queries.asking(db, said["journey_asking"])
    if was["ended_at"]:
        raise Refused("This link has been ended already.")
    store.alter(db, "journey_asking", was["id"], ended_at=entry.at)
    post.end_link(db, "head", f"{queries.LINK} {was['id']}", entry.received)
    return was["school_in_group"]


@change("journeys.say", forms.StatementForm, anyone, meets="stale")
def say(db, entry, said):
    """Take a head's statement, or other words for it; the link they were sent is the proof."""
    asking = _asking(db, said)
    was = queries.said_by(db, asking["id"])
    if was and said["seen"] != str(was["version"]):
        raise Stale(was)
    columns = {n: said[n] for n in ("name", "words")} | {"may_quote": int(said["may_quote"]), "at": entry.at}
    if was:
        entry.was = {n: was[n] for n in (*columns, "withdrawn_at")}
        store.alter(db, "head_statement", was["id"], **columns, version=was["version"] + 1, withdrawn_at=None)
        return was["id"]
    store.put(
        db, "head_statement", id=entry.id, asking=asking["id"], school_in_group=asking["school_in_group"], **columns
    )
    _tell(db, asking, said["name"])
    return entry.id


def _tell(db, asking, head):
    """Write to whoever sent the link that there is a statement, as long as they lead; its words stay here."""
    sender = people.person(db, asking["by"])
    if sender["email"] and groups.leads(db, sender["id"], asking["work_group"], clock.today()):
        body = ANSWERED.format(head=_plain(head), school=_plain(asking["school_name"]))
        subject = f"The year of {asking['school_name']}: a statement"
        post.tell(db, sender["id"], subject, body, f"/schools/{asking['school']}", LASTS)


@change("journeys.withdraw", forms.StatementPickForm, anyone)
def withdraw(db, entry, said):
    """Take one's statement back: its leaders read it no more, and nothing quotes it from now on."""
    was = _statement(db, said)
    take_away(db, entry, "head_statement", was, "This was taken back already.")
    return was["id"]


@change("journeys.restore", forms.StatementPickForm, anyone)
def restore(db, entry, said):
    """Let one's statement stand again."""
    was = _statement(db, said)
    bring_back(db, entry, "head_statement", was)
    return was["id"]


def _statement(db, said):
    was = queries.said_by(db, _asking(db, said)["id"])
    if was is None:
        raise Refused("No statement was left yet.")
    return was


def _asking(db, said):
    found = queries.by_link(db, people.link_of(db, post.hash_of(said["proof"]), "head"))
    if found is None:
        raise Refused(OVER, "proof")
    return found
