"""What a session leaves behind and shows: how the wifi was at its host, a question for the room with each block.

Blocks and running orders that were taken out stay, so that they can be put back. `went_with` names the change by which
a whole agenda went to make room for another: those blocks come back together.
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
alter table agenda_template add column withdrawn_at text;
drop index agenda_template_once;
create unique index agenda_template_once on agenda_template (coalesce(work_group, ''), kind collate nocase)
    where withdrawn_at is null
"""


def change(db):
    """Add them; no row changes."""
    for statement in SQL.split(";"):
        db.conn.execute(statement)
