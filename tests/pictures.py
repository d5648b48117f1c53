"""Pictures for tests: the outside of a JPEG of any size, with or without what a camera writes into one."""

import hashlib
import struct

from tests.world import do
from workgroup import store
from workgroup.photos.forms import PIECE

# GPS IFD alone: a latitude reference, as a phone writes it
GPS = (
    b"Exif\0\0II*\0\x08\0\0\0\x01\0\x25\x88\x04\0\x01\0\0\0\x1a\0\0\0\0\0\0\0"
    b"\x01\0\x01\0\x02\0\x02\0\0\0N\0\0\0\0\0\0\0"
)


def segment(marker, words):
    """Return one segment."""
    return bytes([0xFF, marker]) + struct.pack(">H", len(words) + 2) + words


JFIF = segment(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0")


def jpeg(width=40, height=30, size=700, before=b"", after=b""):
    """Return a JPEG of about so many bytes, in segments as a camera makes it; `before` goes in front of the picture."""
    frame = struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\0"
    head = b"\xff\xd8" + JFIF + before + segment(0xDB, b"\0" + bytes(range(1, 65))) + segment(0xC0, frame)
    scan = segment(0xC4, b"\0" * 17) + segment(0xDA, b"\x01\x01\0\0\x3f\0")
    data = b"\x5a\xff\x00\xff\xd1" * (max(0, size - len(head) - len(scan)) // 5 + 1)
    return head + scan + data + b"\xff\xd9" + after


def fields_of(data, **over):
    """Return what a tablet says of a picture before its pieces come."""
    said = {
        "kind": "board", "described": "A bar cut into four unequal parts", "type": "image/jpeg", "bytes": len(data),
        "pieces": -(-len(data) // PIECE), "digest": hashlib.sha256(data).hexdigest(), "width": 40, "height": 30,
    }  # fmt: skip
    return {**said, **over}


def pieces_of(data):
    """Return the pieces of a picture in order."""
    return [data[at : at + PIECE] for at in range(0, len(data), PIECE)]


def allow_photos(db, w, rule="work"):
    """Let the members’ own school, which is host too, say what may be photographed."""
    seen = store.value(db, "select version from host_facts where school = ?", (w.school,)) or 0
    do(db, "schools.set_host_facts", w.leader, school=w.school, photos=rule, seen=str(seen))
