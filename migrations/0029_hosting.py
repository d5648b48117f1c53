"""What a school said when it was asked to host: its head or office, by a link; the newest word counts.

`told` is the day and time that it was asked about, so that a session that moved since is seen to be unconfirmed.
"""

SQL = """
create table host_word (
    id text primary key, session text not null references session, school text not null references school,
    answer text not null check (answer in ('yes', 'no')), name text not null, words text, told text not null,
    at text not null
) strict;
create index host_word_session on host_word (session, at);
"""


def change(db):
    """Make the table."""
    for statement in SQL.split(";"):
        if statement.strip():
            db.execute(statement)
