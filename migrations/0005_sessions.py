"""Sessions with their agenda, register, notes and decisions, and the gap tasks between them.

Every register mark is kept; the view `register` gives the one that counts: the newest tap, and a leader's before
a person's own.
"""

SQL = """
create table session (
    id text primary key, work_group text not null references work_group, number integer not null,
    kind text not null, title text not null, mode text not null check (mode in ('room', 'online', 'mixed')),
    joining_link text, host text references school, starts_at text not null, ends_at text not null,
    state text not null default 'planned'
        check (state in ('planned', 'open', 'closed', 'postponed', 'cancelled')),
    run_by text references person, version integer not null default 1, check (starts_at < ends_at)
) strict;
create index session_group on session (work_group, starts_at);
create index session_starts on session (starts_at);
create table agenda_block (
    id text primary key, session text not null references session, position integer not null, kind text not null
        check (kind in ('arrivals', 'gap-task returns', 'input', 'briefing', 'open lesson', 'quiet notes',
            'discussion', 'implications', 'next task', 'reflection', 'break', 'other')),
    minutes integer not null check (minutes between 0 and 600), title text not null, lead text references person,
    words text, private_words text, began_at text
) strict;
create index agenda_block_session on agenda_block (session, position);
create table register_mark (
    id text primary key, session text not null references session, person text references person,
    visitor text, school text references school, attending_as text not null
        check (attending_as in ('participant', 'leader', 'substitute', 'visitor')),
    substitute_for text references person, status text not null
        check (status in ('present', 'apologies', 'absent', 'not expected')),
    told_on text, in_at text, out_at text, by text not null references person, by_leader integer not null
        check (by_leader in (0, 1)), at text not null,
    check ((person is null) <> (visitor is null))
) strict;
create index register_mark_session on register_mark (session, person);
create index register_mark_person on register_mark (person);
create view register as select * from (
    select *, row_number() over (
        partition by session, coalesce(person, visitor) order by by_leader desc, at desc, id desc
    ) as place from register_mark
) where place = 1;
create table session_note (
    id text primary key, session text not null references session, block text references agenda_block,
    by text not null references person, at text not null, words text not null, withdrawn_at text
) strict;
create index session_note_session on session_note (session, at);
create table decision (
    id text primary key, session text not null references session, by text not null references person,
    at text not null, words text not null, withdrawn_at text
) strict;
create index decision_session on decision (session, at);
create table session_summary (
    id text primary key, session text not null references session, by text not null references person,
    at text not null, words text not null, after text
) strict;
create index session_summary_session on session_summary (session, at);
create table gap_task (
    id text primary key, work_group text not null references work_group, session text references session,
    school_in_group text not null references school_in_group, owner text references person, words text not null,
    due_on text, state text not null default 'set' check (state in ('set', 'returned', 'carried', 'dropped')),
    by text not null references person, at text not null, carried_from text references gap_task
) strict;
create index gap_task_group on gap_task (work_group, due_on);
create index gap_task_school on gap_task (school_in_group);
create index gap_task_session on gap_task (session);
create table gap_task_return (
    id text primary key, gap_task text not null references gap_task, by text not null references person,
    at text not null, went text not null check (went in ('did it', 'did part', 'not yet')), words text,
    withdrawn_at text
) strict;
create index gap_task_return_task on gap_task_return (gap_task, at);
create table in_school_work (
    id text primary key, school_in_group text not null references school_in_group,
    by text not null references person, at text not null, on_day text not null, kind text not null
        check (kind in ('in-school TRG', 'department meeting', 'staff meeting', 'planning together', 'other')),
    colleagues integer check (colleagues between 0 and 500), topic text, words text not null, withdrawn_at text
) strict;
create index in_school_work_school on in_school_work (school_in_group, on_day);
"""


def change(db):
    """Make the tables."""
    for statement in SQL.split(";"):
        if statement.strip():
            db.execute(statement)
