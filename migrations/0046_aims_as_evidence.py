"""A review may rest on an aim of the school's action plan."""

SQL = """
create table review_evidence_now (
    review text not null references review, kind text not null check (kind in
        ('noticing', 'reflection', 'gap task', 'visit', 'visit note', 'in-school work', 'session', 'aim')),
    about text not null, kept_on text not null, kept_school text, primary key (review, kind, about)
) strict, without rowid;
insert into review_evidence_now select review, kind, about, kept_on, kept_school from review_evidence;
drop table review_evidence;
alter table review_evidence_now rename to review_evidence;
create index review_evidence_about on review_evidence (about);
"""


def change(db):
    """Make the table anew with one more kind."""
    for statement in SQL.split(";"):
        if statement.strip():
            db.execute(statement)
