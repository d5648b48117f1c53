"""Reading a session's materials; the bytes of a file only where it is given out."""

from workgroup import store

_MATERIAL = "select id, session, block, title, url, kind, size, by, at, withdrawn_at from material"


def material(db, id):
    """Return one of the materials without its bytes, or None."""
    return store.row(db, f"{_MATERIAL} where id = ?", (id,))


def materials(db, session, also_withdrawn=False):
    """Return the materials of a session in the order they came; those taken away only for its leaders."""
    return store.rows(
        db, f"{_MATERIAL} where session = ? and (withdrawn_at is null or ?) order by at, rowid",
        (session, also_withdrawn),
    )  # fmt: skip


def data(db, id):
    """Return the bytes of a file."""
    return store.value(db, "select bytes from material where id = ?", (id,))
