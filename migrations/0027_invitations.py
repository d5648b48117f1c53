"""Invitations to sessions with their calendar entries, and what people answered; a mail may carry a calendar entry.

The kinds of links are named anew: an answer to an invitation, a school's word as host, a session to reflect on.
`invitation` keeps what somebody was told last, so that a change since can be seen; `invitation_answer` keeps every
answer, and the newest counts.
"""

SQL = """
create table link_now (
    hash text primary key, code_hash text unique, kind text not null
        check (kind in ('invitation', 'sign_in', 'reminder', 'head', 'teacher', 'feed', 'projector', 'answer', 'host',
            'join', 'reflect')),
    person text references person, about text, expires_at text not null, used_at text
) strict, without rowid;
insert into link_now select hash, code_hash, kind, person, about, expires_at, used_at from link;
drop table link;
alter table link_now rename to link;
create index link_person on link (person);
alter table mail add column calendar text;
create table invitation (
    session text not null references session, person text not null references person, sequence integer not null,
    method text not null check (method in ('REQUEST', 'CANCEL')), told text not null, by text references person,
    at text not null, primary key (session, person)
) strict, without rowid;
create table invitation_answer (
    id text primary key, session text not null references session, person text not null references person,
    answer text not null check (answer in ('coming', 'apologies', 'cover')), cover text, told_on text not null,
    starts_at text not null, mark text references register_mark, by text not null references person, at text not null
) strict;
create index invitation_answer_session on invitation_answer (session, person, at);
"""


def change(db):
    """Make the tables."""
    for statement in SQL.split(";"):
        if statement.strip():
            db.execute(statement)
