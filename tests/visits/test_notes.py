"""Notes stamped by a tap with words later, in whatever order they arrive; taken away, brought back; whose they are."""

import gzip
import re

import pytest

from tests.visits.examples import a_note, a_visit
from tests.world import do
from workgroup import clock, door, store
from workgroup.people import post
from workgroup.visits import queries, year_groups


def _notes(db, w, visit, **asked):
    return [(n["kind"], n["year_group"], n["words"]) for n in queries.notes(db, w.leader, visit, **asked)]


def test_a_tap_is_a_note_without_words_and_gets_them_later(db, world_of, sign_in):
    w, client = world_of, sign_in(world_of.leader)
    visit = a_visit(db, w)
    fields = {"from": "capture", "kind": "walk", "year_group": "Year 2", "stamped": "y"}
    answer = client.post(f"/visits/{visit}/notes", data=fields)
    assert answer.headers["Location"].endswith(f"/visits/{visit}/capture?year=Year+2")
    assert _notes(db, w, visit) == [("walk", "Year 2", "")]
    assert 'value="Year 2" checked' in client.get(answer.headers["Location"]).get_data(as_text=True)
    note = store.value(db, "select id from visit_note")
    client.post(f"/visit-notes/{note}/words", data={"from": "capture", "words": "Said by pupils"})
    assert _notes(db, w, visit) == [("walk", "Year 2", "Said by pupils")]
    client.post(f"/visit-notes/{note}/withdraw", data={"from": "capture"})
    assert _notes(db, w, visit) == []


def test_a_note_that_was_typed_needs_words(db, world_of, sign_in):
    visit = a_visit(db, world_of)
    answer = sign_in(world_of.leader).post(f"/visits/{visit}/notes", data={"kind": "talk", "words": " "})
    assert answer.status_code == 422 and "Enter a note." in answer.get_data(as_text=True)


def test_two_texts_from_the_same_one_both_stand_until_they_are_joined(db, world_of, sign_in):
    w = world_of
    visit, note = (a := a_note(db, w)) and queries.visit_of_note(db, a), a
    first = do(db, "visits.add_words", w.leader, visit_note=note, words="On one tablet", after="")
    second = door.submit(db, "visits.add_words", {"visit_note": note, "words": "On another"}, post.new_id(), w.leader)
    assert second.versions == 2
    assert "Two texts of yours" in sign_in(w.leader).get(f"/visits/{visit}").get_data(as_text=True)
    after = f"{first.id},{second.id}"
    do(db, "visits.add_words", w.leader, visit_note=note, words="Joined", after=after)
    assert _notes(db, w, visit) == [("walk", "Year 2", "Joined")]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_of_taking_away_and_bringing_back_the_later_counts_whichever_arrives_first(db, world_of, order):
    w = world_of
    note = a_note(db, w)
    says = [("visits.withdraw_note", clock.after(-60)), ("visits.restore_note", clock.after(-30))]
    for which in order:
        kind, at = says[which]
        do(db, kind, w.leader, at=at, visit_note=note)
    assert queries.note(db, note)["withdrawn_at"] is None


def test_words_for_a_note_are_its_authors_and_notes_the_leaders(db, world_of, sign_in):
    w = world_of
    note = a_note(db, w)
    visit = queries.visit_of_note(db, note)
    fields = {"visit_note": note, "words": "Not mine", "after": ""}
    for other in (w.co_leader, w.participant, w.far_leader, w.hub_lead):
        assert door.submit(db, "visits.add_words", fields, post.new_id(), other).standing == "refused"
    assert len(queries.notes(db, w.co_leader, visit)) == 1
    for other in (w.participant, w.far_leader, w.hub_lead, None):
        assert queries.notes(db, other, visit) == []
        assert sign_in(other).get(f"/visits/{visit}/capture").status_code in (303, 404)


def test_words_for_a_note_that_has_not_arrived_wait(db, world_of):
    fields = {"visit_note": post.new_id(), "words": "Early", "after": ""}
    for kind in ("visits.add_words", "visits.withdraw_note"):
        assert door.submit(db, kind, fields, post.new_id(), world_of.leader).standing == "waiting"


def test_a_kept_page_holds_only_ones_own_notes(db, world_of, sign_in):
    w = world_of
    visit = queries.visit_of_note(db, a_note(db, w))
    do(db, "visits.note", w.co_leader, visit=visit, kind="talk", words="What Cora wrote")
    client = sign_in(w.leader)
    assert "What Cora wrote" in client.get(f"/visits/{visit}").get_data(as_text=True)
    kept = client.get(f"/visits/{visit}", headers={"Workgroup-Pack": "1"})
    packed = kept.headers.get("Content-Encoding") == "gzip"
    text = (gzip.decompress(kept.data) if packed else kept.data).decode()
    assert "Four times" in text and "What Cora wrote" not in text and "data-key" not in text


@pytest.mark.parametrize(
    ("phase", "first", "last"),
    [("Primary", "R", "6"), ("Secondary", "7", "13"), ("All-through", "R", "13"), (None, "R", "13"),
     ("Middle deemed primary", "3", "9"), ("16 plus", "12", "13")],
)  # fmt: skip
def test_the_pads_are_the_year_groups_of_the_schools_phase(phase, first, last):
    pads = [year_groups.short(y) for y in year_groups.of(phase)]
    assert (pads[0], pads[-1]) == (first, last)


def test_capture_offers_the_schools_pads_and_what_was_typed_as_one_more(db, world_of, sign_in):
    visit = a_visit(db, world_of)
    page = sign_in(world_of.leader).get(f"/visits/{visit}/capture?year=Years+1+and+2").get_data(as_text=True)
    offered = re.findall(r'name="year_group" value="([^"]*)"', page)
    assert offered == ["Reception", *(f"Year {n}" for n in range(1, 7)), "Years 1 and 2", ""]
    assert "Only the leaders of the Work Group see" in page and "designated lead" in page


def test_erasing_a_leader_takes_the_later_words_too(db, world_of):
    w = world_of
    note = a_note(db, w)
    do(db, "visits.add_words", w.leader, visit_note=note, words="Candid", after="")
    do(db, "people.erase", w.hub_lead, person=w.leader)
    assert store.value(db, "select words from visit_note_words") == "(erased)"
