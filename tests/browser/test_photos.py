"""Photos in a real Chromium against a real server: smudged before anything is kept, sent in pieces over a bad line,
seen on another tablet without a word of where they were taken, and taken away everywhere at once.
"""

import base64
import re
from types import SimpleNamespace

import pytest

from tests import world
from tests.browser.driving import Server, chromium, signed_in
from tests.browser.faults import FaultProxy
from tests.lessons.examples import a_live_lesson, a_noticing
from tests.pictures import GPS, allow_photos, segment
from tests.world import do
from workgroup import door, store
from workgroup.photos import jpeg
from workgroup.photos import queries as photos

pytestmark = pytest.mark.browser
NOISE = """([width, height]) => {
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const context = canvas.getContext("2d");
  const image = context.createImageData(width, height);
  for (let at = 0; at < image.data.length; at += 1) image.data[at] = at % 4 === 3 ? 255 : Math.random() * 255;
  context.putImageData(image, 0, 0);
  return canvas.toDataURL("image/jpeg", 0.9).split(",")[1];
}"""
SPREAD = """async ([address, x, y, side]) => {
  const image = Object.assign(new Image(), { src: address });
  await image.decode();
  const canvas = Object.assign(document.createElement("canvas"), { width: side, height: side });
  const context = canvas.getContext("2d");
  context.drawImage(image, -x, -y);
  const { data } = context.getImageData(0, 0, side, side);
  const light = Array.from({ length: data.length / 4 }, (_, at) => data[at * 4 + 1]);
  return Math.max(...light) - Math.min(...light);
}"""
PIECES = """() => new Promise((done) => {
  const opened = indexedDB.open("workgroup");
  opened.onsuccess = () => {
    const counting = opened.result.transaction("piece").objectStore("piece").count();
    counting.onsuccess = () => { opened.result.close(); done(counting.result); };
  };
})"""
KEEP = """async (entry) => {
  const script = document.querySelector("script[src*='js/standing.js']").src;
  const { keep } = await import(script.replace("standing.js", "tablet.js"));
  return keep({ id: crypto.randomUUID(), ...entry });
}"""
SIDE = 50  # of a square, on a picture of 1200 pixels


@pytest.fixture
def house(tmp_path):
    """A live lesson at a school that allows photos, on a real server behind a line that can be made bad."""
    database = tmp_path / "hub.sqlite"
    db = store.connect(database)
    store.migrate(db)
    door.open_up()
    w = world.build(db)
    lesson = a_live_lesson(db, w)
    allow_photos(db, w)
    moment = a_noticing(db, w, lesson=lesson)
    with FaultProxy() as proxy:
        server = Server(database, address=proxy.address)
        proxy.stand_before(server.port)
        with chromium() as browser:
            yield SimpleNamespace(db=db, w=w, lesson=lesson, moment=moment, proxy=proxy, server=server, browser=browser,
                                  place=tmp_path)  # fmt: skip
        server.stop()
    db.conn.close()


def _author(house, size="portrait"):
    page = signed_in(house.browser, house.server, "colleague@example.org", size)
    page.goto(f"/lessons/{house.lesson}/mine")
    return page


def _file(house, page, name="board.jpg", width=1200, height=900):
    """Make a picture such as a phone makes, with the place where it was taken in it; noise, so that it stays large."""
    drawn = base64.b64decode(page.evaluate(NOISE, [width, height]))
    path = house.place / name
    path.write_bytes(drawn[:2] + segment(0xE1, GPS) + drawn[2:])
    return path


def _keep(house, page, path, words):
    """Take a picture and keep it; return its id once it is shown from this tablet."""
    before = page.locator("[data-own-photo]").count()
    page.get_by_label("Choose one").set_input_files(path)
    page.locator("[data-canvas]").wait_for()
    page.get_by_label("In words").fill(words)
    page.get_by_label("The board", exact=False).first.check()
    page.get_by_role("button", name="Keep the picture").click()
    item = page.locator("[data-own-photo]").nth(before)
    item.locator("img[src^='blob:']").wait_for()
    return item.get_attribute("data-own-photo")


def _mark(page, photo):
    return page.locator(f"[data-own-photo='{photo}'] [data-photo-mark]")


def _wait_for_no_pieces(page):
    """Wait until the tablet holds nothing of any picture."""
    looks = f"""async () => {{
      for (let look = 0; look < 200; look += 1) {{
        if ((await ({PIECES})()) === 0) return true;
        await new Promise((done) => setTimeout(done, 50));
      }}
      return false;
    }}"""
    assert page.evaluate(looks)


def _reload(page):
    page.reload()
    page.locator("[data-own-photo]").first.wait_for()


def _drag(page, x, y, to_x):
    """Draw over the picture from one place of it to another, in its own pixels."""
    page.locator("[data-canvas]").scroll_into_view_if_needed()
    box = page.locator("[data-canvas]").bounding_box()
    scale = box["width"] / 1200
    page.mouse.move(box["x"] + x * scale, box["y"] + y * scale)
    page.mouse.down()
    page.mouse.move(box["x"] + to_x * scale, box["y"] + y * scale, steps=3)
    page.mouse.up()


def test_a_picture_is_smudged_kept_without_a_line_resumed_seen_elsewhere_and_taken_away_everywhere(house):
    page = _author(house)
    path = _file(house, page)
    page.context.set_offline(True)
    page.get_by_label("Choose one").set_input_files(path)
    _drag(page, 310, 310, 490)
    _drag(page, 710, 710, 890)
    page.get_by_role("button", name="Undo the last smudge").click()
    page.locator("[data-canvas]").focus()
    for key in ("ArrowRight", "ArrowDown", " "):
        page.keyboard.press(key)
    assert page.locator("[data-square-said]").text_content() == "Row 2 of 18, column 2 of 24: smudged"
    page.get_by_role("button", name="Keep the picture").click()
    page.get_by_text("Say in words what it shows, for whoever cannot see it.").wait_for()
    assert page.evaluate(PIECES) == 0, "nothing is kept before"
    page.get_by_label("In words").fill("A bar in four unequal parts")
    page.get_by_label("Pupils’ work").check()
    page.get_by_label("Which moment it belongs to").select_option(house.moment)
    page.get_by_role("button", name="Keep the picture").click()
    page.locator("[data-own-photo] img[src^='blob:']").wait_for()
    photo = page.locator("[data-own-photo]").get_attribute("data-own-photo")
    assert _mark(page, photo).text_content().strip() == "on this tablet"
    many = page.evaluate(PIECES)
    assert many > 4

    house.proxy.fault("cut_after_commit", under=f"/sync/photos/{photo}/2", times=1)
    page.context.set_offline(False)
    page.get_by_text("This picture does not get through on this line.").wait_for()
    assert f"of {many} pieces sent" in _mark(page, photo).text_content()
    assert "1 picture still here" in page.locator("[data-standing]").text_content()
    do(house.db, "lessons.open_discussion", house.w.leader, lesson=house.lesson)
    other = signed_in(house.browser, house.server, "leader@example.org", "phone", "dark")
    other.goto(f"/lessons/{house.lesson}/discussion")
    other.get_by_text("A picture by Toby Colleague has not come yet: A bar in four unequal parts").wait_for()
    _reload(page)
    _mark(page, photo).get_by_text(re.compile("sent [0-9]")).wait_for()
    put = [x.path.rsplit("/", 1)[1] for x in house.proxy.seen if x.method == "PUT"]
    assert sorted(map(int, put)) == list(range(many)), "no piece went twice"

    other.reload()
    picture = other.get_by_alt_text("A bar in four unequal parts")
    assert picture.evaluate("i => i.decode().then(() => [i.naturalWidth, i.naturalHeight])") == [1200, 900]
    for x, y, is_smudged in ((350, 300, True), (50, 50, True), (750, 700, False), (50, 300, False)):
        # the colours of a JPEG are shared by 16 pixels: nearer to the edge they hold some of the noise beside it
        spread = other.evaluate(SPREAD, [f"/photos/{photo}", x + 16, y + 16, SIDE - 32])
        assert (spread < 12) == is_smudged, (x, y, spread)
    data = photos.whole(house.db, photo)
    assert jpeg.size(data) == (1200, 900) and b"Exif" not in data

    teacher = signed_in(house.browser, house.server, "participant@example.org")
    teacher.goto(f"/lessons/{house.lesson}/sharing")
    teacher.get_by_text("Take it away: A bar").click()
    assert teacher.get_by_text("This takes Pupil B’s photo away for everyone. It cannot come back.").is_visible()
    teacher.get_by_role("button", name="Take it away for everyone").click()
    teacher.wait_for_url(re.compile("/sharing"))
    other.reload()
    assert other.locator(".photo").count() == 0
    assert other.evaluate("a => fetch(a).then(x => x.status)", f"/photos/{photo}") == 404
    page.reload()
    page.get_by_text("Nadine Member took a picture of yours away for everyone.").wait_for()
    _wait_for_no_pieces(page)
    assert "sound" in house.server.run("check")


def test_its_author_takes_a_picture_away_before_it_has_gone(house):
    page = _author(house, "phone")
    path = _file(house, page, width=300, height=200)
    page.context.set_offline(True)
    photo = _keep(house, page, path, "The wrong board")
    page.get_by_text("Take it away", exact=True).click()
    page.get_by_role("button", name="Take it away for everyone").click()
    page.get_by_text("Taken away for everyone.").wait_for()
    page.context.set_offline(False)
    _wait_for_no_pieces(page)
    assert photos.photo(house.db, photo)["withdrawn_at"]
    assert [x for x in house.proxy.seen if x.method == "PUT"] == []


def test_f7_one_picture_that_always_fails_holds_up_nothing_else_and_says_what_is_missing(house):
    page = _author(house)
    bad_file, good_file = _file(house, page), _file(house, page, "work.jpg", 200, 150)
    page.context.set_offline(True)
    bad, good = _keep(house, page, bad_file, "The one that fails"), _keep(house, page, good_file, "The other")
    house.proxy.fault("refuse", under=f"/sync/photos/{bad}/1", method="PUT")
    page.context.set_offline(False)
    _mark(page, good).get_by_text(re.compile("sent [0-9]")).wait_for()
    page.get_by_text("This picture does not get through on this line. It is tried again by itself.").wait_for()
    assert re.search(r"picture still here, 1 of \d+ pieces sent", _mark(page, bad).text_content())
    entry = {"kind": "lessons.notice", "fields": {"lesson": house.lesson, "code": "C", "words": "Written afterwards"}}
    page.evaluate(KEEP, entry)
    house.proxy.wait_for(
        lambda seen: store.value(house.db, "select 1 from noticing where words = 'Written afterwards'")
    )
    do(house.db, "lessons.open_discussion", house.w.leader, lesson=house.lesson)
    other = signed_in(house.browser, house.server, "leader@example.org")
    other.goto(f"/lessons/{house.lesson}/discussion")
    other.get_by_alt_text("The other").wait_for()
    other.get_by_text("A picture by Toby Colleague has not come yet: The one that fails").wait_for()
    page.goto("/standing")
    page.get_by_text("1 picture still here").first.wait_for()
    page.get_by_text("This picture does not get through").wait_for()
    assert "sound" in house.server.run("check")
    house.proxy.heal()
    page.goto(f"/lessons/{house.lesson}/mine")
    _mark(page, bad).get_by_text(re.compile("sent [0-9]")).wait_for()
    other.reload()
    other.get_by_alt_text("The one that fails").wait_for()


def test_f18_every_photo_reference_has_its_bytes_and_every_byte_its_reference(house):
    page = _author(house)
    photo = _keep(house, page, _file(house, page), "A bar")
    _mark(page, photo).get_by_text(re.compile("sent [0-9]")).wait_for()
    assert "sound" in house.server.run("check")
    with store.writing(house.db):
        house.db.conn.execute("delete from photo_piece where photo = ? and position = 1", (photo,))
    assert f"photo {photo} is marked as come, with" in house.server.run("check", expect=1)
    house.db.conn.execute("pragma foreign_keys = off")
    with store.writing(house.db):
        house.db.conn.execute("delete from photo where id = ?", (photo,))
    assert f"photo {photo} is not in the record, but" in house.server.run("check", expect=1)
