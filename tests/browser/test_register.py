"""The register of a whole room on a tablet without a line, and a participant who checks in from their own phone."""

import re
import sqlite3

import pytest

from tests.browser.driving import Server, chromium, signed_in
from tests.browser.offline.keeping import kept
from tests.browser.screenshots import LEADER, screens

pytestmark = pytest.mark.browser
SUNITA = "sunita.rao@example.org"
# The tablet's store takes until `letGo` to open.
SLOW_STORE = """
  const gone = new Promise((go) => { window.letGo = go; });
  const listen = IDBOpenDBRequest.prototype.addEventListener;
  IDBOpenDBRequest.prototype.addEventListener = function (name, deed, ...more) {
    const late = (event) => gone.then(() => deed.call(this, event));
    return listen.call(this, name, name === "success" ? late : deed, ...more);
  };"""
NO_LINE = ("htmx:afterRequest", "htmx:sendError")


@pytest.fixture
def server(tmp_path):
    """A server with the demo year; its session of today is open."""
    started = Server(tmp_path / "demo.sqlite", "--demo")
    yield started
    started.stop()


def _address(server):
    return next(address for name, _, address in screens(server.database) if name == "run")


def _open(page, run):
    page.goto(run.removesuffix("/run"))
    page.get_by_role("button", name="Open the session").click()
    page.wait_for_url(re.compile("/run$"))
    page.get_by_text("Check yourself in").wait_for()


def _settled(page):
    page.get_by_role("link", name="All sent").wait_for()


def _broken(page):
    """Return what broke in a page, but for what it asked for again and again while there was no line."""
    return [t for t in page.troubles if "DISCONNECTED" not in t and t.split(",")[0] not in NO_LINE]


def test_f14_the_register_is_taken_without_a_line_from_the_first_load_on(server):
    run = _address(server)
    with chromium() as browser:
        page = signed_in(browser, server, LEADER, "landscape")
        _open(page, run)
        page.context.set_offline(True)
        before = page.locator("[data-here-count]").inner_text()
        assert before.startswith("0 of")
        schools = page.locator("[data-row]").count()
        taps = 0
        for button in ("Both here", "All here", "Rest here"):
            while page.get_by_role("button", name=re.compile(button)).count():
                page.get_by_role("button", name=re.compile(button)).first.click()
                taps += 1
        assert taps <= schools, "one tap a school, and a second for whoever is not here"
        page.get_by_text("Every school has been marked.").wait_for()
        first = page.locator(".person-cell .here").first
        name = first.locator("[data-name]").inner_text()
        first.click()
        page.get_by_label("Told us on").fill("2026-11-20")
        page.get_by_role("button", name="Apologies", exact=True).click()
        told = page.locator(".person-cell", has_text=name).get_by_text("Told us Fri 20 Nov")  # others may have, too
        told.wait_for()
        page.get_by_role("button", name=re.compile(f"Undo: {name}, apologies")).click()
        told.wait_for(state="detached")
        page.get_by_text("Add a substitute or visitor").click()
        page.get_by_role("button", name="They are here now").click()
        page.get_by_text("Enter their name.").wait_for()
        page.get_by_label("Visitor’s name").fill("Una Marsh")
        page.get_by_label("In place of").select_option(label=name)
        page.get_by_role("button", name="They are here now").click()
        page.get_by_text(f"for {name}").wait_for()
        said = page.locator("[data-here-count]").inner_text()
        page.locator("[data-standing]", has_text="no signal").wait_for()
        assert sqlite3.connect(server.database).execute(
            "select count(*) from ledger where kind = 'sessions.mark' and at > (select max(at) from ledger"
            " where kind = 'sessions.set_state')").fetchone() == (0,)  # fmt: skip
        page.context.set_offline(False)
        _settled(page)
        other = signed_in(browser, server, LEADER)
        other.goto(run)
        assert other.locator("[data-here-count]").inner_text() == said
        other.locator("[data-others]").get_by_text("Una Marsh").wait_for()
        assert _broken(page) + _broken(other) == []


def test_somebody_checks_in_from_their_phone_and_the_leaders_tablet_shows_it(server):
    run = _address(server)
    with chromium() as browser:
        leader = signed_in(browser, server, LEADER, "landscape")
        _open(leader, run)
        code = leader.locator(".check-in b").inner_text().replace(" ", "")
        phone = signed_in(browser, server, SUNITA, "phone")
        phone.goto(f"/join/{code}")  # as the square says; who is signed in comes to their own check-in
        phone.context.set_offline(True)
        phone.get_by_role("button", name="I am here").click()
        phone.get_by_text("You are here since").wait_for()
        assert not phone.get_by_role("button", name="I am here").is_visible()
        phone.context.set_offline(False)
        _settled(phone)
        leader.locator(".person-cell", has_text="Sunita Rao").get_by_text("checked in").wait_for(timeout=30_000)
        # the leader's word stands over one's own
        leader.locator(".person-cell", has_text="Sunita Rao").get_by_role("button").click()
        leader.get_by_role("button", name="No word").click()
        _settled(leader)
        phone.goto(run)
        phone.get_by_text("The register says that you are not here.").wait_for()
        assert phone.get_by_text("You are here since").count() == 0


def test_the_register_is_taken_by_keyboard_alone(server):
    run = _address(server)
    with chromium() as browser:
        page = signed_in(browser, server, LEADER, "landscape")
        _open(page, run)
        both = page.get_by_role("button", name=re.compile("Both here")).first
        both.focus()
        page.keyboard.press("Enter")
        page.get_by_text(re.compile("^2 of")).wait_for()
        assert page.evaluate("document.activeElement.matches('.person-cell .here')"), "it stays in the row"
        away = page.get_by_role("button", name=re.compile("not here")).first
        away.focus()
        page.keyboard.press("Space")
        page.get_by_role("button", name="Here", exact=True).wait_for()
        assert page.evaluate("document.activeElement.value") == "present", "the small form takes the focus"
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.get_by_text("No word").first.wait_for()
        assert "No word" in page.evaluate("document.activeElement.innerText"), "back on the name"
        page.get_by_role("button", name=re.compile("^Undo")).focus()
        page.keyboard.press("Enter")
        page.keyboard.press("Enter")
        page.get_by_text(re.compile("^0 of")).wait_for()
        assert page.evaluate("document.activeElement.closest('.register') !== null"), "the focus is not lost"
        _settled(page)


def _first_here(page):
    """Mark the first person as here, and return their name and cell."""
    page.locator("[data-here]").first.click()
    name = page.locator(".person-cell .here [data-name]").first.inner_text()
    return name, page.locator(".person-cell", has_text=name)


def test_f14_a_tap_before_the_tablets_store_is_open_is_kept(server):
    run = _address(server)
    with chromium() as browser:
        page = signed_in(browser, server, LEADER, "landscape")
        _open(page, run)
        page.add_init_script(SLOW_STORE)
        page.reload()
        page.context.set_offline(True)
        page.get_by_role("button", name=re.compile("Both here")).first.click()
        page.get_by_text(re.compile("^2 of")).wait_for()
        page.evaluate("letGo()")
        page.get_by_role("link", name=re.compile("2 here since")).wait_for()
        page.context.set_offline(False)
        _settled(page)
        assert _broken(page) == []


def test_a_tap_is_taken_back_with_its_times_after_a_reload_without_a_line(server):
    run = _address(server)
    with chromium() as browser:
        page = signed_in(browser, server, LEADER, "landscape")
        _open(page, run)
        kept(page, run)
        page.context.set_offline(True)
        name, cell = _first_here(page)
        cell.get_by_role("button").click()
        page.get_by_label("In at").fill("12:50")
        page.get_by_label("Out at").fill("12:40")
        page.get_by_role("button", name="Here", exact=True).click()
        page.get_by_text("They left before they came.").wait_for()
        page.get_by_label("Out at").fill("15:10")
        page.get_by_role("button", name="Here", exact=True).click()
        cell.get_by_text("12:50 to 15:10").wait_for()
        cell.get_by_role("button").click()
        page.get_by_role("button", name="No word").click()
        page.get_by_role("link", name=re.compile("3 here since")).wait_for()
        page.reload()
        cell.get_by_text("No word").wait_for()
        assert cell.locator("[data-standing-here]").is_visible(), "a ring: it is on this tablet"
        page.get_by_role("button", name=f"Undo: {name}, no word").click()
        cell.get_by_text("12:50 to 15:10").wait_for()
        page.context.set_offline(False)
        _settled(page)
        other = signed_in(browser, server, LEADER)
        other.goto(run)
        other.locator(".person-cell", has_text=name).get_by_text("12:50 to 15:10").wait_for()


def test_what_the_server_refuses_is_said_and_not_shown_as_made(server):
    run = _address(server)
    with chromium() as browser:
        page = signed_in(browser, server, LEADER, "landscape")
        _open(page, run)
        name, cell = _first_here(page)
        cell.get_by_role("button").click()
        page.get_by_label("In at").fill("")
        page.get_by_label("Out at").fill("00:00")
        page.get_by_role("button", name="Here", exact=True).click()
        page.get_by_text(f"{name}: They left before they came.").wait_for()
        assert "to 00:00" not in cell.inner_text() and cell.locator(".here").count() == 1


def test_what_others_mark_does_not_close_the_form_behind_a_name(server):
    run = _address(server)
    with chromium() as browser:
        page, phone = (signed_in(browser, server, who, "landscape") for who in (LEADER, SUNITA))
        _open(page, run)
        page.get_by_text("Add a substitute or visitor").click()
        page.get_by_label("Visitor’s name").fill("  Una Marsh ")
        page.get_by_role("button", name="They are here now").click()
        una = page.locator("[data-other]", has_text="Una Marsh")
        una.get_by_role("button").click()
        page.get_by_label("Out at").fill("15:10")
        phone.goto(run)
        phone.get_by_role("button", name="I am here").click()
        page.locator(".person-cell", has_text="Sunita Rao").get_by_text("checked in").wait_for(timeout=30_000)
        assert page.get_by_label("Out at").input_value() == "15:10"
        assert page.evaluate("document.activeElement.name") == "out_time"
        page.get_by_role("button", name="Not expected").click()
        una.wait_for(state="detached")
        page.locator("[data-away]", has_text="Una Marsh").wait_for()
        _settled(page)
        page.reload()
        page.locator("[data-away]", has_text="Una Marsh").wait_for()
