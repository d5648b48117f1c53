"""A flag on one's own moment: its author wants to talk about it. `last_flag` orders the says, as `last_tags` does."""

SQL = """
alter table noticing add column flagged integer not null default 0 check (flagged in (0, 1));
alter table noticing add column last_flag text;
"""


def change(db):
    """Add the columns."""
    for statement in SQL.split(";"):
        if statement.strip():
            db.execute(statement)
