"""What was let go of or erased says nothing any more: nothing quotes it, and nothing new rests on it."""

import pytest

from tests.evaluations.examples import a_quote, a_session_held, an_evaluation, term_today, to_send
from tests.visits.examples import a_note
from tests.world import do
from workgroup import clock, purging, store
from workgroup.evaluations import gathering
from workgroup.reports import queries as reports
from workgroup.retention import still_say
from workgroup.reviews import queries as reviews


def _told(db, w, visit):
    """Return how many quotes there are, of what kinds what a report or a review may rest on, and how many notes."""
    term = term_today(db, w)
    found = gathering.gather(db, w.leader, w.group, term["from_on"], term["to_on"])
    kinds = {p.kind for p in found.more} | {p["kind"] for p in reviews.gathered(db, w.leader, w.in_group)}
    return len(found.quotes), kinds & {"reflection", "visit note"}, len(reports.to_place(db, w.leader, visit))


@pytest.mark.parametrize("is_erased", [True, False])
def test_what_is_no_longer_there_is_neither_quoted_nor_chosen_as_evidence(db, world_of, is_erased):
    w = world_of
    a_session_held(db, w)
    a_quote(db, w)
    note = a_note(db, w)
    visit = store.value(db, "select visit from visit_note where id = ?", (note,))
    do(db, "visits.make", w.leader, visit=visit, head_met="y", seen="1")
    with store.writing(db):
        store.alter(db, "visit_note", note, by=w.participant)
    assert _told(db, w, visit) == (1, {"reflection", "visit note"}, 1)
    if is_erased:
        do(db, "people.erase", w.hub_lead, person=w.participant)
    else:
        with store.writing(db):
            for kind in ("reflections", "visit_notes"):
                purging.purge(db, kind, "2099-09-01", clock.now())
    assert _told(db, w, visit) == (0, set(), 0)


def test_words_that_say_something_beside_others_that_are_gone_stand():
    assert still_say("(no longer kept)\nFour times") and still_say("Four times")
    assert not any(still_say(gone) for gone in ("(no longer kept)\n(erased)", "(erased)", "", None))


def test_what_an_evaluation_rested_on_keeps_its_kind_day_and_school_once_its_words_are_gone(db, world_of, sign_in):
    w = world_of
    a_session_held(db, w)
    note = a_note(db, w)
    visit = store.value(db, "select visit from visit_note where id = ?", (note,))
    do(db, "visits.make", w.leader, visit=visit, head_met="y", seen="1")
    evaluation = an_evaluation(db, w)
    own = {"heading": "practice", "words": "The sentence is used.", "evidence": [f"visit note:{note}"]}
    do(db, "evaluations.write", w.leader, evaluation=evaluation, **own)
    do(db, "evaluations.send", w.leader, **to_send(db, evaluation))
    with store.writing(db):
        purging.purge(db, "visit_notes", "2099-09-01", clock.now())
    day = clock.say_day(store.value(db, "select on_day from visit where id = ?", (visit,)), year=True)
    for who in (w.leader, w.hub_lead):
        page = sign_in(who).get(f"/evaluations/{evaluation}").get_data(as_text=True)
        told = page.split('id="notes"')[1]
        assert "isit note" in told and day in told and "Four times" not in page, who
        assert "its words are no longer kept" in told, who
    assert "Staithe Lane" in told
