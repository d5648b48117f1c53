"""P7: the weight of the first load of the capture page, of a later page, and how many requests a page takes.

Counted where the answers leave the server, heads and bodies, everything that a new Chromium asks for: page, assets,
and what a service worker fetches. A later page is counted as it is first opened, with the files it brings; without
what the worker keeps behind it. A page is done when nothing has been asked for half a second. Pages are asked for again
once the day pack is whole, as on a tablet that was made ready.
"""

import re
import tempfile

from benchmarks import figures
from benchmarks.counted import demo_year
from tests.browser.driving import SIZES, chromium
from tests.browser.screenshots import LEADER, screens

FIRST, LATER, REQUESTS = 70, 12, 1
WHOLE = re.compile("^The whole|^Their pages are on")  # of what the page says of a pack once it is here


def measure(quick=False):
    """Return the weight of the first load, of the heaviest later page, and the most requests of a page."""
    with tempfile.TemporaryDirectory() as place, demo_year(place) as served, chromium() as browser:
        width, height = SIZES["portrait"]
        context = browser.new_context(viewport={"width": width, "height": height}, base_url=served.address)
        context.add_cookies([served.cookie_of(LEADER)])
        page = context.new_page()
        addresses = {name: address for name, person, address in screens(served.database) if person == LEADER}
        capture = addresses.pop("capture")
        first = _load(page, served.counting, capture)
        later = {name: _load(page, served.counting, address) for name, address in addresses.items()}
        page.goto("/")
        packs = page.locator("[data-pack-said]")  # of the session, and of the visits that are near
        for number in range(packs.count()):
            packs.nth(number).filter(has_text=WHOLE).wait_for(timeout=120_000)
        page.wait_for_load_state("networkidle")
        again = {name: _load(page, served.counting, address) for name, address in addresses.items()}
        context.close()
    weights = {name: _kilobytes(answers) for name, answers in later.items()}
    heaviest = max(weights, key=weights.get)
    counts = {name: [address for address, _, for_later in got if not for_later] for name, got in again.items()}
    most = max(counts, key=lambda name: len(counts[name]))
    told = {"first": first, "later": weights, "again": counts}
    return [
        _figure("the capture page, first load, everything", "kB", _kilobytes(first, True), FIRST, told),
        _figure("of that, page and worker; the rest is kept for later", "kB", _kilobytes(first)),
        _figure(f"a later page, at most ({heaviest})", "kB", weights[heaviest], LATER),
        _figure(f"requests of a page seen before, at most ({most})", "requests", len(counts[most]), REQUESTS),
    ]


def _figure(what, unit, value, must=None, more=None):
    return figures.Figure("P7", what, unit, value, value, must, more=more or {})


def _load(page, counting, address):
    counting.taken()
    page.goto(address)
    page.wait_for_load_state("networkidle")
    return counting.taken()


def _kilobytes(answers, also_for_later=False):
    return sum(size for _, size, for_later in answers if also_for_later or not for_later) / 1024
