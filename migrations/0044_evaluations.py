"""The narrative evaluation of a half-term: sentences under headings, each with the records that it rests on.

A sentence that a rule drafted has that rule's `key`, and is drafted anew as long as nobody changed it. Once sent an
evaluation is frozen, with how many `schools` and `teachers` it was out of; what is corrected is another version. The
kept columns of its evidence outlive a purge.
`aspect.outcome` says under which of the four outcomes a school's step in that aspect is told.
"""

SQL = """
create table evaluation (
    id text primary key, work_group text not null references work_group, half_term text not null, from_on text not null,
    to_on text not null, version integer not null, state text not null check (state in ('draft', 'sent')),
    by text not null references person, at text not null, drafted_at text not null, sent_at text,
    sent_by text references person, schools integer, teachers integer, unique (work_group, half_term, version)
) strict;
create table evaluation_sentence (
    id text primary key, evaluation text not null references evaluation, heading text not null check (heading in
        ('pupils', 'teachers', 'practice', 'policies', 'challenges', 'next', 'heads')),
    position integer not null, words text not null, key text, drafted integer not null check (drafted in (0, 1)),
    by text references person, at text not null, version integer not null default 1, withdrawn_at text,
    unique (evaluation, key)
) strict;
create index evaluation_sentence_order on evaluation_sentence (evaluation, heading, position);
create table sentence_evidence (
    sentence text not null references evaluation_sentence, kind text not null check (kind in
        ('session', 'open lesson', 'reflection', 'gap task', 'in-school work', 'visit', 'review', 'noticing',
         'visit note', 'engagement')),
    about text not null, kept_on text not null, kept_school text, primary key (sentence, kind, about)
) strict, without rowid;
alter table aspect add column outcome text check (outcome in ('pupils', 'teachers', 'practice', 'policies'));
"""
OF_DEFAULT = {2: "policies", 3: "teachers", 4: "practice", 5: "teachers", 1: "policies"}


def change(db):
    """Make the tables, and say where the aspects of the default framework belong."""
    for statement in SQL.split(";"):
        if statement.strip():
            db.execute(statement)
    for position, outcome in OF_DEFAULT.items():
        db.execute(
            "update aspect set outcome = ? where position = ? and framework in"
            " (select id from framework where name = 'Where we are' and version = 1)",
            (outcome, position),
        )
