"""A tablet that is full: what was sent lately is let go before anything that was written now is lost."""

import pytest

from tests.browser.offline.keeping import addresses, until

pytestmark = pytest.mark.browser
# the tablet is full for as long as entries lie on it that were sent more than a day ago
FULL = """
  const add = IDBObjectStore.prototype.add;
  IDBObjectStore.prototype.add = function (row) {
    if (this.name === "entry" && window.isFull) throw new DOMException("full", "QuotaExceededError");
    return add.call(this, row);
  };
  const remove = IDBCursor.prototype.delete;
  IDBCursor.prototype.delete = function () { window.isFull = false; return remove.call(this); };
"""
AGED = """async () => {
  const db = await new Promise((done) => {
    const asked = indexedDB.open("workgroup");
    asked.onsuccess = () => done(asked.result);
  });
  const days = [2, 0.5];
  await new Promise((done) => {
    const tx = db.transaction("entry", "readwrite");
    tx.oncomplete = done;
    tx.objectStore("entry").openCursor().onsuccess = ({ target }) => {
      const row = target.result;
      if (!row) return;
      const sent = new Date(Date.now() - days.shift() * 86_400_000).toISOString();
      row.update({ ...row.value, sent_at: sent });
      row.continue();
    };
  });
  db.close();
}"""
SENT = """async () => {
  const address = document.querySelector('script[src*="/js/page"]').src.replace("page", "tablet");
  const { ready, person } = await import(address);
  const { outbox } = await ready;
  return (await outbox.counts()).find((one) => one.by === person).sent;
}"""


def _note(page, words):
    page.get_by_label("Note", exact=True).fill(words)
    page.get_by_role("button", name="Keep the note").click()
    page.locator(".drawn").get_by_text(words).wait_for()
    page.locator("[data-standing]", has_text="All sent").wait_for()


def test_a_full_tablet_lets_go_of_what_was_sent_a_day_ago_before_anything_else(tablet, server):
    page = tablet()
    page.context.add_init_script(FULL)
    page.goto(addresses(server.database)["notes"])
    _note(page, "Sent two days ago")
    _note(page, "Sent this morning")
    until(page, f"async () => (await ({SENT})()) === 2")
    page.evaluate(AGED)
    page.evaluate("window.isFull = true")
    _note(page, "Written on a full tablet")
    assert page.evaluate("window.isFull") is False, "room was made"
    until(page, f"async () => (await ({SENT})()) === 2")  # the old one has gone, the younger and the new one are here
