"""How anybody reaches the hub: it stands on the pages that are open to all, such as the accessibility statement."""


def change(db):
    """Add it to the hub's one row."""
    db.execute("alter table hub add column contact text")
