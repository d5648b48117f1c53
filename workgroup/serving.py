"""`workgroup serve`: the database made ready, the address and links for a demo printed, served until stopped."""

import dataclasses
import logging
import select
import signal
import socket
import sys
import threading
import time
from contextlib import closing

import click
import waitress
from waitress import wasyncore

from workgroup import create_app, due, store, telling
from workgroup.commanding import Refusal, entered, opened
from workgroup.config import is_loopback
from workgroup.people import post
from workgroup.years import demo
from workgroup.years.commands import fill_with_words

# tried with 600 polling devices (make bench BENCH=P4): waitress' own limit of 100 connections refused hundreds of them
# a minute; 64 threads were no quicker than 16 and took 133 MB where these take 84, for each has its database's cache
THREADS, CONNECTIONS = 16, 2000
# bytes; what is larger is refused before it is read: by itself waitress takes a gigabyte from anybody. The largest file
# is the register (web.take_up_to), and an address with its headers is never half as long
MOST_BODY, MOST_HEADER = 81 * 1024 * 1024, 32 * 1024
BOUNDS = {"max_request_body_size": MOST_BODY, "max_request_header_size": MOST_HEADER}
# with more connections than this the loop waits so many seconds for each of them before it looks at them all again
MANY, PAUSE_FOR_EACH = 64, 8e-6
LINKS_A_ROLE = {"hub lead": 1, "hub administrator": 1, "leader": 2, "participant": 2}
OWN_ADDRESS = "http://127.0.0.1:8000"  # what the settings say when nobody has set an address


def serve(settings, with_demo, host, port, log="auto"):
    """Serve the app on a host and port until SIGINT or SIGTERM; Refusal when it cannot be.

    `log` is a style of telling.begin. The links of a demo year would be pushed out of sight by a line a request.
    """
    if not is_loopback(host) and not settings.is_https:
        raise Refusal(
            f"Workgroup is served in clear text only on this machine, not on {host}. Set WORKGROUP_PUBLIC_ADDRESS"
            " to the https address of the proxy in front of it, or leave --host out."
        )
    listening = _listen(host, port)
    with closing(listening):
        settings = _with_real_address(settings, host, listening.getsockname()[1])
        db = opened(settings, new=True)
        telling.begin(log, quiet=with_demo and log == "auto")
        if with_demo and store.is_new(db):
            fill_with_words(db)
            click.echo("Filled the new database with the demo year")
        asked = _stop_when_asked()
        try:
            say_how_to_get_in(db, settings)
            db.conn.close()
            _run(settings, listening, asked)
        except (KeyboardInterrupt, SystemExit):
            pass  # asked to stop before the server had begun; while it runs it ends by itself
    click.echo("Stopped")


def say_how_to_get_in(db, settings):
    """Print the address, and fresh sign-in links if the database is a demo."""
    click.echo(f"Workgroup is at {settings.public_address}")
    if store.is_new(db):
        click.echo("Nobody is in this database yet. Open the address to set the hub up.")
    elif store.is_demo(db):
        click.echo("Everything in it is invented. Sign in with a link; each works once, for 30 minutes:")
        for person in _one_or_two_of_each(demo.people_of(db)):
            token = post.new_token()
            entered(db, "people.make_link", {"email": person["email"], "proof": token, "code": post.new_code()}, None)
            click.echo(f"  {person['role']}, {person['name']}: {settings.public_address}/sign-in/{token}")
    sys.stdout.flush()


def _one_or_two_of_each(people):
    left = dict(LINKS_A_ROLE)
    for person in people:
        if left[person["role"]]:
            left[person["role"]] -= 1
            yield person


def _listen(host, port):
    """Take the port before anything is made, so that a second start says what is the matter at once."""
    if not 0 <= port <= 65535:
        raise Refusal(f"There is no port {port}. Choose one from 1 to 65535 with --port.")
    listening = None
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)[0]
        listening = socket.socket(family, kind, protocol)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen(1024)
    except OSError as trouble:
        if listening:
            listening.close()
        raise Refusal(
            f"Cannot listen on {host} port {port}: {trouble.strerror}. Choose another with --port."
        ) from trouble
    return listening


def _with_real_address(settings, host, port):
    """Links must lead to where this server is, unless a public address was set."""
    if settings.public_address != OWN_ADDRESS:
        return settings
    name = f"[{host}]" if ":" in host and not host.startswith("[") else host
    return dataclasses.replace(settings, public_address=f"http://{name}:{port}")


def _run(settings, listening, asked):
    app = create_app(settings)
    app.config["DUE"] = thread = due.Thread(settings)
    # without a proxy that we know, a forwarded address is whatever somebody wrote there
    behind = {"trusted_proxy": settings.proxy, "trusted_proxy_headers": {"x-forwarded-for"}} if settings.proxy else {}
    server = waitress.create_server(
        app, sockets=[listening], threads=THREADS, connection_limit=CONNECTIONS, asyncore_use_poll=True,
        ident=None, **BOUNDS, **behind,
    )  # fmt: skip
    server.asyncore = Gathering
    # waitress warns of every request that waits a moment for a thread: at the start of a lesson that is no news
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    thread.start()
    try:
        if not asked.is_set():
            server.run()
    finally:
        server.close()
        thread.stop()


class Gathering:
    """The loop of waitress, which goes through every open connection at each turn, made to turn less often.

    Six hundred devices that ask every three seconds wake it five hundred times a second for one of them each: half of
    a core. A few milliseconds' wait lets each turn find several (make bench BENCH=P4).
    """

    @staticmethod
    def loop(timeout, map, use_poll):
        """Turn until nothing is open, as `waitress.wasyncore.loop` does."""
        turn = wasyncore.poll2 if use_poll and hasattr(select, "poll") else wasyncore.poll
        while map:
            turn(timeout, map)
            if len(map) > MANY:
                time.sleep(len(map) * PAUSE_FOR_EACH)


def _stop_when_asked():
    """End on SIGINT and SIGTERM. Returns what tells that it was asked for.

    The interpreter drops an exception that a signal raises while it runs a callback of its own, in the middle of an
    import say; a server that was asked just then would go on for ever.
    """
    asked = threading.Event()

    def stop(number, frame):
        asked.set()
        raise SystemExit(0)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    return asked
