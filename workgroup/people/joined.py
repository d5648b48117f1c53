"""A visitor turns out to be somebody: by a mail to the address they gave, which only its owner can open.

Where nobody has the address yet, the visitor keeps it and has an account from now on. Where somebody has, what the
visitor wrote becomes theirs; the visitor stays as a name of theirs, for what the ledger says and what is on its way.
"""

from workgroup import personal, store
from workgroup.people import queries

_VISITOR = "visitor"


def about(visitor, email):
    """Return what a link is about that proves a visitor's e-mail."""
    return f"{_VISITOR} {visitor} {email}"


def visitor_of(link):
    """Return (visitor, e-mail) of a link that proves a visitor's e-mail, or None for any other."""
    kind, _, rest = (link["about"] or "").partition(" ")
    return tuple(rest.split(" ", 1)) if kind == _VISITOR else None


def settle(db, link):
    """Return whom a sign-in link signs in; inside a change. One that proves a visitor's e-mail makes it theirs first.

    None where the visitor is somebody else by now, by another link.
    """
    proved = visitor_of(link)
    if proved is None:
        return link["person"]
    visitor, email = proved
    was, known = queries.person(db, visitor), queries.by_email(db, email)
    # the address has done its work: it stays with the person alone
    db.conn.execute("update link set about = null where hash = ?", (link["hash"],))
    if was["joined_to"] or was["email"] or was["erased_at"]:
        return known["id"] if known and known["id"] in (visitor, was["joined_to"]) else None
    if known is None:
        store.alter(db, "person", visitor, email=email)
        return visitor
    personal.join(db, visitor, known["id"])
    return known["id"]
