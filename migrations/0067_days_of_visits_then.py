"""How many days a visit counted as, and whether the head was met, each time it was said: for asking as at a day.

Of what was said before this migration only what the visit is now is known.
"""


def change(db):
    """Add the columns, and fill them with what is known."""
    for column in ("days real", "head_met integer"):
        db.execute(f"alter table visit_history add column {column}")
    db.execute(
        "update visit_history set days = (select v.days from visit v where v.id = visit_history.visit),"
        " head_met = (select v.head_met from visit v where v.id = visit_history.visit)"
    )
