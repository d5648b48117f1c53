"""What the fault tests share: a Chromium for a module, a furnished hub made once, and a hall on a copy of it."""

import pytest
from playwright.sync_api import expect

from tests.browser import tablets

# pages hear of one another by asking every few seconds, on a machine that may have other work
expect.set_options(timeout=20_000)


@pytest.fixture(scope="session")
def furnished(tmp_path_factory):
    """A hub made once: the file, and the ids of what is in it."""
    original = tmp_path_factory.mktemp("furnished") / "hub.sqlite"
    return original, tablets.furnish(original)


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
