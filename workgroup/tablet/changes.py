"""What a tablet tries out before the day: an entry that leaves only a line in the ledger, and its taking back."""

from workgroup.door import change
from workgroup.tablet import forms, rights


@change("tablet.try", forms.TryForm, rights.tries, capture=True)
def try_out(db, entry, said):
    """Write a trial entry: nobody sees it anywhere."""
    return entry.id


@change("tablet.withdraw_try", forms.WithdrawTryForm, rights.own_trial, meets="fold", capture=True)
def withdraw_try(db, entry, said):
    """Take a trial entry back; twice is once."""
    return said["trial"]
