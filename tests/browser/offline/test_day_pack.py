"""The day pack and its dress rehearsal: a whole session on a tablet, and the truth when it is not."""

import re

import pytest

from tests.browser.offline.keeping import LEADER, MEMBER, addresses, kept, pack, session_of, until
from workgroup import store

pytestmark = pytest.mark.browser
WHOLE = re.compile("The whole .* is on this tablet. It works without wifi.")
DELETE = """async (address) => {
  const name = (await caches.keys()).find((one) => one.startsWith("pack-"));
  return (await caches.open(name)).delete(address);
}"""

DELETE_STYLE = """async () => {
  for (const name of (await caches.keys()).filter((one) => one.startsWith("shell-"))) {
    const cache = await caches.open(name);
    for (const { url } of await cache.keys()) if (url.endsWith("/css/lessons.css")) await cache.delete(url);
  }
}"""


def _ledger(server):
    db = store.connect(server.database)
    found = [r["kind"] for r in store.rows(db, "select kind from ledger where kind like 'tablet.%' order by number")]
    db.conn.close()
    return found


@pytest.mark.parametrize("who", [LEADER, MEMBER])
def test_today_keeps_the_whole_session_and_all_of_it_opens_without_a_line(tablet, line, server, who):
    page = tablet(who)
    page.get_by_text(WHOLE).wait_for()
    address = f"/day-pack/{session_of(server.database)}"
    wanted = page.evaluate("(address) => fetch(address).then((answer) => answer.json())", address)["pages"]
    assert len(wanted) >= 11
    line.fault("refuse")
    for one in wanted:
        page.goto(one["address"])
        assert page.get_by_role("heading", name="Without a line").count() == 0, one
        page.locator("[data-standing] .mark").wait_for(state="attached")
    if who == MEMBER:
        page.goto(addresses(server.database)["run"])
        page.get_by_role("heading", name="Check in").wait_for()


def test_while_the_line_is_bad_it_says_how_many_pages_are_here(tablet, line, server):
    line.fault("refuse", under="/lessons")
    page = tablet()
    page.get_by_text(re.compile(r"\d+ of \d+ pages are on this tablet. The others come")).wait_for()
    line.heal()
    page.evaluate("dispatchEvent(new Event('online'))")
    page.get_by_text(WHOLE).wait_for()


def test_the_pages_are_kept_anew_when_the_plan_changed(tablet, server):
    page = tablet()
    page.get_by_text(WHOLE).wait_for()
    session = session_of(server.database)
    page.goto(f"/sessions/{session}/edit")
    page.get_by_label("Title").fill("Fractions of a whole, again")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("heading", name="Fractions of a whole, again").wait_for()
    page.get_by_text(WHOLE).wait_for()
    until(page, """async (address) => {
      const name = (await caches.keys()).find((one) => one.startsWith("pack-"));
      const kept = await (await caches.open(name)).match(address);
      return (await kept.text()).includes("Fractions of a whole, again");
    }""", f"/sessions/{session}/notes")  # fmt: skip


def test_the_rehearsal_opens_every_page_and_a_trial_goes_there_and_back(tablet, server):
    page = tablet()
    page.get_by_text(WHOLE).wait_for()
    page.get_by_role("link", name="Ready for today").click()
    before = _ledger(server)
    page.get_by_role("button", name="Try it").click()
    page.get_by_text(re.compile(r"Tried .*: all \d+ pages open without a line\.")).wait_for(timeout=60_000)
    outcomes = page.locator("[data-page] [data-outcome]").all_inner_texts()
    assert {o.strip() for o in outcomes} == {"opens without a line"} and len(outcomes) >= 11
    assert _ledger(server) == [*before, "tablet.try", "tablet.withdraw_try"]
    page.goto("/")
    page.get_by_text(re.compile(r"Tried .*: all \d+ pages open")).wait_for()


def test_the_rehearsal_tells_which_page_does_not_open_and_that_nothing_was_sent(tablet, line, server):
    page = tablet()
    page.get_by_text(WHOLE).wait_for()
    capture = addresses(server.database)["capture"]
    page.goto(f"/sessions/{session_of(server.database)}/ready")
    page.locator("[data-standing]", has_text=re.compile("All sent|Nothing waits")).wait_for()
    line.fault("login", under="/lessons")
    line.fault("login", under="/sync")
    assert page.evaluate(DELETE, capture)
    page.get_by_role("button", name="Try it").click()
    page.get_by_text(re.compile(r"Tried .*: 1 of \d+ pages did not open; the trial entry was not sent")).wait_for(
        timeout=60_000
    )
    assert page.locator(f'[data-page="{capture}"]').inner_text().count("does not open")
    assert "not yet. This wifi may want a login" in page.locator('[data-step="send"]').inner_text()


def test_a_page_without_its_style_is_not_open_and_a_line_brings_the_style(tablet, line, server):
    page = tablet()
    page.get_by_text(WHOLE).wait_for()
    page.goto(f"/sessions/{session_of(server.database)}/ready")
    page.evaluate(DELETE_STYLE)
    page.context.new_cdp_session(page).send("Network.clearBrowserCache")
    line.fault("login", under="/static")
    page.get_by_role("button", name="Try it").click()
    page.get_by_text(re.compile(r"Tried .*: \d of \d+ pages did not open")).wait_for(timeout=120_000)
    assert "does not open" in page.locator(f'[data-page="{addresses(server.database)["capture"]}"]').inner_text()
    assert "opens" in page.locator('[data-page="/"]').inner_text()
    line.heal()
    page.get_by_role("button", name="Try it").click()
    page.get_by_text(re.compile(r"Tried .*: all \d+ pages open")).wait_for(timeout=120_000)


def test_nothing_but_the_rehearsal_can_hold_a_page_of_ours_in_a_frame(tablet, server):
    page = tablet()
    kept(page, "/")
    framed = """(address) => new Promise((done) => {
      const frame = document.createElement("iframe");
      frame.src = address;
      document.body.append(frame);
      document.addEventListener("securitypolicyviolation", ({ effectiveDirective }) => done(effectiveDirective));
      frame.addEventListener("load", () => done(frame.contentDocument?.title ?? "no document"));
    })"""
    assert page.evaluate(framed, "/") == "frame-src"
    assert "frame-ancestors 'none'" in page.evaluate("fetch('/').then((a) => a.headers.get('Content-Security-Policy'))")
    assert pack(page) is not None
