"""The privacy notice and the purpose: settings with words to begin with, read by anybody, shown where people write."""

import pytest

from tests.lessons.examples import a_live_lesson
from tests.visits.examples import a_visit
from tests.world import do
from workgroup import notice, store

MARK = "<script>alert('x')</script>"


def test_anybody_reads_the_notice_signed_in_or_not_and_markup_is_words(db, world_of, sign_in):
    w = world_of
    assert "Who is responsible" in sign_in(None).get("/privacy").get_data(as_text=True)
    version = store.value(db, "select version from hub")
    do(db, "people.edit_hub", w.administrator, name="Test Hub", purpose=f"Ours {MARK}", seen=str(version),
       privacy=f"Whom to ask\n\nAsk the office.\n\n{MARK}")  # fmt: skip
    for who in (None, w.participant, w.administrator):
        page = sign_in(who).get("/privacy").get_data(as_text=True)
        assert "<h2>Whom to ask</h2>" in page and "Ask the office." in page and MARK not in page and "Ours &lt;" in page
    assert "Ask the office." in sign_in(w.administrator).get("/hub/settings").get_data(as_text=True)


def test_how_long_words_are_kept_stands_in_the_notice_once_it_is_chosen(db, world_of, sign_in):
    assert "As long as the hub keeps this record." in sign_in(None).get("/privacy").get_data(as_text=True)
    do(db, "privacy.set_retention", world_of.hub_lead, seen="nothing", noticings="12", mail="6")
    page = sign_in(None).get("/privacy").get_data(as_text=True)
    assert "12 months after the end of their academic year" in page and "6 months" in page


def test_a_new_hub_has_a_page_before_it_is_set_up(app):
    assert app.test_client().get("/privacy").status_code == 200


@pytest.mark.parametrize("text", ["One.", "Head\n\nText.", "A line alone", "", "Head\n\nOther head\n\nText."])
def test_a_short_line_before_a_text_is_its_heading(text):
    parts = notice.paragraphs(text)
    assert "\n\n".join(x for part in parts for x in part if x) == text


def test_the_purpose_stands_where_people_write(db, world_of, sign_in):
    w = world_of
    version = store.value(db, "select version from hub")
    fields = {"name": "Test Hub", "purpose": "Never for appraisal, we say.", "seen": str(version)}
    do(db, "people.edit_hub", w.administrator, **fields)
    lesson, visit = a_live_lesson(db, w), a_visit(db, w)
    session = store.value(db, "select session from lesson where id = ?", (lesson,))
    for who, address in (
        (w.colleague, f"/lessons/{lesson}/mine"), (w.participant, f"/reflections/new?session={session}"),
        (w.leader, f"/visits/{visit}"), (w.leader, f"/sessions/{session}/notes"),
        (w.colleague, f"/lessons/{lesson}/capture"), (w.leader, f"/visits/{visit}/capture"),
    ):  # fmt: skip
        page = sign_in(who).get(address).get_data(as_text=True)
        assert "Never for appraisal, we say." in page and 'href="/privacy"' in page, address
