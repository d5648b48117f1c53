"""A fault proxy that stands between browsers and `workgroup serve`, and does to a line what school wifi does to it.

    with FaultProxy() as proxy:
        server = Server(database, address=proxy.address)
        proxy.stand_before(server.port)
        proxy.fault("cut_after_commit", under="/sync", times=1)
        …
        proxy.wait_for(lambda seen: [x for x in seen if x.path == "/sync" and x.forwarded])

Every request is written down with what became of it, so that a test waits on a cause and never on the time. One
connection carries one request, so that a browser cannot quietly repeat one on a connection it had before.
What each fault does to a request is in faulty_line.py, the certificates of a proxy that speaks https in trusting.py.
"""

import json
import threading
from dataclasses import dataclass, field

from tests.browser.faulty_line import FAULTS, Line
from tests.browser.trusting import Certificates

PATIENCE = 30  # seconds that a test waits for a cause before it fails


@dataclass(eq=False)
class Seen:
    """One request as it passed: `forwarded` says how often the server had it, `status` what the client was given."""

    method: str
    path: str
    mode: str
    body: bytes = field(default=b"", repr=False)
    headers: dict = field(default_factory=dict, repr=False)
    forwarded: int = 0
    server_said: int | None = None
    status: int | None = None
    ended: bool = False

    @property
    def json(self):
        """The body as JSON gives it."""
        return json.loads(self.body)


@dataclass
class _Fault:
    mode: str
    under: str
    method: str | None
    times: int | None
    options: dict

    def meets(self, method, path):
        return path.startswith(self.under) and self.method in (None, method) and self.times != 0


class Held:
    """Requests that wait until the test lets them go, one by one, in the order that it chooses."""

    def __init__(self, proxy):
        self._proxy, self._open, self.waiting = proxy, False, []

    def wait_for(self, many, deadline=PATIENCE):
        """Wait until so many requests are held, and return them in the order they came."""
        self._proxy.wait_for(lambda seen: len(self.waiting) >= many, deadline)
        return list(self.waiting)

    def release(self, *order):
        """Let held requests go on, by their place in the order they came; each is over before the next goes."""
        for one in [self.waiting[place] for place in order]:
            self._proxy.change(lambda one=one: self.waiting.remove(one))
            self._proxy.wait_for(lambda seen, one=one: one.ended)

    def open(self):
        """Let all go on, and hold nothing any more."""
        self._proxy.change(lambda: (setattr(self, "_open", True), self.waiting.clear()))

    def keep(self, seen):
        """Wait, as the request that is held; tell whether it may go on, for the proxy may end first."""
        if not self._open:
            self._proxy.change(lambda: self.waiting.append(seen))
            self._proxy.wait_for(lambda _: seen not in self.waiting, deadline=None)
        return not self._proxy.closing


class FaultProxy:
    """The proxy, running from `with` to its end; `tls=True` speaks https with a certificate of its own."""

    def __init__(self, tls=False):
        self.certificates = Certificates() if tls else None
        self.tls_is_broken, self.broken_handshakes, self.closing = False, 0, False
        self.seen, self._faults, self._changed, self.port = [], [], threading.Condition(), None
        self._server = Line(self)
        scheme = "https" if tls else "http"
        self.address = f"{scheme}://127.0.0.1:{self._server.server_address[1]}"
        self.elsewhere = f"{scheme}://localhost:{self._server.server_address[1]}"  # where the wifi sends people

    def __enter__(self):
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *trouble):
        self.change(lambda: setattr(self, "closing", True))
        self._server.shutdown()
        self._thread.join()
        self._server.drop_all()
        self._server.server_close()

    def stand_before(self, port):
        """Forward to the server on this port of loopback."""
        self.port = port

    def fault(self, mode, under="/", method=None, times=None, **options):
        """Answer requests whose path begins so with a fault of FAULTS, so many times or until `heal`."""
        if mode not in FAULTS:
            raise ValueError(f"{mode} is none of {', '.join(FAULTS)}")
        self.change(lambda: self._faults.append(_Fault(mode, under, method, times, options)))

    def heal(self):
        """Let everything pass again. What hangs or is held by now stays so."""
        self.change(lambda: (self._faults.clear(), setattr(self, "tls_is_broken", False)))

    def hold(self, under, method=None):
        """Hold requests back, and return the Held that lets them go."""
        held = Held(self)
        self.fault("hold", under, method, held=held)
        return held

    def break_tls(self):
        """Show the certificate of an authority that nobody knows, to every connection from now on."""
        self.change(lambda: setattr(self, "tls_is_broken", True))

    def wait_for(self, test, deadline=PATIENCE):
        """Wait until `test(seen)` is true and return what it gave; an AssertionError lists what was seen."""
        with self._changed:
            self._changed.wait_for(lambda: test(self.seen) or (self.closing and deadline is None), deadline)
            found = test(self.seen)
            assert found or deadline is None, f"not within {deadline} s of {self.seen}"
            return found

    def change(self, deed):
        """Change something that others wait for."""
        with self._changed:
            deed()
            self._changed.notify_all()

    def take(self, method, path, body, headers):
        """Write a request down; return it and the options of the fault it meets: the newest of the longest path."""
        with self._changed:
            meeting = [f for f in self._faults if f.meets(method, path)]
            fault = max(reversed(meeting), key=lambda f: len(f.under), default=_Fault("pass", "/", None, None, {}))
            fault.times = fault.times and fault.times - 1
            self.seen.append(Seen(method, path, fault.mode, body, headers))
            self._changed.notify_all()
            return self.seen[-1], fault.options

    def pause(self, seconds):
        """Wait so long, or until the proxy ends."""
        with self._changed:
            self._changed.wait_for(lambda: self.closing, seconds)
