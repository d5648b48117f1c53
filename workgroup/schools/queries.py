"""Reading schools."""

from workgroup import store


def school(db, id):
    """Return a school by id, or None."""
    return store.row(db, "select * from school where id = ?", (id,))


def by_urn(db, urn):
    """Return a school by its six-digit number, or None."""
    return store.row(db, "select * from school where urn = ?", (urn,))
