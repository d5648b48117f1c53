"""Several tablets at one table: a small hub on a real server behind the fault proxy, and Chromium contexts as tablets.

    with a_hall(database) as hall:
        page = hall.tablet("leader", f"/sessions/{hall.session}/notes")

`database` is a copy of the hub that `furnish` made: see tests/world.py for its people. A page is waited on by what it
shows and by what lies in its store (`rows`), the line by what the proxy saw; never by the time.
"""

import shutil
import sqlite3
import time
from contextlib import contextmanager
from types import SimpleNamespace

from tests import world
from tests.browser.driving import CHROMIUM, SIZES, Server, chromium
from tests.browser.faults import FaultProxy
from tests.lessons.examples import a_lesson
from tests.sessions.examples import open_session
from tests.tablet.sending import sign_in
from workgroup import config, create_app, store, web

# What lies in the page's store, read beside the page's own modules: of the sealed words only how long they are.
ROWS = """(name) => new Promise((kept, broken) => {
  const asked = indexedDB.open("workgroup");
  asked.onerror = () => broken(asked.error);
  asked.onsuccess = () => {
    const db = asked.result;
    const all = db.transaction(name).objectStore(name).getAll();
    const sized = (row) => row.words ? { ...row, words: null, size: row.words.byteLength } : row;
    all.onsuccess = () => { kept(all.result.map(sized)); db.close(); };
  };
})"""
# The page's own modules, for what no finger can do.
OURS = """() => import(
  document.querySelector('script[src$="js/standing.js"]').src.replace("standing.js", "tablet.js"))"""


def furnish(database):
    """Make the hub: an open session of today with its lesson, started; return the ids of tests/world.py and these."""
    create_app(config.Config(database=database))
    db = store.connect(database)
    w = world.build(db)
    w.session = open_session(db, w)
    w.lesson = a_lesson(db, w, session=w.session)
    world.do(db, "lessons.start", w.leader, lesson=w.lesson)
    db.conn.close()
    web.forget_connections()
    return w


class Hall:
    """The server, the line in front of it, and the tablets; `w` holds the ids."""

    def __init__(self, browser, proxy, server, w):
        self.browser, self.proxy, self.server, self.w = browser, proxy, server, w
        self.session, self.lesson = w.session, w.lesson
        self.notes, self.capture = f"/sessions/{w.session}/notes", f"/lessons/{w.lesson}/capture"
        self.contexts, self.browsers = [], []

    @contextmanager
    def record(self):
        """The database itself, as the command line has it."""
        db = store.connect(self.server.database)
        try:
            yield db
        finally:
            db.conn.close()

    def all(self, sql, *values):
        """Return rows of the database as plain tuples."""
        db = sqlite3.connect(self.server.database)
        try:
            return db.execute(sql, values).fetchall()
        finally:
            db.close()

    def cookie(self, who, shared=0):
        """Sign a person in on a device of its own and return the cookie for a context."""
        with self.record() as db:
            name, value = sign_in(db, getattr(self.w, who)).split("=", 1)
            if shared:
                db.conn.execute("update tablet set shared = 1 where id = (select max(rowid) from tablet)")
        given = {"name": name, "value": value, "url": self.server.address, "httpOnly": True, "sameSite": "Lax"}
        if self.server.address.startswith("https:"):  # as the app names it there: workgroup/cookies.py
            given.update(name=f"__Host-{name}", secure=True)
        return given

    def context(self, browser=None, **options):
        """A tablet that nobody has signed in on; script text that runs in it or that its pages refuse is remembered."""
        width, height = SIZES["portrait"]
        context = (browser or self.browser).new_context(
            viewport={"width": width, "height": height}, locale="en-GB", timezone_id="Europe/London",
            reduced_motion="reduce", base_url=self.server.address, **options,
        )  # fmt: skip
        context.set_default_timeout(15_000)
        self.contexts.append(context)
        return context

    def tablet(self, who, path="/", context=None, setup=None, init=None):
        """Return a page of a person's own tablet; `setup(page)` comes before anything is loaded, `init` is a script."""
        context = context or self.context()
        if init:
            context.add_init_script(init)
        context.add_cookies([self.cookie(who)])
        return self.page(context, path, setup)

    def page(self, context, path="/", setup=None):
        """Open one more page on a tablet, which writes down what breaks in it."""
        page = context.new_page()
        page.troubles = []
        page.on("pageerror", lambda error: page.troubles.append(str(error)))
        page.on("console", lambda m: page.troubles.append(m.text) if self._is_trouble(m.text) else None)
        if setup:
            setup(page)
        page.goto(path)
        return page

    def _is_trouble(self, said):
        """A policy that the page broke itself; keeping out what a wifi puts in a picture’s place is what it is for."""
        return "Security Policy" in said and self.proxy.elsewhere not in said

    def trusting(self):
        """Another Chromium, which trusts the key of a proxy that speaks https and no other."""
        browser = self.browser.browser_type.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", *self.proxy.certificates.arguments()]
        )
        self.browsers.append(browser)
        return browser

    def close(self):
        """Take the tablets away; what broke in a page breaks the test."""
        troubles = [t for context in self.contexts for page in context.pages for t in getattr(page, "troubles", [])]
        for context in self.contexts:
            context.close()
        for browser in self.browsers:
            browser.close()
        assert troubles == [], "\n".join(troubles)


@contextmanager
def a_hall(browser, original, place, w, tls=False):
    """A hall on a copy of a furnished hub."""
    database = place / "hub.sqlite"
    shutil.copyfile(original, database)
    with FaultProxy(tls=tls) as proxy:
        server = Server(database, address=proxy.address)
        proxy.stand_before(server.port)
        hall = Hall(browser, proxy, server, SimpleNamespace(**vars(w)))
        try:
            yield hall
            hall.close()
        finally:
            server.stop()


@contextmanager
def a_browser(*arguments):
    """A Chromium for the tablets of a module."""
    with chromium(*arguments) as started:
        yield started


def rows(page, name="entry"):
    """Return what lies in a store of the page's tablet."""
    return page.evaluate(ROWS, name)


def wait_until(page, test, store="entry", deadline=20):
    """Wait until `test(rows)` holds for what lies in a store of the page's tablet, and return those rows."""
    end = time.monotonic() + deadline
    while not test(found := rows(page, store)):
        assert time.monotonic() < end, f"not within {deadline} s: {[r.get('standing', r) for r in found]}"
        page.wait_for_timeout(20)  # the store tells nobody; there is nothing else to wait on
    return found


def standings(page):
    """Return where the entries of a tablet stand, in the order they were made."""
    return [row["standing"] for row in sorted(rows(page), key=lambda row: row["order"])]


def all_stand(page, standing, many):
    """Wait until so many entries lie on a tablet and all stand so."""
    wait_until(page, lambda rows: [row["standing"] for row in rows] == [standing] * many)


def ask_again(page):
    """Let the page ask whether anything is to be sent, as it does when it is looked at again."""
    page.evaluate(f"({OURS})().then((tablet) => tablet.send())")


def indicator(page, words):
    """Wait until the indicator at the end of the top line says so."""
    page.locator("[data-standing]", has_text=words).first.wait_for()


def note(page, words):
    """Write a note of the session on its page, as a person does, and wait until the tablet has it."""
    page.get_by_label("Note", exact=True).fill(words)
    page.get_by_role("button", name="Keep the note").click()
    page.locator("[data-drawn='sessions.note'] .words", has_text=words).last.wait_for()


def refuse(page, words):
    """Let one entry be refused: its words go over the wire with none left of them."""
    page.evaluate(
        f"""(words) => ({OURS})().then(async ({{ ready }}) => {{
          const {{ outbox }} = await ready;
          const plain = outbox.unsent.bind(outbox);
          outbox.unsent = async (...asked) => (await plain(...asked)).map((one) =>
            one.fields.words === words ? {{ ...one, fields: {{ ...one.fields, words: " " }} }} : one);
        }})""",
        words,
    )
