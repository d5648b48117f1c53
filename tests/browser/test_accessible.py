"""Everybody can use every page: one of each kind, found by following links, looked at by axe and measured.

`make test` looks at each page once, as a tablet or a phone, in light or dark, with more room for words, in forced
colours or at 400 % by turns, and at the refusals of every eighth page that has forms; `make stress` at each page of
each person in every way there is. A page that no link leads to fails here unless it is named with a reason.
"""

import os
import re
import zlib
from collections import defaultdict
from itertools import product

import pytest

from tests.browser import looking
from tests.browser.driving import SIZES, Server, chromium
from tests.browser.everybody import Demo, before_anybody, one_of_each
from tests.browser.refusing import complaints, refusals

pytestmark = pytest.mark.browser
IN_FULL = bool(os.environ.get("WORKGROUP_STRESS"))
# the same page at two addresses: what stands there now, and that one for good
ALIKE = {"/action-plans/<id>", "/schools-in-group/<id>/plan"}
SIDE_BY_SIDE = {"/schools/<id>", "/journey/<token>"}
WAYS = list(product(("portrait", "phone"), ("light", "dark")))
# one of them a page in `make test`, all in `make stress`
MORE = (("room for words", looking.with_more_room_for_words), ("forced colours", looking.in_forced_colours),
        ("400 %", looking.at_four_hundred_per_cent))  # fmt: skip
# what answers GET and is no page that somebody reads, or cannot be reached in a demo year
NO_PAGE = {
    "/static/<build>/<path:name>": "a file", "/manifest.webmanifest": "a file", "/service-worker.js": "a file",
    "/account/record.json": "a file", "/account/record.html": "a file", "/calendar/<token>.ics": "a file",
    "/materials/<id>": "a file",
    "/hub/exports/<kind>": "a file", "/hub/exports/made/<id>/file": "a file",
    "/photos/<id>": "a picture", "/gap-task-photos/<id>": "a picture",
    "/taught/photos/<id>": "a picture", "/sync/hello": "the wire", "/sync/photos/<id>": "the wire",
    "/sync/seals/<seal>": "the wire", "/day-pack/<id>": "a list for the service worker",
    "/day-pack/visits": "a list for the service worker", "/sessions/<id>/pace": "a part",
    "/sessions/<id>/door": "a part",
    "/sessions/<id>/register": "a part", "/lessons/<id>/now": "a part", "/days": "leads to this year’s",
    "/hub/days": "leads to this year’s", "/head-statements/<id>": "leads to the school’s page",
    "/healthz": "for a monitor", "/groups/<id>/participants/template.csv": "a file",
    "/schools/import/template.csv": "a file",
}  # fmt: skip


@pytest.fixture(scope="module")
def demo_year(tmp_path_factory):
    """The demo year with something open everywhere, all pages that links lead to, and what its forms refuse."""
    demo = Demo(tmp_path_factory.mktemp("everybody") / "demo.sqlite")
    demo.pages = demo.crawl()
    demo.each = one_of_each(demo.pages)
    demo.refusals = refusals(demo, demo.each)
    demo.set_up = before_anybody(tmp_path_factory.mktemp("empty") / "empty.sqlite")
    yield demo
    demo.close()


@pytest.fixture(scope="module")
def looked_at(demo_year):
    """Look at every page once, and return what each way of looking found: {way: [sentences]}."""
    found, server = defaultdict(list), Server(demo_year.database)
    pages = one_of_each(demo_year.pages, lambda page: (page.kind, page.who.name)) if IN_FULL else demo_year.each
    try:
        with chromium() as browser:
            windows = Windows(browser, server)
            for page in pages:
                _look(windows, page, found)
            for page in demo_year.set_up:
                _as_answered(windows, page)
                _look(windows, page, found)
            # what is wrong with them in their HTML is looked for on all of them; in a browser on a share
            refused = demo_year.refusals if IN_FULL else one_of_each(demo_year.refusals, _title)[::8]
            for page in refused:
                _look_at_refusal(windows, page, found)
    finally:
        server.stop()
    return found


class Windows:
    """A browser window for each person, opened when it is first wanted."""

    def __init__(self, browser, server):
        self.browser, self.address, self.of, self.broke = browser, server.address, {}, []

    def open(self, page, way):
        """Return the person's window in a size and scheme."""
        who, (size, scheme) = page.who, way
        if who.name not in self.of:
            context = self.browser.new_context(
                base_url=self.address, locale="en-GB", timezone_id="Europe/London", reduced_motion="reduce",
                service_workers="block",
            )  # fmt: skip
            context.add_cookies([{"name": n, "value": v, "url": self.address} for n, v in who.cookies.items()])
            self.of[who.name] = context.new_page()
            self.of[who.name].on("pageerror", lambda error: self.broke.append(error.stack or str(error)))
        window = self.of[who.name]
        width, height = SIZES[size]
        window.set_viewport_size({"width": width, "height": height})
        window.emulate_media(color_scheme=scheme)
        return window


def _title(page):
    return re.search("<title>(.*?)</title>", page.text, re.S)[1]


def _ways(page):
    return WAYS if IN_FULL else [WAYS[zlib.crc32(page.kind.encode()) % len(WAYS)]]


def _look(windows, page, found):
    for way in _ways(page):
        window = windows.open(page, way)
        window.goto(page.address)
        looking.open_eyes(window)
        _note(found, page, way, "axe", looking.axe(window))
        _note(found, page, way, "as it is", looking.as_it_is(window))
        _note(found, page, way, "scripts", windows.broke)
        windows.broke.clear()
        for name, look in MORE if IN_FULL else [MORE[zlib.crc32(page.kind[::-1].encode()) % len(MORE)]]:
            _note(found, page, way, name, look(window))
        if page.route in SIDE_BY_SIDE:
            _note(found, page, way, "side by side", looking.side_by_side(window))


def _as_answered(windows, page):
    """Let the address show the page as it was answered to a form, with the scripts and sheets of the server."""
    answer = {"status": page.status, "content_type": "text/html", "body": page.text}
    window = windows.open(page, WAYS[0])
    window.route(f"**{page.address}", lambda route: route.fulfill(**answer), times=len(_ways(page)))


def _look_at_refusal(windows, page, found):
    _as_answered(windows, page)
    for way in _ways(page):
        window = windows.open(page, way)
        window.goto(page.address)
        looking.open_eyes(window)
        _note(found, page, way, "refused", looking.refused(window))
        _note(found, page, way, "refused", (looking.axe if IN_FULL else looking.axe_inside)(window))


def _note(found, page, way, what, sentences):
    found[what] += [f"{page.kind} ({page.who.name}, {', '.join(way)}): {said}" for said in sentences]


def _nothing(found, what):
    assert found[what] == [], "\n" + "\n".join(found[what])


def test_a_link_leads_somebody_to_every_page(demo_year):
    reached = {page.route for page in [*demo_year.pages, *demo_year.set_up]}
    missing = {r.rule for r in demo_year.rules if not r.rule.endswith(".pdf")} - reached - set(NO_PAGE)
    assert missing == set()
    assert set(NO_PAGE) & reached == set(), "it is a page after all"


def test_no_two_kinds_of_page_have_the_same_title(demo_year):
    titles = defaultdict(set)
    for page in demo_year.pages:
        if page.status == 200:
            titles[page.who.name, _title(page)].add(page.route)
    assert {title: of for title, of in titles.items() if len(of) > 1 and of != ALIKE} == {}


def test_every_form_says_what_is_wrong_in_its_title_in_a_summary_and_at_the_field(demo_year):
    assert len(demo_year.refusals) > 100
    wrong = [f"{page.route} ({page.who.name}): {said}" for page in demo_year.refusals for said in complaints(page)]
    assert wrong == [], "\n" + "\n".join(wrong)


def test_no_script_of_any_page_breaks(looked_at):
    _nothing(looked_at, "scripts")


def test_axe_finds_nothing_on_any_page(looked_at):
    _nothing(looked_at, "axe")


def test_axe_finds_nothing_on_a_form_in_error_and_the_summary_leads_to_its_fields(looked_at):
    _nothing(looked_at, "refused")


def test_everything_is_large_enough_to_press_and_nothing_is_cut_or_moves(looked_at):
    _nothing(looked_at, "as it is")


def test_words_twice_as_large_or_spaced_are_neither_cut_nor_covered(looked_at):
    _nothing(looked_at, "room for words")


def test_at_four_hundred_per_cent_a_page_goes_one_way_and_nothing_is_cut(looked_at):
    _nothing(looked_at, "400 %")


def test_a_school_s_year_is_read_side_by_side_on_a_tablet_on_its_side_and_printed(looked_at):
    assert "side by side" in looked_at
    _nothing(looked_at, "side by side")


def test_in_the_readers_own_colours_states_and_drawings_can_be_told(looked_at):
    _nothing(looked_at, "forced colours")
