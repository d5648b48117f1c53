"""Changes to a tablet that several people use: its name, its lock, and the PIN by which its person unlocks it.

Whether a PIN is right is asked where it is typed (locking.py), as with a password; nothing of it reaches the ledger.
"""

from workgroup import store
from workgroup.door import Refused, change
from workgroup.people import forms, post, queries, rights


@change("people.set_pin", forms.SetPinForm, rights.is_oneself)
def set_pin(db, entry, said):
    """Set the PIN that unlocks the shared tablets this person is signed in on."""
    store.alter(db, "person", entry.by, pin_hash=post.password_hash(said["pin"]))
    return entry.by


@change("people.edit_tablet", forms.TabletForm, rights.own_tablet)
def edit_tablet(db, entry, said):
    """Name a device, and say whether several people use it."""
    was = _open(db, said["tablet"])
    entry.was = {"name": was["name"], "shared": was["shared"]}
    # seen now: a tablet just marked as shared must not count as left alone for the hour before
    store.alter(
        db, "tablet", was["id"], name=said["name"], shared=int(said["shared"]),
        seen_at=max(entry.received, was["seen_at"]),
    )  # fmt: skip
    return entry.by


@change("people.lock", forms.LockForm, rights.own_tablet)
def lock(db, entry, said):
    """Lock a shared tablet; the first lock stands."""
    tablet = _open(db, said["tablet"])
    if not tablet["shared"]:
        raise Refused("This device is not marked as used by several people.", "tablet")
    store.alter(db, "tablet", tablet["id"], locked_at=tablet["locked_at"] or entry.received)
    return entry.by


@change("people.unlock", forms.LockForm, rights.own_tablet)
def unlock(db, entry, said):
    """Unlock a tablet after the PIN was checked."""
    tablet = _open(db, said["tablet"])
    store.alter(db, "tablet", tablet["id"], locked_at=None, seen_at=entry.received)
    return entry.by


def _open(db, id):
    tablet = queries.tablet(db, id)
    if tablet["ended_at"]:
        raise Refused("Nobody is signed in on this device any more.", "tablet")
    return tablet
