"""F13, F16: a browser whose own store stops answering, and a kept page that offers the same id twice."""

import pytest
from playwright.sync_api import expect

from tests.browser.offline.keeping import kept
from tests.browser.tablets import all_stand, ask_again, indicator, note, rows, wait_until

pytestmark = pytest.mark.browser
# another page of the tablet holds every store in a transaction that does not end, as one that was put to sleep may do
HOLD = """() => new Promise((held) => {
  const asked = indexedDB.open("workgroup");
  asked.onsuccess = () => {
    const db = asked.result;
    const tx = db.transaction([...db.objectStoreNames], "readwrite");
    globalThis.isHeld = true;
    tx.oncomplete = () => db.close();
    const again = () => {
      if (globalThis.isHeld) tx.objectStore("fact").get("order").onsuccess = again;
      held();
    };
    again();
  };
})"""
LET_GO = "() => { globalThis.isHeld = false; }"
LOCKS = "() => navigator.locks.query().then(({ held }) => held.filter((one) => one.name === 'workgroup-outbox').length)"


def test_a_tap_that_the_browsers_store_does_not_take_is_said_not_to_be_kept_and_sending_goes_on_later(hall):
    page = hall.tablet("leader", hall.capture)
    page.get_by_role("button", name="Something else").click()
    all_stand(page, "sent", 1)
    holding = hall.page(page.context, "/static/none")
    holding.evaluate(HOLD)
    page.get_by_role("button", name="Something else").click()
    page.get_by_role("alert").filter(has_text="does not answer").wait_for()
    page.locator("[data-count]", has_text="1 moment").wait_for()
    holding.evaluate(LET_GO)
    page.get_by_role("button", name="Something else").click()
    all_stand(page, "sent", 2)
    assert page.get_by_role("alert").filter(has_text="does not answer").count() == 0
    assert hall.all("select count(*) from noticing") == [(2,)]


def test_a_note_that_hangs_stays_in_its_box_and_is_kept_once_when_it_is_kept_again(hall):
    page = hall.tablet("leader", hall.notes)
    indicator(page, "Nothing waits")
    holding = hall.page(page.context, "/static/none")
    holding.evaluate(HOLD)
    page.get_by_label("Note", exact=True).fill("Written while nothing answers")
    page.get_by_role("button", name="Keep the note").click()
    page.get_by_role("alert").filter(has_text="does not answer").wait_for()
    assert page.get_by_label("Note", exact=True).input_value() == "Written while nothing answers"
    holding.evaluate(LET_GO)
    page.get_by_role("button", name="Keep the note").click()
    all_stand(page, "sent", 1)
    assert hall.all("select words from session_note") == [("Written while nothing answers",)]


def test_sending_lets_go_of_its_turn_when_the_store_hangs_and_says_why(hall):
    page = hall.tablet("leader", hall.notes)
    hall.proxy.fault("refuse", "/sync")
    note(page, "Waits")
    hall.proxy.heal()
    holding = hall.page(page.context, "/static/none")
    holding.evaluate(HOLD)
    ask_again(page)  # comes back although nothing answered: the turn is free for the other pages
    assert page.evaluate(LOCKS) == 0
    holding.evaluate(LET_GO)
    ask_again(page)
    all_stand(page, "sent", 1)


def test_a_page_that_opens_while_the_store_hangs_says_so_and_goes_on_by_itself_when_it_answers_again(hall):
    page = hall.tablet("leader", hall.notes)
    hall.proxy.fault("refuse", "/sync")
    note(page, "Waits")
    page.get_by_label("Note", exact=True).fill("Half written")
    wait_until(page, lambda drafts: len(drafts) == 1, store="draft")
    holding = hall.page(page.context, "/static/none")
    holding.evaluate(HOLD)
    page.goto(hall.notes)
    indicator(page, "This browser’s store does not answer")
    hall.proxy.heal()
    page.wait_for_timeout(11_000)  # past every patience of the page
    holding.evaluate(LET_GO)
    all_stand(page, "sent", 1)
    indicator(page, "All sent")
    expect(page.get_by_label("Note", exact=True)).to_have_value("Half written")


def test_a_kept_page_that_is_opened_twice_without_a_line_keeps_what_was_written_each_time(hall):
    page = hall.tablet("leader", hall.notes)
    kept(page, hall.notes)
    hall.proxy.fault("refuse")
    for words in ("The first time", "The second time"):
        page.goto(hall.notes)
        note(page, words)
    wait_until(page, lambda found: len(found) == 2)
    assert len({row["id"] for row in rows(page)}) == 2
    hall.proxy.heal()
    ask_again(page)
    all_stand(page, "sent", 2)
    assert hall.all("select words from session_note order by at") == [("The first time",), ("The second time",)]
