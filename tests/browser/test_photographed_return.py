"""A gap task given back with a photo: taken without a line, shown from the tablet, and what the leader then sees."""

import base64

import pytest
from playwright.sync_api import expect

from tests.browser.tablets import all_stand, indicator
from tests.browser.test_guests import COUNTS, NEEDED
from tests.browser.test_photos import NOISE
from tests.browser.test_sketch import _draw
from tests.pictures import GPS, allow_photos, segment
from tests.tasks.examples import a_task
from tests.world import days
from workgroup import store
from workgroup.people import post

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


def test_by_the_link_of_a_mail_a_sketch_and_a_photo_come_back_and_what_does_not_get_through_stays(hall, tmp_path):
    tokens = [post.new_token() for _ in range(3)]
    with hall.record() as db:
        allow_photos(db, hall.w)
        tasks = [a_task(db, hall.w, due_on=days(9 + n), words=f"Try {n}") for n in range(3)]
        with store.writing(db):
            for n, token in enumerate(tokens):
                about = f"{hall.w.in_group} {days(9 + n)} 14"
                post.keep_link(db, hall.w.participant, "reminder", 900, token, about=about)
    page = hall.page(hall.context(), f"/back/{tokens[0]}")
    page.add_init_script(COUNTS)  # from the next page on
    page.get_by_label("In your own words").fill("They saw it at once")
    page.get_by_role("button", name="With a sketch").click()
    expect(page.get_by_label("In your own words")).to_have_value("They saw it at once")
    page.wait_for_load_state()
    _draw(page, (0.2, 0.3), (0.4, 0.5), (0.6, 0.3))
    page.get_by_label("We did it", exact=True).check()
    page.get_by_role("button", name="Give it back to the group").click()
    expect(page.get_by_text("Kept. Your Work Group reads it")).to_be_visible()
    page.goto(f"/back/{tokens[1]}")
    page.get_by_role("button", name="With a photo").click()
    path = tmp_path / "board.jpg"
    drawn = base64.b64decode(page.evaluate(NOISE, [300, 200]))
    path.write_bytes(drawn[:2] + segment(0xE1, GPS) + drawn[2:])
    page.get_by_label("Choose one").set_input_files(path)
    page.locator("[data-canvas]").wait_for()
    page.get_by_label("The photo in words").fill(SHOWN)
    page.get_by_label("The board", exact=False).first.check()
    page.get_by_label("We did part of it", exact=True).check()
    hall.proxy.fault("refuse", "/back")
    page.get_by_role("button", name="Give it back to the group").click()
    expect(page.get_by_text("Words and picture are still here")).to_be_visible()
    hall.proxy.heal()
    page.get_by_role("button", name="Give it back to the group").click()
    expect(page.get_by_text("Kept. Your Work Group reads it")).to_be_visible()
    page.evaluate("sessionStorage.clear()")
    page.goto(f"/back/{tokens[2]}")
    page.get_by_label("We did it", exact=True).check()
    page.get_by_label("In your own words").fill("They saw it at once")
    page.get_by_role("button", name="Give it back to the group").click()
    expect(page.get_by_text("Kept. Your Work Group reads it")).to_be_visible()
    assert page.evaluate(NEEDED) == [2, 1, 0], "without a picture it is two taps and a sentence"
    assert page.troubles == []
    leader = hall.tablet("leader", f"/gap-tasks/{tasks[0]}")
    expect(leader.get_by_role("img", name="A line drawn by hand.")).to_be_visible()
    leader.goto(f"/gap-tasks/{tasks[1]}")
    expect(leader.get_by_role("img", name=SHOWN)).to_be_visible()
