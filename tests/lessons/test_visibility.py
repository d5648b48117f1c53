"""Who sees what others noticed: each person in each state of the lesson."""

import pytest

from tests.lessons.examples import PREDICTED, a_lesson, a_noticing
from tests.world import do
from workgroup import clock, store
from workgroup.lessons import discussion_queries, noticing_queries, queries
from workgroup.lessons.forms import read_code

# author and teacher are checked in, so is the leader; the co-leader chairs and is not; the neighbour is absent
WHO = ("colleague", "participant", "leader", "co_leader", "neighbour", "outsider", "hub_lead", "administrator")
NOBODY = {"colleague", "participant"}  # the author their own, the teacher everything
SEEN_BY = {
    "live": NOBODY,
    "discussion": {*NOBODY, "leader", "co_leader"},
    "with teacher": NOBODY,
    "room": {*NOBODY, "leader"},
    "group": {*NOBODY, "leader", "co_leader", "neighbour"},
    "hub": {*NOBODY, "leader", "co_leader", "neighbour", "hub_lead"},
    "nobody": NOBODY,
}


def _in_state(db, w, state):
    lesson = a_lesson(db, w)
    do(db, "lessons.start", w.leader, lesson=lesson)
    noticing = a_noticing(db, w, lesson=lesson)
    if state != "live":
        do(db, "lessons.open_discussion", w.leader, lesson=lesson)
    if state not in ("live", "discussion"):
        do(db, "lessons.close", w.leader, lesson=lesson)
    if state in ("room", "group", "hub", "nobody"):
        do(db, "lessons.share", w.participant, lesson=lesson, shared_with=state)
    return lesson, noticing


def _sees(db, w, lesson, noticing):
    seen = {who: noticing_queries.noticings(db, getattr(w, who), lesson) for who in WHO}
    return {who for who in WHO if noticing in {n["id"] for n in seen[who]}}


@pytest.mark.parametrize("state", SEEN_BY)
def test_a_noticing_is_seen_by_exactly_those_it_is_for(db, world_of, state):
    lesson, noticing = _in_state(db, world_of, state)
    assert _sees(db, world_of, lesson, noticing) == SEEN_BY[state]


@pytest.mark.parametrize("state", ["discussion", "room", "group", "hub"])
def test_what_the_teacher_hides_only_its_author_and_the_teacher_see(db, world_of, state):
    lesson, noticing = _in_state(db, world_of, state)
    do(db, "lessons.hide", world_of.participant, noticing=noticing)
    assert _sees(db, world_of, lesson, noticing) == NOBODY
    do(db, "lessons.show_again", world_of.participant, noticing=noticing)
    assert _sees(db, world_of, lesson, noticing) == SEEN_BY[state]


@pytest.mark.parametrize("state", ["discussion", "room", "group", "hub", "with teacher"])
def test_what_its_author_takes_away_only_the_author_sees(db, world_of, state):
    lesson, noticing = _in_state(db, world_of, state)
    do(db, "lessons.withdraw_noticing", world_of.colleague, noticing=noticing)
    assert _sees(db, world_of, lesson, noticing) == {"colleague"}


def test_entries_after_the_teachers_yes_wait_for_the_same_yes(db, world_of):
    lesson, _ = _in_state(db, world_of, "group")
    late = a_noticing(db, world_of, lesson=lesson, words="Came late")
    assert _sees(db, world_of, lesson, late) == NOBODY
    do(db, "lessons.share", world_of.participant, lesson=lesson, shared_with="group")
    assert _sees(db, world_of, lesson, late) == SEEN_BY["group"]


def test_closing_the_session_ends_what_the_room_sees(db, world_of):
    w = world_of
    lesson, noticing = _in_state(db, w, "discussion")
    session = queries.lesson(db, lesson)["session"]
    do(db, "sessions.set_state", w.leader, session=session, state="closed")
    assert _sees(db, w, lesson, noticing) == NOBODY


def test_taking_the_yes_back_works_at_once(db, world_of):
    lesson, noticing = _in_state(db, world_of, "hub")
    do(db, "lessons.share", world_of.participant, lesson=lesson, shared_with="nobody")
    assert _sees(db, world_of, lesson, noticing) == NOBODY


def test_the_discussion_and_the_teachers_comments_travel_with_the_noticings(db, world_of):
    w = world_of
    lesson, _ = _in_state(db, w, "discussion")
    do(db, "lessons.discuss", w.leader, lesson=lesson, step="evidence", words="Three tables")
    do(db, "lessons.comment", w.participant, lesson=lesson, words="I nearly left it out")
    assert discussion_queries.notes(db, w.leader, lesson) and discussion_queries.comments(db, w.co_leader, lesson)
    do(db, "lessons.close", w.leader, lesson=lesson)
    assert discussion_queries.notes(db, w.leader, lesson) == []
    assert discussion_queries.comments(db, w.leader, lesson) == []
    assert discussion_queries.notes(db, w.participant, lesson)


def test_a_prediction_that_was_seen_keeps_its_words_when_the_briefing_changes(db, world_of):
    w = world_of
    lesson, _ = _in_state(db, w, "live")
    first = queries.predicted(db, lesson)[0]
    seen = a_noticing(db, w, lesson=lesson, predicted=first["id"])
    fields = {"teacher": w.participant, "class_name": "Year 3", "topic": "Quarters", "seen": "1"}
    do(db, "lessons.edit", w.leader, lesson=lesson, predicted="Something new\n" + PREDICTED.split("\n")[1], **fields)
    assert [p["words"] for p in queries.predicted(db, lesson)] == ["Something new", "Folds to compare"]
    assert store.value(db, "select predicted_response from noticing where id = ?", (seen,)) == first["id"]
    assert first["words"] in {p["words"] for p in queries.predicted(db, lesson, also_ended=True)}


def test_two_texts_written_from_the_same_one_stand_side_by_side_until_they_are_joined(db, world_of):
    w = world_of
    lesson, noticing = _in_state(db, w, "live")
    one = do(db, "lessons.add_words", w.colleague, at=clock.after(-1), noticing=noticing, words="From the tablet")
    two = do(db, "lessons.add_words", w.colleague, noticing=noticing, words="From the phone")
    (found,) = noticing_queries.noticings(db, w.colleague, lesson)
    assert [v["words"] for v in found["versions"]] == ["From the tablet", "From the phone"]
    joined = f"{one.id},{two.id}"
    do(db, "lessons.add_words", w.colleague, noticing=noticing, words="Both together", after=joined)
    (found,) = noticing_queries.noticings(db, w.colleague, lesson)
    assert found["words"] == "Both together" and len(found["versions"]) == 1


def test_the_phase_and_the_second_come_from_the_lesson_clock_when_nothing_is_said(db, world_of):
    w = world_of
    lesson = a_lesson(db, w)
    do(db, "lessons.start", w.leader, at="2026-11-03T14:00:00.000Z", lesson=lesson)
    do(db, "lessons.mark_phase", w.leader, lesson=lesson, second="600", phase="pairs")
    id = do(db, "lessons.notice", w.colleague, lesson=lesson, code="t3", at="2026-11-03T14:12:30.000Z").about
    (row,) = noticing_queries.noticings(db, w.colleague, lesson)
    assert (row["id"], row["second"], row["phase"], row["code"]) == (id, 750, "pairs", "Table 3")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("a", "Pupil A"), ("Pupil c", "Pupil C"), ("t4", "Table 4"), ("table 12", "Table 12"), ("all", "Whole class"),
     ("A, B", "Pupils A, B"), ("pupils a and b", "Pupils A, B"), ("group 2", "Group 2"), ("3", "Table 3"), (" ", None)],
)  # fmt: skip
def test_codes_are_kept_in_one_writing(typed, kept):
    assert read_code(typed) == kept


@pytest.mark.parametrize("name", ["Emily", "Al", "Jo", "Emily Carter", "A. Smith", "pupil Emily", "Table of Tom"])
def test_a_name_is_never_taken_for_a_code(name):
    with pytest.raises(ValueError):
        read_code(name)


@pytest.mark.parametrize("state", ["live", "discussion"])
def test_a_session_that_just_ends_still_asks_the_teacher(db, world_of, state):
    w = world_of
    lesson, noticing = _in_state(db, w, state)
    session = queries.lesson(db, lesson)["session"]
    do(db, "sessions.set_state", w.leader, session=session, state="closed")
    assert [x["id"] for x in queries.waiting_for(db, w.participant)] == [lesson]
    do(db, "lessons.share", w.participant, lesson=lesson, shared_with="group")
    assert queries.waiting_for(db, w.participant) == []
    assert _sees(db, w, lesson, noticing) == SEEN_BY["group"]
