"""The line itself: it takes a browser's request, forwards it or not, answers it or not. `FAULTS` names what it can do.

The proxy that tests talk to, and what it remembers, is in faults.py.
"""

import http.client
import socket
import struct
import sys
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

LOGIN = b"<!doctype html><title>School guest wifi</title><h1>Welcome</h1><form method=post><input name=code></form>"
HTML = [("Content-Type", "text/html; charset=utf-8")]
OF_ONE_HOP = {"connection", "keep-alive", "transfer-encoding", "content-length", "date", "server"}


class Line(ThreadingHTTPServer):
    """A server on a free port of loopback, a thread a connection."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, proxy):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.proxy, self.live = proxy, set()

    def shutdown_request(self, request):
        """Close without a word: the handler has said what there was to say."""
        self.close_request(request)

    def handle_error(self, request, address):
        """A line that breaks is what this is for; anything else is a fault of the test and must be seen."""
        if not isinstance(sys.exc_info()[1], OSError | http.client.HTTPException):
            super().handle_error(request, address)

    def drop_all(self):
        """Break every connection that is still there."""
        for connection in list(self.live):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)


class _Handler(BaseHTTPRequestHandler):
    """One connection with its one request; the faults below act through it."""

    protocol_version = "HTTP/1.1"
    seen = None

    def setup(self):
        self.proxy = self.server.proxy
        self.server.live.add(self.request)
        if self.proxy.certificates:
            self._shake_hands(self.proxy.certificates.context(self.proxy.tls_is_broken))
        super().setup()

    def _shake_hands(self, context):
        plain = self.request
        try:
            self.request = context.wrap_socket(plain, server_side=True)
            self.server.live.add(self.request)
        except OSError:
            self.proxy.change(lambda: setattr(self.proxy, "broken_handshakes", self.proxy.broken_handshakes + 1))
            raise
        finally:
            self.server.live.discard(plain)

    def finish(self):
        with suppress(OSError):
            super().finish()
        self.server.live.discard(self.connection)
        self.connection.close()

    def log_message(self, *arguments):
        """Say nothing: what passed is in `seen`."""

    def one(self):
        """Meet one request with its fault."""
        self.close_connection = True
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.headers.get("Host", "").startswith("localhost"):
            return self.answer(200, HTML, LOGIN)  # where `login_redirect` sends people
        self.seen, options = self.proxy.take(self.command, self.path, body, dict(self.headers))
        try:
            FAULTS[self.seen.mode](self, **options)
        except (OSError, http.client.HTTPException):
            pass  # the browser or the server has gone; the connection ends
        finally:
            self.proxy.change(lambda: setattr(self.seen, "ended", True))

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = one

    def forward(self):
        """Let the server answer, and return its status, headers and body."""
        upstream = http.client.HTTPConnection("127.0.0.1", self.proxy.port, timeout=120)
        try:
            upstream.putrequest(self.command, self.path, skip_host=True, skip_accept_encoding=True)
            for name, value in self.headers.items():
                if name.lower() not in OF_ONE_HOP or name.lower() == "content-length":
                    upstream.putheader(name, value)
            upstream.endheaders(self.seen.body or None)
            self.proxy.change(lambda: setattr(self.seen, "forwarded", self.seen.forwarded + 1))
            answer = upstream.getresponse()
            body = answer.read()
            self.proxy.change(lambda: setattr(self.seen, "server_said", answer.status))
            return answer.status, answer.getheaders(), body
        finally:
            upstream.close()

    def answer(self, status, headers, body, so_much=None):
        """Answer the browser, with the first so many bytes of the body or all of it."""
        self.send_response_only(status)
        for name, value in headers:
            if name.lower() not in OF_ONE_HOP:
                self.send_header(name, value)
        if status not in (204, 304):
            length = dict((n.lower(), v) for n, v in headers).get("content-length", len(body))
            self.send_header("Content-Length", str(length if self.command == "HEAD" else len(body)))
        self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body[:so_much])
        if so_much is None and self.seen:
            self.proxy.change(lambda: setattr(self.seen, "status", status))

    def until_gone(self):
        """Say nothing until the browser gives up."""
        while self.connection.recv(65536):
            pass

    def reset(self):
        """Break the connection off without any ceremony."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def _cut_after_commit(x):
    x.forward()


def _hang_after_commit(x):
    x.forward()
    x.until_gone()


def _cut_half(x):
    status, headers, body = x.forward()
    x.answer(status, headers, body, len(body) // 2)


def _delay(x, seconds):
    x.proxy.pause(seconds)
    x.answer(*x.forward())


def _hold(x, held):
    if held.keep(x.seen):
        x.answer(*x.forward())


def _duplicate(x, many=2):
    for _ in range(many - 1):
        x.forward()
    x.answer(*x.forward())


FAULTS = {
    "pass": lambda x: x.answer(*x.forward()),
    "hang": lambda x: x.until_gone(),
    "refuse": lambda x: x.reset(),
    "login": lambda x: x.answer(200, HTML, LOGIN),
    "login_redirect": lambda x: x.answer(302, [("Location", f"{x.proxy.elsewhere}/wifi")], b""),
    "cut_before": lambda x: None,
    "cut_after_commit": _cut_after_commit,
    "hang_after_commit": _hang_after_commit,
    "cut_half": _cut_half,
    "delay": _delay,
    "hold": _hold,
    "duplicate": _duplicate,
}
