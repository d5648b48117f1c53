"""What is said when the record cannot keep anything just now: its disk is full, it may only be read, or it is busy.

Nothing is half saved then, and everything can still be read. Nothing has to be started again: the next try finds
room, or does not.
"""

import errno
import sqlite3
from dataclasses import dataclass

from workgroup import store

# SQLite's names of its errors, by how they begin
FULL, ONLY_READ = ("SQLITE_FULL", "SQLITE_IOERR"), ("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")

NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)  # of the system’s own: where a large file is taken in


@dataclass(frozen=True)
class Unkept:
    """The status of the answer, and the words: what is the matter, and what to do about it."""

    status: int
    title: str
    sentence: str


_FULL = Unkept(
    507, "The server’s disk is full",
    "Nothing of this was saved; what was saved before is safe and can be read. Whoever runs this has to make room.",
)  # fmt: skip
_ONLY_READ = Unkept(
    503, "The record can only be read just now",
    "Nothing of this was saved; what was saved before is safe and can be read. Whoever runs this has to look at it.",
)  # fmt: skip
_GONE = Unkept(
    503, "The record cannot be opened just now", "Nothing of this was saved. Whoever runs this has to look at it."
)  # fmt: skip
_BUSY = Unkept(503, "The record is busy", "Nothing of this was saved. In a minute it is free again.")


def why(trouble):
    """Return what to say of an exception, or None when it is none of these: a fault of ours, wrong SQL among them."""
    if isinstance(trouble, OSError):
        return _FULL if trouble.errno in NO_ROOM else _ONLY_READ if trouble.errno == errno.EROFS else None
    if isinstance(trouble, store.Trouble):
        return _GONE
    if not isinstance(trouble, sqlite3.OperationalError):
        return None
    name = getattr(trouble, "sqlite_errorname", None) or getattr(trouble.__cause__, "sqlite_errorname", None) or ""
    if name == "SQLITE_ERROR":
        return None
    return _FULL if name.startswith(FULL) else _ONLY_READ if name.startswith(ONLY_READ) else _BUSY
