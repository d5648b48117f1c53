"""A shared tablet in a real browser: idle, asleep, without a line; what is on the screen and how one comes back."""

import re
from pathlib import Path

import pytest

from tests.browser.driving import SIZES, Server, chromium
from tests.browser.screenshots import screens

pytestmark = pytest.mark.browser
AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RULES = "{runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}"
LEADER, PIN = "bethan.oyelaran@example.org", "270418"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A server with the demo year."""
    started = Server(tmp_path_factory.mktemp("demo") / "demo.sqlite", "--demo")
    yield started
    started.stop()


@pytest.fixture(scope="module")
def browser():
    """One Chromium for the module."""
    with chromium() as started:
        yield started


def _shared_tablet(browser, server, size="portrait", scheme="light"):
    """Return a page signed in on a tablet marked as shared, with a PIN."""
    width, height = SIZES[size]
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=scheme, base_url=server.address,
        reduced_motion="reduce",
    )  # fmt: skip
    page = context.new_page()
    page.set_default_timeout(10_000)
    page.clock.install()
    page.goto(server.link(LEADER))
    page.get_by_label("This tablet is used by several people").check()
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(re.compile("(/account/pin|/)($|\\?)"))
    page.goto("/account/pin")
    page.get_by_label("New PIN").fill(PIN)
    page.get_by_label("The same PIN again").fill(PIN)
    page.get_by_role("button", name="Save the PIN").click()
    page.wait_for_url(f"{server.address}/")
    return page


def _unlock(page):
    page.wait_for_url("**/unlock?then=*")
    page.get_by_label("PIN").fill(PIN)
    page.get_by_role("button", name="Unlock").click()


def test_ten_idle_minutes_lead_to_the_lock_screen_and_the_pin_leads_back(server, browser):
    page = _shared_tablet(browser, server)
    page.goto("/groups")
    page.evaluate("document.addEventListener('workgroup:lock', (e) => e.detail.until(fetch('/sync/hello?dropped')))")
    with page.expect_request("**/sync/hello?dropped"):
        page.clock.fast_forward("10:01")
    _unlock(page)
    page.wait_for_url("**/groups")
    page.get_by_role("heading", name="Work Groups").wait_for()
    page.context.close()


def test_without_a_line_the_page_is_hidden_at_once_and_goes_on_when_the_line_is_back(server, browser):
    page = _shared_tablet(browser, server)
    page.goto("/groups")
    page.context.set_offline(True)
    page.get_by_role("button", name="Lock now").click()
    page.get_by_text("Unlocking needs the line").wait_for()
    assert not page.get_by_role("heading", name="Work Groups").is_visible()
    assert page.evaluate("document.activeElement.matches('[data-locked]')")
    page.context.set_offline(False)
    _unlock(page)
    page.wait_for_url("**/groups")
    page.context.close()


def test_a_capture_page_of_todays_lesson_is_held_while_its_observer_watches(server, browser):
    page = _shared_tablet(browser, server)
    page.goto(next(address for name, _, address in screens(server.database) if name == "capture"))
    page.clock.fast_forward("45:00")
    assert page.locator(".capture").is_visible() and page.url.endswith("/capture")
    page.clock.fast_forward("15:01")
    page.wait_for_url("**/unlock?then=*")
    page.context.close()


@pytest.mark.parametrize(("size", "scheme"), [("portrait", "light"), ("phone", "dark")])
def test_axe_finds_nothing_on_the_lock_screens(server, browser, size, scheme):
    axe, wrong = AXE.read_text(), []
    page = _shared_tablet(browser, server, size, scheme)

    def look(name):
        page.evaluate(axe)
        for found in page.evaluate(f"axe.run(document, {RULES}).then(r => r.violations)"):
            wrong.append(f"{name}: {found['id']}: {found['nodes'][0]['html'][:160]}")
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            wrong.append(f"{name}: the page is wider than the screen")

    page.goto("/account/pin")
    look("PIN")
    page.context.set_offline(True)
    page.get_by_role("button", name="Lock now").click()
    page.get_by_text("Unlocking needs the line").wait_for()
    look("without a line")
    page.context.set_offline(False)
    page.wait_for_url("**/unlock?then=*")
    page.get_by_label("PIN").fill("999998")
    page.get_by_role("button", name="Unlock").click()
    page.get_by_role("alert").wait_for()
    look("lock screen")
    page.get_by_role("button", name="Somebody else").click()
    page.get_by_role("heading", name="Sign in").wait_for()
    look("sign in")
    page.context.close()
    assert wrong == [], "\n".join(wrong)
