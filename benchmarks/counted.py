"""The app on the demo year, served from a thread by waitress, with every answer counted as it leaves."""

import threading
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import waitress

from benchmarks import lesson_record
from workgroup import config, create_app, guard, store
from workgroup.years.commands import fill_with_words


class Counting:
    """Count the bytes of every answer, head and body, by address."""

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
        self.answers.append((environ["PATH_INFO"], head[0] + len(body)))
        return [body]

    def taken(self):
        """Return what was counted since the last call."""
        taken, self.answers = self.answers, []
        return taken


@contextmanager
def demo_year(place):
    """Serve the demo year from a folder: `address`, `counting`, `database` and `cookie_of(email)`."""
    database = Path(place, "demo.sqlite")
    counting = Counting(create_app(config.Config(database=database)))
    db = store.connect(database)
    fill_with_words(db)

    def cookie_of(email):
        person = store.value(db, "select id from person where email = ?", (email,))
        tablet = lesson_record.sign_in(db, person)
        return {"name": guard.COOKIE, "value": tablet.cookie.split("=", 1)[1], "url": served.address}

    server = waitress.create_server(counting, host="127.0.0.1", port=0, threads=8)
    served = SimpleNamespace(address=f"http://127.0.0.1:{server.effective_port}", counting=counting,
                             database=database, cookie_of=cookie_of)  # fmt: skip
    running = threading.Thread(target=server.run, daemon=True)
    running.start()
    try:
        yield served
    finally:
        server.close()
        running.join(10)
        db.conn.close()
