"""What waits on a tablet is sealed with a key that is worked out from a secret of the record."""

import secrets


def change(db):
    """Give the record its secret."""
    db.execute("alter table record add column seal_secret text")
    db.execute("update record set seal_secret = ?", (secrets.token_hex(32),))
