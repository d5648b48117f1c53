"""Thousands of moments: few places to draw, a list in portions, the crowd of a minute; and the wall without names."""

import random

import pytest

from tests.lessons.examples import a_lesson, in_discussion
from tests.world import do
from workgroup import clock, store
from workgroup.lessons import drawing, queries
from workgroup.people import post

MANY = 3_000
NAMES = ("Toby", "Cora", "Bethan", "Sunita")


def _moment(by, second, **more):
    plain = {"predicted_response": None, "words": "x", "flagged": 0}
    return {"id": f"{by}{second}", "by": by, "name": by, "second": second, **plain, **more}


def test_marks_that_would_lie_on_one_another_are_one_and_say_how_many():
    found = [_moment("A", 60), _moment("A", 61), _moment("A", 300), _moment("B", 61)]
    told = drawing.drawn({"minutes": 50}, found, [])
    assert [many for _, _, many in told["marks"]["new"]] == [2, 1, 1]
    assert sum(many for marks in told["marks"].values() for _, _, many in marks) == len(found)


def test_the_crowd_of_a_minute_is_how_many_observers_not_how_many_moments():
    found = [_moment("A", 60), _moment("A", 70), _moment("B", 119), _moment("A", 200)]
    assert [one[2:] for one in drawing.drawn({"minutes": 50}, found, [])["crowd"]] == [(2, 1)]


def test_what_one_alone_saw_is_what_nobody_else_marked_something_near_flagged_first():
    found = [_moment("A", 60), _moment("B", 90), _moment("A", 600), _moment("B", 900, flagged=1)]
    beside = drawing.together(found)
    assert [sorted(beside[n["id"]]) for n in found] == [["A", "B"], ["A", "B"], ["A"], ["B"]]
    assert [n["second"] for n in drawing.alone(found, beside)] == [900, 600]


@pytest.fixture
def crowded(db, world_of):
    """A lesson in discussion with thousands of moments of four observers."""
    w, lesson = world_of, a_lesson(db, world_of)
    for act in ("lessons.start", "lessons.open_discussion"):
        do(db, act, w.leader, lesson=lesson)
    dice = random.Random(7)
    with store.writing(db):
        for at in range(MANY):
            by = (w.colleague, w.co_leader, w.leader, w.neighbour)[at % 4]
            store.put(
                db, "noticing", id=post.new_id(), lesson=lesson, by=by, at=clock.now(), received=clock.now(), rough=0,
                second=dice.randrange(3000), words=f"Moment {at}", number=100_000 + at, changed=100_000 + at,
            )  # fmt: skip
    return lesson


def test_a_timeline_of_thousands_is_drawn_in_a_few_places_and_listed_in_portions(db, world_of, crowded, sign_in):
    client = sign_in(world_of.leader)
    page = client.get(f"/lessons/{crowded}/timeline").get_data(as_text=True)
    assert "3,000 moments" in page and page.count('<li class="entry"') == 200
    figure = page[page.index("<svg") : page.index("</figure>")]
    assert figure.count("<") < 200 and figure.count("M") < 4 * 130 + 60
    assert "Show 200 more" in page and "2,800 moments" in page
    more = client.get(f"/lessons/{crowded}/timeline?many=400").get_data(as_text=True)
    assert more.count('<li class="entry"') == 400
    every = client.get(f"/lessons/{crowded}/timeline?many=3000").get_data(as_text=True)
    assert every.count('<li class="entry"') == MANY and "more</a>" not in every


def test_what_the_list_is_filtered_by_is_said(db, world_of, crowded, sign_in):
    page = sign_in(world_of.leader).get(f"/lessons/{crowded}/timeline?observer={world_of.colleague}").get_data(True)
    assert "750 moments</span> by Toby Colleague." in page


def test_the_wall_holds_no_name_until_it_is_asked_to(db, world_of, sign_in):
    w, lesson = world_of, in_discussion(db, world_of)
    do(db, "lessons.notice", w.leader, lesson=lesson, second="130", code="A", words="Cut it again")
    client = sign_in(w.leader)
    wall = client.get(f"/lessons/{lesson}/projector").get_data(as_text=True)
    assert "Half is fair" in wall and "Cut it again" in wall
    assert not [name for name in NAMES if name in wall]
    shown = client.get(f"/lessons/{lesson}/projector?authors=yes").get_data(as_text=True)
    assert "Toby" in shown and "Bethan" in shown
    number = queries.lesson(db, lesson)["number"] - 1
    news = client.get(f"/lessons/{lesson}/projector?after={number}", headers={"HX-Request": "true"}).get_data(True)
    assert "Cut it again" in news and not [name for name in NAMES if name in news]


def test_the_wall_is_for_those_who_may_read_the_timeline(db, world_of, sign_in):
    lesson = in_discussion(db, world_of)
    for who in ("neighbour", "outsider", "hub_lead"):
        assert sign_in(getattr(world_of, who)).get(f"/lessons/{lesson}/projector").status_code == 404
