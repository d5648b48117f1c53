"""A head's version of a school's journey: the links that were sent, and what the head said by them.

Of each link there is one statement at most: said again it takes the place of the one before, and `version` counts, so
that nobody writes over what they have not read. `may_quote` lets the Work Group's evaluation rest on it, as evidence of
its own kind. The table of evidence is made anew with that kind beside those it has: SQLite changes no CHECK.
"""

SQL = """
create table journey_asking (
    id text primary key, school_in_group text not null references school_in_group, name text not null,
    email text not null, by text not null references person, at text not null, expires_at text not null, ended_at text
) strict;
create index journey_asking_school on journey_asking (school_in_group, at);
create table head_statement (
    id text primary key, asking text not null unique references journey_asking,
    school_in_group text not null references school_in_group, name text not null, words text not null,
    may_quote integer not null check (may_quote in (0, 1)), at text not null, version integer not null default 1,
    withdrawn_at text
) strict;
create index head_statement_school on head_statement (school_in_group, at);
"""
KIND = "'visit note'"


def change(db):
    """Make the tables, and let a sentence rest on a head's statement."""
    for statement in SQL.split(";"):
        if statement.strip():
            db.execute(statement)
    was = db.execute("select sql from sqlite_master where name = 'sentence_evidence'").fetchone()[0]
    made = was.replace(KIND, f"{KIND}, 'head statement'").replace("sentence_evidence", "evidence_anew", 1)
    db.execute(made)
    db.execute("insert into evidence_anew select * from sentence_evidence")
    db.execute("drop table sentence_evidence")
    db.execute("alter table evidence_anew rename to sentence_evidence")
