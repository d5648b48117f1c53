"""The server of the simulation, as a process of its own: the real app on a real file, with a clock that is told to it.

    python -m tests.simulation.host FOLDER        prints its address and serves until its standard input ends

One thread serves everything, so that one seed gives one history. What the simulation does to the server comes as
POST /simulation/<deed>; what is to go wrong in one request as its header Simulation-Fault. tablets.mjs drives it.
"""

import json
import logging
import shutil
import sqlite3
import sys
import threading
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import waitress

from tests.simulation import record
from workgroup import clock, config, create_app, guard, ledger, restoring, seals, store, web
from workgroup.people import post
from workgroup.tablet import views


class Killed(BaseException):
    """The server was killed here; no Exception, so that nothing in the app can catch it."""


@dataclass
class Host:
    """The app, its file, and the faults that wait for the running request."""

    folder: Path
    rows_left: int | None = None
    trouble: BaseException | None = None
    too_often: bool = False
    now: int | None = None

    def __post_init__(self):
        self.settings = config.Config(database=self.folder / "hub.sqlite")
        self.app = create_app(self.settings)
        self.world = record.build(self.folder / "template.sqlite")
        self._bend()

    def _bend(self):
        """Give the app the clock it is told, and places where a request can break."""
        real_now, write, often = clock.now, ledger.append, views._too_often

        def write_or_break(*arguments):
            if self.rows_left is not None:
                self.rows_left -= 1
                if self.rows_left < 0:
                    raise self.trouble
            write(*arguments)

        clock.now = lambda: clock.moment(datetime.fromtimestamp(self.now / 1000, UTC)) if self.now else real_now()
        ledger.append = write_or_break
        views._too_often = lambda tablet: often(tablet) or self.too_often

    def __call__(self, environ, start_response):
        """Serve a request of a tablet, or do a deed of the simulation."""
        self.now = int(environ.get("HTTP_SIMULATION_NOW") or 0) or self.now
        if environ["PATH_INFO"].startswith("/simulation/"):
            said = json.loads(environ["wsgi.input"].read() or b"{}")
            told = json.dumps(getattr(self, environ["PATH_INFO"].split("/")[2])(**said)).encode()
            start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(told)))])
            return [told]
        self._prepare(environ.get("HTTP_SIMULATION_FAULT", ""))
        try:
            return self.app(environ, start_response)
        except Killed:
            self.restart()
            start_response("599 Killed", [("Content-Length", "0")])
            return []
        finally:
            self._prepare("")

    def _prepare(self, fault):
        """Set what is to go wrong: `kill 3` or `full 3` (when three ledger rows are written), `often`, or nothing."""
        name, _, rows = fault.partition(" ")
        self.rows_left = int(rows) if rows else None
        self.trouble = Killed() if name == "kill" else sqlite3.OperationalError("database or disk is full")
        self.too_often = name == "often"

    def new(self):
        """Begin a history: a fresh record with the world in it. Returns the world."""
        self.restart()
        views._anchors.clear()
        for path in self.folder.glob("hub.sqlite*"):
            path.unlink()
        shutil.copyfile(self.folder / "template.sqlite", self.settings.database)
        return self.world

    def restart(self):
        """Forget what a server process holds in memory, but for the anchors, without which order holds to seconds."""
        web.forget_connections()
        views._recent.clear()

    def sign_in(self, person, seal):
        """Sign a person in on a tablet; return its cookie and key as their first page gives them."""
        with self.app.app_context():
            db, token = web.database(), post.new_token()
            with store.writing(db):
                store.put(
                    db, "tablet", id=seal, person=person, token_hash=guard.hash_of(token), shared=0,
                    signed_in_at=clock.now(), seen_at=clock.now(),
                )  # fmt: skip
            return {"cookie": f"{guard.COOKIE}={token}", "key": seals.key_of(db, person, seal)}

    def end_sign_in(self, seal):
        """End a sign-in: signed out, or run out."""
        with self.app.app_context(), store.writing(web.database()) as db:
            store.alter(db, "tablet", seal, ended_at=clock.now())

    def backup(self):
        """Take a copy."""
        copy = self.folder / "copy.sqlite"
        copy.unlink(missing_ok=True)
        with self.app.app_context():
            store.backup(web.database(), copy)

    def restore(self):
        """Put the copy back, as `workgroup restore` does."""
        self.restart()
        restoring.restore(self.settings, self.folder / "copy.sqlite").unlink()

    def state(self):
        """Return what the record holds now, and what is wrong with it."""
        with self.app.app_context():
            return record.state(web.database())

    def ideal(self, made):
        """Deliver every entry once, in the order made, on a fresh record; return its state and the standings."""
        self.new()
        client, cookies, standings = self.app.test_client(use_cookies=False), {}, {}
        for one in made:
            self.now, by = one["made"], one["by"]
            cookies[by] = cookies.get(by) or self.sign_in(by, post.new_id())["cookie"]
            entry = {**{name: one[name] for name in ("id", "kind", "by", "fields")}, "at": clock.now()}
            batch = {"tablet": post.new_id(), "sent": clock.now(), "entries": [entry]}
            answer = client.post("/sync", json=batch, headers={"Sec-Fetch-Site": "same-origin", "Cookie": cookies[by]})
            standings[entry["id"]] = answer.json["standings"][0]["standing"]
        return {**self.state(), "standings": standings}


def main(folder):
    """Serve until the standard input ends."""
    logging.getLogger("waitress").setLevel(logging.ERROR)
    server = waitress.create_server(Host(Path(folder)), host="127.0.0.1", port=0, threads=1)
    print(f"http://127.0.0.1:{server.effective_port}", flush=True)
    threading.Thread(target=server.run, daemon=True).start()
    sys.stdin.read()


if __name__ == "__main__":
    main(sys.argv[1])
