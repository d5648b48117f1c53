"""What a session needs beside its agenda: links and files, to the session or to one of its blocks.

A file lies here as it came, so that one file is the whole record; its kind is what its bytes say, never its name.
"""

SQL = """
create table material (
    id text primary key, session text not null references session,
    block text references agenda_block on delete set null,
    title text not null, url text, kind text check (kind in ('pdf', 'docx', 'pptx', 'xlsx')), bytes blob,
    size integer, by text not null references person, at text not null, withdrawn_at text,
    check ((url is null) <> (bytes is null))
) strict;
create index material_session on material (session, at);
"""


def change(db):
    """Make the table."""
    for statement in SQL.split(";"):
        if statement.strip():
            db.execute(statement)
