"""Changes to teacher reference numbers: whether the hub keeps any, and somebody's own."""

from workgroup import forgetting, store
from workgroup.door import Refused, change
from workgroup.people import forms, queries, rights


@change("people.keep_trns", forms.KeepNumbersForm, rights.runs_hub)
def keep_trns(db, entry, said):
    """Begin to keep them, or keep none: then those that were typed go, from the ledger's words and the file too."""
    keeps = int(said["keeps"] == "yes")
    entry.was = {"keeps_trn": queries.keeps_trn(db)}
    store.alter(db, "hub", 1, keeps_trn=keeps)
    if not keeps:
        db.conn.execute("update person set trn = null where trn is not null")
        db.conn.execute(
            "delete from ledger_words where number in (select number from ledger where kind = 'people.set_trn')"
        )
        forgetting.plan_to_forget(db, entry)
    return "hub"


@change("people.set_trn", forms.NumberForm, rights.is_oneself_or_hub)
def set_trn(db, entry, said):
    """Note somebody's number, or take it away; only where the hub keeps any."""
    found = queries.person(db, said["person"])
    if found is None or found["erased_at"] or found["joined_to"]:
        raise Refused("There is nobody like that.", "person")
    if said["trn"] and not queries.keeps_trn(db):
        raise Refused("This hub does not keep teacher reference numbers.", "trn")
    if said["trn"] and queries.has_trn(db, said["trn"], other_than=found["id"]):
        raise Refused("Somebody else here has this number. Look at it again.", "trn")
    store.alter(db, "person", found["id"], trn=said["trn"] or None)
    return found["id"]
