"""The question of a session to reflect on, and a leader's reply to a reflection, which only its author sees."""

SQL = """
alter table session add column question text;
create table reflection_reply (
    id text primary key, reflection text not null references reflection, by text not null references person,
    at text not null, words text not null, withdrawn_at text, seen_at text
) strict;
create index reflection_reply_reflection on reflection_reply (reflection, at);
"""


def change(db):
    """Make the column and the table."""
    for statement in SQL.split(";"):
        if statement.strip():
            db.execute(statement)
