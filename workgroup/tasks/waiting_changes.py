"""The day of gap tasks that are due back at the session they wait on: it goes with that session."""

from workgroup import clock, store
from workgroup.tasks import reminding_changes, waiting_queries


def follow(db, some):
    """Give gap tasks the day of the session they wait on now, or none; inside a change. `some` are their rows."""
    for task in some:
        day = waiting_queries.day_of(db, task)
        is_past = task["session"] and day and day < clock.today()  # a session noted afterwards makes nobody late
        if day == task["due_on"] or is_past:
            continue
        store.alter(db, "gap_task", task["id"], due_on=day)
        if day:
            reminding_changes.plan(db, task["school_in_group"], day)
