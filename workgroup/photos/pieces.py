"""The pieces of photos as tablets send them: any order, any number of times, resumed after a break.

Pieces do not go through the door: they are only what an entry in the ledger has announced, with the digest of the
whole. When the last one has come a change of the feature that the photo belongs to looks at them, and is in the ledger.
"""

from workgroup import door, store
from workgroup.people.post import new_id
from workgroup.photos import queries

# what a photo belongs to, and the change that takes it in once it is whole
CAME = {"lesson": "lessons.photo_came", "gap_task_return": "tasks.photo_came"}


class Gone(Exception):
    """The photo was taken away; nothing of it is wanted any more."""


class Whole(Exception):
    """All of it is here already."""


def standing(db, by, photo):
    """Return one's own photo with the positions of its pieces that are `here`; else Waiting or Gone."""
    found = queries.photo(db, photo)
    if found is None or found["by"] != by:
        raise door.Waiting("The words that belong to this picture have not arrived yet.")
    if found["withdrawn_at"]:
        raise Gone("This picture was taken away for everyone.")
    return {**found, "here": queries.here(db, photo)}


def take(db, by, photo, position, data):
    """Take in one piece and return the photo's standing; whole when it was the last one.

    Raises Waiting, Gone or Whole, and Refused when there is no such piece, or when all have come and are not the
    picture that was announced: then they are thrown away.
    """
    with store.writing(db):
        found = standing(db, by, photo)
        if found["came_at"]:
            raise Whole("This picture is here already.")
        if not 0 <= position < found["pieces"]:
            raise door.Refused(f"This picture has {found['pieces']} pieces, and this is none of them.")
        db.conn.execute(
            "insert into photo_piece (photo, position, bytes) values (?, ?, ?)"
            " on conflict (photo, position) do update set bytes = excluded.bytes",
            (photo, position, data),
        )
    found = standing(db, by, photo)
    if len(found["here"]) == found["pieces"] and not found["came_at"]:
        _make_whole(db, by, photo)
    return standing(db, by, photo)


def _make_whole(db, by, photo):
    found = queries.photo(db, photo)
    kind = next(kind for column, kind in CAME.items() if found[column])
    outcome = door.submit(db, kind, {"photo": photo}, new_id(), by)
    if outcome.standing == "refused":
        with store.writing(db):
            db.conn.execute("delete from photo_piece where photo = ?", (photo,))
        raise door.Refused(door.first_of(outcome.errors))
