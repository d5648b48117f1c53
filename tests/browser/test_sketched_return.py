"""A gap task given back with a sketch: drawn with a finger, without a line, and what the leader then sees."""

import pytest
from playwright.sync_api import expect

from tests.browser.tablets import all_stand
from tests.browser.test_sketch import _draw
from tests.tasks.examples import a_task

pytestmark = pytest.mark.browser


def test_a_return_drawn_without_a_line_arrives_with_its_sketch(hall):
    with hall.record() as db:
        task = a_task(db, hall.w)
    page = hall.tablet("participant", f"/gap-tasks/{task}")
    page.get_by_label("In your own words").fill("They saw it at once")
    page.get_by_role("link", name="With a sketch").click()
    words = page.get_by_label("In your own words")
    expect(words).to_have_value("They saw it at once")
    page.wait_for_load_state()  # the paper’s own module too
    hall.proxy.fault("refuse")
    _draw(page, (0.2, 0.3), (0.4, 0.5), (0.6, 0.3))
    expect(page.get_by_label("What the sketch shows")).to_have_value("A line drawn by hand.")
    page.get_by_label("We did it", exact=True).check()
    page.evaluate("document.querySelector('.sketching').dataset.then = ''")  # the page behind it needs the line
    page.get_by_role("button", name="Give it back to the group").click()
    expect(page.get_by_label("What the sketch shows")).to_have_value("")
    hall.proxy.heal()
    page.evaluate("dispatchEvent(new Event('online'))")
    all_stand(page, "sent", 1)
    leader = hall.tablet("leader", f"/gap-tasks/{task}")
    expect(leader.get_by_role("img", name="A line drawn by hand.")).to_be_visible()
    expect(leader.get_by_text("They saw it at once")).to_be_visible()
