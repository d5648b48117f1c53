"""Without a line, on one that hangs or lies, after another person: what opens, and what does not."""

import json
import re

import pytest

from tests.browser.offline.keeping import MEMBER, addresses, kept, look, pack, session_of, until

pytestmark = pytest.mark.browser
OF_THE_FIRST = 'class="me" href="/account">Bethan'


def _cut(line):
    line.fault("refuse")


def _tap(page, said=1):
    """Tap a pad of capture and wait until it is drawn and kept."""
    page.locator(".pads-saw button").first.click()
    page.locator("[data-count]", has_text=f"{said} moment").wait_for()
    page.locator("[data-standing]", has_text="here").wait_for(state="attached")


def test_the_very_first_page_opens_again_when_the_line_is_cut_right_after_it(tablet, line, server):
    page = tablet()
    capture = addresses(server.database)["capture"]
    page.goto(capture)
    kept(page, capture)
    _cut(line)
    page.reload()
    page.locator(".capture").wait_for()
    before = int(page.locator("[data-count]").inner_text().split()[0])
    _tap(page, before + 1)
    page.reload()
    page.locator("[data-count]", has_text=f"{before + 1} moment").wait_for()
    page.goto("/")
    page.get_by_role("heading", level=1).wait_for()
    line.heal()
    page.evaluate("dispatchEvent(new Event('online'))")
    page.locator("[data-standing]", has_text="All sent").wait_for()


def test_no_page_that_is_kept_holds_a_key_and_nothing_else_is_kept(tablet, server):
    page = tablet()
    page.get_by_text(re.compile("The whole .* is on this tablet")).wait_for()
    page.get_by_text("Their pages are on this tablet").wait_for()
    for name in ("session", "run", "notes", "capture", "timeline", "school", "people"):
        page.goto(addresses(server.database)[name])
    page.goto("/account")
    found = pack(page)
    lists = [f"/day-pack/{session_of(server.database)}", "/day-pack/visits"]
    told = [json.loads(found[name]) for name in lists]
    assert set(found) == {*lists, *(one["address"] for of in told for one in of["pages"] + of.get("files", []))}
    assert not [address for address, text in found.items() if "data-key" in text or "data-fresh" in text]


def test_a_run_page_opens_cold_without_a_line_in_a_new_tab_and_takes_a_mark(tablet, line, server):
    page = tablet()
    notes = addresses(server.database)["notes"]
    page.goto(notes)
    kept(page, notes)
    _cut(line)
    cold = page.context.new_page()
    page.close()
    cold.goto(notes)
    cold.get_by_label("Note", exact=True).fill("Kept without any line")
    cold.get_by_role("button", name="Keep the note").click()
    cold.get_by_text("Kept without any line").first.wait_for()
    cold.reload()
    cold.locator(".drawn").get_by_text("Kept without any line").wait_for()
    assert cold.get_by_text(re.compile("As it stood on")).is_visible()


@pytest.mark.parametrize("fault", ["hang", "login", "login_redirect", "cut_half", "hang_after_commit"])
def test_whatever_the_line_does_a_kept_page_opens_and_can_be_written_on(tablet, line, server, fault):
    page = tablet()
    capture = addresses(server.database)["capture"]
    page.goto(capture)
    kept(page, capture)
    before = int(page.locator("[data-count]").inner_text().split()[0])
    line.fault(fault)
    page.goto(capture)
    page.locator(".capture").wait_for()
    _tap(page, before + 1)
    page.goto("/")
    page.get_by_role("link", name="Work Groups").wait_for()
    assert "School guest wifi" not in page.content()


def test_a_page_that_is_not_kept_says_so_and_names_those_that_are(tablet, line):
    page = tablet()
    _cut(line)
    page.goto("/schools")
    page.get_by_role("heading", name="Without a line").wait_for()
    page.get_by_role("main").get_by_role("link").first.click()
    page.get_by_text(re.compile("As it stood on")).wait_for()


def test_a_sign_in_that_ran_out_leaves_the_kept_page_open_and_says_signed_out(tablet, line, server):
    page = tablet()
    capture = addresses(server.database)["capture"]
    page.goto("/standing")
    page.goto(capture)
    kept(page, "/standing", capture)
    page.context.clear_cookies()
    page.reload()
    page.locator(".capture").wait_for()
    page.locator("[data-standing]", has_text="igned out").wait_for(state="attached")
    page.goto("/standing")
    page.get_by_role("heading", name="What waits on this tablet").wait_for()
    page.get_by_role("link", name="Sign in", exact=True).wait_for()
    assert capture in pack(page)


def test_a_sign_in_that_was_ended_elsewhere_opens_nothing_any_more(tablet, line):
    page, other = tablet(MEMBER), tablet(MEMBER)
    other.goto("/account")
    other.get_by_text("Set a password").click()
    other.get_by_label("New password").fill("three words remembered")
    other.get_by_label("The same again").fill("three words remembered")
    other.get_by_role("button", name="Save the password").click()  # signs all other devices out
    other.get_by_text("Change the password").wait_for()
    page.goto("/")
    page.wait_for_url(re.compile("/sign-in"))
    assert pack(page) is None


def test_signing_out_clears_and_the_next_person_sees_nothing_of_the_first(tablet, line, server):
    page = tablet()
    notes = addresses(server.database)["notes"]
    page.goto(notes)
    kept(page, notes)
    page.goto("/account")
    page.get_by_role("button", name="Sign out", exact=True).click()
    page.wait_for_url(re.compile("/sign-in"))
    until(page, "async () => !(await caches.keys()).some((name) => name.startsWith('pack'))")
    page.goto(server.link(MEMBER))
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{server.address}/")
    kept(page, "/")
    assert "Nadine" in pack(page)["/"]
    _cut(line)
    for address in (notes, addresses(server.database)["capture"], "/"):
        page.goto(address)
        assert OF_THE_FIRST not in page.content()


def test_when_another_person_is_signed_in_the_pack_of_the_first_is_dropped_at_the_first_answer(tablet, line, server):
    page, other = tablet(), tablet(MEMBER)
    notes = addresses(server.database)["notes"]
    page.goto(notes)
    kept(page, notes)
    page.context.clear_cookies()
    page.context.add_cookies(other.context.cookies())
    page.goto("/")
    page.get_by_role("link", name="Nadine Fairclough").wait_for()
    kept(page, "/")
    found = pack(page)
    assert "Nadine Fairclough" in found["/"], "her own day is kept by now"
    assert not [address for address, text in found.items() if 'class="me" href="/account">Bethan' in text]


@pytest.mark.parametrize(("size", "scheme"), [("portrait", "light"), ("phone", "dark")])
def test_axe_finds_nothing_without_a_line(tablet, line, server, size, scheme):
    page = tablet(size=size, scheme=scheme)
    page.get_by_text(re.compile("The whole .* is on this tablet")).wait_for()
    wrong = []
    page.goto(f"/sessions/{session_of(server.database)}/ready")
    wrong += look(page, "ready")
    _cut(line)
    for name, address in (("offline", "/schools"), ("today", "/"), ("capture", addresses(server.database)["capture"])):
        page.goto(address)
        page.locator("h1").wait_for(state="attached")
        wrong += look(page, name)
    assert wrong == [], "\n".join(wrong)
