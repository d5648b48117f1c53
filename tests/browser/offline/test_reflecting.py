"""Reflecting without a line: to one question and to others, on a kept page, and what arrives."""

import pytest

from tests.browser.offline.keeping import MEMBER, kept, session_of
from workgroup import store

pytestmark = pytest.mark.browser


def _answered(server):
    db = store.connect(server.database)
    found = store.rows(
        db,
        "select a.words, q.words as asked from reflection_words v join reflection_answer a on a.version = v.id"
        " join prompt_words q on q.id = a.prompt_words where v.words = 'Without any line' order by v.at, a.position",
    )
    db.conn.close()
    return found


def test_what_is_answered_without_a_line_comes_back_after_a_reload_and_arrives_beside_its_question(
    tablet, line, server
):
    page = tablet(MEMBER)
    address = f"/reflections/new?session={session_of(server.database)}"
    kept(page, address)
    page.goto(address)
    line.fault("refuse")
    page.reload()
    page.get_by_label("Where did the point stay").fill("Without any line")
    page.get_by_text("More to think about, if you like").click()
    page.get_by_label("What would help you before next time?").fill("A second pair of eyes")
    page.get_by_role("button", name="Keep it").click()
    page.get_by_text("Kept. You can close this page").wait_for()
    page.reload()
    more = page.get_by_label("What would help you before next time?")
    more.wait_for()
    page.wait_for_function("document.querySelector('.more textarea').closest('details').open")
    assert more.input_value() == "A second pair of eyes"
    page.get_by_label("What did you notice that you did not expect?").fill("How quiet it was")
    page.get_by_role("button", name="Keep it").click()
    page.locator(".drawn .entry").nth(1).wait_for()
    line.heal()
    page.evaluate("dispatchEvent(new Event('online'))")
    page.locator("[data-standing]", has_text="All sent").wait_for()
    found = _answered(server)
    assert [a["words"] for a in found] == ["A second pair of eyes", "How quiet it was", "A second pair of eyes"]
    assert found[0]["asked"] == found[2]["asked"] == "What would help you before next time?"
