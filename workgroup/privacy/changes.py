"""Changes of data protection: how long words are kept, letting go of what is over, erasing from the settings."""

import uuid

from workgroup import clock, door, due, purging, store
from workgroup.door import Refused, Stale, change
from workgroup.people import changes as people_changes
from workgroup.people import queries as people
from workgroup.privacy import forms, queries, rights
from workgroup.retention import KINDS

MOST_ROUNDS = 500  # of one day, a thousand rows of each thing a round


@change("privacy.set_retention", forms.RetentionForm, rights.runs_hub, meets="stale")
def set_retention(db, entry, said):
    """Choose how long each kind of words is kept. Nothing goes before the next day."""
    stands = queries.stand(db)
    if said["seen"] != stands:
        raise Stale({"seen": stands, **purging.chosen(db)})
    was = purging.chosen(db)
    entry.was = was
    for key in KINDS:
        if key not in was or was[key] != said[key]:
            db.conn.execute(
                "insert into retention (kind, months, by, at) values (:kind, :months, :by, :at)"
                " on conflict (kind) do update set months = :months, by = :by, at = :at",
                {"kind": key, "months": said[key], "by": entry.by, "at": entry.received},
            )
    return "retention"


@change("privacy.purge", forms.PurgeForm, rights.lets_go)
def purge(db, entry, said):
    """Let go of words whose time is over, and keep how many went; the rows, dates and the chain stay."""
    if said["on"] > clock.day_of(entry.received):
        raise Refused("This day has not come yet.", "on")
    over = queries.over(db, said["on"], also_chosen_today=entry.by is not None)
    gone = {key: purging.purge(db, key, day, entry.received) for key, day in over.items()}
    if not any(gone.values()):
        raise Refused("Nothing is over on this day.", "on")
    store.put(db, "retention_run", id=entry.id, on_day=said["on"], at=entry.received, by=entry.by)
    for key, some in gone.items():
        for one in some:
            store.put(
                db, "retention_gone", run=entry.id, kind=key, what=one["what"], academic_year=one["year"],
                many=one["many"],
            )  # fmt: skip
    return "retention"


@change("privacy.erase", forms.EraseForm, rights.leads_hub)
def erase(db, entry, said):
    """Erase somebody whose name was typed; what the command line does."""
    found = people.person(db, said["person"])
    if found and not found["erased_at"] and _plain(found["name"]) != _plain(said["name"]):
        raise Refused("This is not the name that stands above.", "name")
    if found and found["id"] == entry.by:
        raise Refused("Ask another hub lead to erase you.", "person")
    return door.within(db, entry, "people.erase", {"person": said["person"]}, id=entry.id)


@change("privacy.erase_address", forms.EraseAddressForm, rights.leads_hub)
def erase_address(db, entry, said):
    """Erase somebody who was only ever sent links: put down as a person first, so that copies can be told who it is."""
    email = said["email"].strip()
    name = queries.written_to(db, email)
    if name is None:
        raise Refused("Nobody was written to at this e-mail.", "email")
    if people.by_email(db, email):
        raise Refused("This is the e-mail of somebody who has an account. Erase them under Everybody.", "email")
    return door.within(
        db, entry, "people.erase", {"person": people_changes.named(db, entry, name, email)}, id=entry.id
    )


@change("privacy.erase_named", forms.EraseNamedForm, rights.leads_hub)
def erase_named(db, entry, said):
    """Erase somebody who is known by a full name alone, such as a visitor: as whoever is known by an e-mail alone."""
    name = queries.known_by_name(db, said["name"])
    if name is None:
        raise Refused("Nobody here is known by this full name alone.", "name")
    if queries.is_known_by_more(db, name):
        raise Refused(
            "Somebody of this name is here as a person or with an e-mail: see Everybody. If this is somebody else, put"
            " the name otherwise where it stands, and erase it as it is then.", "name"
        )  # fmt: skip
    return door.within(db, entry, "people.erase", {"person": people_changes.named(db, entry, name, None)}, id=entry.id)


def _plain(name):
    return " ".join(name.split()).casefold()


@due.kind("retention", "Words whose time is over")
def let_go(db, settings, day):
    """Let go of what is over on a day, a portion at a time, so that nobody waits long to write. Told again: nothing."""
    ledger = uuid.UUID(store.value(db, "select ledger from record"))
    ids = (str(uuid.uuid5(ledger, f"retention {day} {number}")) for number in range(MOST_ROUNDS))
    went = False
    for id in ids:
        if not store.value(db, "select 1 from ledger where id = ?", (id,)):
            if not queries.over(db, day):
                break
            outcome = door.submit(db, "privacy.purge", {"on": day}, id, None)
            if not outcome.stands:
                raise store.Trouble(str(outcome.errors))
        went = True
    if went:  # once, after all of it: the file is written anew
        with store.writing(db):
            due.plan(db, f"forget:retention {day}", "forget", None, clock.now())


due.daily("retention")
