"""The app served from a thread by waitress, with every answer counted as it leaves: for what a browser measures."""

import threading
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import waitress

from benchmarks import lesson_record
from workgroup import config, create_app, guard, store
from workgroup.people import queries as people
from workgroup.years.commands import fill_with_words


class Counting:
    """Count every answer: its address, its bytes of head and body, and whether a service worker keeps it for later."""

    def __init__(self, app):
        """Count what this WSGI app answers."""
        self.app, self.answers = app, []

    def __call__(self, environ, start_response):
        """Answer, and write down how much that was."""
        head = [0]

        def begin(status, headers, trouble=None):
            head[0] = 15 + len(status) + sum(len(k) + len(v) + 4 for k, v in headers)
            return start_response(status, headers, trouble)

        chunks = self.app(environ, begin)
        body = b"".join(chunks)
        if hasattr(chunks, "close"):
            chunks.close()
        self.answers.append((environ["PATH_INFO"], head[0] + len(body), _is_for_later(environ)))
        return [body]

    def taken(self):
        """Return what was counted since the last call."""
        taken, self.answers = self.answers, []
        return taken


def _is_for_later(environ):
    """Tell what the service worker fetches to keep: files that no page asked for as script or style, pages to pack."""
    is_file = environ["PATH_INFO"].startswith(("/static/", "/offline"))
    return "HTTP_WORKGROUP_PACK" in environ or (is_file and environ.get("HTTP_SEC_FETCH_DEST") == "empty")


@contextmanager
def demo_year(place):
    """Serve the demo year from a folder: see `_served`; people are known by e-mail."""
    with _served(place) as (served, db):
        fill_with_words(db)
        served.cookie_of = lambda email: _cookie(served, db, people.by_email(db, email)["id"])
        yield served


@contextmanager
def a_lesson(place):
    """Serve the lesson of lesson_record.py from a folder: see `_served`; with `world`, `db`; people are known by id."""
    with _served(place) as (served, db):
        served.world, served.db = lesson_record.build(db), db
        served.cookie_of = lambda person: _cookie(served, db, person)
        yield served


@contextmanager
def _served(place):
    """Serve a new database: `address`, `counting`, `database`, and `cookie_of(person)` signs a tablet in."""
    database = Path(place, "hub.sqlite")
    counting = Counting(create_app(config.Config(database=database)))
    db = store.connect(database)
    server = waitress.create_server(counting, host="127.0.0.1", port=0, threads=8)
    address = f"http://127.0.0.1:{server.effective_port}"
    running = threading.Thread(target=server.run, daemon=True)
    running.start()
    try:
        yield SimpleNamespace(address=address, counting=counting, database=database), db
    finally:
        server.close()
        running.join(10)
        db.conn.close()


def _cookie(served, db, person):
    tablet = lesson_record.sign_in(db, person)
    return {"name": guard.COOKIE, "value": tablet.cookie.split("=", 1)[1], "url": served.address}
