"""One example of every kind of the hub."""

from tests.examples import Example
from workgroup import due, store


def stuck(db, w):
    """Leave something that did not work, and return the fields that try it again."""
    with store.writing(db):
        due.plan(db, "mail:none", "mail", "none", "2026-01-01T00:00:00.000Z")
        db.conn.execute("update due set tried = 8, trouble = 'no route' where key = 'mail:none'")
    return {"key": "mail:none"}


EXAMPLES = {
    "hub.try_again": Example("administrator", stuck, ({"key": ""}, {"key": "mail:other"}), None, "leader"),
}
