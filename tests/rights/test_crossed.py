"""A form that is right but for one field, which names a thing of another Work Group: nothing of it is entered.

Every kind is tried whose fields name something; what may cross is listed here, with the reason.
"""

import pytest

from tests import world
from tests.lessons.examples import DRAWN
from tests.rights.house import newest
from tests.test_kinds import EXAMPLES
from tests.world import days, do
from workgroup import config, create_app, door, store, web
from workgroup.people import post

# whoever runs it, for anybody
HUB = {"days.claim", "days.set_allowance", "groups.set_half_term", "people.end_sign_ins", "people.erase",
       "people.set_trn"}
MAY_CROSS = {
    ("groups.add_school", "school"),  # a school may be in two Work Groups
    ("days.edit", "school"), ("days.enter", "school"),  # one's own day, wherever it was
    ("sessions.edit", "host"), ("sessions.plan", "host"), ("sessions.mark", "school"),  # guests and hosts come from all
    ("sessions.claim", "school"), ("lessons.watch", "observer"),
    ("plans.add_action", "owner"), ("plans.edit_action", "owner"),  # words, and no one’s id
    ("lessons.plan", "predicted"), ("lessons.edit", "predicted"),
    ("visits.add_words", "after"),  # a text passes only texts of the same note
}  # fmt: skip
# fields that an example may leave empty
ALSO = {"teacher", "chair", "observer", "lead", "substitute_for", "block", "predicted", "tags", "noticing", "evidence",
        "host", "owner", "school", "session", "person", "visit", "lesson", "gap_task"}  # fmt: skip


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A world, and what there is of its other Work Group: `{field: values}`."""
    settings = config.Config(database=tmp_path_factory.mktemp("crossed") / "hub.sqlite")
    create_app(settings)
    db = store.connect(settings.database)
    w = world.build(db)
    far = _far(db, w)
    pristine = store.connect(":memory:")
    db.conn.backup(pristine.conn)
    yield db, w, far, pristine
    db.conn.close()
    web.forget_connections()


def _far(db, w):
    by, one = w.far_leader, w.outsider
    session = do(db, "sessions.plan", by, work_group=w.far_group, kind="TRG", title="Far", day=days(0), starts="09:00",
                 ends="12:00", mode="online", anyway="y", agenda="usual").about  # fmt: skip
    do(db, "sessions.set_state", by, session=session, state="open")
    do(db, "sessions.mark", by, session=session, person=one, status="present")
    do(db, "sessions.add_prompt", by, session=session, words="Why?")
    do(db, "sessions.add_material", by, session=session, url="https://example.org/far", title="Far")
    lesson = do(db, "lessons.plan", by, session=session, teacher=one, class_name="9", topic="Far", predicted="A").about
    do(db, "lessons.start", by, lesson=lesson)
    noticing = do(db, "lessons.notice", one, lesson=lesson, second="5", code="A", words="Far").about
    do(db, "lessons.sketch", one, lesson=lesson, drawn=DRAWN, described="Far")
    of = {"school_in_group": w.far_in_group}
    task = do(db, "tasks.set", by, work_group=w.far_group, words="Far", **of).about
    do(db, "tasks.return", one, gap_task=task, went="did it", words="Far")
    do(db, "tasks.did_at_school", one, on_day=days(-3), kind="other", words="Far", **of)
    reflection = do(db, "reflections.write", one, session=session, words="Far", visibility="group", state="final").about
    visit = do(db, "visits.plan", by, on_day=days(-5), **of).about
    note = do(db, "visits.note", by, visit=visit, kind="walk", words="Far").about
    plan = do(db, "plans.begin", by, **of).about
    aim = do(db, "plans.add_aim", by, action_plan=plan, outcome="pupils", words="Far").about
    action = do(db, "plans.add_action", by, aim=aim, words="Far").about
    do(db, "schools.add_contact", by, school=w.far_school, role="head", name="Far Head", email="far@example.org")
    contact, tag = newest(db, "school_contact"), newest(db, "tag", f"work_group = '{w.far_group}'")
    predicted = newest(db, "predicted_response")
    evidence = [[f"{kind}:{id}"] for kind, id in (("session", session), ("visit", visit), ("reflection", reflection),
                ("noticing", noticing), ("visit note", note), ("gap task", task))]  # fmt: skip
    people = {name: [one] for name in ("teacher", "chair", "observer", "lead", "owner", "substitute_for")}
    return {
        **people, "person": [one, by], "work_group": [w.far_group], "school_in_group": [w.far_in_group],
        "school": [w.far_school], "host": [w.far_school], "session": [session], "source": [session],
        "block": [newest(db, "agenda_block", f"session = '{session}'")], "mark": [newest(db, "register_mark")],
        "prompt": [newest(db, "prompt"), newest(db, "prompt_words")], "material": [newest(db, "material")],
        "lesson": [lesson], "start": [newest(db, "lesson_start")], "predicted": [predicted], "noticing": [noticing],
        "sketch": [newest(db, "sketch")], "gap_task": [task], "gap_tasks": [[task]],
        "gap_task_return": [newest(db, "gap_task_return")], "in_school_work": [newest(db, "in_school_work")],
        "reflection": [reflection], "after": [reflection, note], "visit": [visit], "visit_note": [note],
        "notes": [[note]], "action_plan": [plan], "action_plans": [[plan]], "aim": [aim], "action": [action],
        "contact": [contact], "contacts": [[contact]], "membership": [w.outsider_membership],
        "people": [[w.outsider_membership]], "tag": [tag], "tags": [[tag]], "evidence": evidence,
    }  # fmt: skip


def test_no_field_reaches_into_another_work_group(house):
    db, w, far, pristine = house
    entered = []
    for kind in sorted(set(EXAMPLES) - HUB - {"people.set_up", "years.populate"}):
        pristine.conn.backup(db.conn)
        example = EXAMPLES[kind]
        fields, by = example.fields(db, w), example.by and getattr(w, example.by)
        ready = store.connect(":memory:")
        db.conn.backup(ready.conn)
        for name in sorted((set(fields) | ALSO) & set(door.KINDS[kind].form()._fields) & set(far)):
            for value in far[name]:
                outcome = door.submit(db, kind, {**fields, name: value}, post.new_id(), by)
                if outcome.standing == "entered":
                    entered.append((kind, name))
                    ready.conn.backup(db.conn)
        ready.conn.close()
    assert set(entered) <= MAY_CROSS, set(entered) - MAY_CROSS
    assert set(entered) >= MAY_CROSS, "what is listed and does not cross any more goes"
