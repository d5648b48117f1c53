"""A tablet in plain Python that sends to a real server: it keeps what has no receipt, and trusts no receipt unread."""

import hashlib
import json
import random
import urllib.error
import urllib.request

from workgroup import clock, guard, store
from workgroup.people import post

STATUSES = ("present", "absent", "apologies")


def sign_in(db, person):
    """Give a person a device that was last seen two hours ago, and return its cookie."""
    token = post.new_token()
    with store.writing(db):
        store.put(
            db, "tablet", id=post.new_id(), person=person, token_hash=guard.hash_of(token), shared=0,
            signed_in_at="2026-01-01T00:00:00.000Z", seen_at=clock.after(-7200),
        )  # fmt: skip
        store.alter(db, "person", person, claimed_at="2026-01-01T00:00:00.000Z")
    return f"{guard.COOKIE}={token}"


class Tablet:
    """Makes register marks and notes of one session, from a seed, and sends them in batches of any size."""

    def __init__(self, address, cookie, by, session, people, seed):
        self.address, self.cookie, self.by, self.session, self.people = address, cookie, by, session, people
        self.random, self.id = random.Random(seed), post.new_id()
        self.made, self.waiting, self.receipts, self.entered = [], [], {}, []

    def make(self, many):
        """Make entries; they wait."""
        for _ in range(many):
            mark = {"person": self.random.choice(self.people), "status": self.random.choice(STATUSES)}
            note = {"words": f"Half is it, {self.random.random()}"}
            kind, said = self.random.choice([("sessions.mark", mark), ("sessions.note", note)])
            number = len(self.made) + 1
            entry = {"id": post.new_id(), "kind": kind, "by": self.by, "at": clock.now(), "seq": number, "boot": "b",
                     "ticks": number, "fields": {"session": self.session, **said}}  # fmt: skip
            self.made.append(entry)
            self.waiting.append(entry)

    def send(self, many=40):
        """Send a batch of what waits; return the status and headers. An OSError means that the line broke."""
        batch = self.waiting[:many]
        if self.made and self.random.random() < 0.1:
            batch = [self.random.choice(self.made), *batch]  # something that has been sent before
        body = json.dumps({"tablet": self.id, "sent": clock.now(), "entries": batch}).encode()
        request = urllib.request.Request(
            f"{self.address}/sync", body, {"Cookie": self.cookie, "Sec-Fetch-Site": "same-origin"}
        )
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                self._settle(batch, json.load(answer))
                return answer.status, answer.headers
        except urllib.error.HTTPError as refused:
            with refused:
                assert "receipt" not in json.load(refused)
                return refused.code, refused.headers

    def send_all(self):
        """Send until nothing waits, in batches so large that the server does not find them too many."""
        while self.waiting:
            assert self.send(500)[0] == 200

    def _settle(self, batch, said):
        lines = "\n".join(f"{s['id']}:{s['standing']}" for s in said["standings"])
        assert said["receipt"]["digest"] == hashlib.sha256(lines.encode()).hexdigest()
        assert [s["id"] for s in said["standings"]] == [e["id"] for e in batch]
        for standing in said["standings"]:
            assert standing["standing"] in ("entered", "already"), standing
            self.receipts[standing["id"]] = said["receipt"]["number"]
            if standing["standing"] == "entered":
                self.entered.append(standing["id"])
        self.waiting = [e for e in self.waiting if e["id"] not in self.receipts]


def kept(db):
    """Return the ids that stand in the ledger and in their own tables, each as often as it does there."""
    ledger = [r["id"] for r in store.rows(db, "select id from ledger where kind in ('sessions.mark', 'sessions.note')")]
    rows = [r["id"] for table in ("register_mark", "session_note") for r in store.rows(db, f"select id from {table}")]
    return ledger, rows
