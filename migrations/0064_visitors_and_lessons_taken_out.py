"""Where a visitor is from whose school is none of the list, in their own words; and when an open lesson was taken out.

A lesson that was taken out of its session before it began stays, so that it can be put back.
"""


def change(db):
    """Add the columns."""
    for table in ("guest_claim", "register_mark"):
        db.execute(f"alter table {table} add column comes_from text")
    db.execute("alter table lesson add column withdrawn_at text")
