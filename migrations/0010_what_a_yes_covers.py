"""A teacher's yes covers what was written before it: later words and notes of the discussion carry their ledger number.

Two visitors of one name from two schools are two people on the register.
"""

SQL = """
alter table noticing_words add column number integer not null default 0;
alter table discussion_note add column number integer not null default 0;
drop view register;
create view register as select * from (
    select *, row_number() over (
        partition by session, coalesce(person, visitor || '|' || coalesce(school, ''))
        order by by_leader desc, at desc, id desc
    ) as place from register_mark
) where place = 1;
"""


def change(db):
    """Number words and notes, and draw the register anew."""
    for statement in SQL.split(";"):
        if statement.strip():
            db.execute(statement)
