"""P8: the run page of a session opened cold and without any network, on a processor slowed four times.

A Chromium with a profile of its own keeps the page while the server is there; then the server ends and so does the
browser. Each opening is a new browser on that profile: from the beginning of the navigation to when the page has been
painted and all its modules have run. Chromium slows the page; it cannot slow the service worker beside it.
"""

import tempfile
from contextlib import contextmanager
from statistics import median

from playwright.sync_api import sync_playwright

from benchmarks import figures
from benchmarks.counted import demo_year
from tests.browser.driving import CHROMIUM, SIZES
from tests.browser.screenshots import LEADER, screens

MUST = 1000  # ms
SLOWER, OPENINGS, QUICK_OPENINGS = 4, 11, 3
KEPT = """async (address) => {
  await navigator.serviceWorker.ready;
  for (let left = 600; left; left -= 1) {
    if (await caches.match(address)) return true;
    await new Promise((done) => { setTimeout(done, 50); });
  }
  return false;
}"""
OPENED = """() => new Promise((done) => {
  const told = () => {
    const [{ loadEventEnd }] = performance.getEntriesByType("navigation");
    const painted = performance.getEntriesByName("first-contentful-paint")[0]?.startTime;
    if (loadEventEnd && painted) done({ loaded: loadEventEnd, painted });
    else setTimeout(told, 20);
  };
  told();
})"""
BUSY = """() => {
  let best = Infinity, sum = 0;
  for (let round = 0; round < 5; round += 1) {
    const begun = performance.now();
    for (let i = 0; i < 1e7; i += 1) sum = (sum * 31 + i) % 1000003;
    best = Math.min(best, performance.now() - begun + sum * 0);
  }
  return best;
}"""


def measure(quick=False):
    """Return how long the cold openings took."""
    openings = QUICK_OPENINGS if quick else OPENINGS
    with tempfile.TemporaryDirectory() as place, tempfile.TemporaryDirectory() as profile:
        with demo_year(place) as served:
            address = dict((name, path) for name, _, path in screens(served.database))["run"]
            _keep(profile, served, address)
        times = [_open(profile, served.address + address) for _ in range(openings)]
    found = [max(t["loaded"], t["painted"]) for t in times]
    middle = median(found)
    more = {"times": times, "slowed": median(t["slowed"] for t in times)}
    return [
        figures.Figure("P8", "the run page, cold, no network, median", "ms", middle, middle, MUST,
                       spread=figures.quartiles(found), more=more),
        figures.Figure("P8", "the same, the slowest", "ms", max(found), max(found)),
    ]  # fmt: skip


def _keep(profile, served, address):
    """Open the page while the server is there, until the tablet has kept it."""
    with _browser(profile) as context:
        context.add_cookies([{**served.cookie_of(LEADER), "expires": 4_000_000_000}])
        page = context.pages[0]
        page.goto(served.address + address)
        if not page.evaluate(KEPT, served.address + address):
            raise RuntimeError("the run page was not kept within half a minute")


def _open(profile, address):
    with _browser(profile) as context:
        page = context.pages[0]
        as_it_is = page.evaluate(BUSY)
        context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        page.goto(address)
        opened = page.evaluate(OPENED)
        page.get_by_role("heading", level=1).wait_for()
        return {**opened, "slowed": page.evaluate(BUSY) / as_it_is}


@contextmanager
def _browser(profile):
    width, height = SIZES["portrait"]
    with sync_playwright() as play:
        context = play.chromium.launch_persistent_context(
            profile, executable_path=CHROMIUM, args=["--no-sandbox"], viewport={"width": width, "height": height}
        )
        try:
            yield context
        finally:
            context.close()
