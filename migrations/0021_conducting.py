"""The discussion conducted: which step it is in, and who has been handed the pen. Both fold: the latest say counts."""

SQL = """
create table discussion_step (
    id text primary key, lesson text not null references lesson, step text not null
        check (step in ('teacher', 'evidence', 'conjecture', 'implications', 'closing')),
    by text not null references person, at text not null
) strict;
create index discussion_step_lesson on discussion_step (lesson, at);
create table pen (
    id text primary key, lesson text not null references lesson, person text not null references person,
    holds integer not null check (holds in (0, 1)), by text not null references person, at text not null
) strict;
create index pen_lesson on pen (lesson, person, at);
"""


def change(db):
    """Make the tables."""
    for statement in SQL.split(";"):
        if statement.strip():
            db.execute(statement)
