"""What the rules say of a half-term: counts with what they are out of, quotations, and what is never told."""

from tests.evaluations.examples import (
    a_quote,
    a_review,
    a_sentence,
    a_session_held,
    a_task_due,
    an_evaluation,
    came_back,
    work_today,
)
from tests.evaluations.steps import agreed_long_ago, made_visit, send_it, withdraw_school, words_of
from tests.frameworks.examples import a_draft, use, write
from tests.lessons.examples import a_noticing, in_discussion
from tests.sessions.examples import a_session
from tests.tasks.examples import a_task
from tests.visits.examples import a_visit
from tests.world import days, do
from workgroup import clock, store
from workgroup.evaluations import queries
from workgroup.frameworks import queries as frameworks
from workgroup.reflections import queries as reflections


def test_sessions_and_teachers_are_counted_with_what_they_are_out_of(db, world_of):
    w = world_of
    evaluation = an_evaluation(db, w)
    (words,) = [s for s in words_of(db, evaluation, "teachers") if "held" in s]
    assert words == (
        f"The one session planned was held ({clock.say_day(clock.today())}). 3 of the 3 teachers took part, from 2 of"
        " the 2 schools; 1 of 2 was there with two teachers or more."
    )
    found = next(s for s in queries.sentences(db, evaluation) if s["words"] == words)
    assert [(e["kind"], e["kept_on"]) for e in found["evidence"]] == [("session", clock.today())]
    do(db, "sessions.mark", w.leader, session=found["evidence"][0]["about"], visitor="Una Stand-in", school=w.school2,
       attending_as="substitute", status="present")  # fmt: skip
    do(db, "evaluations.draft_again", w.leader, evaluation=evaluation)
    (words,) = [s for s in words_of(db, evaluation, "teachers") if "held" in s]
    assert "3 of the 3 teachers took part" in words
    assert words.endswith(" 1 more came in somebody’s place or has left since.")


def test_gap_tasks_work_and_visits_are_told_with_their_schools(db, world_of):
    w = world_of
    back = a_task_due(db, w)
    a_task_due(db, w, school_in_group=w.in_group2)
    came_back(db, w, back)
    work_today(db, w)
    made_visit(db, w, w.in_group, head_met="y")
    evaluation = an_evaluation(db, w)
    said = " ".join(words_of(db, evaluation))
    assert "1 of the 2 gap tasks that were due came back with something tried, from 1 of the 2 schools." in said
    assert "1 of the 2 gap tasks did not come back, of Ottersby Church of England Primary School." in said
    assert "1 of the 2 schools took it further themselves: 1 meeting in school, with 6 colleagues in all." in said
    assert "The one support visit planned was made, to 1 of the 2 schools; the head" in said
    assert "; the headteacher was met there." in said
    assert "1 of the 2 schools had no support visit: Ottersby Church of England Primary School." in said


def test_what_was_planned_and_did_not_happen_is_in_what_counts_are_out_of(db, world_of):
    w = world_of
    in_discussion(db, w)
    for state in ("cancelled", "postponed", "planned", "closed"):
        session = a_session(db, w, -2)
        with store.writing(db):
            store.alter(db, "session", session, state=state)
    a_session(db, w, 3)  # still to come
    made_visit(db, w, w.in_group)
    for state, day in (("cancelled", -1), ("planned", -1), ("planned", 4)):
        visit = a_visit(db, w, on_day=days(0))
        with store.writing(db):
            store.alter(db, "visit", visit, state=state, on_day=days(day))
    said = " ".join(words_of(db, an_evaluation(db, w, held=False)))
    assert "2 of the 5 sessions planned were held (" in said and "); 2 were called off." in said
    assert "1 open lesson was watched and discussed, in 1 of the 2 sessions held: Quarters (Year 3)." in said
    assert "1 of the 3 support visits planned was made, to 1 of the 2 schools;" in said


def test_where_nothing_came_about_of_what_was_planned_that_is_told(db, world_of):
    w = world_of
    session, visit = a_session(db, w, -2), a_visit(db, w, on_day=days(0))
    with store.writing(db):
        store.alter(db, "session", session, state="cancelled")
        store.alter(db, "visit", visit, on_day=days(-1))
    evaluation = an_evaluation(db, w, held=False)
    told = {s["words"]: [(e["kind"], e["about"]) for e in s["evidence"]] for s in queries.sentences(db, evaluation)}
    assert told == {
        "The one session planned was not held; it was called off.": [("session", session)],
        "The one support visit planned was not made.": [("visit", visit)],
    }
    for state in ("planned", "cancelled"):
        another = a_session(db, w, -3)
        with store.writing(db):
            store.alter(db, "session", another, state=state)
    do(db, "evaluations.draft_again", w.leader, evaluation=evaluation)
    assert "None of the 3 sessions planned was held; 2 were called off." in words_of(db, evaluation, "challenges")


def test_an_agreed_review_is_told_under_its_outcome_with_the_step_before(db, world_of):
    w = world_of
    agreed_long_ago(db, a_review(db, w, step="Starting", words="Two teachers try it."))
    newest = a_review(db, w)
    evaluation = an_evaluation(db, w)
    said = words_of(db, evaluation, "practice")
    assert (
        "Staithe Lane Primary School, lesson design: developing (starting before). Year 3 plan in small steps." in said
    )
    assert "In lesson design, the one school looked at again has moved on by a step or more." in said
    assert "Staithe Lane Primary School: Try it in Year 5." in words_of(db, evaluation, "next")
    found = next(s for s in queries.sentences(db, evaluation) if s["words"].startswith("Staithe Lane Primary School, "
                 "lesson design: developing"))  # fmt: skip
    assert [(e["kind"], e["about"]) for e in found["evidence"]] == [("review", newest)]


def test_a_school_that_goes_on_and_back_within_a_half_term_has_not_moved(db, world_of):
    w = world_of
    agreed_long_ago(db, a_review(db, w, step="Starting"))
    a_review(db, w, on_day=days(-5))
    a_review(db, w, step="Starting")
    assert "moved on" not in " ".join(words_of(db, an_evaluation(db, w)))


def test_steps_of_another_version_of_the_framework_are_not_compared(db, world_of):
    w = world_of
    old = a_review(db, w, step="Starting")
    agreed_long_ago(db, old)
    with store.writing(db):
        db.conn.execute("insert into framework (id, name, version, made_at, ended_at)"
                        " select 'old', name, 9, made_at, made_at from framework")
        db.conn.execute("insert into step (id, framework, position, name)"
                        " select 'old step', 'old', position, name from step limit 1")
        db.conn.execute("update review set step = 'old step' where id = ?", (old,))
    a_review(db, w)
    assert "moved on" not in " ".join(words_of(db, an_evaluation(db, w)))


def test_an_aspect_in_other_words_is_compared_as_the_same(db, world_of):
    w = world_of
    agreed_long_ago(db, a_review(db, w, step="Starting"))
    use(db, w, write(db, w, a_draft(db, w), aspects={"Lesson design": {"name": "Designing"}}))
    now = frameworks.in_use(db, w.group)
    of = {p["name"]: p["id"] for p in now["aspects"] + now["steps"]}
    fields = {"aspect": of["Designing"], "on_day": days(0), "words": "Small steps.", "no_evidence": "y"}
    id = do(db, "reviews.review", w.leader, school_in_group=w.in_group, **fields, step=of["Developing"]).about
    do(db, "reviews.agree", w.leader, review=id, agreed_on=days(0), agreed_with="Ms Head")
    said = words_of(db, an_evaluation(db, w), "practice")
    assert "In designing, the one school looked at again has moved on by a step or more." in said
    assert "Staithe Lane Primary School, designing: developing (starting before). Small steps." in said


def test_a_review_that_is_not_agreed_is_not_told(db, world_of):
    w = world_of
    a_review(db, w)
    with store.writing(db):
        db.conn.execute("update review set agreed_on = null")
    assert "small steps" not in " ".join(words_of(db, an_evaluation(db, w)))


def test_only_what_may_be_quoted_is_quoted_and_never_by_name(db, world_of):
    w = world_of
    session = a_session_held(db, w)
    a_quote(db, w, session=session)
    a_quote(db, w, by="colleague", session=session, words="Not to be quoted.", may_quote="")
    a_quote(db, w, by="neighbour", session=session, words="Only for me.", visibility="me")
    evaluation = an_evaluation(db, w, held=False)
    said = " ".join(words_of(db, evaluation))
    assert "A participant: “I ask more now.”" in said
    assert "Not to be quoted" not in said and "Only for me" not in said and "Nadine" not in said
    assert "3 of the 3 teachers who came wrote a reflection." in said


def test_what_was_noticed_is_told_only_where_the_teacher_shared_it_with_the_hub(db, world_of):
    w = world_of
    lesson = in_discussion(db, w)
    a_noticing(db, w, lesson=lesson, second="200", words="A third response")
    about = a_quote(db, w, lesson=lesson, words="The bar model helped me.")
    do(db, "lessons.close", w.leader, lesson=lesson)
    evaluation = an_evaluation(db, w, held=False)
    said = " ".join(words_of(db, evaluation))
    assert "1 open lesson was watched and discussed, in the one session held: Quarters (Year 3)." in said
    assert "observers wrote down" not in said and "bar model" not in said
    do(db, "lessons.share", w.participant, lesson=lesson, shared_with="hub")
    do(db, "evaluations.draft_again", w.leader, evaluation=evaluation)
    said = " ".join(words_of(db, evaluation))
    assert "In Quarters, observers wrote down 2 things that pupils said or did" in said
    assert "2 of 2 were predicted by nobody." in said
    assert "The bar model helped me." in said and about
    assert "Half is fair" not in said, "counts, not words"


def test_quotations_do_not_depend_on_who_has_read_them_and_those_that_stand_stay(db, world_of):
    w = world_of
    session = a_session_held(db, w)
    kept = [a_quote(db, w, session=session, words=f"Thought {n}.") for n in range(4)]
    evaluation = an_evaluation(db, w, held=False)
    for n in range(4):
        a_quote(db, w, by="colleague", session=session, words=f"Later {n}.")
    a_quote(db, w, by="co_leader", session=session, words="A leader's own.")
    with store.writing(db):
        store.put(db, "reflection_read", reflection=kept[0], person=w.leader, at=clock.now())
    do(db, "evaluations.draft_again", w.leader, evaluation=evaluation)
    quoted = {s["key"] for s in queries.sentences(db, evaluation) if (s["key"] or "").startswith("quote:")}
    assert quoted == {f"quote:{id}" for id in kept}
    send_it(db, w, evaluation)
    found = reflections.of_group(db, w.leader, w.group, days(0), days(0))
    assert len(found) == 9 and [r["by"] for r in found if not r["by_participant"]] == [w.co_leader]
    assert reflections.of_group(db, w.participant, w.group, days(0), days(0)) == []


def test_schools_that_withdrew_are_not_among_those_counted(db, world_of):
    w = world_of
    a_session_held(db, w)
    made_visit(db, w, w.in_group)
    made_visit(db, w, w.in_group2)
    withdraw_school(db, w, w.in_group2)
    said = " ".join(words_of(db, an_evaluation(db, w, held=False)))
    assert "2 of the 2 teachers took part, from the one school; it was there" in said
    assert "1 more came from elsewhere." in said
    assert "The one support visit planned was made, to the one school; the headteacher was not met." in said


def test_gap_tasks_that_were_dropped_or_carried_on_or_are_due_today_are_not_told_as_missing(db, world_of):
    w = world_of
    came_back(db, w, a_task_due(db, w))
    do(db, "tasks.drop", w.leader, gap_task=a_task_due(db, w))
    do(db, "tasks.carry", w.leader, gap_task=a_task_due(db, w), due_on=days(9))
    a_task(db, w, due_on=days(0))
    said = " ".join(words_of(db, an_evaluation(db, w)))
    assert "The one gap task that was due came back" in said and "did not come back" not in said


def test_what_a_leader_noticed_is_offered_without_a_school(db, world_of, sign_in):
    w = world_of
    lesson = in_discussion(db, w)
    own = a_noticing(db, w, lesson=lesson, by="leader", second="200", words="A third response")
    evaluation = an_evaluation(db, w, held=False)
    a_sentence(db, w, evaluation, words="They wait longer.", evidence=[f"noticing:{own}"])
    (found,) = [s for s in queries.sentences(db, evaluation) if s["words"] == "They wait longer."]
    assert [e["kept_school"] for e in found["evidence"]] == [None]
    send_it(db, w, evaluation)
