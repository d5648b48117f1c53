"""F5: sign-ins that end, and people who share a tablet: nothing is lost, read by another, or sent in another's name."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.tablets import OURS, all_stand, ask_again, indicator, note, rows, wait_until
from workgroup import clock

pytestmark = pytest.mark.browser
SECRET = "Only mine to read"
# Everything that the browser keeps for the site and a next person could look at, as one text.
ALL_KEPT = """() => new Promise((kept) => {
  const asked = indexedDB.open("workgroup");
  const plain = (one) => {
    if (one instanceof ArrayBuffer || ArrayBuffer.isView(one)) return new TextDecoder("latin1").decode(one);
    return one && typeof one === "object" ? Object.values(one).map(plain).join(" ") : String(one);
  };
  asked.onsuccess = async () => {
    const found = [];
    for (const name of asked.result.objectStoreNames) await new Promise((next) => {
      const all = asked.result.transaction(name).objectStore(name).getAll();
      all.onsuccess = () => { found.push(...all.result.map(plain)); next(); };
    });
    asked.result.close();
    kept([...found, ...Object.values({ ...localStorage }), ...Object.values({ ...sessionStorage })].join("\\n"));
  };
})"""


def _sign_in(hall, page, who):
    """Sign a person in on a tablet in use, as the link in a mail does."""
    page.context.add_cookies([hall.cookie(who)])
    page.goto("/")


def _sign_out(page):
    page.goto("/account")
    page.get_by_role("button", name="Sign out", exact=True).first.click()
    page.wait_for_url(re.compile("/sign-in"))


def _end_on_the_server(hall, who):
    with hall.record() as db:
        db.conn.execute("update tablet set ended_at = ? where person = ?", (clock.now(), getattr(hall.w, who)))


def _nobody_else_can_read(page, secret=SECRET):
    assert secret not in page.content()
    assert secret not in page.evaluate(ALL_KEPT)


def test_f5_a_sign_in_that_ends_on_the_server_leaves_what_waits_until_its_author_is_back(hall):
    page = hall.tablet("leader", hall.notes)
    _end_on_the_server(hall, "leader")
    note(page, SECRET)
    indicator(page, "signed out: sign in to send")
    page.goto("/")
    page.get_by_text("1 entry waits on this tablet, sealed").wait_for()
    assert rows(page, "key") == []
    _nobody_else_can_read(page)
    _sign_in(hall, page, "leader")
    all_stand(page, "sent", 1)
    assert hall.all("select words, by from session_note") == [(SECRET, hall.w.leader)]


def test_f5_after_sign_out_the_next_person_finds_only_that_something_waits(hall):
    page = hall.tablet("leader", hall.notes)
    hall.proxy.fault("login", "/sync")
    note(page, SECRET)
    page.get_by_label("Note", exact=True).fill("Half written")
    wait_until(page, lambda drafts: drafts, store="draft")
    _sign_out(page)
    page.get_by_text("1 entry waits on this tablet, sealed, until whoever wrote it signs in here.").wait_for()
    assert rows(page, "key") == []
    _nobody_else_can_read(page)
    hall.proxy.heal()
    before = rows(page)
    _sign_in(hall, page, "co_leader")
    for path in ("/", hall.notes, "/standing"):
        page.goto(path)
        indicator(page, "Nothing waits")
        _nobody_else_can_read(page)
        _nobody_else_can_read(page, "Half written")
    page.get_by_text("1 entry, until whoever wrote them signs in on this tablet.").wait_for()
    assert {key["person"] for key in rows(page, "key")} == {hall.w.co_leader}
    assert rows(page) == before, "intact"
    page.goto(hall.notes)
    note(page, "By the second")
    wait_until(page, lambda found: [row["standing"] for row in found if row["by"] == hall.w.co_leader] == ["sent"])
    _sign_out(page)
    _sign_in(hall, page, "leader")
    all_stand(page, "sent", 2)
    assert hall.all("select words, by from session_note order by at") == [
        (SECRET, hall.w.leader), ("By the second", hall.w.co_leader)
    ]  # fmt: skip
    page.goto(hall.notes)
    expect(page.get_by_label("Note", exact=True)).to_have_value("Half written")


def test_f5_a_page_of_the_first_person_sends_nothing_in_the_name_of_the_second(hall):
    first = hall.tablet("leader", hall.notes)
    hall.proxy.fault("login", "/sync")
    note(first, SECRET)
    second = hall.page(first.context, "/sign-in")
    _sign_in(hall, second, "co_leader")
    hall.proxy.heal()
    ask_again(first)
    first.get_by_label("Note", exact=True).fill("Typed after the other signed in")
    first.get_by_role("button", name="Keep the note").click()
    first.get_by_text("Somebody else has signed in on this tablet").wait_for()
    assert first.get_by_label("Note", exact=True).input_value() == "Typed after the other signed in"
    indicator(first, "signed out: sign in to send")
    assert hall.all("select 1 from session_note") == []
    _sign_in(hall, second, "leader")
    all_stand(second, "sent", 1)
    first.get_by_role("button", name="Keep the note").click()
    all_stand(second, "sent", 2)
    assert {by for (by,) in hall.all("select by from session_note")} == {hall.w.leader}


def test_f5_a_capture_page_of_the_first_person_keeps_its_words_and_taps_out_of_the_seconds_name(hall):
    first = hall.tablet("leader", hall.capture)
    first.get_by_role("button", name=re.compile("Counts the parts")).click()
    all_stand(first, "sent", 1)
    second = hall.page(first.context, "/sign-in")
    _sign_in(hall, second, "co_leader")
    first.get_by_label(re.compile("Words, now or later")).fill("Three of four")
    first.get_by_role("button", name="Keep the words").click()
    first.get_by_text("Somebody else has signed in on this tablet").wait_for()
    assert first.get_by_label(re.compile("Words, now or later")).input_value() == "Three of four"
    first.get_by_role("button", name="Something else").click()
    first.locator("[data-count]", has_text="1 moment").wait_for()
    assert hall.all("select by from noticing") == [(hall.w.leader,)]


def test_f5_drafts_and_entries_of_two_people_never_meet_in_one_box(hall):
    page = hall.tablet("leader", hall.notes)
    page.get_by_label("Note", exact=True).fill("The leader’s draft")
    wait_until(page, lambda drafts: len(drafts) == 1, store="draft")
    _sign_out(page)
    _sign_in(hall, page, "co_leader")
    page.goto(hall.notes)
    page.evaluate(f"({OURS})().then(({{ ready }}) => ready)")
    assert page.get_by_label("Note", exact=True).input_value() == ""
    page.get_by_label("Note", exact=True).fill("The co-leader’s draft")
    wait_until(page, lambda drafts: len(drafts) == 2, store="draft")
    _sign_out(page)
    _sign_in(hall, page, "leader")
    page.goto(hall.notes)
    expect(page.get_by_label("Note", exact=True)).to_have_value("The leader’s draft")
