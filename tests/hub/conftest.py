"""A small year to export: a session with a register, and what a school has done besides."""

import pytest

from tests.sessions.examples import a_session
from tests.world import days, do
from workgroup import clock, store
from workgroup.people.post import new_id

ASPECTS = ("Vision", "Subject knowledge", "Systems and culture")


def at(day, time="14:00"):
    """Return the moment of a day so many days from today."""
    return clock.at_london(days(day), time)


@pytest.fixture
def framework(db):
    """The only framework that was ever put to use: three aspects, two steps."""
    made = {"id": new_id()}
    with store.writing(db):
        for table in ("aspect", "step", "framework"):
            db.conn.execute(f"delete from {table}")
        store.put(db, "framework", id=made["id"], name="The test’s own", version=1, made_at=clock.now())
        for table, names in (("aspect", ASPECTS), ("step", ("Beginning", "Developing"))):
            for position, name in enumerate(names):
                made[name] = new_id()
                store.put(db, table, id=made[name], framework=made["id"], position=position, name=name)
    return made


@pytest.fixture
def year(db, world_of, framework):
    """A session ten days ago with a register, a visit, a gap task, grants and reviews; another session today."""
    w = world_of
    with store.writing(db):
        store.alter(db, "school", w.school, la="Havershire", type="Academy converter", trust="Staithe Trust")
        store.alter(db, "work_group", w.group, strand="Primary Embedding", project_code="NCP26-10",
                    visit_days_per_school=1.5)  # fmt: skip
        store.alter(db, "membership", w.participant_membership, title="maths lead")
        store.alter(db, "person", w.colleague, role_in_school="Year 3 teacher")
    w.session = a_session(db, w)
    with store.writing(db):
        # put back by hand: in early September ten days ago is another academic year
        store.alter(db, "session", w.session, starts_at=at(-10, "13:00"), ends_at=at(-10, "16:00"))
    w.later = a_session(db, w, 0, title="=Later", host="", mode="online", starts="09:30", ends="10:15")
    mark = {"session": w.session, "status": "present"}
    do(db, "sessions.mark", w.leader, at=at(-10, "13:05"), **mark, person=w.participant, in_time="12:55",
       out_time="16:10")  # fmt: skip
    do(db, "sessions.mark", w.leader, at=at(-10, "13:05"), **mark, person=w.colleague)
    do(db, "sessions.mark", w.leader, at=at(-12), session=w.session, status="apologies", person=w.neighbour,
       told_on=days(-12))  # fmt: skip
    do(db, "sessions.mark", w.leader, at=at(-10, "13:07"), **mark, visitor="+Val Visitor", school=w.school2,
       attending_as="substitute", substitute_for=w.neighbour)  # fmt: skip
    do(db, "sessions.summarise", w.leader, at=at(-9), session=w.session, words="We watched.")
    do(db, "sessions.set_state", w.leader, at=at(-9), session=w.session, state="open")
    do(db, "sessions.set_state", w.leader, at=at(-9), session=w.session, state="closed")
    return w


@pytest.fixture
def journey(db, year, framework):
    """What else a school has done: visits, gap tasks, grants, reviews."""
    w = year
    visit = {"school_in_group": w.in_group, "by": w.leader, "version": 1}
    review = {"school_in_group": w.in_group, "by": w.leader, "words": "Bars in every class.", "at": at(-30)}
    with store.writing(db):
        store.put(db, "visit", id=new_id(), on_day=days(-20), days=0.5, head_met=1, state="made", **visit)
        store.put(db, "visit", id=new_id(), on_day=days(-5), days=0.25, head_met=0, state="made", **visit)
        store.put(db, "visit", id=new_id(), on_day=days(9), days=0.5, head_met=0, state="planned", **visit)
        store.put(db, "visit", id=new_id(), on_day=days(-7), days=0.5, head_met=1, state="cancelled", **visit)
        store.put(db, "school_grant", id=new_id(), school_in_group=w.in_group, amount=1000.0, paid_on=days(-40))
        store.put(db, "school_grant", id=new_id(), school_in_group=w.in_group, amount=250.5, paid_on=days(-3))
        for aspect, step, on, agreed, withdrawn in (
            ("Vision", "Beginning", -25, -24, None), ("Vision", "Developing", -6, -4, None),
            ("Subject knowledge", "Developing", -6, None, None), ("Systems and culture", "Beginning", -8, -8, None),
        ):  # fmt: skip
            store.put(db, "review", id=new_id(), aspect=framework[aspect], step=framework[step], on_day=days(on),
                      agreed_on=agreed and days(agreed), withdrawn_at=withdrawn, **review)  # fmt: skip
    task = {"work_group": w.group, "school_in_group": w.in_group, "words": "Try it"}
    w.task = do(db, "tasks.set", w.leader, at=at(-9), **task).about
    do(db, "tasks.set", w.leader, at=at(-9), **task)
    carried = do(db, "tasks.carry", w.leader, at=at(-6), gap_task=w.task).about
    do(db, "tasks.return", w.participant, at=at(-2), gap_task=carried, went="did part", words="Some")
    do(db, "groups.set_engagement", w.leader, school_in_group=w.in_group, state="active", since_on=days(-11))
    do(db, "groups.set_engagement", w.leader, school_in_group=w.in_group2, state="withdrawn", since_on=days(-1),
       reason="-New head")  # fmt: skip
    return w
