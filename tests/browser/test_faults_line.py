"""F3, F4, F6, F14: a wifi that wants a login, a line that dies without a word, requests that hang, no network."""

import re

import pytest

from tests.browser.tablets import a_hall, all_stand, ask_again, indicator, note, rows, standings, wait_until

pytestmark = pytest.mark.browser


def _tap(page, saw, words=None):
    """Note a moment on the capture page, with words or without."""
    many = int(re.search(r"\d+", page.locator("[data-count]").inner_text()).group())
    page.get_by_role("button", name=saw).click()
    page.locator("[data-count]", has_text=f"{many + 1} moment").wait_for()
    if words:
        page.get_by_label(re.compile("Words, now or later")).fill(words)
        page.get_by_role("button", name="Keep the words").click()
        page.locator("[data-last-words]", has_text=words).wait_for()


@pytest.mark.parametrize("under", ["/sync", "/"])
@pytest.mark.parametrize("wifi", ["login", "login_redirect"])
def test_f3_a_login_page_marks_nothing_sent_and_is_said_in_words(hall, wifi, under):
    page = hall.tablet("leader", hall.notes)
    indicator(page, "Nothing waits")
    hall.proxy.fault(wifi, under)
    for words in ("Behind the login", "Still behind it"):
        note(page, words)
    indicator(page, "2 here since")
    indicator(page, "this wifi may want a login")
    assert standings(page) == ["here", "here"]
    assert page.get_by_text("This wifi may want a login. You can go on writing.").count() == 1, "said aloud once"
    hall.proxy.heal()
    ask_again(page)
    indicator(page, "All sent")
    assert standings(page) == ["sent", "sent"]
    kept = hall.all("select words from session_note order by at")
    assert kept == [("Behind the login",), ("Still behind it",)]


def test_f3_a_wifi_that_breaks_tls_marks_nothing_sent_and_what_waits_arrives_later(a_chromium, furnished, tmp_path):
    original, w = furnished
    with a_hall(a_chromium, original, tmp_path, w, tls=True) as hall:
        page = hall.tablet("leader", hall.notes, context=hall.context(hall.trusting()))
        hall.proxy.break_tls()
        note(page, "Behind another certificate")
        indicator(page, "1 here since")
        indicator(page, "this wifi may want a login")
        assert hall.proxy.broken_handshakes and standings(page) == ["here"]
        hall.proxy.heal()
        ask_again(page)
        all_stand(page, "sent", 1)
        assert hall.all("select words from session_note") == [("Behind another certificate",)]


def test_f4_a_line_that_dies_without_a_word_is_never_said_to_have_sent_anything(hall):
    page = hall.tablet("leader", hall.notes, setup=lambda p: p.clock.install())
    note(page, "Sent")
    indicator(page, "All sent")
    hall.proxy.fault("hang", "/sync")
    note(page, "Into the void")
    indicator(page, "1 here, sending")
    page.clock.fast_forward("00:21")
    indicator(page, "nothing comes back")
    hall.proxy.heal()
    hall.proxy.fault("hang_after_commit", "/sync", "POST")
    page.clock.fast_forward("00:16")
    hall.proxy.wait_for(lambda seen: any(one.mode == "hang_after_commit" and one.forwarded for one in seen))
    assert sorted(standings(page)) == ["here", "sent"], "the server has it, and nobody has said so yet"
    page.clock.fast_forward("00:21")
    indicator(page, "1 here since")
    hall.proxy.heal()
    page.clock.fast_forward("00:16")
    indicator(page, "All sent")
    assert len(hall.all("select 1 from session_note")) == 2


def test_f4_a_network_that_changes_under_the_page_sends_by_itself(hall):
    page = hall.tablet("leader", hall.notes)
    indicator(page, "Nothing waits")
    page.context.set_offline(True)
    note(page, "Between two networks")
    indicator(page, "no signal")
    page.context.set_offline(False)
    indicator(page, "All sent")
    assert hall.all("select words from session_note") == [("Between two networks",)]


def test_f4_what_waits_for_days_is_said_with_its_age_and_more_strongly_after_three(hall):
    page = hall.tablet("leader", hall.notes, setup=lambda p: p.clock.install())
    hall.proxy.fault("refuse", "/sync")
    note(page, "Two days old by then")
    indicator(page, "1 here since")
    notice = page.locator("[data-waits-long]")
    assert not notice.is_visible()
    page.clock.fast_forward("48:00:00")
    notice.get_by_text("1 entry still waits on this tablet").wait_for()
    assert "wrong" not in notice.get_attribute("class").split()
    page.clock.fast_forward("25:00:00")
    notice.get_by_text("Take it to a good line soon").wait_for()
    assert "wrong" in notice.get_attribute("class").split()
    said = page.locator("[data-standing]").inner_text()
    assert re.search(r"1 here since \w{3} \d", said), "the day is said, not only the hour"
    hall.proxy.heal()
    page.clock.fast_forward("00:16")
    indicator(page, "All sent")
    notice.wait_for(state="hidden")


def test_f6_capture_and_notes_are_usable_while_every_request_hangs(hall):
    for path in ("/sync", f"/lessons/{hall.lesson}/now", "/lib/htmx", "/icons"):
        hall.proxy.fault("hang", path)
    page = hall.tablet("leader", hall.capture)
    _tap(page, re.compile("Counts the parts"), "Half is it")
    _tap(page, "Something else")
    indicator(page, "here, sending")
    page.goto(hall.notes)
    note(page, "Written while nothing answers")
    wait_until(page, lambda rows: len(rows) == 4)
    assert set(standings(page)) == {"here"}
    assert not any(seen.status for seen in hall.proxy.seen if seen.path.startswith("/sync"))


def test_f14_the_first_use_ever_goes_on_when_the_network_is_cut_right_after_the_first_load(hall):
    page = hall.tablet("colleague", hall.capture)
    page.context.set_offline(True)
    hall.proxy.fault("refuse")
    page.get_by_text("Another pupil or table").click()
    page.get_by_label("Code").fill("t3")
    page.get_by_role("button", name="Watch").click()
    _tap(page, re.compile("Folds to compare"), "Four corners")
    _tap(page, "Something else")
    page.get_by_role("button", name=re.compile("^Undo")).click()
    page.locator("[data-count]", has_text="1 moment").wait_for()
    wait_until(page, lambda rows: len(rows) == 4)
    indicator(page, "no signal")
    hall.proxy.heal()
    page.context.set_offline(False)
    all_stand(page, "sent", 4)
    indicator(page, "All sent")
    moments = hall.all(
        "select code, (select words from noticing_words where noticing = n.id), withdrawn_at is null"
        " from noticing n order by at"
    )
    assert moments == [("Table 3", "Four corners", 1), ("Table 3", None, 0)]
    assert min(row["seq"] for row in rows(page)) == 1, "the first entry that this tablet ever made"
