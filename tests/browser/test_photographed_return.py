"""A gap task given back with a photo: taken without a line, shown from the tablet, and what the leader then sees."""

import base64

import pytest
from playwright.sync_api import expect

from tests.browser.tablets import all_stand, indicator
from tests.browser.test_photos import NOISE
from tests.pictures import GPS, allow_photos, segment
from tests.tasks.examples import a_task

pytestmark = pytest.mark.browser
SHOWN = "A bar cut into four unequal parts"


def test_a_return_photographed_without_a_line_arrives_with_its_picture_and_goes_for_everyone(hall, tmp_path):
    with hall.record() as db:
        allow_photos(db, hall.w)
        task = a_task(db, hall.w)
    page = hall.tablet("participant", f"/gap-tasks/{task}")
    page.get_by_label("In your own words").fill("They saw it at once")
    page.get_by_role("link", name="With a photo").click()
    drawn = base64.b64decode(page.evaluate(NOISE, [300, 200]))
    path = tmp_path / "board.jpg"
    path.write_bytes(drawn[:2] + segment(0xE1, GPS) + drawn[2:])
    hall.proxy.fault("refuse", "/sync")
    page.get_by_label("Choose one").set_input_files(path)
    page.locator("[data-canvas]").wait_for()
    page.get_by_role("button", name="Give it back to the group").click()
    expect(page.get_by_text("Say in words what it shows, for whoever cannot see it.")).to_be_visible()
    page.get_by_label("The photo in words").fill(SHOWN)
    page.get_by_label("The board", exact=False).first.check()
    page.get_by_label("We did it", exact=True).check()
    expect(page.get_by_label("In your own words")).to_have_value("They saw it at once")
    page.get_by_role("button", name="Give it back to the group").click()
    here = page.locator("#drawn-returns")
    expect(here.get_by_text("They saw it at once")).to_be_visible()
    expect(here.locator("img[src^='blob:']")).to_be_visible()
    indicator(page, "2 here since")
    hall.proxy.heal()
    page.evaluate("dispatchEvent(new Event('online'))")
    all_stand(page, "sent", 2)
    hall.proxy.wait_for(lambda seen: any(one.method == "PUT" and one.forwarded for one in seen))
    leader = hall.tablet("leader", f"/gap-tasks/{task}")
    picture = leader.get_by_role("img", name=SHOWN)
    expect(picture).to_be_visible()
    assert picture.evaluate("(one) => one.decode().then(() => one.naturalWidth)") == 300
    page.reload()
    page.locator("summary", has_text="Take it away").click()
    page.get_by_role("button", name="Take it away for everyone").click()
    expect(page.get_by_text("Taken away for everyone.")).to_be_visible()
    all_stand(page, "sent", 3)
    leader.reload()
    expect(leader.get_by_text("They saw it at once")).to_be_visible()
    expect(picture).to_have_count(0)
