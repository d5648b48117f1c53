"""Claiming: entries are claimed together with a reference, and a claim can be undone; both leave a history.

The database holds that no entry is in two claims that stand.
"""

from workgroup import clock, store
from workgroup.days import claim_queries, forms, queries
from workgroup.door import Refused, change
from workgroup.people.rights import runs_hub

CHANGED = "Some of this has changed or was claimed since you looked. This is how it stands now."


@change("days.claim", forms.ClaimForm, runs_hub)
def claim(db, entry, said):
    """Claim entries together. What is claimed is what was seen: its version and its rate."""
    if said["claimed_on"] > clock.today():
        raise Refused("This day has not come yet.", "claimed_on")
    # whose days and of which time the claim says it is, it is of no others
    waiting = queries.to_claim(db, entry.by, said["person"], said["from_on"], said["to_on"])
    ready = {claim_queries.seen_of(one): one for one in waiting}
    seen = list(dict.fromkeys(said["entries"]))
    if any(one not in ready for one in seen):
        raise Refused(CHANGED, "entries")
    last = max(ready[one]["on_day"] for one in seen)
    if said["claimed_on"] < last:
        raise Refused(f"{clock.say_day(last, year=True)} is among these, and comes after the claim.", "claimed_on")
    store.put(
        db, "day_claim", id=entry.id, by=entry.by, at=entry.at,
        **{name: said[name] for name in ("reference", "claimed_on", "person", "from_on", "to_on")},
    )  # fmt: skip
    kept = ("on_day", "word", "stage", "quarters", "rate_pence", "amount_pence", "travel_pence")
    for one in map(ready.get, seen):
        store.put(db, "claimed_day", claim=entry.id, day_entry=one["id"], **{name: one[name] for name in kept})
    return entry.id


@change("days.undo_claim", forms.UndoClaimForm, runs_hub)
def undo_claim(db, entry, said):
    """Undo a whole claim: its entries can be changed and claimed again; the claim stays to be read."""
    was = claim_queries.is_there(db, said["claim"])
    if was is None:
        raise Refused("There is no such claim.")
    if was["undone_at"]:
        raise Refused("This claim has been undone already.")
    undone = (entry.at, entry.by, said["why"], was["id"])
    db.conn.execute("update day_claim set undone_at = ?, undone_by = ?, undone_why = ? where id = ?", undone)
    db.conn.execute(
        "update claimed_day set undone_at = ?, undone_by = ?, undone_why = ? where claim = ? and undone_at is null",
        undone,
    )
    return was["id"]


@change("days.unclaim", forms.UnclaimForm, runs_hub)
def unclaim(db, entry, said):
    """Take one entry out of its claim; the others stay claimed."""
    was = claim_queries.claimed(db, said["claim"], said["day_entry"])
    if was is None:
        raise Refused("This entry is not in this claim.")
    if was["undone_at"]:
        raise Refused("This entry has been taken out already.")
    db.conn.execute(
        "update claimed_day set undone_at = ?, undone_by = ?, undone_why = ? where claim = ? and day_entry = ?",
        (entry.at, entry.by, said["why"], said["claim"], said["day_entry"]),
    )
    return said["claim"]

