"""Long work that a page asks for: done in a thread of its own, how far it is, and what came of it.

It lives in the one process that serves the hub. Whoever closes the page finds it again at the same address; after a
restart it is gone, and its page says so and offers to ask anew. Nothing of it is written to the record here.
"""

import logging
import threading
import time
from dataclasses import dataclass, field
from typing import Any

from workgroup import telling

AT_ONCE = 2  # of all people: what is asked for beyond that waits its turn, and the server goes on answering
STAYS = 1800  # seconds that what came of it can be fetched
MOST, OWN = 20, 3  # works whose outcome is kept, of all people and of one; and that one may have going on at once
AT_FIRST = 0.6  # seconds that a page waits before it says how far it is: most work is done by then
_works, _lock, _turns = {}, threading.Lock(), threading.BoundedSemaphore(AT_ONCE)
log = logging.getLogger(__name__)


class Busy(Exception):
    """Somebody has asked for as much as is done at once; the message says so in a sentence."""


@dataclass
class Work:
    """One piece of work: `done` of `total`, then `came`, or the `trouble` in words for whoever asked for it."""

    by: str
    total: int = 0
    done: int = 0
    came: Any = None
    trouble: str | None = None
    is_begun: bool = False
    ended: float | None = None
    over: threading.Event = field(default_factory=threading.Event)

    def counted(self, rows):
        """Yield rows and note after each how far it is."""
        for row in rows:
            yield row
            self.done += 1


def begin(name, id, by, deed, total=0, says=lambda trouble: None):
    """Begin a work and return it; asked again with the same name and id it is the one that is there.

    `deed(work)` returns what came of it. `says` gives the sentence for an exception that is nobody's fault; any other
    is logged, and the page says only that it did not work. What did not work is begun anew when it is asked for again.
    Raises Busy when this person has too much going on.
    """
    with _lock:
        _let_go(by)
        there = _works.get((name, id))
        if there and not there.trouble:
            return there
        if sum(w.by == by and not w.ended for w in _works.values()) >= OWN:
            raise Busy("Several long works of yours are going on already. Wait until one of them is done.")
        _works[name, id] = work = Work(by, total)
    threading.Thread(target=_do, args=(name, work, deed, says), name=f"working: {name}", daemon=True).start()
    work.over.wait(AT_FIRST)
    return work


def find(name, id, by):
    """Return a work that this person asked for, or None when there is none, or no longer."""
    with _lock:
        _let_go()
        work = _works.get((name, id))
    return work if work and work.by == by else None


def forget(name, id):
    """Forget what came of a work."""
    with _lock:
        if work := _works.pop((name, id), None):
            _close(work)


def forget_all():
    """Forget what came of all work, as a restart does."""
    for name, id in list(_works):
        forget(name, id)


def _do(name, work, deed, says):
    try:
        with _turns:
            work.is_begun = True
            work.came = deed(work)
    except Exception as trouble:
        work.trouble = says(trouble)
        if work.trouble is None:
            log.error("long work did not work", extra=telling.of(trouble, kind=name))
            work.trouble = "Something went wrong here. Try it again; if it stays, tell your hub."
    finally:
        work.ended = time.monotonic()
        work.over.set()


def _let_go(by=None):
    """Drop what was over long ago, and the oldest when there are too many, in all or of one person; under the lock."""
    _drop([key for key, w in _works.items() if w.ended and w.ended < time.monotonic() - STAYS])
    _drop(_oldest(lambda w: True)[:-MOST])
    _drop(_oldest(lambda w: w.by == by)[:-OWN])


def _oldest(which):
    return sorted((key for key, w in _works.items() if w.ended and which(w)), key=lambda key: _works[key].ended)


def _drop(keys):
    for key in keys:
        _close(_works.pop(key))


def _close(work):
    if hasattr(work.came, "close"):
        work.came.close()
