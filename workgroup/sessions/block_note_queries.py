"""Reading the notes that somebody keeps for themselves with the blocks of an agenda: their own alone."""

from workgroup import store


def note(db, person, block):
    """Return a person's own note with a block, or None."""
    return store.row(db, "select * from block_note where block = ? and by = ?", (block, person))


def own(db, viewer, session):
    """Return the viewer's own notes with the blocks of a session, {block: words}."""
    found = store.rows(
        db, "select n.block, n.words from agenda_block b join block_note n on n.block = b.id and n.by = ?"
        " where b.session = ? and n.words is not null", (viewer, session),
    )  # fmt: skip
    return {row["block"]: row["words"] for row in found}
