"""The house's own tables: the record, the ledger with its words apart, and what is to happen later.

The ledger is never edited; its words lie in a table of their own, so that erasing a person or a year takes the
words and leaves counts and chain whole.
"""

SQL = """
create table record (
    id integer primary key check (id = 1), ledger text not null, demo integer not null check (demo in (0, 1)),
    made_at text not null
) strict;
create table ledger (
    number integer primary key, id text not null unique, kind text not null, about text, by text,
    tablet text, at text not null, received text not null, digest text not null, prev text not null
) strict;
create index ledger_about on ledger (about, number);
create index ledger_by on ledger (by, number);
create table ledger_words (
    number integer primary key references ledger, salt text not null, said text not null, was text
) strict;
create table due (
    key text primary key, kind text not null, about text, at text not null, tried integer not null default 0,
    done_at text, trouble text
) strict, without rowid;
create index due_waiting on due (at) where done_at is null;
"""


def change(db):
    """Make the tables."""
    for statement in SQL.split(";"):
        if statement.strip():
            db.execute(statement)
