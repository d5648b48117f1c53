"""When the plan of a lesson was last sent ahead, which version of it, and to how many."""

SQL = """
alter table lesson add column plan_sent_at text;
alter table lesson add column plan_sent_version integer;
alter table lesson add column plan_sent_to integer;
"""


def change(db):
    """Add the columns."""
    for statement in SQL.split(";"):
        if statement.strip():
            db.execute(statement)
