"""A demo year behind a fault proxy, one Chromium a module, and tablets that end with their test."""

import pytest

from tests.browser.driving import Server, chromium, signed_in
from tests.browser.faults import FaultProxy
from tests.browser.offline.keeping import LEADER, kept


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A fault proxy before a server with the demo year: (proxy, server)."""
    with FaultProxy() as proxy:
        server = Server(tmp_path_factory.mktemp("demo") / "demo.sqlite", "--demo", address=proxy.address)
        proxy.stand_before(server.port)
        yield proxy, server
        server.stop()


@pytest.fixture(scope="module")
def chrome():
    """One Chromium for the module."""
    with chromium() as started:
        yield started


@pytest.fixture
def line(house):
    """The proxy, healed before and after."""
    proxy, _ = house
    proxy.heal()
    yield proxy
    proxy.heal()


@pytest.fixture
def server(house):
    """The server."""
    return house[1]


@pytest.fixture
def tablet(chrome, server, line):
    """Return a function that signs somebody in on a tablet of their own, its first page kept: `tablet(email)`."""
    opened = []

    def of(email=LEADER, **more):
        opened.append(signed_in(chrome, server, email, **more))
        kept(opened[-1], "/")
        return opened[-1]

    yield of
    for page in opened:
        page.context.close()
