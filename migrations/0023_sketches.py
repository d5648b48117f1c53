"""Sketches: shapes as numbers and short words, drawn by the server itself; `number` and `changed` as in `noticing`."""

SQL = """
create table sketch (
    id text primary key, lesson text not null references lesson, noticing text references noticing,
    by text not null references person, at text not null, drawn text not null, described text not null,
    number integer not null, changed integer not null, withdrawn_at text, withdrawn_by text references person
) strict;
create index sketch_lesson on sketch (lesson, changed);
create index sketch_noticing on sketch (noticing);
"""


def change(db):
    """Make the table."""
    for statement in SQL.split(";"):
        if statement.strip():
            db.execute(statement)
