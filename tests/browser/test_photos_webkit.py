"""A picture in WebKit, because tablets are iPads: from a file, smudged by a finger and by keys, sent, plain."""

import base64
import re

import pytest
from selenium.webdriver import ActionChains, Keys
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.file_detector import UselessFileDetector

from tests import world
from tests.browser.driving import Server
from tests.browser.webkit import until, webkit
from tests.lessons.examples import a_live_lesson
from tests.pictures import GPS, allow_photos, segment
from workgroup import config, create_app, store, web
from workgroup.photos import jpeg
from workgroup.photos import queries as photos

pytestmark = pytest.mark.browser
DRAWN = """const canvas = Object.assign(document.createElement("canvas"), { width: 1800, height: 1350 });
const context = canvas.getContext("2d");
for (let at = 0; at < 1800; at += 30) {
  context.fillStyle = at % 60 ? "#222" : "#ddd";
  context.fillRect(at, 0, 30, 1350);
}
return canvas.toDataURL("image/jpeg", 0.9).split(",")[1];"""
MARK = "return /sent [0-9]/.test(document.querySelector('[data-photo-mark]')?.textContent ?? '')"
TROUBLE = "document.querySelector('[data-photo-trouble]')?.hidden === false"


@pytest.fixture
def lesson(tmp_path):
    """A server with a lesson at a school that allows photos: (server, database, lesson)."""
    database = tmp_path / "hub.sqlite"
    create_app(config.Config(database=database))
    db = store.connect(database)
    w = world.build(db)
    lesson = a_live_lesson(db, w)
    allow_photos(db, w)
    web.forget_connections()
    server = Server(database)
    yield server, db, lesson
    server.stop()
    db.conn.close()


def test_a_picture_taken_in_webkit_is_smudged_sent_and_holds_nothing_else(lesson, tmp_path):
    server, db, id = lesson
    with webkit() as browser:
        browser.get(server.link("colleague@example.org"))
        browser.find_element(By.CSS_SELECTOR, "main button").click()
        until(browser, "return location.pathname === '/'")
        browser.get(f"{server.address}/lessons/{id}/mine")
        drawn = base64.b64decode(browser.execute_script(DRAWN))
        path = tmp_path / "board.jpg"
        path.write_bytes(drawn[:2] + segment(0xE1, GPS) + drawn[2:])
        browser.file_detector = UselessFileDetector()  # the driver runs on this machine: nothing is to be carried to it
        browser.find_element(By.ID, "photo-choose").send_keys(str(path))
        until(browser, "return document.querySelector('[data-canvas]').checkVisibility()")
        canvas = browser.find_element(By.CSS_SELECTOR, "[data-canvas]")
        ActionChains(browser).move_to_element(canvas).click_and_hold().move_by_offset(60, 0).release().perform()
        ActionChains(browser).send_keys(Keys.ARROW_DOWN, Keys.SPACE).perform()  # the pointer has put the focus there
        said = browser.find_element(By.CSS_SELECTOR, "[data-square-said]").text
        assert re.fullmatch(r"Row 2 of 18, column 1 of 24: smudged", said)
        browser.find_element(By.ID, "described").send_keys("Stripes")
        browser.find_element(By.CSS_SELECTOR, "label[for=kind]").click()
        browser.find_element(By.XPATH, "//button[text()='Keep the picture']").click()
        # on a busy machine WebKit's store may let a page wait past its patience: it says so, and one presses again
        until(browser, f"{MARK} || {TROUBLE}")
        if browser.execute_script(f"return {TROUBLE}"):
            browser.find_element(By.XPATH, "//button[text()='Keep the picture']").click()
            until(browser, MARK)
    photo = store.value(db, "select id from photo where came_at is not null")
    data = photos.whole(db, photo)
    assert jpeg.size(data) == (1600, 1200) and b"Exif" not in data
    assert photos.check(db) == []
