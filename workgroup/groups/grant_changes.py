"""Changes to what schools are granted: noting, changing, taking away and bringing back. History stays in the ledger."""

from workgroup import store
from workgroup.door import Refused, Stale, change
from workgroup.groups import forms, queries, rights
from workgroup.withdrawing import bring_back, take_away


@change("groups.give_grant", forms.GrantForm, rights.leads_or_runs)
def give_grant(db, entry, said):
    """Note a grant for a school: what it is for, how much, and when it was paid."""
    if queries.school_in_group(db, said["school_in_group"]) is None:
        raise Refused("There is no such school in the group.")
    store.put(db, "school_grant", id=entry.id, school_in_group=said["school_in_group"], **_columns(said))
    return said["school_in_group"]


@change("groups.edit_grant", forms.EditGrantForm, rights.leads_or_runs, meets="stale")
def edit_grant(db, entry, said):
    """Change a grant, or note that it was paid."""
    was = _grant(db, said)
    if said["seen"] != str(was["version"]):
        raise Stale(was)
    if was["withdrawn_at"]:
        raise Refused("This grant has been taken away. Bring it back first.")
    entry.was = {name: was[name] for name in ("amount", "purpose", "paid_on")}
    store.alter(db, "school_grant", was["id"], **_columns(said), version=was["version"] + 1)
    return was["school_in_group"]


@change("groups.withdraw_grant", forms.GrantPickForm, rights.leads_or_runs)
def withdraw_grant(db, entry, said):
    """Take a grant away that was noted by mistake."""
    was = _grant(db, said)
    take_away(db, entry, "school_grant", was, version=was["version"] + 1)
    return was["school_in_group"]


@change("groups.restore_grant", forms.GrantPickForm, rights.leads_or_runs)
def restore_grant(db, entry, said):
    """Bring a grant back."""
    was = _grant(db, said)
    bring_back(db, entry, "school_grant", was, version=was["version"] + 1)
    return was["school_in_group"]


def _columns(said):
    # pounds with two decimals at the most, as this table has them since its first release; sums go by the penny
    return {"amount": said["amount"] / 100, "purpose": said["purpose"], "paid_on": said["paid_on"]}


def _grant(db, said):
    found = queries.grant(db, said["grant"])
    if found is None:
        raise Refused("There is no such grant.")
    return found
