"""The live timeline in a real Chromium: what others notice comes by itself, in its place, and what is hidden goes."""

import pytest

from tests import world
from tests.browser.driving import Server, chromium, signed_in
from tests.lessons.examples import a_noticing, in_discussion
from tests.world import do
from workgroup import clock, door, store

pytestmark = pytest.mark.browser


@pytest.fixture
def room(tmp_path):
    """A server on a lesson in discussion: (server, database, world, lesson)."""
    database = tmp_path / "hub.sqlite"
    db = store.connect(database)
    store.migrate(db)
    door.open_up()
    w = world.build(db)
    lesson = in_discussion(db, w)
    server = Server(database)
    yield server, db, w, lesson
    server.stop()
    db.conn.close()


MARKS = """() => [...document.querySelectorAll("#figure figure > svg :is(.ink, .hollow, .accent)")]
  .reduce((sum, one) => sum + one.getAttribute("d").split("M").length - 1, 0)"""


def _clocks(page):
    return page.locator(".moments [data-second] time").all_inner_texts()


def test_a_moment_of_another_comes_by_itself_and_goes_when_it_is_hidden(room):
    server, db, w, lesson = room
    with chromium() as browser:
        page = signed_in(browser, server, "leader@example.org")
        page.clock.install()  # time goes on by itself; `_later` takes a step of it
        page.goto(f"/lessons/{lesson}/timeline")
        assert _clocks(page) == ["02:05"] and page.evaluate(MARKS) == 1
        early = a_noticing(db, w, lesson=lesson, second="65", words="Moved one")
        a_noticing(db, w, by="leader", lesson=lesson, second="300", words="Folds <b>it</b>")
        _later(page, 3)
        page.get_by_role("status").get_by_text("new moment").wait_for()
        page.locator(".moments").get_by_text("Folds <b>it</b>").wait_for()
        assert _clocks(page) == ["01:05", "02:05", "05:00"]
        assert page.locator("[data-count]").inner_text() == "3 moments"
        do(db, "lessons.add_words", w.colleague, noticing=early, words="Moved two")
        _later(page, 3)
        page.locator(".moments").get_by_text("Moved two").wait_for()
        do(db, "lessons.hide", w.participant, noticing=early)
        _later(page, 3)
        page.locator(".moments").get_by_text("Moved two").wait_for(state="detached")
        assert _clocks(page) == ["02:05", "05:00"] and page.locator("[data-count]").inner_text() == "2 moments"
        _later(page, 15)
        page.wait_for_function(f"() => ({MARKS})() === 2", timeout=30_000)
        do(db, "lessons.close", w.leader, lesson=lesson)
        _later(page, 10)
        page.get_by_text("decides what is shared").wait_for()
        assert page.troubles == []


def test_what_a_person_reads_stays_under_their_eyes_and_looks_rest_while_hidden(room):
    server, db, w, lesson = room
    for n in range(40):
        a_noticing(db, w, lesson=lesson, second=str(600 + 10 * n), words=f"Moment {n}")
    with chromium() as browser:
        page = signed_in(browser, server, "leader@example.org")
        looks = []
        page.on("request", lambda r: looks.append(clock.now()) if "after=" in r.url else None)
        page.goto(f"/lessons/{lesson}/timeline")
        read = page.locator(".moments").get_by_text("Moment 30", exact=True)
        read.evaluate("e => e.scrollIntoView({block: 'start'})")
        top = read.bounding_box()["y"]
        a_noticing(db, w, lesson=lesson, second="5", words="Right at the start")
        page.locator(".moments").get_by_text("Right at the start").wait_for()
        assert abs(read.bounding_box()["y"] - top) < 2
        _hide(page, True)
        with page.expect_request("**/timeline?after=*") as again:
            seen = len(looks)
            _hide(page, False)
        assert again.value and len(looks) == seen + 1, "it looks at once when it is seen again"


def _later(page, seconds):
    page.clock.fast_forward(seconds * 1000)


def _hide(page, hidden):
    page.evaluate(
        "hidden => { Object.defineProperty(document, 'hidden', {value: hidden, configurable: true});"
        " document.dispatchEvent(new Event('visibilitychange')); }",
        hidden,
    )
