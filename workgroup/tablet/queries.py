"""Reading what tablets tried out: it stands in the ledger alone."""

from workgroup import store


def trial(db, id):
    """Return by whom a trial entry was written, or None."""
    return store.row(db, "select by from ledger where id = ? and kind = 'tablet.try'", (id,))
