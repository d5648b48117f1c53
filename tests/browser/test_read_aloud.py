"""What a screen reader is told, read from the browser's accessibility tree: names, states, and what is announced.

Headings, titles, labels and landmarks are criticised on every page elsewhere (tests/page_checks.py, axe).
"""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.tablets import ask_again, indicator, note, refuse
from tests.world import do

pytestmark = pytest.mark.browser
# every change of a live region, with its words, as a screen reader would hear them
LISTEN = """() => {
  window.heard = [];
  for (const place of document.querySelectorAll("[role=status], [role=alert], [aria-live]")) {
    new MutationObserver(() => heard.push(place.textContent.replace(/\\s+/g, " ").trim()))
      .observe(place, { childList: true, characterData: true, subtree: true });
  }
}"""


def _said(page, told):
    """Check the accessibility tree under main against a snapshot: a part of it, in this order."""
    expect(page.locator("main")).to_match_aria_snapshot(told)


def test_pads_register_agenda_timeline_and_search_say_what_they_are_and_how_they_stand(hall):
    _capture_pads(hall.tablet("leader", hall.capture))
    page = hall.tablet("leader", f"/sessions/{hall.session}/run")
    _register(page)
    _agenda(page, f"/sessions/{hall.session}")
    with hall.record() as db:
        fields = {"lesson": hall.lesson, "second": "65", "code": "A", "words": "Half is fair"}
        do(db, "lessons.notice", hall.w.colleague, **fields)
        do(db, "lessons.open_discussion", hall.w.leader, lesson=hall.lesson)
    _timeline(page, f"/lessons/{hall.lesson}/timeline")
    _search(page)


def _capture_pads(page):
    page.get_by_role("button", name="Pairs", exact=True).click()
    page.get_by_role("radio", name="A (Pupil A)").check(force=True)
    _said(page, """
      - heading "Capture" [level=1]
      - timer "Lesson clock"
      - form "Phase of the lesson":
        - button "Whole class"
        - button "Pairs" [pressed]
        - button "Groups"
        - button "Independent"
      - group "Who":
        - radio "A (Pupil A)" [checked]
        - radio "B (Pupil B)"
        - radio "All (Whole class)"
      - group "Saw":
        - list:
          - listitem:
            - button "Counts the parts without checking"
          - listitem:
            - button "Folds to compare"
          - listitem:
            - button "Something else"
    """)


def _register(page):
    """Who is here since when, who is not, and how many: the pad says it, and the count is announced."""
    page.evaluate(LISTEN)
    page.get_by_role("button", name=re.compile("not here *: Sunita")).click()
    page.get_by_role("button", name="Apologies").click()
    page.get_by_role("button", name=re.compile("Sunita Neighbour Apologies")).click()
    page.get_by_role("button", name="Here", exact=True).click()
    expect(page.get_by_role("button", name=re.compile("Sunita Neighbour here since .*"))).to_be_focused()
    indicator(page, "All sent")
    assert any(re.match(r"[0-9]+ of [0-9]+ here", said) for said in page.evaluate("heard"))


def _agenda(page, address):
    """A block that is moved is announced, and the focus stays with it also where its button comes to its end."""
    page.goto(address)
    title = page.locator(".agenda-plan > li .words").nth(1).inner_text()
    page.evaluate(LISTEN)
    page.get_by_role("button", name=re.compile(f"Earlier ?: {re.escape(title)}")).press("Enter")
    expect(page.locator(".agenda-plan > li .words").first).to_have_text(title)
    expect(page.get_by_role("button", name=re.compile(f"Later ?: {re.escape(title)}"))).to_be_focused()
    [said] = page.evaluate("heard")
    assert re.fullmatch(f"{re.escape(title)} is now 1 of [0-9]+\\.", said)


def _timeline(page, address):
    """The lesson as a line is a figure whose words stand below it."""
    page.goto(address)
    figure = page.get_by_role("figure", name="The lesson as a line: the list below says the same")
    expect(figure.locator(":scope > svg")).to_have_attribute("aria-hidden", "true")
    expect(page.get_by_text("Half is fair")).to_be_visible()
    expect(page.get_by_text("01:05").first).to_be_visible()


def _search(page):
    """What was found is counted, nothing is a dialog."""
    page.goto("/search?q=quarters")
    assert page.get_by_role("dialog").count() == 0
    expect(page.get_by_role("status").filter(has_text="1 result: sessions.")).to_be_visible()
    page.goto("/search?q=nothinglikethis")
    expect(page.get_by_role("status").filter(has_text="Nothing with this word")).to_be_visible()


def test_where_things_stand_is_announced_once_when_it_changes_and_not_at_every_tick(hall):
    page = hall.tablet("leader", hall.notes)
    note(page, "Before")
    indicator(page, "All sent")
    spoken = page.locator("[data-standing-spoken]")
    page.evaluate(LISTEN)
    hall.proxy.fault("refuse", "/sync")
    note(page, "One car late")
    indicator(page, "1 here since")
    for _ in range(3):  # it is tried again, and is still so
        ask_again(page)
    indicator(page, "1 here since")
    expect(spoken).to_have_text(re.compile("You can go on writing"))
    heard = page.evaluate("heard")
    assert len([said for said in heard if "go on writing" in said]) == 1, heard
    hall.proxy.heal()
    ask_again(page)
    indicator(page, "All sent")
    expect(spoken).to_have_text(re.compile("All sent"))
    assert len([said for said in page.evaluate("heard") if "All sent" in said]) == 1, page.evaluate("heard")
    refuse(page, "Nobody reads this")
    note(page, "Nobody reads this")
    indicator(page, "1 refused")
    ask_again(page)
    expect(spoken).to_have_text("1 entry was refused. Standing says why.")
    assert len([said for said in page.evaluate("heard") if "refused" in said]) == 1
