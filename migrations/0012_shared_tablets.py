"""A tablet that several people use locks; whoever it is signed in as unlocks it by a PIN of their own."""

SQL = """
alter table person add column pin_hash text;
alter table tablet add column locked_at text;
"""


def change(db):
    """Add the PIN to the person and the lock to the tablet."""
    for statement in SQL.split(";"):
        if statement.strip():
            db.execute(statement)
