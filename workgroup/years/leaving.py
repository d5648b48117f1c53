"""Leaving a demo for a hub of one's own: the demo is kept whole as a copy, and in its place comes a new, empty record.

The new record is made in memory, by the changes that any new hub begins with, and copied over at one stroke, as the
demo itself was: a press that breaks off has done nothing, or all of it. Nothing is asked of the tablets: the ledger is
another one, and what they have not sent stays on them, sealed, for whoever wrote it.
"""

import os

from workgroup import clock, door, keeping, store
from workgroup.door import Outcome
from workgroup.people import post
from workgroup.years import queries

NO_DEMO = "This is no demo but a hub’s own record. Nothing was removed."


def leave(db, settings, said, id, token=None, shared=False):
    """Put a new record in the place of a demo and return the Outcome of leaving it.

    `said` names the hub, its lead and their e-mail; `token` is the cookie of the browser that asked, which stays signed
    in. Nobody else of this process writes meanwhile. Raises store.Trouble when the copy is not sound.
    """
    with db.turn:
        if not store.is_demo(db):
            return _no_demo(db, id)
        fresh = store.connect(":memory:")
        try:
            store.migrate(fresh)
            outcome = door.submit(fresh, "people.set_up", said, post.new_id(), None)
            if not outcome.stands:
                return outcome
            if token:
                fields = {"person": outcome.about, "token": token, "shared": shared}
                door.submit(fresh, "people.sign_in", fields, post.new_id(), outcome.about)
            copy = _keep(db, settings)
            left = _left(fresh, copy, id, outcome.about)
            fresh.conn.backup(db.conn)
        finally:
            fresh.conn.close()
        db.conn.execute("pragma wal_checkpoint(truncate)")
        return left


def _no_demo(db, id):
    """The same press again is harmless; on any other record it is refused."""
    before = queries.left(db)
    if before and before["id"] == id:
        return Outcome("already", id, before["about"])
    return Outcome("refused", id, errors={"": [NO_DEMO]})


def _keep(db, settings):
    """Keep the demo whole beside the daily copies, which are let go after a week and this is not; return its name."""
    place = keeping.folder(settings)
    name = f"demo-{clock.now()[:19].replace(':', '')}.sqlite"
    unfinished = place / f"{name}.unfinished"
    try:
        place.mkdir(parents=True, exist_ok=True, mode=0o700)
        keeping.copy(db, unfinished)
        os.replace(unfinished, place / name)
    except (OSError, store.Trouble) as trouble:
        said = str(trouble).rstrip(".")
        raise store.Trouble(f"The demo could not be kept in {place}: {said}. Nothing was removed.") from trouble
    return name


def _left(fresh, copy, id, lead):
    with store.writing(fresh):
        fresh.conn.execute("update record set demo = 1")  # until the change below, which says that it is none
    return door.submit(fresh, queries.LEFT, {"copy": copy}, id, lead)
