"""A school's year as a line: every mark is there in words, none lies on another, and no day is left out."""

from itertools import pairwise

from tests.reviews.examples import a_review
from tests.tasks.examples import a_return, some_work
from tests.visits.examples import a_visit
from tests.world import days
from workgroup import clock
from workgroup.home import lines

TERMS = [{"name": n, "from_on": a, "to_on": b} for n, a, b in clock.usual_half_terms("2026/27")]


def _work(*on):
    return [{"on_day": day, "kind": "staff meeting", "colleagues": n} for n, day in enumerate(on)]


def test_marks_of_one_week_stand_apart_and_in_words_with_their_own_days():
    made = _work("2026-11-02", "2026-11-03", "2026-11-03", "2026-11-04")
    line = lines.line(TERMS, [], [], [], made, [])
    places = [x for x, _, _ in dict(line["rows"])["In our school"]]
    assert all(b - a >= lines.APART for a, b in pairwise(places)), places
    assert line["told"][0] == ("2026-11-02", "In our school", "Staff meeting")
    assert line["told"][1][2] == "Staff meeting with 1 colleague"


def test_what_crowds_at_the_end_or_lies_outside_the_year_stays_on_the_line():
    line = lines.line(TERMS, [], [], [], _work("2025-01-01", *["2027-07-22"] * 5, "2031-01-01"), [])
    places = [x for x, _, _ in dict(line["rows"])["In our school"]]
    assert places[-1] == lines.WIDTH and places == sorted(places)


def test_the_page_says_the_line_in_words(db, world_of, sign_in):
    w = world_of
    a_visit(db, w, made=True)
    a_return(db, w)
    some_work(db, w)
    a_review(db, w, agreed=True)
    page = sign_in(w.leader).get(f"/schools/{w.school}").get_data(as_text=True)
    words = page[page.index("The line in words") : page.index("What changed")]
    for said in ("Visit made", "Gap task came back", "Staff meeting", "Systems and culture: starting"):
        assert said in words, said
    assert clock.say_day(days(-3)) in words and 'role="img"' in page
