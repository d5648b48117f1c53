"""What hands do that nobody planned: double taps, back, reload in the middle, empty boxes, very long text."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.tablets import OURS, all_stand, ask_again, indicator, note, rows, wait_until

pytestmark = pytest.mark.browser
FAR_AWAY = "👩🏽‍🏫 نصف الربع ثُمن، ‏½ < ¼? 分数は同じ長さ\nשורה שנייה"


def test_a_double_tap_on_keep_is_one_entry_and_two_notes_after_one_another_are_two(hall):
    page = hall.tablet("leader", hall.notes)
    page.get_by_label("Note", exact=True).fill("Tapped twice")
    page.get_by_role("button", name="Keep the note").dblclick()
    all_stand(page, "sent", 1)
    note(page, "Tapped twice")
    all_stand(page, "sent", 2)
    assert hall.all("select words from session_note") == [("Tapped twice",)] * 2


def test_a_reload_and_the_back_button_in_the_middle_of_sending_lose_and_double_nothing(hall):
    page = hall.tablet("leader", hall.notes)
    held = hall.proxy.hold("/sync", method="POST")
    note(page, "On its way")
    held.wait_for(1)
    page.reload()
    page.locator("[data-drawn] .words", has_text="On its way").wait_for()
    page.goto("/groups")
    page.go_back()
    page.locator("[data-drawn] .words", has_text="On its way").wait_for()
    held.open()
    all_stand(page, "sent", 1)
    assert hall.all("select words from session_note") == [("On its way",)]
    page.reload()
    assert page.get_by_text("On its way", exact=True).count() == 1, "drawn by the server now, and by nobody else"


def test_an_empty_box_is_asked_for_without_a_line_and_keeps_nothing(hall):
    page = hall.tablet("leader", hall.notes)
    hall.proxy.fault("refuse")
    page.get_by_role("button", name="Keep the note").click()
    page.get_by_role("alert").get_by_text("Enter a note.").wait_for()
    page.get_by_label("Note", exact=True).fill("   ")
    page.get_by_role("button", name="Keep the note").click()
    assert page.get_by_role("alert").count() == 1 and rows(page) == []
    note(page, "Something after all")
    assert page.get_by_role("alert").count() == 0
    all_stand(page, "here", 1)


def test_text_in_any_script_comes_back_letter_for_letter(hall):
    page = hall.tablet("leader", hall.notes)
    page.get_by_label("Note", exact=True).fill(FAR_AWAY)
    page.get_by_role("button", name="Keep the note").click()
    all_stand(page, "sent", 1)
    assert hall.all("select words from session_note") == [(FAR_AWAY,)]
    page.reload()
    assert page.locator("p.words").first.inner_text() == FAR_AWAY
    page.get_by_label("Note", exact=True).fill(FAR_AWAY[::-1])
    wait_until(page, lambda drafts: drafts, store="draft")
    page.evaluate(f"({OURS})().then(({{ ready }}) => ready).then(({{ outbox }}) => outbox.last)")
    page.reload()
    expect(page.get_by_label("Note", exact=True)).to_have_value(FAR_AWAY[::-1])


def test_a_very_long_text_is_taken_whole_refused_in_words_and_can_be_shortened(hall):
    page = hall.tablet("leader", hall.notes)
    box, long = page.get_by_label("Note", exact=True), "Half " * 2_500
    box.focus()
    page.keyboard.insert_text(long)
    assert box.input_value() == long, "a long paste is not cut off without a word"
    page.get_by_role("button", name="Keep the note").click()
    indicator(page, "1 refused")
    page.goto("/standing")
    page.get_by_text("Use 10,000 characters or fewer.").wait_for()
    page.get_by_role("button", name="Change the words").click()
    assert page.locator("[data-list=refused] textarea").input_value() == long
    page.locator("[data-list=refused] textarea").fill("Half")
    page.get_by_role("button", name="Send it like this").click()
    all_stand(page, "sent", 1)
    assert hall.all("select words from session_note") == [("Half",)]


def test_a_text_too_large_for_any_batch_is_refused_alone_and_holds_nothing_up(hall):
    page = hall.tablet("leader", hall.notes)
    hall.proxy.fault("refuse", "/sync")
    note(page, "Before it")
    page.get_by_label("Note", exact=True).evaluate("(box) => { box.value = 'x'.repeat(1_200_000); }")
    page.get_by_role("button", name="Keep the note").click()
    wait_until(page, lambda rows: len(rows) == 2)
    note(page, "After it")
    hall.proxy.heal()
    ask_again(page)
    wait_until(page, lambda rows: sorted(row["standing"] for row in rows) == ["refused", "sent", "sent"])
    assert {words for (words,) in hall.all("select words from session_note")} == {"Before it", "After it"}


def test_words_typed_for_one_moment_stay_with_it_when_the_next_pad_is_tapped_at_once(hall):
    page = hall.tablet("colleague", hall.capture)
    hall.proxy.fault("refuse", "/sync")
    page.get_by_role("button", name=re.compile("Counts the parts")).click()
    page.get_by_label(re.compile("Words, now or later")).fill("For the first")
    page.get_by_role("button", name=re.compile("Folds to compare")).click()
    page.get_by_role("button", name="Something else").click()
    page.locator("[data-count]", has_text="3 moments").wait_for()
    wait_until(page, lambda rows: len(rows) == 4)
    page.reload()
    page.locator("[data-count]", has_text="3 moments").wait_for()
    assert page.get_by_label(re.compile("Words, now or later")).input_value() == "", "what became words is no draft"
    hall.proxy.heal()
    ask_again(page)
    all_stand(page, "sent", 4)
    kept = hall.all(
        "select p.words, w.words from noticing n left join noticing_words w on w.noticing = n.id"
        " left join predicted_response p on p.id = n.predicted_response order by n.at"
    )
    assert kept == [("Counts the parts without checking", "For the first"), ("Folds to compare", None), (None, None)]


def test_a_second_tab_that_opens_while_the_first_one_hangs_sends_when_the_first_gives_up(hall):
    first = hall.tablet("leader", hall.notes, setup=lambda page: page.clock.install())
    indicator(first, "Nothing waits")
    hall.proxy.fault("hang", "/sync", "POST", times=1)
    note(first, "Hangs in the first")
    hall.proxy.wait_for(lambda seen: any(one.mode == "hang" for one in seen))
    second = hall.page(first.context, hall.notes)
    note(second, "Waits its turn in the second")
    first.clock.fast_forward("00:21")
    all_stand(second, "sent", 2)
    indicator(second, "All sent")
    assert len(hall.all("select 1 from session_note")) == 2


def test_a_tab_that_is_closed_in_the_middle_of_sending_leaves_the_turn_to_the_others(hall):
    first = hall.tablet("leader", hall.notes)
    indicator(first, "Nothing waits")
    hall.proxy.fault("hang", "/sync", "POST", times=1)
    note(first, "Closed while it went")
    hall.proxy.wait_for(lambda seen: any(one.mode == "hang" for one in seen))
    second = hall.page(first.context, hall.notes)
    first.close()
    all_stand(second, "sent", 1)
    assert hall.all("select words from session_note") == [("Closed while it went",)]
