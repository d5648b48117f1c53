"""Sketches: only shapes come in, who sees the moment sees the sketch, what is taken away is gone for everyone."""

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.lessons.examples import DRAWN, a_noticing, a_sketch, in_discussion, with_teacher
from tests.world import do
from workgroup import door, sketching, store
from workgroup.people import post

JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=8),
    lambda one: st.lists(one, max_size=4) | st.dictionaries(st.text(max_size=6), one, max_size=4),
)


def _one(shape, kind="ink"):
    return json.dumps({"things": [{"kind": kind, "shapes": [shape]}]})


def test_what_was_drawn_comes_back_as_shapes():
    assert [s["tag"] for s in sketching.read(DRAWN)] == ["rect", "line", "poly", "circle", "text"]


@pytest.mark.parametrize(
    "text",
    ["", "{}", "[]", "null", '"x"', "<svg onload=alert(1)>", _one(["path", "M0 0"]), _one(["rect", 1, 2, 3]),
     _one(["rect", 1, 2, -3, 4, 0]), _one(["circle", 1, "2", 3, 0]), _one(["circle", 1, 1e9, 3, 0]),
     _one(["poly", 1, [1, 2, 3]]), _one(["text", 1, 2, 3, "x" * 41]), _one(["text", 1, 2, 3, "a\u0007"]),
     _one(["circle", 1, 2, True, 0]), _one(["circle", 1, 2, 3, 0], "rocket"), "[" * 9000, _one(["poly", 1, [1] * 4002]),
     '{"things": [{"kind": "ink", "shapes": [["circle", NaN, 2, 3, 0]]}]}', " " * 40_001],
)  # fmt: skip
def test_what_is_no_sketch_is_refused_in_words(text):
    with pytest.raises(sketching.NotASketch, match=r"\.$"):
        sketching.read(text)


@settings(max_examples=60, deadline=None)
@given(JSON)
def test_no_json_at_all_breaks_the_reading(value):
    for text in (json.dumps(value), json.dumps({"things": value}), _one(value)):
        try:
            sketching.read(text)
        except sketching.NotASketch:
            continue


def test_words_on_a_sketch_are_text_wherever_it_is_shown(db, world_of, sign_in):
    words = "<script>alert(1)</script>"
    drawn = _one(["text", 1, 2, 30, words])
    lesson = in_discussion(db, world_of)
    a_sketch(db, world_of, lesson=lesson, drawn=drawn, described=words)
    client = sign_in(world_of.leader)
    for path in ("timeline", "discussion", "record", "projector"):
        page = client.get(f"/lessons/{lesson}/{path}").get_data(as_text=True)
        assert "&lt;script&gt;alert(1)" in page and words not in page, path
    assert client.post(f"/lessons/{lesson}/record.pdf").status_code == 200
    assert words not in sketching.svg(sketching.read(drawn))


def _sees(client, lesson, words="Four parts"):
    return words in client.get(f"/lessons/{lesson}/timeline").get_data(as_text=True)


def test_a_sketch_is_seen_by_whoever_sees_its_moment(db, world_of, sign_in):
    w, lesson = world_of, in_discussion(db, world_of)
    noticing = store.value(db, "select id from noticing where lesson = ?", (lesson,))
    a_sketch(db, w, lesson=lesson, noticing=noticing)
    leader, colleague, teacher = sign_in(w.leader), sign_in(w.colleague), sign_in(w.participant)
    assert _sees(leader, lesson) and _sees(colleague, lesson) and not _sees(sign_in(w.neighbour), lesson)
    do(db, "lessons.hide", w.participant, noticing=noticing)
    assert not _sees(leader, lesson) and _sees(colleague, lesson) and _sees(teacher, lesson)


def test_a_sketch_that_comes_after_the_yes_waits_for_the_next_one(db, world_of, sign_in):
    w, lesson = world_of, with_teacher(db, world_of)
    do(db, "lessons.share", w.participant, lesson=lesson, shared_with="group")
    a_sketch(db, w, lesson=lesson)
    assert not _sees(sign_in(w.leader), lesson)
    page = sign_in(w.participant).get(f"/lessons/{lesson}/sharing").get_data(as_text=True)
    assert "came after the teacher’s yes" in page and "1 entry came after your yes" in page
    do(db, "lessons.share", w.participant, lesson=lesson, shared_with="group")
    assert _sees(sign_in(w.leader), lesson)


@pytest.mark.parametrize("who", ["colleague", "participant"])
def test_its_author_or_the_teacher_takes_it_away_everywhere_at_once(db, world_of, sign_in, who):
    w, lesson = world_of, in_discussion(db, world_of)
    sketch = a_sketch(db, w, lesson=lesson)
    assert sign_in(getattr(w, who)).post(f"/sketches/{sketch}/withdraw").status_code == 303
    for other in ("leader", "colleague", "participant"):
        assert not _sees(sign_in(getattr(w, other)), lesson)


def test_a_sketch_belongs_only_to_a_moment_of_ones_own(db, world_of):
    w, lesson = world_of, in_discussion(db, world_of)
    other = do(db, "lessons.notice", w.leader, lesson=lesson, second="130", words="Mine").about
    fields = {"lesson": lesson, "noticing": other, "drawn": DRAWN, "described": "Four parts"}
    assert door.submit(db, "lessons.sketch", fields, post.new_id(), w.colleague).standing == "refused"
    fields["noticing"] = post.new_id()
    assert door.submit(db, "lessons.sketch", fields, post.new_id(), w.colleague).standing == "waiting"


def test_the_paper_offers_ones_own_moments_and_says_what_needs_javascript(db, world_of, sign_in):
    lesson = in_discussion(db, world_of)
    page = sign_in(world_of.colleague).get(f"/lessons/{lesson}/sketch").get_data(as_text=True)
    assert "Half is fair" in page and re.search("<noscript>.*Drawing needs JavaScript", page)


def test_a_sketch_that_was_taken_away_comes_back_for_whoever_took_it_and_for_nobody_else(db, world_of, sign_in):
    w, lesson = world_of, in_discussion(db, world_of)
    sketch = a_sketch(db, w, lesson=lesson)
    leader, colleague, teacher = sign_in(w.leader), sign_in(w.colleague), sign_in(w.participant)
    back = f"/sketches/{sketch}/restore"
    for one, other, page in ((colleague, teacher, "mine"), (teacher, colleague, "sharing")):
        assert one.post(f"/sketches/{sketch}/withdraw").status_code == 303 and not _sees(leader, lesson)
        assert back in one.get(f"/lessons/{lesson}/{page}").get_data(as_text=True)
        for address in ("mine", "sharing"):
            assert back not in other.get(f"/lessons/{lesson}/{address}").get_data(as_text=True)
        assert other.post(back).status_code in (403, 404) and leader.post(back).status_code in (403, 404)
        assert not _sees(leader, lesson)
        for _ in range(2):
            assert one.post(back).status_code == 303 and _sees(leader, lesson)


def test_a_sketch_brought_back_after_the_yes_waits_for_the_next_one(db, world_of, sign_in):
    w, lesson = world_of, in_discussion(db, world_of)
    sketch = a_sketch(db, w, lesson=lesson)
    do(db, "lessons.withdraw_sketch", w.colleague, sketch=sketch)
    do(db, "lessons.close", w.leader, lesson=lesson)
    do(db, "lessons.share", w.participant, lesson=lesson, shared_with="group")
    do(db, "lessons.restore_sketch", w.colleague, sketch=sketch)
    assert not _sees(sign_in(w.neighbour), lesson), "the teacher had not seen it when they said yes"
    do(db, "lessons.share", w.participant, lesson=lesson, shared_with="group")
    assert _sees(sign_in(w.neighbour), lesson)


def test_a_moment_brought_back_after_the_yes_waits_for_the_next_one(db, world_of, sign_in):
    w, lesson = world_of, in_discussion(db, world_of)
    moment = a_noticing(db, w, lesson=lesson, words="Taken back in between")
    do(db, "lessons.withdraw_noticing", w.colleague, noticing=moment)
    do(db, "lessons.close", w.leader, lesson=lesson)
    do(db, "lessons.share", w.participant, lesson=lesson, shared_with="group")
    do(db, "lessons.restore_noticing", w.colleague, noticing=moment)
    seen = lambda who: _sees(sign_in(who), lesson, "Taken back in between")  # noqa: E731
    assert not seen(w.neighbour) and seen(w.colleague) and seen(w.participant), "the teacher had not seen it"
    do(db, "lessons.share", w.participant, lesson=lesson, shared_with="group")
    assert seen(w.neighbour)
