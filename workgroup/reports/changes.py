"""Changes to the reports of visits: drafted, written, sent to the school, withdrawn, acknowledged."""

from workgroup import clock, store
from workgroup.door import Refused, Stale, change
from workgroup.fields import is_id
from workgroup.people import post
from workgroup.people import queries as people
from workgroup.people.changes import anyone
from workgroup.reports import drafting, exports, forms, queries, rights
from workgroup.reviews import queries as reviews
from workgroup.visits import queries as visits
from workgroup.withdrawing import bring_back, take_away

LASTS = 60 * 86_400
MOST = 10  # people one report goes to at a time
BODY = (
    "Hello {{name}},\n\n{leader} visited {school} on {day} and has written a report of it for you.{again}\n\n"
    "{{link}}\n\nThe page says how to let us know that you have read it. No account is needed, and the link works for"
    " 60 days. The report goes with this mail as a PDF too."
)
AGAIN = " It takes the place of the one you had before."


@change("reports.draft", forms.DraftForm, rights.leads, meets="stale")
def draft(db, entry, said):
    """Draft the report from the notes that are used; what stood before stays among the earlier texts."""
    visit = _open_visit(db, said)
    framework, known = reviews.framework(db, visit["work_group"]), queries.to_place(db, entry.by, visit["id"])
    aspects = {a["id"] for a in framework["aspects"]}
    places = {p["visit_note"]: p for p in said["notes"]}
    if not set(places) <= {n["id"] for n in known}:
        raise Refused("Choose notes of this visit that stand.", "notes")
    if any(p["aspect"] and p["aspect"] not in aspects for p in places.values()):
        raise Refused("Choose an aspect from the list.", "notes")
    used = []
    for n in known:
        place = places.get(n["id"])
        if place:
            _place(db, entry, place)
            n.update(used=place["used"], aspect=place["aspect"])
        if n["used"]:
            used.append({**n, "aspect": n["aspect"] if n["aspect"] in aspects else None})
    if not used:
        raise Refused("Choose at least one note: the draft is made of nothing else.", "notes")
    words = drafting.draft(
        visit, used, framework["aspects"], queries.agreed(db, entry.by, visit["school_in_group"]),
        queries.said_of_plan(db, visit),
    )  # fmt: skip
    return _keep(db, entry, visit["id"], words, drafted=1)


@change("reports.write", forms.WriteForm, rights.leads, meets="stale")
def write(db, entry, said):
    """Keep the text; no text is ever written over."""
    visit = _open_visit(db, said)
    return _keep(db, entry, visit["id"], said["words"], drafted=0)


@change("reports.send", forms.SendForm, rights.leads, meets="stale")
def send(db, entry, said):
    """Send the text to the school as a link and a PDF; sent before, it is the next version, and every link shows it."""
    visit = _open_visit(db, said)
    text = queries.bare_text(db, visit["id"])
    if text is None:
        raise Refused("Write the report first.")
    if visit["state"] != "made":
        raise Refused("Say first that the visit was made.")
    to, number = _recipients(db, visit, said), queries.next_number(db, visit["id"])
    store.put(
        db, "report_sent", id=entry.id, visit=visit["id"], number=number, words=text["words"], by=entry.by, at=entry.at
    )
    day = clock.say_whole_day(visit["on_day"])
    body = BODY.format(
        leader=_plain(people.name_of(db, entry.by)), school=_plain(visit["school_name"]), day=day,
        again=AGAIN if number > 1 else "",
    )  # fmt: skip
    for name, address in to:
        recipient = post.new_id()
        store.put(db, "report_to", id=recipient, report_sent=entry.id, name=name, email=address)
        post.write_to(db, _plain(name), address, "head", LASTS, f"Visit report: {visit['school_name']}, {day}", body,
                      "/visit-report", queries.link_about(visit["id"], recipient),
                      attached=f"report {recipient}")  # fmt: skip
    return visit["id"]


@change("reports.end_link", forms.RecipientForm, rights.leads)
def end_link(db, entry, said):
    """End every link to a visit's report that one address was sent; what was said by it stays."""
    some = queries.links_of(db, said["report_to"])
    if not any(people.has_link(db, "head", about) for about in some):
        raise Refused("This link no longer works.")
    for about in some:
        post.end_link(db, "head", about, entry.received)
    return queries.visit_of_recipient(db, said["report_to"])


@change("reports.withdraw", forms.WithdrawForm, rights.leads)
def withdraw(db, entry, said):
    """Take the newest sent report back; whoever opens its link reads why, and the school's page shows it no more."""
    was = _newest(db, said)
    take_away(db, entry, "report_sent", was, "This was withdrawn already.", why=said["why"])
    return was["visit"]


@change("reports.restore", forms.SentPickForm, rights.leads)
def restore(db, entry, said):
    """Let a report that was withdrawn stand again."""
    was = _newest(db, said)
    bring_back(db, entry, "report_sent", was, why=None)
    return was["visit"]


@change("reports.acknowledge", forms.AcknowledgeForm, anyone)
def acknowledge(db, entry, said):
    """Keep that somebody of the school has read the report; the link it was sent by is the proof."""
    link = people.link_of(db, post.hash_of(said["proof"]), "head")
    found = link and queries.by_link(db, link)
    if not found:
        raise Refused("This link is over. Tell whoever wrote to you.", "proof")
    if found["withdrawn_at"]:
        raise Refused("This report was withdrawn.")
    if said["seen"] != found["id"]:
        raise Refused("A newer version has come since you opened this page. Read it above, then say so.", "seen")
    known = is_id(found["report_to"]) and store.value(db, "select 1 from report_to where id = ?", (found["report_to"],))
    store.put(
        db, "report_answer", id=entry.id, report_sent=found["id"], report_to=found["report_to"] if known else None,
        name=said["name"], words=said["words"], at=entry.at,
    )  # fmt: skip
    return found["visit"]


@post.attaches("report")
def attach(db, report_to):
    """Return the file that goes with a mail to somebody: its name and its bytes; nothing once it is not theirs to read.

    That is when the report was withdrawn, or their link was ended.
    """
    id = store.value(db, "select report_sent from report_to where id = ?", (report_to,))
    report = id and queries.bare_sent(db, id)
    if not report or report["withdrawn_at"]:
        return None
    if not people.has_link(db, "head", queries.link_about(report["visit"], report_to)):
        return None
    made, name = exports.pdf(report)
    return name, made


def _open_visit(db, said):
    """Return the visit, if its text is still the one that the form was written from."""
    visit = visits.visit(db, said["visit"])
    now = queries.bare_text(db, visit["id"])
    if (said["seen"] or "") != (now["id"] if now else ""):
        raise Stale({"id": now["id"] if now else "", "words": now["words"] if now else ""})
    if visit["state"] == "cancelled":
        raise Refused("This visit was cancelled.")
    return visit


def _keep(db, entry, visit, words, drafted):
    store.put(db, "visit_report", id=entry.id, visit=visit, words=words, drafted=drafted, by=entry.by, at=entry.at)
    return visit


def _place(db, entry, place):
    db.conn.execute(
        "insert into note_place (visit_note, aspect, used, by, at) values (?, ?, ?, ?, ?) on conflict (visit_note)"
        " do update set aspect = excluded.aspect, used = excluded.used, by = excluded.by, at = excluded.at",
        (place["visit_note"], place["aspect"], int(place["used"]), entry.by, entry.at),
    )


def _recipients(db, visit, said):
    """Return name and address of everybody it goes to, each address once."""
    known = {c["id"]: c for c in queries.contacts(db, visit["school"])}
    if not set(said["contacts"] or []) <= set(known):
        raise Refused("Choose contacts of this school.", "contacts")
    to = [(known[id]["name"], known[id]["email"]) for id in said["contacts"] or []]
    if said["name"] and not said["email"]:
        raise Refused("Enter their e-mail too.", "email")
    if said["email"]:
        to.append((said["name"] or said["email"], said["email"]))
    if not to:
        raise Refused("Choose to whom it goes, or enter a name and an e-mail.", "contacts")
    if len(to) > MOST:
        raise Refused(f"Send it to {MOST} people or fewer at a time.", "contacts")
    return list({address.casefold(): (name, address) for name, address in to}.values())


def _newest(db, said):
    was = queries.bare_sent(db, said["report_sent"])
    if not was["is_newest"]:
        raise Refused("A newer version stands in its place already.")
    return was


def _plain(text):
    """A name goes into a mail as it is: braces in it are no places to fill in."""
    return text.replace("{", "(").replace("}", ")")
