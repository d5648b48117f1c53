"""The bytes of a photo inside a change: held against what was said of them once all have come, and let go for good."""

import hashlib

from workgroup.door import Refused
from workgroup.photos import jpeg, queries


def have_come(db, found):
    """Look whether all pieces are what was said, a picture and nothing else; False where that was found before.

    Refused says what does not fit, or that the photo was taken away.
    """
    if found["withdrawn_at"]:
        raise Refused("This picture was taken away.")
    if found["came_at"]:
        return False  # two last pieces at once: both are right
    data = queries.whole(db, found["id"])
    if hashlib.sha256(data).hexdigest() != found["digest"] or len(data) != found["bytes"]:
        raise Refused("This picture did not arrive as it was sent.")
    try:
        width, height = jpeg.size(data)
    except jpeg.NotPlain as wrong:
        raise Refused(str(wrong)) from wrong
    if (width, height) != (found["width"], found["height"]):
        raise Refused("This picture is not as large as was said.")
    return True


def let_go(db, id):
    """Write the pieces over before they are let go, so that they do not stay behind in a free page of the file."""
    db.conn.execute("update photo_piece set bytes = zeroblob(length(bytes)) where photo = ?", (id,))
    db.conn.execute("delete from photo_piece where photo = ?", (id,))
