"""A tap on the register can be taken back so that nothing was said: the mark stays, and does not count.

Until now a first tap that was taken back stood as *not expected*, which is something else.
"""

SQL = """
create view register as select * from (
    select *, row_number() over (
        partition by session, coalesce(person, visitor || '|' || coalesce(school, ''))
        order by by_leader desc, at desc, id desc
    ) as place from register_mark where withdrawn_at is null
) where place = 1
"""


def change(db):
    """Add the column, and draw the view anew."""
    db.execute("alter table register_mark add column withdrawn_at text")
    db.execute("drop view register")
    db.execute(SQL)
