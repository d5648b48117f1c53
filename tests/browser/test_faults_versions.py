"""F8: a long text that two tablets write from the same version, in all orders of syncing, until somebody joins it."""

import itertools
import os
import re

import pytest

from tests.browser.tablets import all_stand, indicator, wait_until
from tests.lessons.examples import a_noticing
from tests.reflections.examples import a_reflection

pytestmark = pytest.mark.browser
ORDERS = list(itertools.permutations((0, 1)))[: None if os.environ.get("WORKGROUP_STRESS") else 1]


def _open(page, summary):
    if not page.locator("details[open]", has_text=summary).count():
        page.locator("summary", has_text=summary).first.click()


def _write(page, button, words):
    """Write a long text on the page and keep it; the tablet has it when the mark of it is drawn."""
    box = page.locator("form[data-follows] textarea[name=words]")
    box.fill(words)
    page.get_by_role("button", name=button, exact=True).click()
    wait_until(page, lambda rows: rows)


def _released(hall, order, *writes):
    """Let each tablet write while its line is held, then let the lines go on in this order."""
    held = hall.proxy.hold("/sync", method="POST")
    for many, write in enumerate(writes, 1):
        write()
        held.wait_for(many)
    held.release(*order)
    hall.proxy.heal()


def _are_in_two_versions(hall, pages):
    for page in pages:
        page.goto("/standing")
        page.locator("[data-list=versions] > li").first.wait_for()
        assert page.locator("[data-list=versions] > li").count() == 1


def _are_one_again(hall, pages):
    for page in pages:
        page.goto("/standing")
        page.locator("[data-part=sent]:not([hidden])").wait_for()
        page.locator("[data-list=versions] > li").first.wait_for(state="detached")
        wait_until(page, lambda rows: not any(row.get("versions") for row in rows))


@pytest.mark.parametrize("order", ORDERS, ids=str)
def test_f8_two_tablets_write_the_same_summary_and_both_see_both_until_one_is_made_of_them(hall, order):
    pages = [hall.tablet(who, hall.notes) for who in ("leader", "co_leader")]
    texts = ["Bars first, then dots", "Dots first, then bars"]
    for page in pages:
        _open(page, "Write the summary")
    _released(hall, order, *(
        lambda page=page, words=words: _write(page, "Keep the summary", words)
        for page, words in zip(pages, texts, strict=True)
    ))  # fmt: skip
    for page in pages:
        all_stand(page, "sent", 1)
    assert {words for (words,) in hall.all("select words from session_summary")} == set(texts)
    seen = []
    for page in pages:
        page.reload()
        page.get_by_text("Two people wrote the summary at the same time.").wait_for()
        seen.append(page.locator("p.words").all_inner_texts())
    assert seen[0] == seen[1] and set(texts) <= set(seen[0])
    _are_in_two_versions(hall, pages)
    pages[0].goto(hall.notes)
    _write(pages[0], "Keep the summary", "Bars, then dots, then bars")
    all_stand(pages[0], "sent", 2)
    for page in pages:
        page.goto(hall.notes)
        assert page.get_by_text("Two people wrote").count() == 0
        assert "Bars, then dots, then bars" in page.locator("p.words").all_inner_texts()
        assert not set(texts) & set(page.locator("p.words").all_inner_texts())
    _are_one_again(hall, pages)
    assert len(hall.all("select 1 from ledger where kind = 'sessions.summarise'")) == 3, "the ledger keeps both"


@pytest.mark.parametrize("order", ORDERS, ids=str)
def test_f8_a_reflection_written_on_two_devices_stands_in_both_versions_until_its_author_chooses(hall, order):
    with hall.record() as db:
        id = a_reflection(db, hall.w, session=hall.session)
    pages = [hall.tablet("participant", f"/reflections/{id}/edit") for _ in range(2)]
    texts = ["From the phone", "From the laptop"]
    _released(hall, order, *(
        lambda page=page, words=words: _write(page, "Keep it", words)
        for page, words in zip(pages, texts, strict=True)
    ))  # fmt: skip
    for page in pages:
        all_stand(page, "sent", 1)
    seen = []
    for page in pages:
        page.goto(f"/reflections/{id}")
        page.get_by_text("Two versions of yours stand side by side.").wait_for()
        seen.append(page.locator(".entry > div > p.words").all_inner_texts())
    assert seen[0] == seen[1] and sorted(seen[0]) == sorted(texts)
    _are_in_two_versions(hall, pages)
    pages[1].goto(f"/reflections/{id}")
    pages[1].locator("form", has=pages[1].get_by_role("button", name=re.compile("This one stands"))).first.get_by_role(
        "button").click()  # fmt: skip
    pages[1].get_by_text("Two versions of yours").wait_for(state="detached")
    _are_one_again(hall, pages)
    kept = {words for (words,) in hall.all("select words from reflection_words where reflection = ?", id)}
    assert set(texts) < kept, "all stay in the record"


@pytest.mark.parametrize("order", ORDERS, ids=str)
def test_f8_words_for_one_moment_from_two_devices_stand_side_by_side(hall, order):
    with hall.record() as db:
        id = a_noticing(db, hall.w, lesson=hall.lesson, words="")
    pages = [hall.tablet("colleague", f"/lessons/{hall.lesson}/mine") for _ in range(2)]
    texts = ["Folded it twice", "Counted the parts"]
    _released(hall, order, *(
        lambda page=page, words=words: _write(page, "Keep the words", words)
        for page, words in zip(pages, texts, strict=True)
    ))  # fmt: skip
    for page in pages:
        all_stand(page, "sent", 1)
    seen = []
    for page in pages:
        page.reload()
        page.get_by_text("Two texts of yours stand side by side.").wait_for()
        seen.append(page.locator(f"#n-{id} > div > p.words").all_inner_texts())
    assert seen[0] == seen[1] and len(seen[0]) == 2
    _are_in_two_versions(hall, pages)
    pages[0].goto(f"/lessons/{hall.lesson}/mine")
    _open(pages[0], "Words and tags")
    _write(pages[0], "Keep the words", "Folded it twice, then counted")
    all_stand(pages[0], "sent", 2)
    indicator(pages[0], "All sent")
    _are_one_again(hall, pages)


def test_f8_what_one_tablet_writes_on_and_on_stays_one_text_beside_the_others(hall):
    one, other = (hall.tablet(who, hall.notes) for who in ("leader", "co_leader"))
    for page in (one, other):
        _open(page, "Write the summary")
    hall.proxy.fault("refuse", "/sync")
    for many, words in enumerate(("One", "One, and more", "One, more and most"), 1):
        _write(one, "Keep the summary", words)
        wait_until(one, lambda rows, many=many: len(rows) == many)
    _write(other, "Keep the summary", "Other")
    hall.proxy.heal()
    for page, many in ((other, 1), (one, 3)):
        page.reload()
        all_stand(page, "sent", many)
    for page in (one, other):
        page.goto(hall.notes)
        words = page.locator("p.words").all_inner_texts()
        assert {"One, more and most", "Other"} <= set(words) and not {"One", "One, and more"} & set(words)
