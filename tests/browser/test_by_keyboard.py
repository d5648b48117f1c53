"""The main job by keyboard alone, on the demo year: no pointer, and the focus watched all along."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.driving import SIZES, Server, chromium
from tests.browser.keys import Hands
from workgroup import clock

pytestmark = pytest.mark.browser
TAGS = ("Coherence", "Fluency", "Variation")
LEADER = "bethan.oyelaran@example.org"


@pytest.fixture
def hands(tmp_path):
    """The hands of a leader in front of a sign-in link, on the morning of a session."""
    server = Server(tmp_path / "demo.sqlite", "--demo")
    try:
        with chromium() as browser:
            width, height = SIZES["landscape"]
            context = browser.new_context(
                viewport={"width": width, "height": height}, base_url=server.address, locale="en-GB",
                timezone_id="Europe/London", reduced_motion="reduce", service_workers="block",
            )  # fmt: skip
            page = context.new_page()
            page.set_default_timeout(15_000)
            page.goto(server.link(LEADER))
            yield Hands(page)
    finally:
        server.stop()


def test_the_main_job_is_done_by_keyboard_alone_and_the_focus_is_always_seen(hands):
    hands.enter("Sign in", "/$")
    _a_wrong_form_and_back(hands)
    _register(hands)
    lesson = _start_the_lesson(hands)
    _capture(hands)
    _add_words_and_tags(hands, lesson)
    _discuss(hands, lesson)
    _reflect(hands)
    _plan(hands)
    assert hands.wrong == [], "\n".join(sorted(set(hands.wrong)))


def _a_wrong_form_and_back(hands):
    """What is wrong takes the focus, and its links lead to the fields."""
    hands.enter("Bethan Oyelaran", "/account$")
    hands.skip()
    hands.tab_to("Set a password")
    hands.press("Enter")
    hands.write("New password", "short")
    hands.enter("Save the password", "/account/password")
    assert "Something needs another look" in hands.focused()["words"]
    hands.tab_to("Use 10 characters or more")
    hands.press("Enter")
    assert hands.focused()["words"].startswith("New password")
    hands.enter("Workgroup", "/$")


def _register(hands):
    """A whole school, one teacher, apologies, and the last tap taken back."""
    page = hands.page
    hands.skip()
    hands.enter("Open the session", "/sessions/[^/]+$")
    hands.skip()
    hands.enter("Open the session", "/run$")
    hands.skip()
    hands.tab_to("Both here: Holy Well")
    hands.press("Enter")
    expect(page.locator("[data-here-count]")).to_contain_text("2 of")
    assert hands.focused()["words"].startswith("Francesca Abela"), "it stays in the row"
    hands.tab_to("Gwen Pritchard")
    hands.press("Space")
    expect(page.locator("[data-here-count]")).to_contain_text("3 of")
    assert "Gwen Pritchard" in hands.focused()["words"]
    hands.tab_to("not here: Ellen Marwood")
    hands.press("Enter")
    assert hands.focused()["words"] == "Here", "the small form takes the focus"
    hands.tab_to("Apologies")
    hands.press("Enter")
    expect(page.locator(".person-cell", has_text="Ellen Marwood")).to_contain_text("Apologies")
    assert "Ellen Marwood" in hands.focused()["words"], "back on the name"
    hands.tab_to("Undo: Ellen Marwood")
    hands.press("Space")
    expect(page.locator(".person-cell", has_text="Ellen Marwood")).not_to_contain_text("Apologies")
    assert hands.focused()["main"], "the focus is not lost with what was undone"
    _sent(page)


def _start_the_lesson(hands):
    hands.enter("Open lesson", "/lessons/")
    lesson = hands.page.url
    hands.skip()
    hands.enter("Start the lesson", "/capture$")
    expect(hands.page.locator("[data-not-started]")).to_be_hidden()
    return lesson


def _capture(hands):
    """Three moments and one taken back: who by the arrows, what was seen by Enter and Space."""
    page = hands.page
    hands.tab_to(r"A \(Pupil A\)")
    hands.press("Space")
    hands.press("ArrowRight")
    assert "Pupil B" in hands.focused()["words"] and page.locator("input[name=code]:checked").count() == 1
    for count, (pad, key) in enumerate((("1Counts", "Enter"), ("2Says", "Space"), ("Something else", "Enter"),
                                        ("1Counts", "Enter")), 1):  # fmt: skip
        hands.tab_to(pad)
        hands.press(key)
        page.get_by_text(f"{count} moment", exact=count == 1).first.wait_for()
        assert hands.focused()["words"].startswith(pad), "the pad is ready for the next"
    hands.tab_to("Undo")
    hands.press("Enter")
    page.get_by_text("3 moments", exact=True).wait_for()
    assert hands.focused()["main"], "the focus is not lost with the moment"
    hands.write("Words, now or later", "Half is fair")
    hands.tab_to("Keep the words")
    hands.press("Enter")
    page.locator("[data-last-words]").get_by_text("Half is fair").wait_for()
    _sent(page)


def _add_words_and_tags(hands, lesson):
    page = hands.page
    page.goto(lesson)
    hands.skip()
    hands.enter("My moments", "/mine$")
    hands.skip()
    for number in range(3):
        hands.tab_to("Words and tags for|Add words for")
        if not page.evaluate("document.activeElement.closest('details').open"):
            hands.press("Enter")
        hands.tab_to(TAGS[number])
        hands.press("Space")
        hands.tab_to("Keep the tags")
        hands.press("Enter")
        expect(page.get_by_text("Tags kept.")).to_have_count(number + 1)
        assert hands.focused()["words"] == "Keep the tags", "the focus is not lost when it is kept"
    _sent(page)


def _discuss(hands, lesson):
    page = hands.page
    page.goto(lesson)
    hands.skip()
    hands.enter("Open the discussion", "/discussion$")
    hands.skip()
    hands.tab_to("On to: what we saw")
    hands.press("Enter")
    expect(page.locator("[data-step][aria-current=step]")).to_contain_text("What we saw")
    hands.write("Note", "Folding was counted, not compared")
    hands.tab_to("Keep the note")
    hands.press("Enter")
    page.locator(".words", has_text="Folding was counted").first.wait_for()
    assert hands.focused()["main"]
    page.get_by_role("button", name=re.compile("^Take it away")).wait_for()  # the others have it too by then
    hands.tab_to("Take it away")
    hands.press("Enter")
    page.get_by_role("button", name=re.compile("^Bring it back")).wait_for()
    page.wait_for_load_state()
    before = hands.stops
    hands.tab_to("Bring it back")
    assert hands.stops - before < 8, "the page comes anew, and goes on where it was"


def _reflect(hands):
    page = hands.page
    hands.enter("Reflections", "/reflections$")
    hands.skip()
    hands.enter("Write one", "/reflections/new")
    hands.skip()
    hands.enter("Difference: comparing", "/reflections/new.+")
    hands.skip()
    hands.write("What|Your words|Which", "One non-example a week")
    hands.tab_to("Only me")
    hands.press("ArrowDown")
    assert hands.focused()["words"].startswith("Me and my")
    hands.tab_to("Keep it")
    hands.press("Enter")
    page.locator(".drawn .words", has_text="One non-example a week").wait_for()
    _sent(page)


def _plan(hands):
    page = hands.page
    hands.enter("Work Groups", "/groups$")
    hands.skip()
    hands.enter("Primary", "/groups/[^/]+$")
    hands.skip()
    hands.enter("Plan a session|Plan one more|Plan another", "/sessions/new$")
    hands.skip()
    hands.write("Title", "Small steps")
    # the same keys where a month comes first, and where a morning is said
    hands.write("Day", f"0303{int(clock.today()[:4]) + 1}")
    hands.write("Starts", "1000A")
    hands.write("Ends", "1130A")
    hands.enter("Plan it", "/sessions/")
    if "/new" in page.url:  # the day is a holiday: it is asked, once
        assert page.evaluate("document.activeElement.matches('[data-focus]')"), hands.focused()
        hands.tab_to("Keep this day")
        hands.press("Space")
        hands.enter("Plan it", "/sessions/[0-9a-f-]+$")
    page.get_by_role("heading", name="Small steps").wait_for()


def _sent(page):
    page.get_by_role("link", name="All sent").wait_for()
