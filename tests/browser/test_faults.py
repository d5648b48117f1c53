"""The fault proxy does what it says: each fault against a small server that remembers what reached it."""

import http.client
import json
import threading
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.browser.driving import Server, chromium, signed_in
from tests.browser.faults import FaultProxy
from tests.browser.faulty_line import LOGIN


class _Origin(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.had.append((self.path, body))
        answer = json.dumps({"number": len(self.server.had)}).encode()
        self.send_response(200)
        self.send_header("Set-Cookie", "one=1")
        self.send_header("Set-Cookie", "two=2")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    do_GET = do_POST

    def log_message(self, *arguments):
        """Say nothing."""


@pytest.fixture
def origin():
    """A server that counts what reaches it in `had`."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Origin)
    server.had = []
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def proxy(origin):
    """A proxy in front of it."""
    with FaultProxy() as made:
        made.stand_before(origin.server_address[1])
        yield made


def _ask(proxy, path="/sync", body=b"{}", timeout=20, method="POST"):
    """Return (status, headers, body) as a plain client gets them."""
    host = proxy.address.split("//")[1]
    if proxy.certificates:
        line = http.client.HTTPSConnection(host, timeout=timeout, context=proxy.certificates.client())
    else:
        line = http.client.HTTPConnection(host, timeout=timeout)
    try:
        line.request(method, path, body)
        answer = line.getresponse()
        return answer.status, answer.headers, answer.read()
    finally:
        line.close()


def test_what_passes_comes_whole_and_is_written_down(proxy, origin):
    status, headers, body = _ask(proxy, body=b'{"a": 1}')
    assert (status, json.loads(body)) == (200, {"number": 1})
    assert headers.get_all("Set-Cookie") == ["one=1", "two=2"]
    assert origin.had == [("/sync", b'{"a": 1}')]
    (seen,) = proxy.wait_for(lambda seen: seen if seen[0].ended else None)
    assert (seen.method, seen.path, seen.mode, seen.forwarded, seen.status) == ("POST", "/sync", "pass", 1, 200)
    assert seen.json == {"a": 1}


@pytest.mark.parametrize(
    ("mode", "reached", "error"),
    [("refuse", 0, ConnectionResetError), ("cut_before", 0, http.client.RemoteDisconnected),
     ("cut_after_commit", 1, http.client.RemoteDisconnected), ("cut_half", 1, http.client.IncompleteRead)],
)  # fmt: skip
def test_a_broken_line_breaks_before_or_after_the_server_had_it(proxy, origin, mode, reached, error):
    proxy.fault(mode)
    with pytest.raises(error):
        _ask(proxy)
    assert len(origin.had) == reached
    (seen,) = proxy.wait_for(lambda seen: seen if seen[0].ended else None)
    assert (seen.forwarded, seen.server_said, seen.status) == (reached, 200 if reached else None, None)


@pytest.mark.parametrize(("mode", "reached"), [("hang", 0), ("hang_after_commit", 1)])
def test_a_line_that_hangs_never_answers(proxy, origin, mode, reached):
    proxy.fault(mode)
    with pytest.raises(TimeoutError):
        _ask(proxy, timeout=0.3)
    proxy.wait_for(lambda seen: seen[0].ended)  # it saw the client give up
    assert len(origin.had) == reached and proxy.seen[0].status is None


def test_the_wifi_answers_everything_with_its_login_page(proxy, origin):
    proxy.fault("login")
    for method, path in (("POST", "/sync"), ("GET", "/sync/hello")):
        status, headers, body = _ask(proxy, path, method=method)
        assert (status, headers["Content-Type"], body) == (200, "text/html; charset=utf-8", LOGIN)
    assert origin.had == []


def test_the_wifi_sends_people_to_its_login_page_on_another_host(proxy, origin):
    proxy.fault("login_redirect")
    status, headers, _ = _ask(proxy)
    assert status == 302 and headers["Location"].startswith("http://localhost:")
    line = http.client.HTTPConnection("localhost", int(headers["Location"].split(":")[2].split("/")[0]), timeout=20)
    line.request("GET", "/wifi")
    assert line.getresponse().read() == LOGIN
    line.close()
    assert origin.had == [] and len(proxy.seen) == 1


def test_a_request_is_repeated_behind_the_clients_back(proxy, origin):
    proxy.fault("duplicate", many=3)
    _, _, body = _ask(proxy)
    assert json.loads(body) == {"number": 3} and proxy.seen[0].forwarded == 3


def test_a_delay_delays_and_ends_with_the_proxy(proxy, origin):
    proxy.fault("delay", seconds=0.05)
    assert _ask(proxy)[0] == 200


def test_a_fault_meets_its_path_method_and_number_of_times_and_heals(proxy, origin):
    proxy.fault("login", under="/sync", method="POST", times=2)
    met = [_ask(proxy, path, method=method)[2] == LOGIN for method, path in
           (("GET", "/sync"), ("POST", "/"), ("POST", "/sync"), ("POST", "/sync/x"), ("POST", "/sync"))]  # fmt: skip
    assert met == [False, False, True, True, False]
    proxy.fault("login")
    proxy.fault("pass", under="/sync/hello")
    assert [_ask(proxy, path)[2] == LOGIN for path in ("/", "/sync/hello")] == [True, False]
    proxy.heal()
    assert _ask(proxy)[2] != LOGIN
    with pytest.raises(ValueError, match="none of"):
        proxy.fault("rain")


def test_held_requests_arrive_in_the_order_that_the_test_chooses(proxy, origin):
    held = proxy.hold("/sync")
    with ThreadPoolExecutor(4) as pool:
        answers = []
        for word in (b"a", b"b", b"c", b"d"):
            answers.append(pool.submit(_ask, proxy, "/sync", word))
            held.wait_for(len(answers))
        assert origin.had == []
        held.release(2, 0)
        assert [body for _, body in origin.had] == [b"c", b"a"]
        held.open()
        assert [json.loads(a.result()[2])["number"] for a in (answers[2], answers[0])] == [1, 2]
    assert sorted(body for _, body in origin.had[2:]) == [b"b", b"d"]
    assert _ask(proxy)[0] == 200


def test_a_server_that_is_gone_breaks_the_line(proxy, origin):
    with FaultProxy() as nobody:
        nobody.stand_before(1)
        with pytest.raises(http.client.RemoteDisconnected):
            _ask(nobody)


def test_the_end_of_the_proxy_ends_what_hangs_and_what_is_held(origin):
    with ThreadPoolExecutor(2) as pool, FaultProxy() as made:
        made.stand_before(origin.server_address[1])
        made.fault("hang", under="/hang")
        made.hold("/hold")
        answers = [pool.submit(_ask, made, path) for path in ("/hang", "/hold")]
        made.wait_for(lambda seen: len(seen) == 2)
        made.__exit__()
        assert all(isinstance(a.exception(20), OSError | http.client.HTTPException) for a in answers)
    assert origin.had == []


def test_a_certificate_of_an_unknown_authority_breaks_the_handshake_until_it_heals(origin):
    with FaultProxy(tls=True) as made:
        made.stand_before(origin.server_address[1])
        assert _ask(made)[0] == 200
        made.break_tls()
        with pytest.raises(http.client.ssl.SSLCertVerificationError):
            _ask(made)
        made.wait_for(lambda seen: made.broken_handshakes == 1)
        made.heal()
        assert _ask(made)[0] == 200
    assert len(origin.had) == 2


@pytest.mark.browser
def test_a_browser_signs_in_over_https_and_trusts_one_key_alone(tmp_path):
    with FaultProxy(tls=True) as made:
        server = Server(tmp_path / "hub.sqlite", address=made.address)
        made.stand_before(server.port)
        try:
            server.run("setup", "--hub", "Test Hub", "--name", "Helen", "--email", "helen@example.org")
            with chromium(*made.certificates.arguments()) as browser:
                page = signed_in(browser, server, "helen@example.org")
                (cookie,) = page.context.cookies()
                assert cookie["secure"] and cookie["httpOnly"]
                hello = "() => fetch('/sync/hello').then(a => a.status, () => 'broken')"
                assert page.evaluate(hello) == 200
                made.break_tls()
                assert page.evaluate(hello) == "broken"
                made.wait_for(lambda seen: made.broken_handshakes > 0)
        finally:
            server.stop()
