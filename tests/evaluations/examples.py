"""One example of every kind of evaluations, and a half-term with something in it."""

from tests.examples import Example
from tests.reflections.examples import a_reflection
from tests.sessions.examples import a_session
from tests.tasks.examples import an_overdue_task
from tests.world import days, do
from workgroup import clock, store
from workgroup.evaluations import queries
from workgroup.groups import queries as groups
from workgroup.people import post

NO = post.new_id()


def term_today(db, w):
    """Return the half-term that today lies in, made the hub's own: around today whatever the day is."""
    year = groups.group(db, w.group)["academic_year"]
    known = next(
        (t for t in groups.half_terms(db, year) if t["from_on"] <= days(-20) and t["to_on"] >= days(0)), None
    )
    if known is None:
        with store.writing(db):
            store.put(db, "half_term", id=post.new_id(), academic_year=year, name="Autumn 2", from_on=days(-45),
                      to_on=days(3))  # fmt: skip
        known = next(t for t in groups.half_terms(db, year) if t["name"] == "Autumn 2")
    return known


def a_session_held(db, w, title="Equal parts"):
    """Open a session today with two of one school and one of another here; return its id."""
    session = a_session(db, w, title=title)
    do(db, "sessions.set_state", w.leader, session=session, state="open")
    for person in (w.participant, w.colleague, w.neighbour):
        do(db, "sessions.mark", w.leader, session=session, person=person, status="present")
    return session


def an_evaluation(db, w, **over):
    """Hold a session and draft the evaluation of this half-term; return its id."""
    if over.pop("held", True):
        a_session_held(db, w)
    return do(db, "evaluations.begin", w.leader, work_group=w.group, half_term=term_today(db, w)["name"]).about


def to_send(db, evaluation):
    """Return the fields that send an evaluation as it stands."""
    return {"evaluation": evaluation, "seen": queries.digest(queries.sentences(db, evaluation))}


def a_sentence(db, w, evaluation=None, **over):
    """Write a sentence of one's own and return its id."""
    fields = {"evaluation": evaluation or an_evaluation(db, w), "heading": "heads", "words": "The head said so", **over}
    return do(db, "evaluations.write", w.leader, **fields).about


def a_quote(db, w, **over):
    """Write a reflection that may be quoted; return its id."""
    fields = {"words": "I ask more now.", "visibility": "specialist", "may_quote": "y", "state": "final", **over}
    return a_reflection(db, w, **fields)


def a_review(db, w, **over):
    """Note where a school is, agreed today, without evidence; return its id."""
    aspect = store.value(db, "select id from aspect where name = 'Lesson design'")
    step = store.value(db, "select id from step where name = ?", (over.pop("step", "Developing"),))
    fields = {
        "school_in_group": w.in_group, "aspect": aspect, "step": step, "on_day": clock.today(),
        "words": "Year 3 plan in small steps.", "next_step": "Try it in Year 5.", "no_evidence": "y", **over,
    }  # fmt: skip
    id = do(db, "reviews.review", w.leader, **fields).about
    do(db, "reviews.agree", w.leader, review=id, agreed_on=clock.today(), agreed_with="Ms Head")
    return id


def a_task_due(db, w, **over):
    """Set a gap task that was due yesterday and return its id."""
    return an_overdue_task(db, w, **over)


def came_back(db, w, task):
    """Give a gap task back, with something tried."""
    do(db, "tasks.return", w.participant, gap_task=task, went="did it", words="Wobbly one first.")


def work_today(db, w):
    """Note some in-school work of today."""
    do(db, "tasks.did_at_school", w.participant, school_in_group=w.in_group, on_day=clock.today(),
       kind="staff meeting", colleagues="6", words="Sorted cards.")  # fmt: skip


def _taken_out(db, w):
    id = a_sentence(db, w)
    do(db, "evaluations.withdraw", w.leader, sentence=id)
    return id


def _two(db, w):
    evaluation = an_evaluation(db, w)
    a_sentence(db, w, evaluation, words="First")
    return {"sentence": a_sentence(db, w, evaluation, words="Second"), "way": "up"}


def _edit(db, w):
    return {"sentence": a_sentence(db, w), "words": "The head said it twice", "seen": "1"}


EXAMPLES = {
    "evaluations.begin": Example(
        "leader", lambda db, w: {"work_group": w.group, "half_term": term_today(db, w)["name"]},
        ({"half_term": "Winter"}, {"half_term": ""}, {"work_group": NO}), None, "participant",
    ),
    "evaluations.draft_again": Example(
        "leader", lambda db, w: {"evaluation": an_evaluation(db, w)}, ({"evaluation": NO},), None, "participant"
    ),
    "evaluations.write": Example(
        "leader", lambda db, w: {"evaluation": an_evaluation(db, w), "heading": "next", "words": "We go on"},
        ({"words": ""}, {"heading": "grades"}, {"evidence": [f"session:{NO}"]}, {"evidence": ["session:x"]},
         {"evaluation": NO}, {"words": "x" * 2001}),
        {"words": "Otherwise"}, "hub_lead",
    ),
    "evaluations.edit": Example(
        "leader", _edit, ({"words": ""}, {"seen": "9"}, {"sentence": NO}, {"evidence": [f"visit:{NO}"]}),
        {"words": "Otherwise"}, "participant",
    ),
    "evaluations.move": Example(
        "leader", _two, ({"way": "left"}, {"way": "down"}, {"sentence": NO}), None, "participant"
    ),
    "evaluations.withdraw": Example(
        "leader", lambda db, w: {"sentence": a_sentence(db, w)}, ({"sentence": NO},), None, "participant"
    ),
    "evaluations.restore": Example(
        "leader", lambda db, w: {"sentence": _taken_out(db, w)}, ({"sentence": NO},), None, "participant"
    ),
    "evaluations.send": Example(
        "leader", lambda db, w: to_send(db, an_evaluation(db, w)), ({"evaluation": NO}, {"seen": ""}, {"seen": "9"}),
        None, "hub_lead",
    ),
}  # fmt: skip
