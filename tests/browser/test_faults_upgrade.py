"""F17: what a tablet of an earlier release holds arrives after an upgrade, whatever that release was."""

import pytest
from playwright.sync_api import expect

from tests.browser import old_outboxes
from tests.browser.tablets import indicator, rows, wait_until

pytestmark = pytest.mark.browser
OLD = sorted(old_outboxes.HERE.glob("*.json"))


@pytest.mark.parametrize("path", OLD, ids=lambda path: path.stem)
def test_f17_what_an_earlier_release_kept_arrives_after_the_upgrade(hall, path):
    with hall.record() as db:
        old_outboxes.the_room(db, hall.w)
    notes = f"/sessions/{old_outboxes.SESSION}/notes"
    page = hall.tablet("leader", notes, setup=lambda page: old_outboxes.load(page, path, hall.w.leader))
    indicator(page, "1 refused")
    wait_until(page, lambda rows: sorted(row["standing"] for row in rows) == ["refused"] + ["sent"] * 6)
    assert {row["id"] for row in rows(page)} == old_outboxes.ids(path)
    assert {words for (words,) in hall.all("select words from session_note")} == {
        "Sent before the line went", "Waited through the upgrade"
    }  # fmt: skip
    for table in ("decision", "session_summary", "noticing_words"):
        assert len(hall.all(f"select 1 from {table} where words like '%before the upgrade'")) == 1, table
    expect(page.get_by_label("Note", exact=True)).to_have_value("Half a senten")
    page.goto("/standing")
    page.get_by_text("Refused then", exact=True).wait_for()
    page.get_by_role("button", name="Send it again").click()
    wait_until(page, lambda rows: {row["standing"] for row in rows} == {"sent"})
    assert hall.all("select 1 from session_note where words = 'Refused then'") == [(1,)]


def test_f17_there_is_an_old_store_of_every_version_that_the_store_has_had():
    source = (old_outboxes.HERE.parents[2] / "workgroup" / "static" / "js" / "outbox.js").read_text(encoding="utf-8")
    version = int(source.split("openDB(name, ")[1].split(",")[0])
    assert {int(path.stem) for path in OLD} >= set(range(1, version + 1)), "write one before the store changes"
