"""`make screenshots`: every screen of the app, in every size, light, dark and on paper, into screenshots/.

The main screens of screenshots.py by their names, then one address of every other page route, found by crawling.py;
then the pages of a hub that was set up a minute ago. A page is opened once, and drawn again for each size and scheme.
`make screenshots SHOTS="--only capture --size phone"` takes fewer.
"""

import argparse
import shutil
import sqlite3
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Error

from tests.browser import contact_sheet, crawling
from tests.browser.driving import SIZES, Server, chromium, signed_in
from tests.browser.screenshots import HUB, LEADER, MEMBER, screens

TARGET = Path("screenshots")
TALLEST = 8000
ALL = {**SIZES, "desktop": (1440, 900), "projector": (1920, 1080), "paper": (718, 1000)}
WALL = "document.body.classList.contains('on-the-wall')"
ERRORS = [("error-not-found", LEADER, "/nothing-here"), ("error-form", HUB, "/groups/new")]


class Camera:
    """Pages of people who are signed in on one server, and pictures of what they see."""

    def __init__(self, browser, server):
        self.browser, self.server, self.pages = browser, server, {}

    def page(self, person):
        """Return the page of a person, or of nobody."""
        if person not in self.pages:
            self.pages[person] = self._nobody() if person is None else signed_in(self.browser, self.server, person)
        return self.pages[person]

    def _nobody(self):
        return self.browser.new_context(base_url=self.server.address, locale="en-GB").new_page()

    def reads(self, person, address):
        """Return the HTML of an address, or None for what is no page or leads elsewhere."""
        answer = self.page(person).context.request.get(address)
        is_page = answer.ok and answer.headers.get("content-type", "").startswith("text/html")
        is_there = answer.url.removeprefix(self.server.address).split("?")[0] == address.split("?")[0]
        return answer.text() if is_page and is_there else None

    def take(self, screen, sizes, schemes, until):
        """Take a screen in every size and scheme; return (label, file name) of each picture."""
        page, taken = self.page(screen.person), []
        page.emulate_media(media="screen", color_scheme="light")
        page.goto(screen.address)
        if screen.name == "error-form":
            page.locator("main form .button.first").click()
        for size in sizes:
            if (size == "projector") != page.evaluate(WALL) and size in ("projector", "paper"):
                continue
            page.set_viewport_size(dict(zip(("width", "height"), ALL[size], strict=True)))
            for scheme in ("print",) if size == "paper" else schemes:
                if time.monotonic() > until:
                    return taken
                page.emulate_media(media="print" if scheme == "print" else "screen",
                                   color_scheme="dark" if scheme == "dark" else "light")  # fmt: skip
                file = f"{screen.name}-{size}-{scheme}.png"
                page.screenshot(path=TARGET / file, clip=_whole(page, ALL[size]), full_page=True)
                taken.append((f"{size}, {scheme}", file))
        return taken


def _whole(page, size):
    height = page.evaluate("document.documentElement.scrollHeight")
    return {"x": 0, "y": 0, "width": size[0], "height": min(max(height, size[1]), TALLEST)}


def main(arguments=None):
    """Take the pictures and write the page to look through them."""
    asked, taken, missed = _asked(arguments), [], []
    until = time.monotonic() + 60 * asked.minutes
    shutil.rmtree(TARGET, ignore_errors=True)
    TARGET.mkdir()
    with tempfile.TemporaryDirectory() as place, chromium() as browser:
        for found, options in ((_demo, ["--demo"]), (_empty, [])):
            server = Server(Path(place, f"{found.__name__}.sqlite"), *options)
            try:
                camera = Camera(browser, server)
                wanted, unreached = found(camera)
                missed += unreached
                taken += _pictures(camera, wanted, asked, until)
            finally:
                server.stop()
    contact_sheet.write(TARGET, taken, missed)
    print(f"{sum(len(files) for _, files in taken)} pictures of {len(taken)} screens: {TARGET / 'index.html'}")
    if missed:
        print("Nothing leads to: " + ", ".join(missed))
    if time.monotonic() > until:
        print(f"Stopped after {asked.minutes:g} minutes: ask for fewer with --only or --size, or for more --minutes.")


def _asked(arguments):
    parser = argparse.ArgumentParser(prog="make screenshots", description="Pictures of every screen, in every size.")
    parser.add_argument("--only", action="append", help="a part of the name of a screen; several times for several")
    parser.add_argument("--size", action="append", choices=[*ALL], help="several times for several")
    parser.add_argument("--scheme", action="append", choices=["light", "dark"], help="both, if neither is named")
    parser.add_argument("--minutes", type=float, default=20, help="when to stop, at the latest")
    return parser.parse_args(arguments)


def _pictures(camera, wanted, asked, until):
    for screen in wanted:
        if time.monotonic() < until and (not asked.only or any(part in screen.name for part in asked.only)):
            try:
                yield screen, camera.take(screen, asked.size or [*ALL], asked.scheme or ["light", "dark"], until)
            except Error as trouble:
                print(f"{screen.name} ({screen.address}): {trouble.message.splitlines()[0]}", file=sys.stderr)


def _demo(camera):
    db = sqlite3.connect(camera.server.database)
    leads = "select distinct p.email from membership m join person p on p.id = m.person where m.role = 'leader'"
    others = [email for (email,) in db.execute(leads) if email != LEADER]
    office = [email for (email,) in db.execute("select p.email from hub_role h join person p on p.id = h.person")]
    db.close()
    roles = [*dict.fromkeys([LEADER, MEMBER, HUB, *office, *others[:1]])]
    return crawling.every_screen(camera.server, camera.reads, roles, screens(camera.server.database) + ERRORS)


def _empty(camera):
    camera.server.run("setup", "--hub", "Lowmoor Maths Hub", "--name", "Helen Garrowby", "--email", HUB)
    found = crawling.crawl(camera.reads, [HUB], ["/", "/hub", "/account", "/days"], crawling.routes())
    return [crawling.Screen(f"empty-{crawling.name_of(rule)}", *place) for rule, place in found.items()], []


if __name__ == "__main__":
    main()
