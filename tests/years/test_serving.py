"""`workgroup serve` as a real process: it answers, prints links that sign in, and stops when asked."""

import re
import select
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from types import SimpleNamespace

import pytest

from workgroup import clock, config, due, serving, store
from workgroup.commanding import Refusal


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """Leaves a redirect as it is, so that the test sees it."""

    def redirect_request(self, *arguments):
        """Follow nothing."""
        return None


def _ask(address, method="GET", **headers):
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(address, method=method, headers=named, data=b"" if method == "POST" else None)
    try:
        answer = urllib.request.build_opener(NoRedirect).open(request, timeout=20)
    except urllib.error.HTTPError as refused:
        answer = refused
    answer.close()
    return answer


@pytest.fixture
def start(tmp_path):
    """Return a function that starts the server on a port of its own and gives the process."""
    begun = []

    def run(*arguments, **environment):
        process = subprocess.Popen(
            [sys.executable, "-m", "workgroup", "--database", str(tmp_path / "hub.sqlite"), "serve", *arguments],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, bufsize=0,  # select must see what is there
            env={"PATH": "/usr/bin:/bin", "PYTHONWARNINGS": "ignore", **environment},
        )  # fmt: skip
        begun.append(process)
        return process

    yield run
    for process in begun:
        if process.poll() is None:
            process.kill()
        process.wait(10)
        process.stdout.close()


def _lines_until(process, pattern, seconds=60):
    """Return what the process printed up to the line that holds the pattern."""
    said, end = [], time.monotonic() + seconds
    while time.monotonic() < end:
        if select.select([process.stdout], [], [], 0.5)[0]:
            line = process.stdout.readline().decode()
            said.append(line)
            if re.search(pattern, line):
                return said
            if not line:
                break
    raise AssertionError(f"no {pattern!r} in {''.join(said)}")


def test_a_demo_is_filled_served_signed_in_to_and_stopped(start):
    process = start("--demo", "--port", "0")
    said = "".join(_lines_until(process, r"participant, .*/sign-in/"))
    said += process.stdout.readline().decode()  # the second participant
    address = re.search(r"Workgroup is at (http://127\.0\.0\.1:\d+)", said)[1]
    links = dict(re.findall(rf"  ([a-z ]+), .*: ({address}/sign-in/\S+)", said))
    assert set(links) == {"hub lead", "hub administrator", "leader", "participant"}
    assert _ask(links["leader"]).status == 200
    assert _ask(links["leader"], "POST", Sec_Fetch_Site="cross-site").status == 403
    signed_in = _ask(links["leader"], "POST", Sec_Fetch_Site="same-origin")
    assert signed_in.status == 303
    cookie = signed_in.headers["Set-Cookie"].split(";")[0]
    assert _ask(address + "/account", Cookie=cookie).status == 200
    assert _ask(links["leader"], "POST", Sec_Fetch_Site="same-origin").status == 422
    process.send_signal(signal.SIGTERM)
    assert process.wait(15) == 0
    assert b"Traceback" not in process.stdout.read()


def test_a_second_start_keeps_the_demo_and_gives_fresh_links(start, tmp_path):
    first = start("--demo", "--port", "0")
    link = _lines_until(first, r"/sign-in/")[-1]
    first.send_signal(signal.SIGINT)
    assert first.wait(15) == 0
    db = store.connect(tmp_path / "hub.sqlite")
    with store.writing(db):
        due.plan(db, "mail:missed", "mail", "a mail that fell due while nothing ran", clock.after(-3600))
    again = start("--demo", "--port", "0")
    said = _lines_until(again, r"/sign-in/")
    assert said[-1] != link
    assert not any("Filled" in line for line in said)
    end, missed = time.monotonic() + 20, "select done_at, tried from due where key = 'mail:missed'"
    while store.row(db, missed)["done_at"] is None and time.monotonic() < end:
        time.sleep(0.1)  # the served process has a thread of its own for what is due; there is nothing else to wait on
    done = store.row(db, missed)
    db.conn.close()
    assert done["done_at"] and done["tried"] == 1, "it was caught up with, once"


def test_a_new_database_is_to_be_set_up_in_the_browser(start):
    process = start("--port", "0")
    said = _lines_until(process, "set the hub up")
    address = re.search(r"http://\S+", said[0])[0]
    answer = _ask(address + "/")
    assert (answer.status, answer.headers["Location"].split("?")[0]) in ((303, "/sign-in"), (303, "/set-up"))
    assert _ask(address + "/set-up").status == 200


def test_a_taken_port_is_told_in_a_sentence_and_nothing_is_made(start, tmp_path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        process = start("--demo", "--port", str(other.getsockname()[1]))
        said, _ = process.communicate(timeout=30)
    said = said.decode()
    assert process.returncode == 1
    assert "Cannot listen" in said and "--port" in said and "Traceback" not in said
    assert not (tmp_path / "hub.sqlite").exists()


@pytest.mark.parametrize("port", ["99999", "-1"])
def test_a_port_that_cannot_be_is_told_in_a_sentence(start, port):
    process = start("--port", port)
    said, _ = process.communicate(timeout=30)
    assert process.returncode == 1
    assert f"There is no port {port}." in said.decode()


def test_clear_text_beyond_this_machine_is_refused(start):
    process = start("--host", "0.0.0.0", "--port", "0")
    said, _ = process.communicate(timeout=30)
    said = said.decode()
    assert process.returncode == 1
    assert "clear text" in said and "WORKGROUP_PUBLIC_ADDRESS" in said


def test_behind_https_any_host_is_served_and_links_lead_there(start):
    process = start("--demo", "--host", "0.0.0.0", "--port", "0", WORKGROUP_PUBLIC_ADDRESS="https://hub.example.org")
    assert "https://hub.example.org/sign-in/" in _lines_until(process, "/sign-in/")[-1]


@pytest.mark.parametrize(
    ("host", "expected"),
    [("127.0.0.1", True), ("localhost", True), ("::1", True), ("127.9.9.9", True), ("0.0.0.0", False),
     ("192.168.1.4", False), ("::", False), ("example.org", False), ("", False)],
)  # fmt: skip
def test_only_loopback_is_this_machine(host, expected):
    assert serving.is_loopback(host) is expected


def test_a_public_address_in_clear_text_opens_no_other_host(tmp_path):
    settings = config.Config(database=tmp_path / "x.sqlite", public_address="http://hub.example.org")
    with pytest.raises(Refusal):
        serving.serve(settings, False, "0.0.0.0", 0)
    assert not settings.database.exists()


def test_a_file_that_is_no_database_is_told_in_a_sentence(start, tmp_path):
    (tmp_path / "hub.sqlite").write_bytes(b"not a database at all" * 100)
    process = start("--port", "0")
    said, _ = process.communicate(timeout=30)
    said = said.decode()
    assert process.returncode == 1
    assert "not a database" in said and "Traceback" not in said


def test_a_database_that_is_in_use_prints_no_links(start, tmp_path):
    db = store.connect(tmp_path / "hub.sqlite")
    store.migrate(db)
    with store.writing(db):
        store.put(db, "person", id="1", name="Somebody")
    db.conn.close()
    process = start("--demo", "--port", "0")
    said = _lines_until(process, "Workgroup is at")
    # it answers only once all it says at the start has been said
    urllib.request.urlopen("".join(said).split()[-1] + "/sign-in", timeout=10).close()
    process.send_signal(signal.SIGTERM)
    assert process.wait(15) == 0
    assert "/sign-in/" not in "".join(said) + process.stdout.read().decode()


def test_with_many_connections_the_loop_waits_a_little_so_that_each_turn_finds_several(monkeypatch):
    opened, turns, waits = dict.fromkeys(range(600)), [], []

    def turn(timeout, map):
        turns.append(len(map))
        for number in range(600 if len(turns) == 4 else (len(turns) // 2) * 590):
            map.pop(number, None)  # two turns with many, two with few, and nothing more

    monkeypatch.setattr(serving, "wasyncore", SimpleNamespace(poll=turn, poll2=turn))
    monkeypatch.setattr(serving, "time", SimpleNamespace(sleep=waits.append))
    serving.Gathering.loop(1, opened, True)
    assert turns == [600, 600, 10, 10] and waits == [pytest.approx(0.0048)]
