"""F1, F2, F9, F10: sent twice, written in two tabs, lost with last night's backup, not the sender's to send."""

import shutil

import pytest

from tests import world
from tests.browser.tablets import OURS, all_stand, ask_again, indicator, note, rows, wait_until

pytestmark = pytest.mark.browser
NO_LOCKS = "delete Navigator.prototype.locks;"
# Entries whose words are named go over the wire changed, as a tablet would send them that somebody took apart.
FORGE = """(change) => OURS().then(async ({ ready }) => {
  const { outbox } = await ready;
  const plain = outbox.unsent.bind(outbox);
  outbox.unsent = async (...asked) => (await plain(...asked)).map((one) => {
    const told = change[one.fields.words];
    return told ? { ...one, by: told.by ?? one.by, fields: { ...one.fields, ...told.fields } } : one;
  });
})""".replace("OURS", f"({OURS})")


def _posts(hall):
    return [seen for seen in hall.proxy.seen if seen.method == "POST" and seen.path == "/sync"]


def test_f1_one_entry_sent_by_five_tabs_at_once_is_kept_once(hall):
    held, answers = hall.proxy.hold("/sync", method="POST"), []
    page = hall.tablet("leader", hall.notes, init=NO_LOCKS)
    page.context.on("response", lambda r: answers.append(r) if r.url.endswith("/sync") else None)
    note(page, "Half is fair")
    held.wait_for(1)
    tabs = [page, *(hall.page(page.context, hall.notes) for _ in range(4))]
    held.wait_for(5)
    held.open()
    hall.proxy.wait_for(lambda seen: all(one.ended for one in _posts(hall)))
    for tab in tabs:
        indicator(tab, "All sent")
    assert len({seen.json["entries"][0]["id"] for seen in _posts(hall)}) == 1
    said = sorted(answer.json()["standings"][0]["standing"] for answer in answers)
    assert said == ["already"] * 4 + ["entered"]
    assert hall.all("select words from session_note") == [("Half is fair",)]
    assert len(rows(page)) == 1


def test_f1_a_line_that_repeats_requests_and_cuts_answers_keeps_each_entry_once(hall):
    hall.proxy.fault("duplicate", "/sync", "POST", times=1, many=5)
    page = hall.tablet("leader", hall.notes)
    note(page, "Sent five times")
    indicator(page, "All sent")
    hall.proxy.fault("cut_after_commit", "/sync", "POST", times=1)
    note(page, "Kept, and the answer lost")
    indicator(page, "1 here since")
    ask_again(page)
    indicator(page, "All sent")
    assert hall.all("select words from session_note order by at") == [
        ("Sent five times",), ("Kept, and the answer lost",)
    ]  # fmt: skip


def test_f2_what_is_written_in_two_tabs_survives_from_both(hall):
    one = hall.tablet("leader", hall.notes)
    other = hall.page(one.context, hall.notes)
    hall.proxy.fault("refuse")
    one.get_by_label("Note", exact=True).fill("From the first tab")
    note(other, "From the second tab, offline")
    one.get_by_role("button", name="Keep the note").click()
    one.locator("[data-drawn='sessions.note'] .words", has_text="From the first tab").wait_for()
    all_stand(one, "here", 2)
    hall.proxy.heal()
    ask_again(one)
    all_stand(other, "sent", 2)
    note(one, "First, online")
    note(other, "Second, online")
    all_stand(one, "sent", 4)
    words = {words for (words,) in hall.all("select words from session_note")}
    assert words == {"From the first tab", "From the second tab, offline", "First, online", "Second, online"}
    assert len({row["id"] for row in rows(one)}) == 4
    for tab in (one, other):
        tab.reload()
        for said in words:
            assert tab.get_by_text(said, exact=True).count() == 1


def test_f9_what_was_written_since_last_nights_backup_comes_back_by_itself(hall, tmp_path):
    tablets = [hall.tablet(who, hall.notes, setup=lambda p: p.clock.install()) for who in ("leader", "co_leader")]
    hall.server.run("backup", tmp_path / "night.sqlite")
    for page in tablets:
        note(page, "Since the backup")
        all_stand(page, "sent", 1)
    hall.server.stop()
    hall.server.run("restore", tmp_path / "night.sqlite", "--yes")
    assert hall.all("select words from session_note") == []
    hall.server.start()
    for page in tablets:  # nobody touches them: they lie open, and their own clock goes on
        page.clock.fast_forward("10:00")
    # until they have asked, they rightly believe that all is sent: only the record tells that they know better
    hall.proxy.wait_for(lambda seen: len(hall.all("select 1 from session_note")) == 2)
    for page in tablets:
        indicator(page, "All sent")
        all_stand(page, "sent", 1)
    assert hall.all("select words from session_note") == [("Since the backup",)] * 2


def test_f9_a_ledger_that_stepped_back_under_its_own_name_is_noticed(hall, tmp_path):
    page = hall.tablet("leader", hall.notes)
    note(page, "Before the copy")
    all_stand(page, "sent", 1)
    hall.server.run("backup", tmp_path / "night.sqlite")
    note(page, "After the copy")
    all_stand(page, "sent", 2)
    hall.server.stop()
    for path in tmp_path.glob("hub.sqlite*"):
        path.unlink()
    shutil.copyfile(tmp_path / "night.sqlite", hall.server.database)
    hall.server.start()
    page.reload()
    before = {row["id"] for row in rows(page)}
    hall.proxy.wait_for(lambda seen: len(hall.all("select 1 from session_note")) == 2)
    all_stand(page, "sent", 2)
    assert {row["id"] for row in rows(page)} == before
    assert {e["fields"]["words"] for e in _posts(hall)[-1].json["entries"]} == {"After the copy"}


def test_f10_of_a_mixed_batch_only_ones_own_is_kept_and_the_rest_is_refused_in_words(hall):
    w = hall.w
    with hall.record() as db:
        far = world.do(
            db, "sessions.plan", w.far_leader, work_group=w.far_group, kind="TRG", title="Far", day=world.days(0),
            starts="09:00", ends="12:00", mode="online", anyway="y",
        ).about  # fmt: skip
    hall.proxy.fault("refuse", "/sync")
    page = hall.tablet("leader", hall.notes)
    page.evaluate(FORGE, {"Not my group": {"fields": {"session": far}}, "Not me": {"by": w.co_leader}})
    for words in ("Mine", "Not my group", "Not me", "Mine too"):
        note(page, words)
    hall.proxy.heal()
    ask_again(page)
    wait_until(page, lambda rows: [row["standing"] for row in rows].count("refused") == 2)
    (batch,) = [seen for seen in _posts(hall) if seen.status == 200]
    assert len(batch.json["entries"]) == 4
    indicator(page, "2 refused")
    kept = "select words, by from session_note order by at, words"
    assert hall.all(kept) == [("Mine", w.leader), ("Mine too", w.leader)]
    page.goto("/standing")
    refused = page.locator("[data-list=refused] > li")
    refused.nth(1).get_by_text("This was written by somebody else.").wait_for()
    assert refused.count() == 2
    assert refused.nth(0).locator(".error").inner_text()
    refused.nth(1).get_by_role("button", name="Change the words").click()
    refused.nth(1).get_by_label("Your words").fill("Mine after all")
    page.get_by_role("button", name="Send it like this").click()
    refused.nth(0).get_by_role("button", name="Send it again").click()
    all_stand(page, "sent", 4)
    assert {words for words, by in hall.all(kept)} == {"Mine", "Mine too", "Mine after all", "Not my group"}
    assert {by for _, by in hall.all(kept)} == {w.leader}
