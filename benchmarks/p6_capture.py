"""P6: capture on a slow tablet: from the finger's lifting to what is drawn, and to what is safe in IndexedDB.

A real Chromium whose processor is slowed four times, on the capture page of an observer whose tablet holds 500
entries, or 5,000: all still to be sent and no line, then all sent and the line back. The stamp itself is taken when
the finger goes down; how long a finger rests is not ours, so times run from the moment it is lifted, by the browser's
own clock. Drawn: the frame after the page's count of moments changed has been painted. Safe: the transaction has
ended.
"""

import re
import tempfile
from pathlib import Path

from benchmarks import figures
from benchmarks.counted import a_lesson
from tests.browser.driving import SIZES, chromium

DRAWN, SAFE = 50, 100  # ms
HELD, TAPS, QUICK_TAPS, SLOWER = (500, 5_000), 80, 15, 4
WIRE = re.compile(r"://[^/]+/sync(/|$)")
SCRIPT = Path(__file__).with_name("taps.js")


def measure(quick=False):
    """Return how long taps took to be drawn and to be safe, without a line and with one."""
    held = HELD[:1] if quick else HELD
    return [figure for entries in held for figure in _with(entries, QUICK_TAPS if quick else TAPS)]


def _with(entries, taps):
    """Return the figures of a tablet that holds so many entries."""
    with tempfile.TemporaryDirectory() as place, a_lesson(place) as served, chromium() as browser:
        width, height = SIZES["portrait"]
        # the strict policy forbids Playwright's own waiting; it does not make a tap slower or quicker
        context = browser.new_context(
            viewport={"width": width, "height": height}, base_url=served.address, bypass_csp=True
        )
        context.add_init_script(path=SCRIPT)
        context.add_cookies([served.cookie_of(served.world.neighbour)])
        page = context.new_page()
        page.goto(f"/lessons/{served.world.lesson}/capture")
        context.route(WIRE, lambda route: route.abort())
        page.evaluate("([lesson, count]) => fill(lesson, count)", [served.world.lesson, entries])
        without = _taps(page, taps, entries)
        context.unroute(WIRE)
        with_line = _taps(page, taps, entries, "async () => await unsent() === 0")
        context.close()
    return [*_figures(f"no line, {entries:,} to be sent", without), *_figures(f"{entries:,} sent before", with_line)]


def _taps(page, taps, entries, when=None):
    """Open the page again, slow it down, tap so many times, and return the times of each tap in ms.

    `when` is what must be true in the page before.
    """
    page.reload()
    counted = "parseInt(document.querySelector('[data-count]').textContent)"
    page.wait_for_function(f"{counted} >= {entries}", timeout=300_000)
    if when:
        page.wait_for_function(when, timeout=300_000)
    slow = page.context.new_cdp_session(page)
    slow.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    pads = page.locator("[name=predicted]")
    boxes = [pads.nth(i).bounding_box() for i in range(pads.count())]
    for number in range(taps):
        box = boxes[number % len(boxes)]
        page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        page.mouse.down()
        page.mouse.up()
        page.wait_for_function(f"taps.length === {number + 1} && taps.every((t) => t.drawn && t.safe)")
    slow.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    slow.detach()
    return page.evaluate("taps.map((t) => ({drawn: t.drawn - t.up, safe: t.safe - t.up}))")


def _figures(what, taps):
    for name, must in (("drawn", DRAWN), ("safe", SAFE)):
        times = [tap[name] for tap in taps]
        slow = figures.at_95(times)
        words = "drawn" if name == "drawn" else "safe in IndexedDB"
        yield figures.Figure("P6", f"a tap {words}, p95, {what}", "ms", slow, slow, must, more={"times": times})
