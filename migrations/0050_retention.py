"""How long each kind of words is kept, where somebody has chosen; and what has gone since, run by run.

A kind without a row here has not been chosen: nothing of it goes. `months` is null for *as long as the hub*. A run
keeps counts only: kind, what, of which academic year, how many.
"""

SQL = """
create table retention (
    kind text primary key, months integer check (months between 1 and 600), by text not null references person,
    at text not null
) strict, without rowid;
create table retention_run (
    id text primary key, on_day text not null, at text not null, by text references person
) strict;
create index retention_run_on on retention_run (on_day);
create table retention_gone (
    run text not null references retention_run, kind text not null, what text not null, academic_year text not null,
    many integer not null check (many > 0), primary key (run, kind, what, academic_year)
) strict, without rowid;
"""


def change(db):
    """Make the tables."""
    for statement in SQL.split(";"):
        if statement.strip():
            db.execute(statement)
