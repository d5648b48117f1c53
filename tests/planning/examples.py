"""One example of every kind of planning."""

from tests.examples import Example
from tests.sessions.examples import a_session
from tests.tasks.examples import a_task
from tests.world import days, do
from workgroup import clock, store
from workgroup.people import post

NO = post.new_id()


def a_year(db, w, count=2, first=7):
    """Return the fields of a plan of sessions a week apart, from so many days ahead on."""
    fields = {"work_group": w.group, "kind": "TRG", "starts": "13:00", "ends": "16:00", "mode": "room", "visits": "0",
              "anyway": "y"}
    for n in range(count):
        fields |= {f"rows-{n}-day": days(first + 7 * n), f"rows-{n}-title": f"Session {n}", f"rows-{n}-host": w.school}
    return fields


def _rest(db, w):
    first, later = a_session(db, w, 3), a_session(db, w, 10)
    return {"session": first, "rows-0-session": later, "rows-0-moves": "y", "rows-0-day": days(17), "rows-0-seen": "1",
            "anyway": "y"}  # fmt: skip


def _planned(db, w):
    do(db, "planning.plan_year", w.leader, **a_year(db, w))
    return {"work_group": w.group}


def _taken_back(db, w):
    do(db, "planning.withdraw_year", w.leader, **_planned(db, w))
    return {"work_group": w.group}


def next_year(db, w, **over):
    """Return the fields of next year's group: both schools, the leader, the participant and an open gap task."""
    task = a_task(db, w)
    year = int(clock.academic_year(days(0))[:4]) + 1
    members = [w.leader_membership, w.participant_membership]
    return {
        "work_group": w.group, "title": "Primary South", "strand": "Primary Embedding", "on_day": days(0),
        "academic_year": f"{year}/{(year + 1) % 100:02d}", "people": members, "gap_tasks": [task],
        "schools-0-school_in_group": store.value(db, "select school_in_group from gap_task where id = ?", (task,)),
        "schools-0-becomes": "carries", "schools-1-school_in_group": w.in_group2, "schools-1-becomes": "completed",
        **over,
    }  # fmt: skip


EXAMPLES = {
    "planning.plan_year": Example(
        "leader", a_year,
        ({"rows-0-day": "31/2/2027"}, {"rows-0-day": "", "rows-1-day": ""}, {"ends": "12:00"}, {"rows-0-host": NO},
         {"mode": "moon"}, {"work_group": ""}, {"visits": "many"}),
        {"rows-0-title": "Other"}, "participant",
    ),
    "planning.withdraw_year": Example("leader", _planned, ({"work_group": NO},), None, "participant"),
    "planning.restore_year": Example("leader", _taken_back, ({"work_group": NO},), None, "participant"),
    "planning.move_rest": Example(
        "leader", _rest,
        ({"rows-0-day": ""}, {"rows-0-moves": ""}, {"rows-0-seen": "7"}, {"rows-0-session": NO}, {"session": NO}),
        {"rows-0-day": days(18)}, "participant",
    ),
    "planning.next_year": Example(
        "leader", next_year,
        ({"title": ""}, {"academic_year": "soon"}, {"academic_year": "2020/21"}, {"people": [NO]}, {"gap_tasks": [NO]},
         {"schools-0-becomes": "withdrawn"}, {"schools-0-becomes": "gone"}, {"schools-1-school_in_group": NO},
         {"on_day": ""}),
        {"title": "Another"}, "participant",
    ),
}  # fmt: skip
