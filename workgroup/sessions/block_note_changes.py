"""Changes to the notes that a leader keeps for themselves with the blocks of an agenda; nobody else reads them."""

from workgroup import store
from workgroup.door import Refused, change
from workgroup.people.post import new_id
from workgroup.sessions import block_note_queries, forms, queries, rights

NOT_HERE = "This block is not in the agenda any more. Load the page again."


@change("sessions.note_to_self", forms.NoteToSelfForm, rights.leads, meets="fold")
def note_to_self(db, entry, said):
    """Write one's own note with a block, in the place of the one before; empty, there is none."""
    block = queries.block(db, said["block"])
    if block["withdrawn_at"]:
        raise Refused(NOT_HERE)
    was = block_note_queries.note(db, entry.by, block["id"])
    entry.was = {"mine": was and was["words"]}
    if was:
        store.alter(db, "block_note", was["id"], words=said["mine"] or None, at=entry.at)
    elif said["mine"]:
        _put(db, entry, entry.id, block["id"], said["mine"])
    return block["session"]


def bring_along(db, entry, blocks):
    """Give blocks that were made from others the notes to oneself of whoever copies them; `blocks` is {from: to}."""
    for source, to in blocks.items():
        found = block_note_queries.note(db, entry.by, source)
        if found and found["words"]:
            _put(db, entry, new_id(), to, found["words"])


def _put(db, entry, id, block, words):
    store.put(db, "block_note", id=id, block=block, by=entry.by, words=words, at=entry.at)
