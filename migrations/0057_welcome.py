"""What somebody has put away on Today: the first steps of the hub or of a Work Group, the words of a first visit.

Whether a step is done is read from the record itself; only that somebody does not want to see them is kept.
"""

SQL = """
create table put_away (
    person text not null references person, about text not null, at text not null, primary key (person, about)
) strict
"""


def change(db):
    """Make the table."""
    db.execute(SQL)
