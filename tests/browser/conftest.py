"""What the fault tests share: a Chromium for a module, a furnished hub made once, and a hall on a copy of it."""

import functools

import pytest
from playwright.sync_api import expect

from tests.browser import tablets
from workgroup import clock

# pages hear of one another by asking every few seconds, on a machine that may have other work
expect.set_options(timeout=20_000)


@pytest.fixture(scope="session")
def furnished_on(tmp_path_factory):
    """Return what makes a hub for a day, once."""

    @functools.cache
    def made(day):
        original = tmp_path_factory.mktemp(f"furnished-{day}") / "hub.sqlite"
        return original, tablets.furnish(original)

    return made


@pytest.fixture
def furnished(furnished_on):
    """A hub, the file and the ids of what is in it; made anew after midnight, because its session is today's."""
    return furnished_on(clock.today())


@pytest.fixture(scope="module")
def a_chromium():
    """One Chromium for the tablets of a module."""
    with tablets.a_browser() as started:
        yield started


@pytest.fixture
def hall(a_chromium, furnished, tmp_path):
    """A server behind the fault proxy, and tablets."""
    original, w = furnished
    with tablets.a_hall(a_chromium, original, tmp_path, w) as made:
        yield made
