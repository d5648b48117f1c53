"""What each strand usually comes with, as data: meetings, and visits or days of visits to each school.

The figures are those of public programme pages (2015-2026). They change with the years, so a line counts from an
academic year on; where a Work Group has said its own, its own counts. Blank is *as agreed*.
"""

import uuid

NAMESPACE = uuid.UUID("0b1f8e4e-6a44-5c9c-8f5e-2b7f3f1d6c63")
SINCE = "2015/16"
USUAL = (
    ("Primary Introductory", None, None, None),
    ("Primary Readiness", 6, None, None),
    ("Primary Development", 6, 3, None),
    ("Primary Embedding", 6, None, None),
    ("Primary Sustaining", 6, None, None),
    ("Secondary Introductory", None, None, None),
    ("Secondary Development", 6, None, None),
    ("Secondary Embedding", 6, None, 3),
    ("Secondary Sustaining", 6, None, None),
    ("Local or research group", None, 0, None),
)
TABLE = """
create table strand_shape (
    id text primary key, strand text not null collate nocase, from_year text not null,
    meetings integer check (meetings > 0), visits integer check (visits >= 0), visit_days real check (visit_days >= 0),
    version integer not null default 1, unique (strand, from_year)
) strict
"""
# what a Work Group's schools have: its own figure, else its strand's for the year
VIEW = """
create view entitlement as
select g.id as work_group, coalesce(g.visits_per_school, x.visits) as visits,
    coalesce(g.visit_days_per_school, x.visit_days) as days,
    g.visits_per_school is null and g.visit_days_per_school is null and x.id is not null as of_strand
from work_group g left join strand_shape x on x.id = (
    select y.id from strand_shape y where y.strand = trim(g.strand) and y.from_year <= g.academic_year
    order by y.from_year desc limit 1)
"""


def change(db):
    """Make the table with the usual figures, and the view that says what each Work Group's schools have."""
    db.conn.execute(TABLE)
    for strand, *figures in USUAL:
        db.conn.execute(
            "insert into strand_shape (id, strand, from_year, meetings, visits, visit_days) values (?, ?, ?, ?, ?, ?)",
            (str(uuid.uuid5(NAMESPACE, strand)), strand, SINCE, *figures),
        )
    db.conn.execute(VIEW)
