"""What a browser keeps, for tests: whether the worker is at work, and what lies in the pack."""

import re
from pathlib import Path

from tests.browser.screenshots import screens

AXE = Path(__file__).parents[3] / "node_modules" / "axe-core" / "axe.min.js"
RULES = "{runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}"
LEADER, MEMBER = "bethan.oyelaran@example.org", "nadine.fairclough@example.org"
PACK = """async () => {
  const name = (await caches.keys()).find((one) => one.startsWith("pack-"));
  if (!name) return null;
  const found = {};
  const cache = await caches.open(name);
  for (const request of await cache.keys()) {
    const { pathname, search } = new URL(request.url);
    found[pathname + search] = await (await cache.match(request)).text();
  }
  return found;
}"""


def addresses(database):
    """Return the addresses of the demo year's main screens by their name."""
    return {name: address for name, person, address in screens(database) if person == LEADER}


def session_of(database):
    """Return the id of the demo's session of today."""
    return re.search("[0-9a-f-]{36}", addresses(database)["session"]).group()


def pack(page):
    """Return what this tablet has kept, text by address, or None."""
    return page.evaluate(PACK)


def until(page, test, *given):
    """Wait until an async JavaScript function of these arguments is true in the page."""
    assert page.evaluate(
        f"""async (given) => {{
          for (let left = 1200; left; left -= 1) {{
            if (await ({test})(...given)) return true;
            await new Promise((done) => {{ setTimeout(done, 50); }});
          }}
          return false;
        }}""", list(given),
    ), f"not within a minute: {test} {given}"  # fmt: skip


def kept(page, *wanted):
    """Wait until these pages are kept and the whole shell with them."""
    page.evaluate("navigator.serviceWorker.ready")
    until(page, """async (...wanted) => {
      const name = (await caches.keys()).find((one) => one.startsWith("pack-"));
      const cache = name && (await caches.open(name));
      return cache && (await Promise.all(wanted.map((one) => cache.match(one)))).every(Boolean);
    }""", *wanted)  # fmt: skip


def look(page, name):
    """Return what axe finds on a page, one line each, and whether it is wider than its screen."""
    page.evaluate(AXE.read_text())
    found = page.evaluate(f"axe.run(document, {RULES}).then((r) => r.violations)")
    wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    said = [f"{name}: {one['id']}: {one['nodes'][0]['html'][:160]}" for one in found]
    return said + ([f"{name}: the page is wider than the screen"] if wide else [])
