"""A long session: what a tablet's page holds in memory after 2,000 notes, and whether anything on it jumps.

A real Chromium, one page that is never loaded again. On the capture page 2,000 taps, each kept and sent; on the
timeline 2,000 notes of others, that come to it by its own asking. The heap is read after a collection, at 500 notes
and at the end; elements are counted; a shift of the layout is what the browser itself reports where nobody has just
touched the page, summed as web.dev/cls does: the worst five seconds.
"""

import tempfile

from benchmarks import figures
from benchmarks.counted import a_lesson
from benchmarks.p6_capture import SCRIPT
from tests.browser.driving import SIZES, chromium
from tests.world import do

NOTES, QUICK_NOTES, FIRST = 2_000, 200, 4  # the heap is read after a fourth of them, and at the end
STEADY, STILL = 1.5, 0.1  # 0.1: a layout that is called good (web.dev/cls)
SHIFTS = """
window.shifted = 0;
window.moved = {};
let began = -Infinity, last = -Infinity, sum = 0;
new PerformanceObserver((list) => {
  for (const one of list.getEntries()) {
    if (one.hadRecentInput) continue;
    if (one.startTime - last > 1000 || one.startTime - began > 5000) [began, sum] = [one.startTime, 0];
    last = one.startTime;
    window.shifted = Math.max(window.shifted, (sum += one.value));
    for (const { node } of one.sources) {
      const name = node ? node.parentElement?.className + ">" + node.nodeName + "." + node.className : "?";
      window.moved[name] = (window.moved[name] ?? 0) + one.value;
    }
  }
}).observe({ type: "layout-shift", buffered: true });
"""


def measure(quick=False):
    """Return heap, elements and shifts of both pages."""
    notes = QUICK_NOTES if quick else NOTES
    with tempfile.TemporaryDirectory() as place, a_lesson(place) as served, chromium() as browser:
        return [*_capture(served, browser, notes), *_timeline(served, browser, notes)]


def _page(served, browser, person, address):
    width, height = SIZES["portrait"]
    context = browser.new_context(
        viewport={"width": width, "height": height}, base_url=served.address, bypass_csp=True
    )
    context.add_init_script(path=SCRIPT)
    context.add_init_script(SHIFTS)
    context.add_cookies([served.cookie_of(person)])
    page = context.new_page()
    page.goto(address)
    return page


def _capture(served, browser, notes):
    page = _page(served, browser, served.world.neighbour, f"/lessons/{served.world.lesson}/capture")
    pads = page.locator("[name=predicted]")
    boxes = [pads.nth(i).bounding_box() for i in range(pads.count())]
    held = []
    for number in range(notes):
        box = boxes[number % len(boxes)]
        page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        page.wait_for_function(f"taps.length === {number + 1} && taps.at(-1).safe")
        if number + 1 in (notes // FIRST, notes):
            page.wait_for_function("async () => await unsent() === 0", timeout=120_000)
            held.append(_held(page))
    return _figures("capture", notes, held, page)


def _timeline(served, browser, notes):
    lesson = served.world.lesson
    page = _page(served, browser, served.world.neighbour, f"/lessons/{lesson}/timeline")
    page.wait_for_selector(".timeline, .sheet")
    held = []
    for number in range(notes):
        fields = {"lesson": lesson, "code": "Pupil A", "words": f"Lined the bars up {number}"}
        do(served.db, "lessons.notice", served.world.leader, second=str(3_000 + number), **fields)
        if number % 20 == 19:  # and the page looks
            page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
            page.wait_for_timeout(150)
        if number + 1 in (notes // FIRST, notes):
            page.wait_for_timeout(4_000)
            held.append(_held(page))
    return _figures("timeline", notes, held, page)


def _held(page):
    """Return the megabytes of the heap after a collection, and how many elements the page has."""
    told = page.context.new_cdp_session(page)
    told.send("HeapProfiler.enable")
    told.send("HeapProfiler.collectGarbage")
    told.send("Performance.enable")
    named = {m["name"]: m["value"] for m in told.send("Performance.getMetrics")["metrics"]}
    told.detach()
    return named["JSHeapUsedSize"] / 2**20, page.evaluate("document.getElementsByTagName('*').length")


def _figures(name, notes, held, page):
    (before, _), (after, elements) = held
    shifted, moved = page.evaluate("[window.shifted, window.moved]")
    page.context.close()
    what = f"{name}, {notes:,} notes"
    yield figures.Figure("Long", f"{what}: heap against a fourth of them", "MB", after, after / before, STEADY, before,
                         (after / before,) * 2)  # fmt: skip
    yield figures.Figure("Long", f"{what}: elements of the page", "", elements, elements)
    yield figures.Figure("Long", f"{what}: shift of the layout", "", shifted, shifted, STILL, more={"moved": moved})
