"""A school that was reviewed in a Work Group of an earlier year is not looked at for the first time in the next."""

import io
from types import SimpleNamespace

import pypdf
import pytest

from tests.evaluations.examples import an_evaluation
from tests.evaluations.steps import words_of
from tests.journeys.examples import sent
from tests.reviews.examples import a_review, fields
from tests.visits.examples import a_visit
from tests.world import days, do
from workgroup import clock, store
from workgroup.home import behind


def _reviewed(db, w, agreed=True, **over):
    """Review the school in last year's group, as its leader of then."""
    said = {"school_in_group": w.old, "on_day": w.then, "words": "Old reasons", "next_step": "Old next step",
            "evidence": [], "no_evidence": "y", **over}  # fmt: skip
    id = do(db, "reviews.review", w.far_leader, **fields(db, w, **said)).about
    if agreed:
        do(db, "reviews.agree", w.far_leader, review=id, agreed_on=w.then, agreed_with="Mrs Breck")
    return id


@pytest.fixture
def september(db, world_of):
    """The world, whose school was in another leader's group the year before."""
    w = SimpleNamespace(**vars(world_of))
    w.year = clock.academic_year(f"{int(clock.academic_year(clock.today())[:4]) - 1}-10-01")
    w.then = f"{w.year[:4]}-11-12"
    group = do(db, "groups.create", w.hub_lead, title="Primary of Old", academic_year=w.year, leader_word="Specialist",
               participant_word="Lead Participant", meeting_word="TRG").about  # fmt: skip
    since = f"{w.year[:4]}-10-01"
    w.old = do(db, "groups.add_school", w.hub_lead, work_group=group, school=w.school, since_on=since).about
    do(db, "groups.add_person", w.hub_lead, work_group=group, name="Marcus Farleader", role="leader",
       email="far_leader@example.org", from_on=since)  # fmt: skip
    return w


def _text(answer):
    assert answer.status_code == 200
    return " ".join(answer.get_data(as_text=True).split())


def test_reviewing_shows_the_last_time_of_another_year_without_its_reasons(db, september, sign_in):
    w, client = september, sign_in(september.leader)
    old, aspect = _reviewed(db, w), fields(db, w)["aspect"]
    address = f"/schools-in-group/{w.in_group}/reviews/new"
    assert f"in the Work Group of {w.year}" in _text(client.get(address))
    page = _text(client.get(f"{address}?aspect={aspect}"))
    for words in ("starting.", "Old next step", f"In the Work Group of {w.year}. Agreed with Mrs Breck"):
        assert words in page, words
    assert "has not been reviewed" not in page and "Old reasons" not in page
    assert client.get(f"/reviews/{old}").status_code == 404
    a_review(db, w, step=3, words="New reasons")
    page = _text(client.get(f"{address}?aspect={aspect}"))
    assert "New reasons" in page and "Old next step" not in page


def test_the_school_its_head_and_the_sheet_say_where_it_was_in_the_year_before(db, september, sign_in):
    w, client = september, sign_in(september.leader)
    _reviewed(db, w)
    _, token = sent(db, w)
    places = [f"/schools/{w.school}", f"/journey/{token}"]
    for at in places:
        assert f"Systems and culture, starting in {w.year}" in _text(client.get(at)), at
    a_review(db, w, step=3, agreed=True)
    moved = f"Systems and culture: from starting in {w.year} to developing"
    for at in places:
        page = _text(client.get(at))
        assert moved in page and "looked at for the first time" not in page and "Old reasons" not in page, at
    made = client.get(f"/schools-in-group/{w.in_group}/journey.pdf").data
    sheet = " ".join("".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(made)).pages).split())
    assert moved in sheet and "for the first time" not in sheet


def test_a_school_that_moved_within_the_year_brings_what_was_agreed_before_it_came(db, september, sign_in):
    w, client = september, sign_in(september.leader)
    with store.writing(db):
        db.conn.execute("update work_group set academic_year = (select academic_year from work_group where id = ?)"
                        " where title = 'Primary of Old'", (w.group,))  # fmt: skip
        db.conn.execute("update engagement set since_on = ? where school_in_group = ?", (days(-30), w.in_group))
    _reviewed(db, w)
    _reviewed(db, w, agreed=False, aspect=1)
    late = _reviewed(db, w, agreed=False, aspect=2, on_day=days(-20))
    do(db, "reviews.agree", w.far_leader, review=late, agreed_on=days(-20), agreed_with="Mrs Breck")
    year = clock.academic_year(days(0)).replace("/", "-")
    page = _text(client.get(f"/schools/{w.school}?year={year}"))
    assert page.count("in Primary of Old") == 1 and "Systems and culture, starting in Primary of Old" in page
    page = _text(client.get(f"/schools-in-group/{w.in_group}/reviews/new?aspect={fields(db, w)['aspect']}"))
    assert "In the Work Group Primary of Old. Agreed with Mrs Breck" in page and "Old reasons" not in page


def test_what_moved_is_told_against_the_year_before(db, september, sign_in):
    w = september
    _reviewed(db, w)
    _reviewed(db, w, aspect=1, step=3)
    a_review(db, w, step=3, agreed=True)
    for who in (w.leader, w.hub_lead, w.participant):
        page = _text(sign_in(who).get(f"/groups/{w.group}"))
        assert "starting before this half-term" in page and "first agreed this half-term" not in page
    [school] = behind.schools(db, w.leader, [w.group], own=w.in_group)
    assert [r["moved"] for r in school["moves"]] == ["on"] and school["moved"] == 1


def test_only_what_was_agreed_is_told_and_only_to_those_who_read_this_years(db, september, sign_in):
    w = september
    _reviewed(db, w, agreed=False)
    _reviewed(db, w, aspect=1, step=3)
    told = f"starting in {w.year}", f"developing in {w.year}"
    for who in ("leader", "hub_lead", "participant", "neighbour", "outsider", "administrator"):
        year = clock.academic_year(days(0)).replace("/", "-")
        page = _text(sign_in(getattr(w, who)).get(f"/schools/{w.school}?year={year}"))
        reads = who in ("leader", "hub_lead", "participant")
        assert (told[0] in page, told[1] in page) == (False, reads), who


def test_the_report_of_a_visit_begins_with_what_was_agreed_the_year_before(db, september, sign_in):
    w, client = september, sign_in(september.leader)
    _reviewed(db, w)
    visit = a_visit(db, w, made=True)
    do(db, "visits.note", w.leader, visit=visit, kind="walk", words="Said four times")
    page = _text(client.get(f"/visits/{visit}/report"))
    assert "What was last agreed with the school" in page and "Old next step" in page and "Old reasons" not in page
    do(db, "reports.draft", w.leader, visit=visit, seen="")
    drafted = store.value(db, "select words from visit_report where visit = ?", (visit,))
    assert "Old next step" in drafted and "Old reasons" not in drafted


def test_an_evaluation_tells_of_a_school_that_was_looked_at_the_year_before_that_it_moved_on(db, september):
    w = september
    _reviewed(db, w)
    a_review(db, w, step=3, words="New reasons", agreed=True)
    said = " ".join(words_of(db, an_evaluation(db, w, held=False)))
    assert "developing (starting before). New reasons." in said and "Old reasons" not in said
    assert "the one school looked at again has moved on by a step or more." in said
