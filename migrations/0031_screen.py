"""A teacher may let their lesson be shown on the room's screen while it is discussed; until they say so it is not."""


def change(db):
    """Add the column."""
    db.execute("alter table lesson add column on_screen integer not null default 0 check (on_screen in (0, 1))")
