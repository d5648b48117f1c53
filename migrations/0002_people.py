"""People, the hub they belong to, how they sign in, and the mail they are sent.

Links and codes are kept as hashes only; the clear link of a mail waiting to go lies in `mail.link` and is taken
away when it has been sent, used or has run out.
"""

SQL = """
create table person (
    id text primary key, name text not null, email text unique collate nocase, phone text, password_hash text,
    trn text, role_in_school text, stage text, pd_lead text, pd_lead_on text, claimed_at text, erased_at text
) strict;
create table hub (
    id integer primary key check (id = 1), name text not null, public_address text, purpose text, privacy text,
    version integer not null default 1
) strict;
create table hub_role (
    id text primary key, person text not null references person,
    role text not null check (role in ('lead', 'administrator')), strands text, from_on text not null, to_on text
) strict;
create index hub_role_person on hub_role (person);
create table tablet (
    id text primary key, person text not null references person, name text, token_hash text not null unique,
    shared integer not null default 0 check (shared in (0, 1)), signed_in_at text not null, seen_at text not null,
    ended_at text
) strict;
create index tablet_person on tablet (person);
create table link (
    hash text primary key, code_hash text unique, kind text not null
        check (kind in ('invitation', 'sign_in', 'reminder', 'head', 'teacher', 'feed', 'projector')),
    person text references person, about text, expires_at text not null, used_at text
) strict, without rowid;
create index link_person on link (person);
create table mail (
    id text primary key, person text references person, address text not null, subject text not null,
    body text not null, link text, code text, expires_at text, state text not null
        check (state in ('waiting', 'sent', 'kept', 'failed')), made_at text not null, sent_at text, trouble text
) strict;
create index mail_made on mail (made_at);
create table attempt (id integer primary key, key text not null, at text not null) strict;
create index attempt_key on attempt (key, at);
"""


def change(db):
    """Make the tables."""
    for statement in SQL.split(";"):
        if statement.strip():
            db.execute(statement)
