"""What a session leaves behind and shows: how the wifi was at its host, a question for the room with each block.

Blocks and running orders that were taken out stay, so that they can be put back. `went_with` names the change by which
a whole agenda went to make room for another: those blocks come back together. `put_with` names the change by which a
block came, so that it is known whose private words it holds while others stand in its place.
"""

SQL = """
create table wifi_word (
    id text primary key, session text not null references session, school text not null references school,
    went text not null check (went in ('held', 'patchy', 'failed')), words text, by text references person,
    at text not null
) strict;
create index wifi_word_school on wifi_word (school, at);
create index wifi_word_session on wifi_word (session);
alter table agenda_block add column prompt text;
alter table agenda_block add column withdrawn_at text;
alter table agenda_block add column went_with text;
alter table agenda_block add column put_with text;
update agenda_block set put_with = (select l.id from ledger l where l.kind = 'sessions.add_block'
    and l.about = agenda_block.id or l.kind in ('sessions.plan', 'sessions.copy_agenda')
    and l.about = agenda_block.session order by l.number desc limit 1);
alter table agenda_template add column withdrawn_at text;
drop index agenda_template_once;
create unique index agenda_template_once on agenda_template (coalesce(work_group, ''), kind collate nocase)
    where withdrawn_at is null
"""


def change(db):
    """Add them; of the blocks that are there it is looked up by which change they came."""
    for statement in SQL.split(";"):
        db.conn.execute(statement)
