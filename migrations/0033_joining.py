"""Who stands at the door of a session: a name said on one's own phone with the room's code, until they are let in.

It gives nobody an account: whoever runs the session sees the name and the face, and the register is marked by them.
"""

SQL = """
create table guest_claim (
    id text primary key, session text not null references session, person text references person, visitor text,
    school text references school, device_hash text not null unique, state text not null default 'waiting'
        check (state in ('waiting', 'in', 'away')), at text not null,
    check ((person is null) <> (visitor is null))
) strict;
create index guest_claim_session on guest_claim (session, state, at);
"""


def change(db):
    """Make the table."""
    for statement in SQL.split(";"):
        if statement.strip():
            db.execute(statement)
