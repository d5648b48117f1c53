"""What a sentence still says in an anonymous file: no name, no day, no small count, none that a total gives back."""

import random

import pytest

from tests.journeys.examples import a_statement
from tests.plans.examples import asked
from tests.reports.examples import a_sent
from tests.sessions.examples import a_session
from tests.world import do
from workgroup import store
from workgroup.evaluations import drafting
from workgroup.evaluations.gathering import Gathered
from workgroup.hub import anonymous_queries
from workgroup.hub.redacting import Names, redacted
from workgroup.personal import SOMEBODY

SCHOOLS = {f"{name} Primary School": f"School {n}" for n, name in enumerate(
    ("Staithe Lane", "Ottersby Church of England", "St Mary’s Catholic", "Chapel Fold", "Tern Street", "Penny Moor",
     "Marl Cross", "Holy Well", "The Grange", "Kelderwick Community", "Alder", "Birch"), 1)}  # fmt: skip
NAMES = Names(SCHOOLS | {"Guest Hall Academy": "[school]"},
              ["Marram Coast Maths Hub", "Havershire", "Staithe Trust", "Reading"],
              ["Nadine Fairclough", "Toby O'Neill", "Jo de Witt", "Amy Hart-Lane"])  # fmt: skip


def say(words, schools=12, teachers=24):
    """Return a sentence as the file has it."""
    return redacted(words, NAMES, schools, teachers)


@pytest.mark.parametrize(("words", "left"), [
    ("Staithe Lane Primary School: Try it in Year 5.", "School 1: Try it in Year 5."),
    ("staithe lane primary school tried it", "School 1 tried it"),
    ("At Ottersby and St Mary's they plan together.", "At School 2 and School 3 they plan together."),
    ("Nadine Fairclough told Toby; Mr O’Neill agreed.", "[name] told [name]; [name] agreed."),
    ("Jo de Witt said: do it with fidelity", "[name] said: do it with fidelity"),
    ("Guest Hall hosted, in Havershire.", "[school] hosted, in [name]."),
    ("A visit by Mrs Nobody-Known of the Marram Coast Maths Hub", "A visit by [name] of the [name]"),
    ("Write to nadine@example.org or see https://x.example/a", "Write to [number] or see [number]"),
    ("Reading aloud in Reading, while reading", "[name] aloud in [name], while reading"),
    ("They went to Nowhere Church of England Primary School and back.", "They went to [school] and back."),
    ("Our school and School 7 of the 9", "Our school and School 7 of the 9"),
    ("Amy Hart-Lane asked, Hart answered", "[name] asked, [name] answered"),
    ("QX1 4TR, 900001, TRN 1234567", "[number], [number], TRN [number]"),
])  # fmt: skip
def test_names_are_taken_out(words, left):
    assert say(words).replace("[some schools]", "School 2 and School 3") == left


@pytest.mark.parametrize("day", [
    "Tue 9 Mar", "9 March 2027", "Tuesday 9th March", "March 9th, 2027", "2027-03-09", "9/3/2027", "the 9th of March",
])  # fmt: skip
def test_days_are_taken_out(day):
    left = say(f"It was on {day}. Year 3 may go on.")
    assert "Mar" not in left and "9" not in left and "2027" not in left and "Year 3 may go on." in left


def test_thousands_of_names_take_no_time():
    many = Names(SCHOOLS, [f"Place{n} Trust" for n in range(5_000)], [f"Ann{n} Quill{n}" for n in range(20_000)])
    left = [redacted("Ann7 Quill7 and Quill8 of Place9 Trust asked.", many, 9, 9) for _ in range(300)]
    assert set(left) == {"[name] and [name] of [name] asked."}


def test_days_in_a_row_are_not_counted_either():
    assert say("6 sessions were held (Tue 9 Mar, Wed 10 Mar and Thu 1 Apr).") == "6 sessions were held ([days])."
    assert say("Begun in March and may end in May 2027") == "Begun in [day] and may end in [day]"


@pytest.mark.parametrize(("words", "left"), [
    ("7 of the 12 schools took it further", "7 of the 12 schools took it further"),
    ("3 of the 12 schools took it further", "[some] of the 12 schools took it further"),
    ("8 of the 12 schools took it further", "[some] of the 12 schools took it further"),
    ("12 of the 12 schools took it further", "[some] of the 12 schools took it further"),
    ("2 of the 4 schools looked at again", "[some] of the [some] schools looked at again"),
    ("14 teachers took part, from 7 of the 12 schools", "14 teachers took part, from 7 of the 12 schools"),
    ("21 teachers took part", "[some] teachers took part"),
    ("Three teachers and one school", "[some] teachers and [some] school"),
    ("of the 12 schools looked at again 2 have moved on", "of the 12 schools looked at again [some] have moved on"),
    ("7 of 12 were there with two teachers each time. 3 more came", "7 of 12 were there with two teachers each time."
     " [some] more came"),
    ("2 of the 9 gap tasks came back", "2 of the 9 gap tasks came back"),
    ("3 sessions, 4 visits and Year 3 pupils", "3 sessions, 4 visits and Year 3 pupils"),
    ("One decision, taken by everyone", "One decision, taken by everyone"),
])  # fmt: skip
def test_small_counts_and_small_rests_are_taken_out(words, left):
    assert say(words) == left


@pytest.mark.parametrize(("words", "left"), [
    ("Six of the seven schools took it further", "[some] of the seven schools took it further"),
    ("Six out of our seven schools, and six of seven", "[some] out of our seven schools, and [some] of seven"),
    ("Of the seven schools six have moved on, one has not", "Of the seven schools [some] have moved on, [some] has"
     " not"),
    ("Of the 7 schools 6 have moved on", "Of the 7 schools [some] have moved on"),
    ("All but one of the schools; all but one; everyone except 2", "All but [some] of the schools; all but [some];"
     " everyone except [some]"),
    ("Both schools, a couple of schools, one or two schools", "[some] schools, [some] schools, [some] schools"),
    ("A third of the schools, half the schools, 86% of schools", "[some] of the schools, [some] of the schools, [some]"
     " of schools"),
    ("six sevenths of the seven schools, one in three schools", "[some] of the seven schools, [some] schools"),
    ("Twenty-one teachers; twenty teachers; twenty one teachers", "Twenty-one teachers; [some] teachers; twenty one"
     " teachers"),
    ("All seven schools, half of the teachers, a third of the teachers", None),
    ("Eighteen of the twenty-one teachers wrote; ten of the twenty-one teachers", "[some] of the twenty-one teachers"
     " wrote; ten of the twenty-one teachers"),
    ("Five of the six sessions; half of the lesson, half an hour; Year Six teachers; no one was late", None),
])  # fmt: skip
def test_a_number_in_words_is_taken_out_as_one_in_figures_is(words, left):
    assert say(words, schools=7, teachers=21) == (left or words)


def test_numbers_in_words_are_taken_out_just_where_figures_are():
    for said in ("{} schools", "{} of the 20 schools", "{} of our teachers", "then {} were late", "all but {} schools"):
        for word, number in (("two", 2), ("four", 4), ("five", 5), ("eight", 8), ("sixteen", 16), ("twenty", 20)):
            for schools in (7, 20):
                left = [say(said.format(x), schools, 20).replace(" of the 20", "") for x in (number, word)]
                assert len({"[some]" in x for x in left}) == 1, left


def test_a_list_of_schools_is_no_count():
    two = "No visit: Tern Street Primary School and Alder Primary School."
    assert say(two) == "No visit: [some schools]."
    assert say("1 of the 12 schools had no visit: Alder Primary School.").endswith("had no visit: [some schools].")
    six = ", ".join(list(SCHOOLS)[:6])
    assert say(six).count("School ") == 6 and say(six, schools=8) == "[some schools]"


def test_where_the_file_does_not_tell_how_many_no_words_do():
    words = "14 teachers took part, from 7 of the 12 schools. 9 of the 14 teachers wrote."
    assert say(words, schools=None) == (
        "14 teachers took part, from [some] of the [some] schools. 9 of the 14 teachers wrote."
    )
    assert say(words, teachers=None) == (
        "[some] teachers took part, from 7 of the 12 schools. [some] of the [some] teachers wrote."
    )


@pytest.mark.parametrize("seed", range(8))
def test_no_drafted_sentence_tells_a_name_a_day_or_a_small_count(seed):
    g = drawn(random.Random(seed))
    total = len(g.schools)
    for sentence in drafting.draft(g):
        left = say(sentence.words, total, 2 * total)
        assert not any(name.split(" Primary")[0] in left for name in SCHOOLS), left
        assert "Mar" not in left, left
        for told in ("0", "1", "2", "3", "4"):
            assert f"{told} of the {total} schools" not in left and f" {told} teachers" not in left, left
            assert f"{total - int(told)} of the {total} schools" not in left, left


def drawn(chance):
    """Return a half-term as chance has it: sessions, gap tasks and visits at some of the schools."""
    names = list(SCHOOLS)[: chance.randint(6, 12)]
    schools = dict(enumerate(names))
    came = [{"school": n, "person": f"{n}-{p}", "name": ""} for n in schools for p in (1, 2) if chance.random() < 0.7]
    tasks = [
        {"id": str(n), "school_in_group": n, "school_name": name, "due_on": "2027-03-01",
         "given": [{"at": "2027-03-09T12:00:00.000Z"}] if chance.random() < 0.6 else []} for n, name in schools.items()
    ]  # fmt: skip
    visits = [
        {"id": str(n), "school_in_group": n, "school_name": name, "on_day": "2027-03-05",
         "head_met": chance.random() < 0.5}
        for n, name in schools.items() if chance.random() < 0.8
    ]  # fmt: skip
    held = {"id": "s", "day": "2027-03-09", "came": came}
    teachers = {f"{n}-{p}" for n in schools for p in (1, 2)} - {"0-1"}  # one has left since
    return Gathered("2027-03-01", "2027-03-31", schools, set(schools), [], sessions=[held], tasks=tasks, visits=visits,
                    teachers=teachers)  # fmt: skip


def test_whoever_answered_by_a_link_or_visited_with_an_account_is_a_name_too(db, world_of):
    w = world_of
    a_statement(db, w, name="Zelda Quillfeather")
    do(db, "plans.answer", None, **{**asked(db, w), "name": "Xander Plumtree"})
    a_sent(db, w, name="Ysolde Marrow")
    do(db, "sessions.mark", w.leader, session=a_session(db, w), person=w.participant, status="present")
    with store.writing(db):
        db.conn.execute("update register_mark set person = ?", (w.outsider,))
    names = Names({}, [], anonymous_queries.people(db, {w.group}))
    said = "Zelda, Xander, Ysolde Marrow, Mrs Hale and Olaf Outsider"
    assert names.taken_out(said) == "[name], [name], [name], [name] and [name]"


def test_a_word_that_stands_for_a_name_is_left():
    names = Names({}, [], [SOMEBODY, "The headteacher", "Head of Maths", "The head, Ann Quill"])
    assert names.taken_out("Somebody told the headteacher: Ann.") == "Somebody told the headteacher: [name]."
