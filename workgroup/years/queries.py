"""Reading what a demo holds, before it is left, and where the copy of one that was left lies."""

from workgroup import store

COUNTED = (
    ("work_group", "Work Group", "Work Groups"), ("school_in_group", "school in a group", "schools in groups"),
    ("person", "person", "people"), ("session", "session", "sessions"), ("lesson", "open lesson", "open lessons"),
    ("noticing", "moment that was noticed", "moments that were noticed"), ("reflection", "reflection", "reflections"),
    ("visit", "visit", "visits"), ("gap_task", "gap task", "gap tasks"),
)  # fmt: skip
LEFT = "years.leave_demo"


def contents(db):
    """Return what is in the record, as (how many, one, many), the kinds of which there is something."""
    found = [(store.value(db, f"select count(*) from {table}"), one, many) for table, one, many in COUNTED]
    return [row for row in found if row[0]]


def written_since(db):
    """Return how many entries people have made on their devices: what the demo itself tells comes from none."""
    return store.value(
        db, "select count(*) from ledger where tablet is not null and kind not like 'people.%'"
        " and kind not like 'welcome.%'",
    )  # fmt: skip


def left(db):
    """Return when a demo was left for this record and what its copy is called: `at`, `about`; or None."""
    # among the first entries of a record that was begun so
    return store.row(db, "select id, at, about from ledger where number < 10 and kind = ?", (LEFT,))
