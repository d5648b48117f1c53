"""What a year is planned with: half-terms of a school, agendas that can be changed, and where a session stood before.

A half-term with a school is that school's own; without one it is the hub's. An agenda template without a Work Group is
the hub's; a Work Group's copy does not change when the hub's does. `session_history` has a row for each day and state
that a session has had; of those from before this migration only the last is known.
"""

import uuid

SQL = """
create table half_term_now (
    id text primary key, academic_year text not null, name text not null
        check (name in ('Autumn 1', 'Autumn 2', 'Spring 1', 'Spring 2', 'Summer 1', 'Summer 2')),
    from_on text not null, to_on text not null, school text references school, check (from_on <= to_on)
) strict;
insert into half_term_now (id, academic_year, name, from_on, to_on)
    select id, academic_year, name, from_on, to_on from half_term;
drop table half_term;
alter table half_term_now rename to half_term;
create unique index half_term_once on half_term (academic_year, name, coalesce(school, ''));
create table agenda_template (
    id text primary key, work_group text references work_group, kind text not null, version integer not null default 1
) strict;
create unique index agenda_template_once on agenda_template (coalesce(work_group, ''), kind collate nocase);
create table template_block (
    id text primary key, template text not null references agenda_template, position integer not null,
    kind text not null check (kind in ('arrivals', 'gap-task returns', 'input', 'briefing', 'open lesson',
        'quiet notes', 'discussion', 'implications', 'next task', 'reflection', 'break', 'other')),
    minutes integer not null check (minutes between 0 and 600), title text not null
) strict;
create index template_block_template on template_block (template, position);
create table session_history (
    id integer primary key, session text not null references session, at text, by text references person,
    state text not null, starts_at text not null, why text
) strict;
create index session_history_session on session_history (session, id);
insert into session_history (session, state, starts_at) select id, state, starts_at from session;
"""

# The usual running orders, ours, from practice: what a hub begins with. The one without a kind is for every other kind.
OPENING = (("arrivals", 10, "Arrivals and register"), ("gap-task returns", 20, "What came back from the gap task"))
ENDING = (("next task", 5, "New gap task and next date"), ("reflection", 5, "Reflection"))
INPUT = ("input", 20, "Subject knowledge")
ROUND_A_LESSON = (
    *OPENING, INPUT, ("briefing", 20, "Briefing, one practice tap each"), ("open lesson", 50, "Open lesson"),
    ("quiet notes", 10, "Quiet notes"), ("discussion", 30, "Discussion"),
    ("implications", 10, "What it means for our schools"), *ENDING,
)  # fmt: skip
TEMPLATES = {
    "TRG": ROUND_A_LESSON, "Showcase lesson": ROUND_A_LESSON, "In-school TRG": ROUND_A_LESSON,
    "Launch": (
        OPENING[0], ("other", 20, "Who we are"), ("input", 40, "What teaching for mastery asks of us"),
        ("break", 15, "Break"), ("other", 30, "How we will work together"), *ENDING,
    ),
    "Online twilight": (("arrivals", 5, "Arrivals and register"), OPENING[1], ("input", 40, "Input"), *ENDING),
    "Collaborative planning": (*OPENING, INPUT, ("other", 60, "Planning together"), ("break", 15, "Break"), *ENDING),
    "Doing maths together": (*OPENING, ("other", 60, "Doing maths together"), ("break", 15, "Break"), *ENDING),
    "": (*OPENING, INPUT, *ENDING),
}  # fmt: skip


def change(db):
    """Make the tables, and fill what is known."""
    for statement in SQL.split(";"):
        if statement.strip():
            db.execute(statement)
    for kind, blocks in TEMPLATES.items():
        template = str(uuid.uuid4())
        db.execute("insert into agenda_template (id, kind) values (?, ?)", (template, kind))
        for position, (block, minutes, title) in enumerate(blocks):
            db.execute(
                "insert into template_block (id, template, position, kind, minutes, title) values (?, ?, ?, ?, ?, ?)",
                (str(uuid.uuid4()), template, position, block, minutes, title),
            )
