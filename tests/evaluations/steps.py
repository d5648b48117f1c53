"""What the tests of evaluations do again and again."""

from tests.evaluations.examples import to_send
from tests.world import days, do, submit
from workgroup import clock, store
from workgroup.evaluations import queries
from workgroup.groups import queries as groups
from workgroup.people import post


def words_of(db, evaluation, heading=None):
    """Return the sentences of an evaluation as words, or those under one heading."""
    found = queries.sentences(db, evaluation)
    return [s["words"] for s in found if heading in (None, s["heading"])]


def send_it(db, w, evaluation):
    """Send an evaluation as it stands."""
    return do(db, "evaluations.send", w.leader, **to_send(db, evaluation))


def is_not_sent(db, w, evaluation, because):
    """Make sure that it is not sent, and why."""
    outcome = submit(db, "evaluations.send", w.leader, **to_send(db, evaluation))
    assert outcome.standing == "refused" and because in str(outcome.errors), outcome


def edit_words(db, w, found, words):
    """Put other words into a sentence; it rests on what it did."""
    evidence = [f"{e['kind']}:{e['about']}" for e in found["evidence"]]
    seen = str(queries.sentence(db, found["id"])["version"])
    do(db, "evaluations.edit", w.leader, sentence=found["id"], words=words, seen=seen, evidence=evidence)


def begin_another(db, w, term):
    """Begin the evaluation of another half-term, one that begins today; return its id."""
    year = groups.group(db, w.group)["academic_year"]
    later = next(t["name"] for t in reversed(groups.half_terms(db, year)) if t["name"] != term["name"])
    with store.writing(db):
        db.conn.execute("delete from half_term where name = ? and academic_year = ?", (later, year))
        store.put(db, "half_term", id=post.new_id(), academic_year=year, name=later, from_on=days(0), to_on=days(9))
    return do(db, "evaluations.begin", w.leader, work_group=w.group, half_term=later).about


def withdraw_school(db, w, in_group):
    """Let a school withdraw today."""
    with store.writing(db):
        store.put(db, "engagement", id=post.new_id(), school_in_group=in_group, state="withdrawn", since_on=days(0),
                  reason="No cover.")  # fmt: skip


def agreed_long_ago(db, review):
    """Put a review well before the half-term."""
    with store.writing(db):
        db.conn.execute("update review set agreed_on = ?1, on_day = ?1 where id = ?2", (days(-120), review))


def made_visit(db, w, school, **over):
    """Plan and make a visit of today; return its id."""
    visit = do(db, "visits.plan", w.leader, school_in_group=school, on_day=clock.today(), purpose="See Year 3").about
    do(db, "visits.make", w.leader, visit=visit, people_met="The head", seen="1", **over)
    return visit
