"""The load of P4 and of a hub's Tuesday: devices that poll their lesson's timeline as its page does, and send notes.

Each opens the timeline, asks every three seconds for what changed, has the figure drawn anew after news (every
fifteen seconds at the most), and sends a note over /sync every so many seconds; on a connection that stays open, and
on a second one while the first is busy, as browsers do.

Runs in a process of its own (`python -m benchmarks.crowd`), on loopback only: it reads what to do as JSON from
standard input, and writes what it saw as JSON to standard output. Standard library only.
"""

import asyncio
import json
import re
import sys
import time
import uuid
from datetime import UTC, datetime

POLL_EVERY, REDRAW_EVERY = 3.0, 15.0
PATIENCE = 30  # seconds without an answer are an error
MARK = re.compile(rb"mark-([0-9a-f]{12})")
OPENED = re.compile(rb'name="after" value="(\d+)"><input type="hidden" name="stand" value="(\w+)"')
NEWS = re.compile(rb'data-news="(\d+)"')


class Seen:
    """What all devices saw: how long polls and notes took, and when whom a note reached."""

    def __init__(self):
        """Begin with nothing."""
        self.pages, self.polls, self.figures, self.notes, self.reached, self.errors = [], [], [], [], [], []
        self.idle = self.bytes = 0
        self.sent = {}  # mark → (when its sending began, the device)


class Lines:
    """The kept connections of one device: asked for the first that is free, one more is opened when none is."""

    def __init__(self, port, cookie):
        """Remember where to and as whom."""
        self.port, self.cookie, self.free = port, cookie, []

    async def ask(self, method, path, headers=(), body=b""):
        """Ask and return (status, headers, body). A connection that broke or that the server closed is not kept."""
        line = self.free.pop(0) if self.free else await asyncio.open_connection("127.0.0.1", self.port, limit=2**22)
        try:
            answer = await self._ask(*line, method, path, headers, body)
        except BaseException:
            line[1].close()
            raise
        if answer[1].get("connection", "").lower() == "close":
            line[1].close()
        else:
            self.free.append(line)
        return answer

    async def _ask(self, reader, writer, method, path, headers, body):
        lines = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{self.port}", f"Cookie: {self.cookie}",
                 "Sec-Fetch-Site: same-origin", f"Content-Length: {len(body)}", *headers, "", ""]  # fmt: skip
        writer.write("\r\n".join(lines).encode() + body)
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        given = {k.lower(): v for k, v in (line.split(": ", 1) for line in head[1:] if line)}
        text = await reader.readexactly(int(given["content-length"]))
        return int(head[0].split()[1]), given, text


class Device:
    """A tablet in a room: it polls every three seconds and sends a note every so many."""

    def __init__(self, number, of, room, port, seen, note_every):
        """Take a place in the room; polls and notes of all devices are spread evenly over their seconds."""
        self.me, self.room, self.seen, self.note_every = of, room, seen, note_every
        self.lines = Lines(port, of["cookie"])
        self.phase, self.after, self.stand, self.had, self.has_news = number, None, None, set(), False
        self.address = f"/lessons/{room['lesson']}/timeline"

    async def live(self, ends):
        """Poll and write until the end."""
        await asyncio.gather(
            self._every(POLL_EVERY, self._poll, ends),
            self._every(REDRAW_EVERY, self._redraw, ends),
            self._every(self.note_every, self._note, ends - 2 * POLL_EVERY),
        )

    async def _every(self, seconds, act, ends):
        loop = asyncio.get_running_loop()
        # 0.618: neighbours in number are far apart in time, and no two devices move together
        due = loop.time() + seconds * (self.phase * 0.618 % 1)
        while due < ends:
            await asyncio.sleep(max(0, due - loop.time()))
            try:
                await asyncio.wait_for(act(), PATIENCE)
            except Exception as trouble:
                self.seen.errors.append(f"{act.__name__} {type(trouble).__name__} {trouble}"[:200])
            # a slow answer puts the next one off, as it does in a browser
            due = max(due + seconds, loop.time())

    async def _poll(self):
        if self.after is None:
            return await self._open()
        path = f"{self.address}?after={self.after}&stand={self.stand}"
        given, text = await self._get(path, self.seen.polls)
        self.seen.bytes += len(text)
        self.seen.idle += not text
        if news := NEWS.search(text):
            self.after, self.has_news = int(news[1]), True
        if "hx-refresh" in given:
            self.after = None  # it is another page now: open it anew

    async def _open(self):
        _, text = await self._get(self.address, self.seen.pages, part=False)
        if found := OPENED.search(text):
            self.after, self.stand = int(found[1]), found[2].decode()
        else:
            self.seen.errors.append("the timeline is not one that polls")

    async def _redraw(self):
        if self.has_news:
            self.has_news = False
            given, _ = await self._get(f"{self.address}?show=figure", self.seen.figures)
            self.has_news = int(given.get("workgroup-drawn", self.after)) < self.after

    async def _get(self, path, times, part=True):
        began = time.perf_counter()
        status, given, text = await self.lines.ask("GET", path, ["HX-Request: true"] if part else [])
        now = time.perf_counter()
        times.append(now - began)
        if status != 200:
            self.seen.errors.append(f"{path[45:]} was answered with {status}")
        for mark in set(MARK.findall(text)) - self.had:
            self.had.add(mark)
            when, who = self.seen.sent.get(mark, (None, None))
            if when is not None and who is not self:
                self.seen.reached.append(now - when)
        return given, text

    async def _note(self):
        mark = uuid.uuid4().hex[:12]
        at = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        id = str(uuid.uuid4())
        fields = {"lesson": self.room["lesson"], "code": "Pupil A", "words": f"Lined both bars up, then mark-{mark}",
                  "predicted": self.room["predicted"][0], "tags": self.room["tags"][:1]}  # fmt: skip
        entry = {"id": id, "kind": "lessons.notice", "by": self.me["person"], "at": at, "seq": 1,
                 "boot": self.me["id"], "ticks": 1, "fields": fields}  # fmt: skip
        body = json.dumps({"tablet": self.me["id"], "sent": at, "entries": [entry]}).encode()
        began = time.perf_counter()
        self.seen.sent[mark.encode()] = (began, self)
        status, _, text = await self.lines.ask("POST", "/sync", ["Content-Type: application/json"], body)
        self.seen.notes.append(time.perf_counter() - began)
        standing = json.loads(text)["standings"][0] if status == 200 else status
        if status != 200 or standing["standing"] != "entered":
            self.seen.errors.append(f"a note was answered with {standing}")


async def crowd(rooms, port, seconds, note_every):
    """Let all devices of all rooms live for so many seconds, and return what they saw."""
    seen = Seen()
    ends = asyncio.get_running_loop().time() + seconds
    order = [(room, of) for of in range(len(rooms[0]["devices"])) for room in rooms]
    devices = [Device(n, room["devices"][of], room, port, seen, note_every) for n, (room, of) in enumerate(order)]
    await asyncio.gather(*(d.live(ends) for d in devices))
    others = len(rooms[0]["devices"]) - 1
    return {
        "pages": seen.pages, "polls": seen.polls, "figures": seen.figures, "notes": seen.notes,
        "reached": seen.reached, "errors": len(seen.errors),
        "first_errors": seen.errors[:5], "bytes": seen.bytes, "idle": seen.idle,
        "missing": len(seen.sent) * others - len(seen.reached),
    }  # fmt: skip


if __name__ == "__main__":
    asked = json.load(sys.stdin)
    json.dump(asyncio.run(crowd(**asked)), sys.stdout)
