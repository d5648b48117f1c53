"""A note to oneself with a block of a running order: each leader's own, beside the note that all of them read."""

SQL = """
create table block_note (
    id text primary key, block text not null references agenda_block, by text not null references person, words text,
    at text not null, unique (block, by)
) strict;
create index block_note_by on block_note (by)
"""


def change(db):
    """Make the table."""
    for statement in SQL.split(";"):
        db.execute(statement)
