"""A grant for a school can be changed, taken away and brought back: it has a version, and says whether it stands."""


def change(db):
    """Add the columns."""
    db.execute("alter table school_grant add column version integer not null default 1")
    db.execute("alter table school_grant add column withdrawn_at text")
