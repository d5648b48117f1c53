"""The core path in WebKit, because tablets are iPads: written without a line, opened again, sent, and a receipt.

Over https, as iPads have it: on plain http WebKit puts by a page that was left with a transaction open, and what wants
to write after it waits for ever (see guard.py).
"""

import re

import pytest
from selenium.webdriver.common.by import By

from tests import world
from tests.browser.driving import Server
from tests.browser.faults import FaultProxy
from tests.browser.webkit import until, webkit
from tests.lessons.examples import a_live_lesson
from workgroup import config, create_app, store, web

pytestmark = pytest.mark.browser
OBSERVER, PIN = "colleague@example.org", "270418"
WORDS = "Moved one piece so that the bars start together"
SAYS = """const [selector, words] = arguments, all = [...document.querySelectorAll(selector)];
return all.some((one) => one.checkVisibility() && one.innerText.includes(words));"""
# A module that did not run in this browser says why when it is asked for again.
MODULES = """const done = arguments[0];
Promise.allSettled([...document.querySelectorAll("script[type=module]")].map(({ src }) => import(src).catch((why) => {
  throw `${src}: ${why}`; }))).then((all) => done(all.map(({ reason }) => reason).filter(Boolean)));"""
KEPT = """const done = arguments[1];
(async () => {
  const name = (await caches.keys()).find((one) => one.startsWith("pack-"));
  return Boolean(name && (await (await caches.open(name)).match(arguments[0])));
})().then(done);"""
PUT_BY = """addEventListener("pagehide", ({ persisted }) => {
  if (persisted) localStorage.setItem("put by", location.pathname); });"""
WIDER = "return document.documentElement.scrollWidth > document.documentElement.clientWidth"


class Tablet:
    """A WebKit in somebody's hands, on a server behind the fault proxy."""

    def __init__(self, browser, server, line, lesson):
        self.browser, self.server, self.line, self.lesson = browser, server, line, lesson
        self.capture = f"/lessons/{lesson}/capture"

    def open(self, path):
        """Open a page of ours: every module of it must run, it is no wider than the screen, and is not put by later."""
        self.browser.get(path if "://" in path else self.server.address + path)
        assert self.browser.execute_async_script(MODULES) == []
        assert not self.browser.execute_script(WIDER), f"{path} is wider than the screen"
        self.browser.execute_script(PUT_BY)

    def press(self, selector, words=""):
        """Press the first thing that is there to be pressed, once it is."""
        self.says(selector, words)
        next(
            one for one in self.browser.find_elements(By.CSS_SELECTOR, selector)
            if one.is_displayed() and words in one.text
        ).click()  # fmt: skip

    def write(self, selector, words):
        """Write into a box."""
        until(self.browser, "return document.querySelector(arguments[0])?.checkVisibility()", selector)
        self.browser.find_element(By.CSS_SELECTOR, selector).send_keys(words)

    def says(self, selector, words):
        """Wait until something on the page says so where one can read it."""
        until(self.browser, SAYS, selector, words)

    def at(self, path):
        """Wait until a page is there."""
        there = "return location.pathname === arguments[0] && document.readyState === 'complete'"
        until(self.browser, there, path)

    def keeps(self, path):
        """Wait until the service worker has kept a page."""
        until(self.browser, KEPT, path, waits=True)

    def rows(self, sql):
        """Return what the server has."""
        db = store.connect(self.server.database)
        try:
            return [tuple(row) for row in db.execute(sql)]
        finally:
            db.conn.close()

    def sign_in(self, shared=False):
        """Sign in by a link."""
        self.open("/sign-in")
        self.open(self.server.link(OBSERVER))
        if shared:
            self.press("label", "This tablet is used by several people")
        self.press("main button", "Sign in")
        until(self.browser, "return document.querySelector('meta[name=tablet]')?.dataset.person")

    def tap(self, who, saw, count):
        """Tap who and what was seen, and see it drawn."""
        self.press(".pads-who label", who)
        self.press(".pads-saw button", saw)
        self.says("[data-count]", count)
        self.says("[data-saw]", saw)


@pytest.fixture
def tablet(tmp_path):
    """A tablet in a hub whose lesson runs."""
    database = tmp_path / "hub.sqlite"
    create_app(config.Config(database=database))
    db = store.connect(database)
    lesson = a_live_lesson(db, world.build(db))
    db.conn.close()
    web.forget_connections()
    with FaultProxy(tls=True) as line:
        server = Server(database, address=line.address)
        line.stand_before(server.port)
        try:
            with webkit() as browser:
                yield Tablet(browser, server, line, lesson)
                assert browser.execute_script("return localStorage.getItem('put by')") is None
        finally:
            server.stop()


def _write_without_a_line(tablet, fault):
    """Open the capture page, lose the line, tap two moments and words, and open the page again."""
    tablet.sign_in()
    tablet.open(tablet.capture)
    tablet.keeps(tablet.capture)
    tablet.line.fault(fault)
    tablet.tap("A", "Folds to compare", "1 moment")
    tablet.tap("B", "Counts the parts without checking", "2 moments")
    tablet.write("[data-words]", WORDS)
    tablet.press("button", "Keep the words")
    tablet.says("[data-last-words]", WORDS)
    tablet.says("[data-standing]", "3 here")
    tablet.open(tablet.capture)
    tablet.says("[data-count]", "2 moments")
    tablet.says("[data-last-words]", WORDS)
    tablet.says("[data-standing]", "3 here")
    assert tablet.rows("select id from noticing") == []


def test_what_is_written_without_a_line_is_sent_once_when_it_is_back_and_has_a_receipt(tablet):
    _write_without_a_line(tablet, "refuse")
    tablet.says("[data-standing]", "3 here since")
    tablet.line.heal()
    tablet.browser.execute_script("dispatchEvent(new Event('online'))")  # as the system does when the line is back
    tablet.says("[data-standing]", "All sent")
    tablet.open("/standing")
    tablet.press("button", "Is it safe to close?")
    tablet.says(".receipt", "3 entries, safe. You can close this tablet.")
    code = tablet.browser.find_element(By.CSS_SELECTOR, ".receipt b").text
    assert re.fullmatch(r"[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}", code)
    assert tablet.rows("select code from noticing order by code") == [("Pupil A",), ("Pupil B",)]
    said = "select n.code, v.words from noticing_words v join noticing n on n.id = v.noticing"
    assert tablet.rows(said) == [("Pupil B", WORDS)]


def test_on_a_line_that_hangs_the_page_opens_again_with_what_was_written(tablet):
    _write_without_a_line(tablet, "hang")


def test_a_shared_tablet_locks_without_a_line_and_its_pin_unlocks_it(tablet):
    tablet.sign_in(shared=True)
    tablet.open("/account/pin")
    tablet.write("[name=pin]", PIN)
    tablet.write("[name=again]", PIN)
    tablet.press("main button", "Save the PIN")
    tablet.at("/")
    tablet.open("/groups")
    tablet.line.fault("refuse")
    tablet.press("button", "Lock now")
    tablet.says("[data-locked]", "Unlocking needs the line")
    assert not tablet.browser.find_element(By.CSS_SELECTOR, "main").is_displayed()
    tablet.line.heal()
    tablet.press("[data-try-again]")
    tablet.at("/unlock")
    tablet.open(tablet.browser.current_url)
    tablet.write("[name=pin]", PIN)
    tablet.press("main button", "Unlock")
    tablet.at("/groups")
    tablet.says("h1", "Work Groups")
