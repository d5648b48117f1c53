"""Materials in the day pack: what opens with the line cut, what says it needs one, and that no file breaks the pack."""

import io
import re

import pytest
from werkzeug.datastructures import FileStorage

from tests.browser.offline.keeping import LEADER, MEMBER, pack, session_of, until
from tests.world import do, person_id
from workgroup import door, store
from workgroup.sessions import material_queries

pytestmark = pytest.mark.browser
door.open_up()
SHEET = "Number lines without marks, to fold and to draw on"


def _put(server, data, title):
    """Put a file of these bytes into today's session, and return its id."""
    db = store.connect(server.database)
    fields = {"session": session_of(server.database), "title": title, "file": FileStorage(io.BytesIO(data), "a.pdf")}
    id = do(db, "sessions.add_material", person_id(db, LEADER), **fields).about
    db.conn.close()
    return id


def _withdraw(server, id):
    db = store.connect(server.database)
    do(db, "sessions.withdraw_material", person_id(db, LEADER), material=id)
    db.conn.close()


def test_a_file_opens_with_the_line_cut_and_a_link_says_that_it_needs_one(tablet, line, server):
    page = tablet(MEMBER)
    page.get_by_text("1 of 1 file is here too.").wait_for()
    line.fault("refuse")
    page.goto(f"/sessions/{session_of(server.database)}")
    assert page.get_by_text("a link: it needs a line").is_visible()
    with page.expect_download() as saved:
        page.get_by_role("link", name=SHEET).click()
    db = store.connect(server.database)
    one = store.row(db, "select title, bytes from material where title = ?", (SHEET,))
    db.conn.close()
    assert saved.value.path().read_bytes() == one["bytes"]
    assert saved.value.suggested_filename == f"{SHEET}.pdf"


def test_what_is_too_large_is_said_and_one_file_that_does_not_come_breaks_no_pack(tablet, line, server):
    large = _put(server, b"%PDF-1.7\n" + b"x" * (material_queries.KEPT + 1), "All slides of the year")
    small = _put(server, b"%PDF-1.7\nsmall", "A card")
    line.fault("cut_half", under=f"/materials/{small}")
    page = tablet(MEMBER)
    page.get_by_text(re.compile("The whole .* is on this tablet. It works without wifi.")).wait_for()
    page.get_by_text("1 of 2 files are here too. Too large to keep here: All slides of the year.").wait_for()
    found = pack(page)
    assert f"/materials/{large}" not in found and f"/materials/{small}" not in found
    line.heal()
    page.goto(f"/sessions/{session_of(server.database)}/ready")
    page.get_by_role("button", name="Try it").click()
    page.get_by_text(re.compile(r"Tried .*: all \d+ pages open without a line\.")).wait_for(timeout=60_000)
    assert page.locator(f'[data-file="/materials/{small}"]').inner_text().count("on this tablet")
    assert page.get_by_text("too large to keep on a tablet: it needs a line").is_visible()
    _withdraw(server, small)
    page.goto("/")
    page.get_by_text("1 of 1 file is here too. Too large to keep here").wait_for()
    assert f"/materials/{small}" not in pack(page), "what was taken away goes from the tablet"
    _withdraw(server, large)


def test_a_file_goes_with_the_pack_when_somebody_signs_out(tablet, server):
    page = tablet(MEMBER)
    page.get_by_text("1 of 1 file is here too.").wait_for()
    assert any(address.startswith("/materials/") for address in pack(page))
    page.goto("/account")
    page.get_by_role("button", name="Sign out", exact=True).click()
    page.wait_for_url("**/sign-in*")
    until(page, "async () => !(await caches.keys()).some((name) => name.startsWith('pack'))")
