"""Reading a session's materials; the bytes of a file only where it is given out."""

from workgroup import store

# bytes that a tablet keeps with the day's pages: of one file, and of all of a session
KEPT, KEPT_IN_ALL = 5 * 1024 * 1024, 20 * 1024 * 1024

# what stood with a block that was taken out stands with the session
_BLOCK = "(select b.id from agenda_block b where b.id = material.block and b.withdrawn_at is null) as block"
_MATERIAL = f"select id, session, {_BLOCK}, title, url, kind, size, by, at, withdrawn_at from material"


def material(db, id):
    """Return one of the materials without its bytes, or None."""
    return store.row(db, f"{_MATERIAL} where id = ?", (id,))


def materials(db, session, also_withdrawn=False):
    """Return the materials of a session in the order they came; those taken away only for its leaders.

    Each has `is_kept`: a file that a tablet keeps with the day's pages, in the order they came until there are enough.
    """
    found = store.rows(
        db, f"{_MATERIAL} where session = ? and (withdrawn_at is null or ?) order by at, rowid",
        (session, also_withdrawn),
    )  # fmt: skip
    room = KEPT_IN_ALL
    for one in found:
        one["is_kept"] = bool(one["kind"] and not one["withdrawn_at"] and one["size"] <= min(KEPT, room))
        room -= one["size"] if one["is_kept"] else 0
    return found


def data(db, id):
    """Return the bytes of a file."""
    return store.value(db, "select bytes from material where id = ?", (id,))
