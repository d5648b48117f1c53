"""Where a visitor is from whose school is none of the list: in their own words, at the door and on the register."""


def change(db):
    """Add a column to both."""
    for table in ("guest_claim", "register_mark"):
        db.execute(f"alter table {table} add column comes_from text")
