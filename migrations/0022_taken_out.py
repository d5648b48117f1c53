"""Who saved the record of a lesson as a file: what has left cannot be called back, and its teacher is told so."""

SQL = """
create table taken_out (
    id text primary key, lesson text not null references lesson, by text not null references person, at text not null
) strict;
create index taken_out_lesson on taken_out (lesson, at);
"""


def change(db):
    """Make the table."""
    for statement in SQL.split(";"):
        if statement.strip():
            db.execute(statement)
