"""Work Groups: their schools with a dated engagement, their people with dated roles, their tags and half-terms."""

SQL = """
create table work_group (
    id text primary key, title text not null, strand text, project_code text, academic_year text not null,
    leader_word text not null, participant_word text not null, meeting_word text not null,
    visits_per_school integer, visit_days_per_school real, version integer not null default 1
) strict;
create index work_group_year on work_group (academic_year);
create table school_in_group (
    id text primary key, work_group text not null references work_group, school text not null references school,
    unique (work_group, school)
) strict;
create index school_in_group_school on school_in_group (school);
create table engagement (
    id text primary key, school_in_group text not null references school_in_group,
    state text not null check (state in ('registered', 'active', 'completed', 'withdrawn')),
    since_on text not null, reason text, check (state <> 'withdrawn' or reason is not null)
) strict;
create index engagement_school on engagement (school_in_group, since_on);
create table membership (
    id text primary key, work_group text not null references work_group, person text not null references person,
    school text references school, role text not null check (role in ('leader', 'participant')), title text,
    from_on text not null, to_on text, why text
) strict;
create index membership_group on membership (work_group, role);
create index membership_person on membership (person);
create table tag (
    id text primary key, work_group text not null references work_group, position integer not null,
    name text not null, shape text not null, big_idea text check (big_idea in
        ('coherence', 'representation', 'thinking', 'fluency', 'variation')), ended integer not null default 0
) strict;
create index tag_group on tag (work_group, position);
create table school_grant (
    id text primary key, school_in_group text not null references school_in_group, amount real not null,
    purpose text, paid_on text
) strict;
create index school_grant_school on school_grant (school_in_group);
create table half_term (
    id text primary key, academic_year text not null, name text not null check (name in
        ('Autumn 1', 'Autumn 2', 'Spring 1', 'Spring 2', 'Summer 1', 'Summer 2')),
    from_on text not null, to_on text not null, unique (academic_year, name), check (from_on <= to_on)
) strict;
"""


def change(db):
    """Make the tables."""
    for statement in SQL.split(";"):
        if statement.strip():
            db.execute(statement)
