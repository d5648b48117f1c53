"""A record of an earlier release brought to this one: a copy of it first, then every migration in one transaction.

Whatever stops it half way (no room, a kill) leaves the record as the earlier release wrote it; the next start goes on.
"""

import sqlite3

from workgroup import keeping, store


def bring_up(db, settings):
    """Bring the open database to today's shape and return the migrations that were applied.

    Trouble says in words why not: no room for the copy, made by a newer release, in use.
    """
    todo = store.pending(db)
    if todo and _is_worth_a_copy(db):
        try:
            keeping.copy_before(db, settings, todo[0])
        except (store.Trouble, OSError) as trouble:
            raise store.Trouble(
                f"Before this release takes the record over, a copy of it is made. {trouble} Nothing was changed."
            ) from trouble
    return store.migrate(db)


def _is_worth_a_copy(db):
    """Tell whether anybody is in it, and it is no demo year."""
    try:
        return not store.is_new(db) and not store.is_demo(db)
    except sqlite3.OperationalError:  # there are no tables yet
        return False
