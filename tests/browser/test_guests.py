"""A guest's own phone: in at the door, a moment without a line, sent when it is back, and gone when they leave."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.driving import SIZES
from tests.browser.tablets import all_stand, ask_again, indicator, rows, wait_until
from tests.world import do
from workgroup.sessions import joining_queries

pytestmark = pytest.mark.browser


def _in(hall):
    """Go in at the door as a visitor, on a phone that nobody is signed in on."""
    context = hall.context()
    page = hall.page(context, "/join")
    width, height = SIZES["phone"]
    page.set_viewport_size({"width": width, "height": height})
    with hall.record() as db:
        code = joining_queries.code_of(db, hall.session)
    page.get_by_label("Code").fill(f"{code[:3].lower()} {code[3:]}")
    page.get_by_role("button", name="Go on").click()
    page.locator("summary", has_text="I am not on this list").click()
    page.get_by_label("Your name").fill("Sam Visitor")
    page.get_by_role("button", name="I am here").click()
    page.get_by_role("heading", name="Hello Sam Visitor").wait_for()
    with hall.record() as db:
        claim = joining_queries.at_door(db, hall.session)[0]["id"]
        do(db, "sessions.let_in", hall.w.leader, session=hall.session, claims=[claim])
    page.get_by_role("button", name="Go in").click()  # the page asks by itself whether they are in
    page.get_by_role("heading", name="Sam Visitor").wait_for()
    return page


# taps and fields that somebody needs, at the door or to give a task back, counted by the page itself from page to page
COUNTS = """for (const [on, what, name] of [["click", "button, summary, a, [type=radio]", "taps"],
  ["change", "input:not([type=radio]), textarea", "typed"], ["change", "select", "chosen"]])
  addEventListener(on, (event) => {
    if (event.target.closest(what)) sessionStorage[name] = (+sessionStorage[name] || 0) + 1;
  }, true);"""
NEEDED = "[+sessionStorage.taps || 0, +sessionStorage.typed || 0, +sessionStorage.chosen || 0]"


def _phone(hall):
    """Open the page behind the square, on a phone that nobody is signed in on."""
    context = hall.context()
    context.add_init_script(COUNTS)
    with hall.record() as db:
        page = hall.page(context, f"/join/{joining_queries.code_of(db, hall.session)}")
    width, height = SIZES["phone"]
    page.set_viewport_size({"width": width, "height": height})
    return page


def _let_in_together(hall):
    """Let a participant and a visitor in with one tap; return the visitor's page once both are in."""
    leader, member, visitor = hall.tablet("leader", f"/sessions/{hall.session}/run"), _phone(hall), _phone(hall)
    member.get_by_role("button", name=re.compile("Sunita Neighbour")).click()
    visitor.locator("summary", has_text="I am not on this list").click()
    visitor.get_by_label("Your name").fill("Sam Visitor")
    visitor.get_by_label("Your school").select_option(label="Ottersby Church of England Primary School")
    visitor.get_by_role("button", name="I am here").click()
    waiting = leader.locator("#at-door-line")
    expect(waiting).to_contain_text("Sunita Neighbour, Sam Visitor wait to be let in")
    waiting.get_by_role("button", name="Let them in").click()
    for page, name in ((member, "Sunita Neighbour"), (visitor, "Sam Visitor")):
        page.get_by_role("button", name="Go in").click()
        page.get_by_role("heading", name=name).wait_for()
        page.get_by_text("You are here since").wait_for()
    assert member.evaluate(NEEDED) == [2, 0, 0], "ten seconds are two taps for whoever is expected"
    assert visitor.evaluate(NEEDED) == [3, 1, 1], "and for a visitor three, a name and a school"
    member.get_by_role("button", name="Leave on this phone").click()
    return visitor


def test_all_come_in_with_one_tap_and_a_guest_captures_without_a_line_until_it_is_back(hall):
    page = _let_in_together(hall)
    page.get_by_role("link", name=re.compile("Open lesson")).click()
    page.get_by_role("link", name="Capture", exact=True).click()
    indicator(page, "Nothing waits")
    page.wait_for_load_state()  # the pads’ own module too
    hall.proxy.fault("refuse")
    page.get_by_role("button", name="Something else").click()
    page.locator("[data-count]", has_text="1 moment").wait_for()
    page.get_by_label(re.compile("Words, now or later")).fill("Folded it twice")
    page.get_by_role("button", name="Keep the words").click()
    wait_until(page, lambda found: len(found) == 2)
    hall.proxy.heal()
    ask_again(page)
    all_stand(page, "sent", 2)
    said = "select p.name, w.words from noticing_words w join person p on p.id = w.by"
    assert hall.all(said) == [("Sam Visitor", "Folded it twice")]


def test_a_guest_who_leaves_leaves_nothing_that_the_next_can_read(hall):
    page = _in(hall)
    page.goto(hall.capture)
    page.get_by_role("button", name="Something else").click()
    all_stand(page, "sent", 1)
    page.goto(f"/sessions/{hall.session}/run")
    page.get_by_role("button", name="Leave on this phone").click()
    page.get_by_role("heading", name="Sign in").wait_for()
    assert rows(page, "key") == []
    page.goto(hall.capture)
    expect(page).to_have_url(re.compile("/sign-in"))
