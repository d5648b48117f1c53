"""The day of gap tasks that came along from the year before: that of the session they wait on, wherever it goes."""

from workgroup import store
from workgroup.tasks import reminding_changes, waiting_queries


def follow(db, some):
    """Give gap tasks the day of the session they wait on now, or none; inside a change. `some` are their rows."""
    for task in some:
        day = waiting_queries.day_of(db, task)
        if day == task["due_on"]:
            continue
        store.alter(db, "gap_task", task["id"], due_on=day)
        if day:
            reminding_changes.plan(db, task["school_in_group"], day)
