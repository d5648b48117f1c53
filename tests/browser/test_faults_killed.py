"""F12: a browser that is killed, right after a key and right after a tap."""

import os
import re
import signal
from contextlib import contextmanager

import pytest
from playwright.sync_api import expect

from tests.browser.driving import CHROMIUM
from tests.browser.tablets import all_stand, ask_again, rows, wait_until

pytestmark = pytest.mark.browser


@contextmanager
def _chromium_that_is_killed(hall, place):
    """Start Chromium on a folder of its own and yield its context; at the end it dies as with its battery."""
    context = hall.browser.browser_type.launch_persistent_context(
        place, executable_path=CHROMIUM, args=["--no-sandbox"], timeout=120_000,
        base_url=hall.server.address, locale="en-GB", timezone_id="Europe/London",
    )  # fmt: skip
    context.set_default_timeout(20_000)
    told = context.browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
    try:
        yield context
    finally:
        # the browser leads a group of its own, so that all its processes go in the same moment
        leader = next(one["id"] for one in told if one["type"] == "browser")
        with context.expect_event("close"):  # by being asked to close it may be found dead already
            os.killpg(leader, signal.SIGKILL)
        for lock in place.glob("Singleton*"):
            lock.unlink()


def _open(hall, context, path):
    if not context.cookies():
        context.add_cookies([{**hall.cookie("leader"), "expires": 4_000_000_000}])
    page = context.new_page()
    page.goto(path)
    return page


def test_f12_a_browser_killed_right_after_a_key_and_right_after_a_tap_loses_that_at_most(hall, tmp_path):
    hall.proxy.fault("refuse", "/sync")
    words, place = "Half of it is a quarter", tmp_path / "browser"
    place.mkdir()
    with _chromium_that_is_killed(hall, place) as context:
        page = _open(hall, context, hall.notes)
        page.get_by_label("Note", exact=True).press_sequentially(words[:-1])
        wait_until(page, lambda drafts: [d["size"] for d in drafts] == [len(words) - 1 + 2 + 16], store="draft")
        page.keyboard.press(words[-1])
    with _chromium_that_is_killed(hall, place) as context:
        page = _open(hall, context, hall.notes)
        expect(page.get_by_label("Note", exact=True)).to_have_value(re.compile(f"^{words[:-1]}{words[-1]}?$"))
        page.goto(hall.capture)
        page.get_by_role("button", name="Something else").click()
        page.locator("[data-count]", has_text="1 moment").wait_for()
        wait_until(page, lambda rows: len(rows) == 1)
        page.get_by_role("button", name=re.compile("Counts the parts")).click()
    with _chromium_that_is_killed(hall, place) as context:
        page = _open(hall, context, hall.capture)
        kept = len(rows(page))
        assert kept in (1, 2), "the tap that was killed at most"
        page.locator("[data-count]", has_text=f"{kept} moment").wait_for()
        hall.proxy.heal()
        ask_again(page)
        all_stand(page, "sent", kept)
