"""When the sign-in cookie got its prefix: a cookie without it is believed only if it was given out before that."""

from workgroup import clock


def change(db):
    """Note the moment."""
    db.execute("alter table record add column prefixed_at text")
    db.execute("update record set prefixed_at = ?", (clock.now(),))
