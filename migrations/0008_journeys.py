"""Visits, and the school's journey: a versioned framework of aspects and steps, and dated reviews with evidence.

A review keeps its own wording by pointing at the aspect and step of the framework version it was made with.
"""

SQL = """
create table visit (
    id text primary key, school_in_group text not null references school_in_group,
    by text not null references person, on_day text not null, starts text, ends text, days real not null default 0.5,
    purpose text, people_met text,
    head_met integer not null default 0 check (head_met in (0, 1)),
    state text not null check (state in ('planned', 'made', 'cancelled')), version integer not null default 1
) strict;
create index visit_school on visit (school_in_group, on_day);
create index visit_by on visit (by, on_day);
create table visit_note (
    id text primary key, visit text not null references visit, at text not null, kind text not null
        check (kind in ('walk', 'talk', 'head')), year_group text, words text not null,
    by text not null references person, withdrawn_at text
) strict;
create index visit_note_visit on visit_note (visit);
create table framework (
    id text primary key, name text not null, strand text, version integer not null, made_at text not null,
    ended_at text, unique (name, version)
) strict;
create table aspect (
    id text primary key, framework text not null references framework, position integer not null,
    name text not null, about text
) strict;
create index aspect_framework on aspect (framework, position);
create table step (
    id text primary key, framework text not null references framework, position integer not null,
    name text not null, about text
) strict;
create index step_framework on step (framework, position);
create table review (
    id text primary key, school_in_group text not null references school_in_group,
    aspect text not null references aspect, step text not null references step, on_day text not null,
    by text not null references person, at text not null, words text not null, next_step text,
    no_evidence integer not null default 0 check (no_evidence in (0, 1)), agreed_on text, agreed_with text,
    withdrawn_at text
) strict;
create index review_school on review (school_in_group, on_day);
create table review_evidence (
    review text not null references review, kind text not null check (kind in
        ('noticing', 'reflection', 'gap task', 'visit', 'visit note', 'in-school work', 'session')),
    about text not null, kept_on text not null, kept_school text, primary key (review, kind, about)
) strict, without rowid;
create index review_evidence_about on review_evidence (about);
"""


def change(db):
    """Make the tables."""
    for statement in SQL.split(";"):
        if statement.strip():
            db.execute(statement)
