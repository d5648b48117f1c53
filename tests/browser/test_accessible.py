"""axe finds nothing on the main screens of the demo year, at tablet and phone width, light and dark."""

from pathlib import Path

import pytest

from tests.browser.driving import Server, chromium, signed_in
from tests.browser.screenshots import screens

pytestmark = pytest.mark.browser
AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RULES = "{runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A server with the demo year."""
    started = Server(tmp_path_factory.mktemp("demo") / "demo.sqlite", "--demo")
    yield started
    started.stop()


@pytest.mark.parametrize(("size", "scheme"), [("portrait", "light"), ("phone", "dark")])
def test_axe_finds_nothing_on_the_main_screens(server, size, scheme):
    axe, wrong, pages = AXE.read_text(), [], {}
    with chromium() as browser:
        for name, person, address in screens(server.database):
            page = pages.get(person) or pages.setdefault(person, signed_in(browser, server, person, size, scheme))
            page.goto(address)
            page.evaluate(axe)
            for found in page.evaluate(f"axe.run(document, {RULES}).then(r => r.violations)"):
                wrong.append(f"{name}: {found['id']}: {found['nodes'][0]['html'][:160]} ({len(found['nodes'])})")
            wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            if wide > 0:
                wrong.append(f"{name}: the page is {wide} px wider than the screen")
            top = page.evaluate("document.querySelector('header.top')?.offsetHeight ?? 0")
            if size == "portrait" and top > 80:
                wrong.append(f"{name}: the top line is {top} px high: something of it has no room")
    assert wrong == [], "\n".join(wrong)
