"""Reflections: private first, with the words as versions so that two devices never overwrite one another."""

SQL = """
create table reflection (
    id text primary key, by text not null references person, session text references session,
    lesson text references lesson, gap_task text references gap_task,
    visibility text not null check (visibility in ('me', 'specialist', 'group')),
    may_quote integer not null default 0 check (may_quote in (0, 1)),
    state text not null check (state in ('draft', 'final')), at text not null, changed_at text not null,
    withdrawn_at text, check ((session is not null) + (lesson is not null) + (gap_task is not null) = 1)
) strict;
create index reflection_by on reflection (by, changed_at);
create index reflection_session on reflection (session);
create index reflection_lesson on reflection (lesson);
create index reflection_gap_task on reflection (gap_task);
create table reflection_words (
    id text primary key, reflection text not null references reflection, words text not null, after text,
    by text not null references person, at text not null
) strict;
create index reflection_words_reflection on reflection_words (reflection, at);
create table reflection_read (
    reflection text not null references reflection, person text not null references person, at text not null,
    primary key (reflection, person)
) strict, without rowid;
"""


def change(db):
    """Make the tables."""
    for statement in SQL.split(";"):
        if statement.strip():
            db.execute(statement)
