"""Changes that the hub makes to the days log: allowances, the list of activities."""

from workgroup import clock, store
from workgroup.days import forms, queries
from workgroup.door import Refused, Stale, change
from workgroup.people import queries as people
from workgroup.people.rights import runs_hub
from workgroup.withdrawing import bring_back, take_away

ONCE = "There is an allowance for this stage in this year already."


@change("days.set_allowance", forms.NewAllowanceForm, runs_hub)
def set_allowance(db, entry, said):
    """Say how many days somebody has in a year, at which stage and rate."""
    person = people.person(db, said["person"])
    if person is None or person["erased_at"]:
        raise Refused("Choose somebody from the list.", "person")
    try:
        clock.first_day_of(said["academic_year"])
    except ValueError:
        raise Refused("Enter an academic year like 2026/27.", "academic_year") from None
    _check_once(db, said["person"], said["academic_year"], said["stage"])
    store.put(
        db, "allowance", id=entry.id, person=said["person"], academic_year=said["academic_year"], stage=said["stage"],
        quarters=said["days"], rate_pence=said["rate"], by=entry.by, at=entry.at,
    )  # fmt: skip
    return entry.id


@change("days.edit_allowance", forms.EditAllowanceForm, runs_hub, meets="stale")
def edit_allowance(db, entry, said):
    """Change an allowance. What was claimed keeps its stage, rate and amount."""
    was = _allowance(db, said)
    if said["seen"] != str(was["version"]):
        raise Stale(was)
    if was["withdrawn_at"]:
        raise Refused("This has been taken away. Bring it back first.")
    _check_once(db, was["person"], was["academic_year"], said["stage"], besides=was["id"])
    entry.was = {name: was[name] for name in ("stage", "quarters", "rate_pence")}
    store.alter(
        db, "allowance", was["id"], stage=said["stage"], quarters=said["days"], rate_pence=said["rate"],
        version=was["version"] + 1,
    )  # fmt: skip
    return was["id"]


@change("days.withdraw_allowance", forms.AllowancePickForm, runs_hub)
def withdraw_allowance(db, entry, said):
    """Take an allowance away; what counted against it counts against another of that year, or against none."""
    was = _allowance(db, said)
    take_away(db, entry, "allowance", was, version=was["version"] + 1)
    return was["id"]


@change("days.restore_allowance", forms.AllowancePickForm, runs_hub)
def restore_allowance(db, entry, said):
    """Bring an allowance back."""
    was = _allowance(db, said)
    if was["withdrawn_at"]:
        _check_once(db, was["person"], was["academic_year"], was["stage"])
    bring_back(db, entry, "allowance", was, version=was["version"] + 1)
    return was["id"]


@change("days.add_activity", forms.ActivityForm, runs_hub)
def add_activity(db, entry, said):
    """Add a word for what days are used for."""
    known = queries.activities(db, also_ended=True)
    _check_name(known, said["name"])
    position = max((one["position"] for one in known), default=0) + 1
    store.put(db, "day_activity", id=entry.id, position=position, name=said["name"])
    return entry.id


@change("days.edit_activity", forms.EditActivityForm, runs_hub)
def edit_activity(db, entry, said):
    """Rename an activity, take it out of use or use it again; entries keep the word they were made with."""
    known = queries.activities(db, also_ended=True)
    was = next((one for one in known if one["id"] == said["activity"]), None)
    if was is None:
        raise Refused("There is no such activity.")
    if was["meant"] and said["ended"]:
        raise Refused(f"{was['meant'].capitalize()}s are suggested under this word. Rename it instead.")
    _check_name([one for one in known if one["id"] != was["id"]], said["name"])
    entry.was = {"name": was["name"], "ended_at": was["ended_at"]}
    ended = (was["ended_at"] or entry.at) if said["ended"] else None
    store.alter(db, "day_activity", was["id"], name=said["name"], ended_at=ended)
    return was["id"]


def _check_name(known, name):
    if any(one["name"].casefold() == name.casefold() for one in known):
        raise Refused("There is an activity of that name already.", "name")


def _check_once(db, person, year, stage, besides=None):
    for one in queries.allowances_of(db, person, year):
        if one["id"] != besides and one["stage"].casefold() == stage.casefold():
            raise Refused(ONCE, "stage")


def _allowance(db, said):
    found = queries.allowance(db, said["allowance"])
    if found is None:
        raise Refused("There is no such allowance.")
    return found
