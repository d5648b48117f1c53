"""The keys that tablets seal entries with: one for a person and a sign-in, worked out anew each time, kept nowhere.

A key is an HMAC of the record's own secret, so a restored backup still gives back the keys of what waits on tablets.
It keeps one person's waiting words from the next who takes the tablet, not from somebody who holds the database.
"""

import base64
import hashlib
import hmac

from workgroup import store


def mark(db, use, said):
    """Return the mark by which we know again, for one use, what we gave a browser to hold."""
    secret = store.value(db, "select seal_secret from record")
    return hmac.digest(bytes.fromhex(secret), f"mark {use}:{said}".encode(), hashlib.sha256).hex()


def is_marked(db, use, said, given):
    """Tell whether a browser brings back what it was given, with the mark that was on it."""
    return hmac.compare_digest(mark(db, use, said).encode(), (given or "").encode())


def key_of(db, person, seal):
    """Return the key of a person for a seal (the sign-in it was issued to), 256 bits as base64."""
    secret = store.value(db, "select seal_secret from record")
    made = hmac.digest(bytes.fromhex(secret), f"{person}:{seal}".encode(), hashlib.sha256)
    return base64.b64encode(made).decode()
