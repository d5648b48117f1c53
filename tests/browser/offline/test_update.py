"""A new release is published while pages of the old one are open: nothing breaks, nothing stays behind."""

import re
import shutil
import subprocess
import sys

import pytest

from tests.browser.driving import Server, chromium, signed_in
from tests.browser.faults import FaultProxy
from tests.browser.offline.keeping import LEADER, addresses, kept, until
from workgroup.places import PACKAGE

pytestmark = pytest.mark.browser
ONLY = "async (build) => (await caches.keys()).filter((name) => name.startsWith('shell-')).join() === `shell-${build}`"
SHELLS = "async () => (await caches.keys()).filter((name) => name.startsWith('shell-')).sort()"


class Release(Server):
    """`workgroup serve` out of a copy of the code, in which a test may change a file: that is another release."""

    def __init__(self, code, *arguments, **more):
        self.code = code
        super().__init__(*arguments, **more)

    def _command(self):
        start = f"import sys; sys.path.insert(0, {str(self.code)!r}); from workgroup.cli import main; main()"
        return [sys.executable, "-c", start, "--database", str(self.database)]


@pytest.fixture
def published(tmp_path):
    """A copy of the code behind a proxy: (proxy, server, publish), where publish() serves a changed release."""
    code = tmp_path / "code"
    for folder in ("workgroup", "templates", "migrations"):
        shutil.copytree(PACKAGE.parent / folder, code / folder, ignore=shutil.ignore_patterns("__pycache__"))
    with FaultProxy() as proxy:
        server = Release(code, tmp_path / "demo.sqlite", "--demo", address=proxy.address)
        proxy.stand_before(server.port)

        def publish():
            server.stop()
            style = code / "workgroup/static/css/house.css"
            style.write_text(style.read_text() + "\n/* another release */\n")
            server.start()

        yield proxy, server, publish
        server.stop()


def _build(page):
    return re.search("/static/([0-9a-f]{12})/", page.content()).group(1)


def test_an_open_capture_page_goes_on_while_a_new_release_waits_and_takes_over_after_it(published):
    proxy, server, publish = published
    with chromium() as browser:
        capturing = signed_in(browser, server, LEADER)
        kept(capturing, "/")
        capture = addresses(server.database)["capture"]
        capturing.goto(capture)
        kept(capturing, capture)
        old = _build(capturing)
        publish()
        other = capturing.context.new_page()
        other.goto("/account")
        new = _build(other)
        assert new != old
        until(other, f"async () => (await ({SHELLS})()).length === 2")
        until(other, "async () => Boolean((await navigator.serviceWorker.getRegistration()).waiting)")
        proxy.fault("refuse")
        before = int(capturing.locator("[data-count]").inner_text().split()[0])
        capturing.locator(".pads-saw button").first.click()
        capturing.locator("[data-standing]", has_text="1 here").wait_for(state="attached")
        capturing.reload()  # of the old release, whose files are all still here
        capturing.locator("[data-count]", has_text=f"{before + 1} moment").wait_for()
        assert _build(capturing) == old
        proxy.heal()
        capturing.evaluate("dispatchEvent(new Event('online'))")
        capturing.locator("[data-standing]", has_text="All sent").wait_for(state="attached")
        capturing.goto("/")  # nothing of the old release is open any more
        assert _build(capturing) == new
        until(capturing, "async () => !(await navigator.serviceWorker.getRegistration()).waiting")
        until(capturing, ONLY, new)
        browser.contexts[0].close()


def test_a_kept_page_of_a_release_that_is_gone_opens_with_the_files_of_this_one(published):
    proxy, server, publish = published
    with chromium() as browser:
        page = signed_in(browser, server, LEADER)
        kept(page, "/")
        notes = addresses(server.database)["notes"]
        page.goto(notes)
        kept(page, notes)
        publish()
        page.goto("/account")
        new = _build(page)
        until(page, ONLY, new)
        proxy.fault("refuse")
        page.goto(notes)
        page.get_by_label("Note", exact=True).wait_for()
        assert _build(page) != new
        page.locator("[data-standing] .mark").wait_for()
        assert page.evaluate("getComputedStyle(document.querySelector('.top')).display") == "flex"
        page.context.close()


def test_the_same_release_is_the_same_build_wherever_it_lies(tmp_path):
    told = []
    for name in ("one", "two"):
        code = tmp_path / name
        for folder in ("workgroup", "templates", "migrations"):
            shutil.copytree(PACKAGE.parent / folder, code / folder, copy_function=shutil.copyfile)
        first = f"import sys; sys.path.insert(0, {str(code)!r})"
        asked = f"{first}; from workgroup.pages import _fingerprint as build; print(build())"
        told.append(subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True).stdout)
    assert told[0] == told[1] and len(told[0].strip()) == 12
