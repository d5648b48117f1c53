"""Changes to support visits."""

from workgroup import store
from workgroup.door import Refused, Stale, change
from workgroup.visits import forms, queries, rights
from workgroup.withdrawing import bring_back, take_away


@change("visits.plan", forms.PlanForm, rights.leads)
def plan(db, entry, said):
    """Plan a visit to a school."""
    if said["starts"] and said["ends"] and said["ends"] <= said["starts"]:
        raise Refused("It ends before it starts.", "ends")
    store.put(
        db, "visit", id=entry.id, school_in_group=said["school_in_group"], by=entry.by, on_day=said["on_day"],
        starts=said["starts"], ends=said["ends"], days=_quarter(said["days"]), purpose=said["purpose"], state="planned",
    )  # fmt: skip
    return entry.id


@change("visits.make", forms.MakeForm, rights.leads, meets="stale")
def make(db, entry, said):
    """Say that the visit was made, and whom one met."""
    was = queries.visit(db, said["visit"])
    if said["seen"] != str(was["version"]):
        raise Stale(was)
    if was["state"] == "cancelled":
        raise Refused("This visit was cancelled.")
    entry.was = {k: was[k] for k in ("state", "people_met", "head_met", "days", "purpose")}
    store.alter(
        db, "visit", was["id"], state="made", people_met=said["people_met"], head_met=int(said["head_met"]),
        days=_quarter(said["days"] if said["days"] is not None else was["days"]),
        purpose=said["purpose"] or was["purpose"], version=was["version"] + 1,
    )  # fmt: skip
    return was["id"]


@change("visits.cancel", forms.VisitPickForm, rights.leads)
def cancel(db, entry, said):
    """Cancel a visit that was only planned."""
    was = queries.visit(db, said["visit"])
    if was["state"] != "planned":
        raise Refused(f"This visit is {was['state']} already.")
    store.alter(db, "visit", was["id"], state="cancelled", version=was["version"] + 1)
    return was["id"]


@change("visits.note", forms.NoteForm, rights.leads, capture=True)
def note(db, entry, said):
    """Keep a raw note of a visit."""
    store.put(
        db, "visit_note", id=entry.id, visit=said["visit"], at=entry.at, kind=said["kind"],
        year_group=said["year_group"], words=said["words"], by=entry.by,
    )  # fmt: skip
    return entry.id


@change("visits.withdraw_note", forms.NotePickForm, rights.leads)
def withdraw_note(db, entry, said):
    """Take a raw note away."""
    take_away(db, entry, "visit_note", queries.note(db, said["visit_note"]))
    return said["visit_note"]


@change("visits.restore_note", forms.NotePickForm, rights.leads)
def restore_note(db, entry, said):
    """Bring a raw note back."""
    bring_back(db, entry, "visit_note", queries.note(db, said["visit_note"]))
    return said["visit_note"]


def _quarter(days):
    """Days are counted in quarters; half a day when nothing was said."""
    days = 0.5 if days is None else days
    if days * 4 != int(days * 4):
        raise Refused("Count days in quarters, like 0.25 or 0.5.", "days")
    return float(days)
