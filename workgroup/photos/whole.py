"""A photo that comes in one go, from a page that has no outbox: what is to be said of it, and taking it in."""

import hashlib

from workgroup.photos import jpeg, pieces
from workgroup.photos.forms import MOST_BYTES, PIECE


def facts(data):
    """Return what is announced of a picture, for its form; or a sentence that says why it is none."""
    if len(data) > MOST_BYTES:
        return f"This picture is larger than {MOST_BYTES // 1024**2} MB. Take it again from further away."
    try:
        width, height = jpeg.size(data)
    except jpeg.NotPlain as why:
        return str(why)
    return {
        "type": "image/jpeg", "bytes": len(data), "pieces": -(-len(data) // PIECE), "width": width, "height": height,
        "digest": hashlib.sha256(data).hexdigest(),
    }  # fmt: skip


def take(db, by, photo, data):
    """Take in all pieces of a photo that was announced; one that is here already stays as it is.

    Raises what `pieces.take` raises: Gone, or Refused where it is not the picture that was announced.
    """
    for position in range(-(-len(data) // PIECE)):
        try:
            pieces.take(db, by, photo, position, data[position * PIECE : (position + 1) * PIECE])
        except pieces.Whole:
            return
