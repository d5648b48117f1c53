"""The evaluation export: a row for each record behind a sentence, every cell, as at a day, and whose it is."""

import pytest

from tests.evaluations.examples import a_quote, a_review, a_sentence, a_session_held, an_evaluation, to_send
from tests.formats.test_formats import read_csv, read_xlsx
from tests.world import days, do
from workgroup import clock, store
from workgroup.evaluations import queries
from workgroup.hub import columns, exports

NAMES = [c.name for c in columns.EVALUATION]


@pytest.fixture
def sent(db, world_of):
    """A sent evaluation with a counted, a reviewed and a bare sentence: (evaluation, session, review)."""
    w = world_of
    session, review = a_session_held(db, w), a_review(db, w)
    evaluation = an_evaluation(db, w, held=False)
    a_sentence(db, w, evaluation, heading="heads", words="=Everybody \"liked\" it")
    do(db, "evaluations.send", w.leader, **to_send(db, evaluation))
    return evaluation, session, review


def _rows(db, viewer, as_at=None, group=None):
    found = exports.rows(db, viewer, "evaluation", as_at or days(0), group)
    return [dict(zip(NAMES, row, strict=True)) for row in found]


def test_every_cell_of_an_evaluation_in_csv_and_xlsx(db, world_of, sent, settings):
    evaluation, session, review = sent
    term = queries.bare(db, evaluation)["half_term"]
    asked = {"viewer": world_of.hub_lead, "kind": "evaluation", "as_at": days(0)}
    made = read_csv(exports.chunks(settings.database, format="csv", **asked))
    group = ["Test Hub", clock.academic_year(days(0)), "", "Primary South", "", term, "1", days(0), "2", "3"]
    school = "Staithe Lane Primary School"
    held = f"The one session planned was held ({clock.say_day(days(0))}). 3 of the 3 teachers took part, from 2"
    held += " of the 2 schools; 1 of 2 was"
    assert made == [
        NAMES,
        ["Teachers’ professional learning", f"{held} there with two teachers or more.", "session", days(0),
         f"/sessions/{session}", "", *group],
        ["Teachers’ practice", f"{school}, lesson design: developing. Year 3 plan in small steps.", "review", days(0),
         f"/reviews/{review}", "1", *group],
        ["Next steps", f"{school}: Try it in Year 5.", "review", days(0), f"/reviews/{review}", "1", *group],
        ["What headteachers say", "'=Everybody \"liked\" it", "", "", "", "", *group],
    ]  # fmt: skip
    sheet = read_xlsx(exports.chunks(settings.database, format="xlsx", **asked))
    assert [[str(cell if cell is not None else "") for cell in row] for row in sheet] == [
        [cell.removeprefix("'") for cell in row] for row in made
    ]


def test_drafts_and_what_was_sent_later_or_is_corrected_are_left_out(db, world_of, sent):
    w, (evaluation, _, _) = world_of, sent
    assert _rows(db, w.hub_lead, as_at=days(-1)) == []
    term = queries.bare(db, evaluation)["half_term"]
    second = do(db, "evaluations.begin", w.leader, work_group=w.group, half_term=term).about
    assert {r["version"] for r in _rows(db, w.hub_lead)} == {1}
    with store.writing(db):
        db.conn.execute("update evaluation set sent_at = ? where id = ?", (f"{days(-3)}T12:00:00.000Z", evaluation))
    do(db, "evaluations.send", w.leader, **to_send(db, second))
    assert {r["version"] for r in _rows(db, w.hub_lead)} == {2}
    assert {r["version"] for r in _rows(db, w.hub_lead, as_at=days(-1))} == {1}


def test_leaders_export_their_own_groups_and_nobody_else_any(db, world_of, sent, sign_in):
    w = world_of
    assert _rows(db, w.leader) == _rows(db, w.administrator) == _rows(db, w.hub_lead, group=w.group)
    for person in (w.far_leader, w.participant, w.outsider):
        assert _rows(db, person) == []
    assert sign_in(w.participant).get("/hub/exports/evaluation").status_code == 404
    page = sign_in(w.hub_lead).get("/hub/exports?kind=evaluation").get_data(as_text=True)
    assert "Evaluation: 4 rows" in page
    empty = sign_in(w.far_leader).get("/hub/exports?kind=evaluation").get_data(as_text=True)
    assert "No evaluation was sent by this day" in empty


def test_two_schools_of_one_name_are_two_however_their_records_are_kept(db, world_of):
    w = world_of
    with store.writing(db):
        store.alter(db, "school", w.school2, name="Staithe Lane Primary School")
    reflection = a_quote(db, w)
    fields = {"on_day": days(0)}
    some = [do(db, "visits.plan", w.leader, school_in_group=s, **fields).about for s in (w.in_group, w.in_group2)]
    for visit in some:
        do(db, "visits.make", w.leader, visit=visit, seen="1")
    evaluation = an_evaluation(db, w)
    ours = [f"visit:{some[0]}", f"reflection:{reflection}"]
    a_sentence(db, w, evaluation, words="Of one school", evidence=ours)
    a_sentence(db, w, evaluation, words="Of two schools", evidence=[*ours, f"visit:{some[1]}"])
    do(db, "evaluations.send", w.leader, **to_send(db, evaluation))
    told = {r["sentence"]: r["schools_counted"] for r in _rows(db, w.hub_lead)}
    assert (told["Of one school"], told["Of two schools"]) == (1, 2)
