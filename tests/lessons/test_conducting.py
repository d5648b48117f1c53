"""Conducting a discussion: its step folds, the pen is handed on and taken back, implications and their gap tasks."""

import itertools

import pytest

from tests.lessons.examples import in_discussion
from tests.world import do
from workgroup import clock, door, store
from workgroup.lessons import discussion_queries, queries
from workgroup.people import post

NOTE = {"step": "evidence", "words": "Three tables"}


def _note(db, by, lesson, at=None):
    return door.submit(db, "lessons.discuss", {**NOTE, "lesson": lesson}, post.new_id(), by, at)


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_the_latest_step_counts_whichever_arrives_first(db, world_of, order):
    lesson = in_discussion(db, world_of)
    says = [(clock.after(-30), "evidence"), (clock.after(-20), "closing"), (clock.after(-10), "conjecture")]
    for place in order:
        at, step = says[place]
        do(db, "lessons.step", world_of.leader, at=at, lesson=lesson, step=step)
    assert discussion_queries.step_now(db, lesson)["step"] == "conjecture"


def test_the_discussion_begins_with_the_teacher(db, world_of):
    assert discussion_queries.step_now(db, in_discussion(db, world_of))["step"] == "teacher"


def _offers_the_box(client, lesson):
    return "Keep the note" in client.get(f"/lessons/{lesson}/discussion").get_data(as_text=True)


def test_the_box_is_offered_to_the_chair_and_to_whoever_holds_the_pen(db, world_of, sign_in):
    w, lesson = world_of, in_discussion(db, world_of)
    session = queries.lesson(db, lesson)["session"]
    do(db, "sessions.mark", w.leader, session=session, person=w.neighbour, status="present")
    helper = sign_in(w.neighbour)
    assert _offers_the_box(sign_in(w.co_leader), lesson) and not _offers_the_box(helper, lesson)
    do(db, "lessons.pen", w.co_leader, at=clock.after(-1), lesson=lesson, person=w.neighbour, holds="yes")
    assert _offers_the_box(helper, lesson)
    do(db, "lessons.pen", w.co_leader, lesson=lesson, person=w.neighbour, holds="no")
    assert not _offers_the_box(helper, lesson)


def test_what_a_tablet_kept_is_taken_whoever_has_the_pen_by_now(db, world_of):
    lesson = in_discussion(db, world_of)
    do(db, "lessons.pen", world_of.leader, lesson=lesson, person=world_of.colleague, holds="no")
    assert [p["person"] for p in discussion_queries.pens(db, lesson)] == []
    assert _note(db, world_of.colleague, lesson, clock.after(-30)).standing == "entered"
    assert _note(db, world_of.neighbour, lesson).standing == "refused", "and from nobody who was not in the room"


def test_the_pen_is_handed_only_to_somebody_in_the_room(db, world_of):
    lesson = in_discussion(db, world_of)
    fields = {"lesson": lesson, "person": world_of.outsider, "holds": "yes"}
    refused = door.submit(db, "lessons.pen", fields, post.new_id(), world_of.leader)
    assert refused.errors == {"person": ["Choose somebody who is in the room."]}


def test_the_pen_is_taken_back_from_somebody_who_has_left(db, world_of):
    w, lesson = world_of, in_discussion(db, world_of)
    session = queries.lesson(db, lesson)["session"]
    do(db, "sessions.mark", w.leader, session=session, person=w.colleague, status="absent")
    do(db, "lessons.pen", w.leader, lesson=lesson, person=w.colleague, holds="no")
    assert discussion_queries.pens(db, lesson) == []


def test_the_pen_is_offered_only_to_those_who_may_not_write_yet(db, world_of, sign_in):
    w, lesson = world_of, in_discussion(db, world_of)
    session = queries.lesson(db, lesson)["session"]
    for person in (w.neighbour, w.leader, w.co_leader):
        do(db, "sessions.mark", w.leader, session=session, person=person, status="present")
    page = sign_in(w.co_leader).get(f"/lessons/{lesson}/discussion").get_data(as_text=True)
    offered = page[page.index("Hand somebody the pen") :].split("</details>")[0]
    assert "Sunita Neighbour" in offered
    already = ("Bethan Leader", "Cora Coleader", "Nadine Member", "Toby Colleague")
    assert not [name for name in already if name in offered]


def test_an_implication_is_taken_away_with_its_gap_task_unless_the_school_has_answered(db, world_of):
    w, lesson = world_of, in_discussion(db, world_of)
    fields = {"lesson": lesson, "school_in_group": w.in_group, "words": "One bar, cut twice", "make_task": "y"}
    first, second = (do(db, "lessons.imply", w.leader, **fields).about for _ in range(2))
    do(db, "lessons.withdraw_implication", w.leader, implication=first)
    assert store.rows(db, "select state from gap_task order by at, rowid")[0]["state"] == "dropped"
    task = discussion_queries.implication(db, second)["gap_task"]
    do(db, "tasks.return", w.participant, gap_task=task, went="did it", words="Tried")
    refused = door.submit(db, "lessons.withdraw_implication", {"implication": second}, post.new_id(), w.leader)
    assert refused.standing == "refused" and "It stays" in str(refused.errors)


def test_an_idle_page_of_the_discussion_costs_an_empty_answer(db, world_of, sign_in):
    lesson = in_discussion(db, world_of)
    client = sign_in(world_of.leader)
    number = queries.lesson(db, lesson)["number"]
    idle = client.get(f"/lessons/{lesson}/discussion?after={number}", headers={"HX-Request": "true"})
    assert (idle.status_code, idle.data) == (200, b"") and "HX-Refresh" not in idle.headers
    do(db, "lessons.step", world_of.leader, lesson=lesson, step="evidence")
    news = client.get(f"/lessons/{lesson}/discussion?after={number}", headers={"HX-Request": "true"})
    assert b"Surprises first" in news.data and b"<h1" not in news.data


def test_a_note_taken_away_is_its_authors_alone_until_it_is_brought_back(db, world_of, sign_in):
    w, lesson = world_of, in_discussion(db, world_of)
    _note(db, w.colleague, lesson)
    [note] = discussion_queries.notes(db, w.leader, lesson)
    author, leader, page = sign_in(w.colleague), sign_in(w.leader), f"/lessons/{lesson}/discussion"
    assert author.post(f"/discussion-notes/{note['id']}/withdraw").status_code == 303
    assert NOTE["words"] not in leader.get(page).get_data(as_text=True)
    shown = author.get(page).get_data(as_text=True)
    assert f"only you see it: {NOTE['words']}" in shown and f"/discussion-notes/{note['id']}/restore" in shown
    assert leader.get(f"{page}?after=0", headers={"HX-Request": "true"}).get_data(as_text=True).count("Bring it") == 0
    statuses = [author.post(f"/discussion-notes/{note['id']}/restore").status_code for _ in range(2)]
    assert statuses == [303, 422], "a second tap is answered in words"
    assert NOTE["words"] in leader.get(page).get_data(as_text=True)
    assert author.post(f"/discussion-notes/{note['id']}/burn").status_code == 404


def test_a_note_brought_back_after_the_teachers_yes_waits_for_another_yes(db, world_of):
    w, lesson = world_of, in_discussion(db, world_of)
    _note(db, w.colleague, lesson)
    [note] = discussion_queries.notes(db, w.leader, lesson)
    do(db, "lessons.withdraw_discussion", w.colleague, discussion_note=note["id"])
    do(db, "lessons.close", w.leader, lesson=lesson)
    do(db, "lessons.share", w.participant, lesson=lesson, shared_with="group")
    do(db, "lessons.restore_discussion", w.colleague, discussion_note=note["id"])
    assert discussion_queries.notes(db, w.leader, lesson) == []
    assert [n["id"] for n in discussion_queries.notes(db, w.participant, lesson)] == [note["id"]]
    do(db, "lessons.share", w.participant, lesson=lesson, shared_with="group")
    assert [n["id"] for n in discussion_queries.notes(db, w.leader, lesson)] == [note["id"]]


def test_an_implication_is_brought_back_with_its_gap_task(db, world_of, sign_in):
    w, lesson = world_of, in_discussion(db, world_of)
    fields = {"lesson": lesson, "school_in_group": w.in_group, "words": "One bar, cut twice", "make_task": "y"}
    id = do(db, "lessons.imply", w.leader, **fields).about
    leader, page = sign_in(w.leader), f"/lessons/{lesson}/discussion"
    leader.post(f"/implications/{id}/withdraw")
    assert "One bar, cut twice" not in sign_in(w.colleague).get(page).get_data(as_text=True)
    assert f"/implications/{id}/restore" in leader.get(page).get_data(as_text=True)
    assert [leader.post(f"/implications/{id}/restore").status_code for _ in range(2)] == [303, 422]
    assert store.value(db, "select state from gap_task") == "set"
    assert "One bar, cut twice" in sign_in(w.colleague).get(page).get_data(as_text=True)
