"""Tablets on one clock: every tap on *The lesson starts* is kept, and what was noticed keeps its own moment.

`moment` is when it happened, put right for the tablet's clock; nothing for what was typed up with a time of its own.
`changed` is the ledger number of the last change: a timeline asks only for what changed after the number it has.
`phase` of a noticing now holds only what was said; what nobody said follows from the phase marks, whenever they come.
`last_stand` and `last_tags` hold the moment and id of the latest say, so that one made earlier and come later changes
nothing.
"""

SQL = """
create table lesson_start (
    id text primary key, lesson text not null references lesson, by text not null references person,
    at text not null, received text not null, withdrawn_at text, last_stand text
) strict;
create index lesson_start_lesson on lesson_start (lesson);
insert into lesson_start (id, lesson, by, at, received) select g.id, g.about, g.by, g.at, g.received
    from ledger g join lesson l on l.id = g.about where g.kind = 'lessons.start' and l.started_at is not null;
alter table lesson add column changed integer not null default 0;
alter table phase_mark add column moment text;
alter table noticing add column moment text;
alter table noticing add column changed integer not null default 0;
alter table noticing add column last_stand text;
alter table noticing add column last_tags text;
update noticing set changed = number;
update noticing set phase = (
    select json_extract(w.said, '$.phase') from ledger g join ledger_words w on w.number = g.number
    where g.id = noticing.id
) where exists (
    select 1 from ledger g join ledger_words w on w.number = g.number where g.id = noticing.id
);
create index noticing_changed on noticing (lesson, changed);
"""


def change(db):
    """Make the table and the columns, and take over what was there."""
    for statement in SQL.split(";"):
        if statement.strip():
            db.execute(statement)
