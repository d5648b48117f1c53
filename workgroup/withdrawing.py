"""Taking a thing away and bringing it back: its row stays, and `withdrawn_at` says whether it stands."""

from workgroup import store
from workgroup.door import Refused


def take_away(db, entry, table, row, gone="This has been taken away already.", **also):
    """Take a row away, inside a change; `also` are other columns to set. Refused with `gone` when it is away."""
    if row["withdrawn_at"]:
        raise Refused(gone)
    _alter(db, entry, table, row, withdrawn_at=entry.at, **also)


def bring_back(db, entry, table, row, **also):
    """Let a row stand again, inside a change; `also` are other columns to set. Refused when it stands."""
    if not row["withdrawn_at"]:
        raise Refused("This stands already.")
    _alter(db, entry, table, row, withdrawn_at=None, **also)


def _alter(db, entry, table, row, **columns):
    entry.was = {name: row[name] for name in columns}
    store.alter(db, table, row["id"], **columns)
