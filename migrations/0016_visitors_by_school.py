"""Two visitors of one name, from two schools, are two on the register, as a tablet that marks them shows them."""

SQL = """
create view register as select * from (
    select *, row_number() over (
        partition by session, coalesce(person, visitor || '|' || coalesce(school, ''))
        order by by_leader desc, at desc, id desc
    ) as place from register_mark
) where place = 1
"""


def change(db):
    """Draw the view anew."""
    db.execute("drop view register")
    db.execute(SQL)
