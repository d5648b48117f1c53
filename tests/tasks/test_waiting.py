"""Gap tasks that come along into the next year: they wait on its first session, wherever that goes."""

from datetime import date

import pytest
from bs4 import BeautifulSoup

from tests.planning.examples import next_year
from tests.sessions.examples import a_session
from tests.tasks.examples import a_task
from tests.world import days, do
from workgroup import clock, due, store
from workgroup.groups import queries as groups
from workgroup.home import queries as home
from workgroup.hub import queries as hub
from workgroup.tasks import queries, waiting_queries


@pytest.fixture
def came(db, world_of):
    """Next year's Work Group, and the open gap task that came along into it."""
    new = do(db, "planning.next_year", world_of.leader, **next_year(db, world_of)).about
    [task] = queries.tasks_of(db, new)
    return new, task["id"]


def _day(group, db, more):
    first = int(clock.first_day_of(groups.group(db, group)["academic_year"])[:4])
    return f"{first}-{more}"


def _session(db, w, group, day, **over):
    ahead = date.fromisoformat(_day(group, db, day)) - date.fromisoformat(days(0))
    return a_session(db, w, ahead.days, work_group=group, **over)


def _due(db, task):
    return queries.task(db, task)["due_on"]


def test_it_has_the_day_of_the_first_session_once_there_is_one_and_goes_with_it(db, world_of, came):
    w, (new, task) = world_of, came
    assert _due(db, task) is None
    later = _session(db, w, new, "11-10")
    assert _due(db, task) == _day(new, db, "11-10")
    first = _session(db, w, new, "10-05")
    assert _due(db, task) == _day(new, db, "10-05")
    facts = {"session": first, "seen": "1", "kind": "TRG", "title": "Moved", "starts": "13:00", "ends": "16:00",
             "mode": "room", "host": w.school, "anyway": "y", "day": _day(new, db, "10-12")}  # fmt: skip
    do(db, "sessions.edit", w.leader, **facts)
    assert _due(db, task) == _day(new, db, "10-12")
    do(db, "sessions.set_state", w.leader, session=first, state="cancelled", why="Snow")
    assert _due(db, task) == _day(new, db, "11-10")
    do(db, "sessions.set_state", w.leader, session=later, state="cancelled", why="Snow")
    assert _due(db, task) is None
    do(db, "sessions.set_state", w.leader, session=later, state="planned")
    assert _due(db, task) == _day(new, db, "11-10")


def test_a_day_that_a_leader_said_stays_whatever_is_planned(db, world_of, came):
    w, (new, task) = world_of, came
    do(db, "tasks.edit", w.leader, gap_task=task, words="Open with a non-example.", due_on=_day(new, db, "09-20"))
    _session(db, w, new, "10-05")
    assert _due(db, task) == _day(new, db, "09-20")


def test_the_opening_block_of_the_first_session_has_it_in_the_schools_own_words(db, world_of, came, sign_in):
    w, (new, task) = world_of, came
    first, second = _session(db, w, new, "10-05"), _session(db, w, new, "11-10")
    client = sign_in(w.leader)
    page = client.get(f"/sessions/{first}/gap-tasks").get_data(as_text=True)
    assert "Open with a non-example." in page and "from last year" in page and "Not back yet." in page
    assert "0 of 1 came back" in client.get(f"/sessions/{first}").get_data(as_text=True)
    do(db, "tasks.return", w.leader, gap_task=task, went="did part", words="With the wobbly one first.")
    assert "With the wobbly one first." in client.get(f"/sessions/{first}/gap-tasks").get_data(as_text=True)
    assert "1 of 1 came back" in client.get(f"/sessions/{first}").get_data(as_text=True)
    assert "wobbly" not in client.get(f"/sessions/{second}/gap-tasks").get_data(as_text=True)


def test_it_reminds_its_school_in_its_new_year_and_stands_on_today(db, world_of, came, settings, sign_in, monkeypatch):
    w, (new, task) = world_of, came
    assert "gap task of last year waits" in sign_in(w.leader).get("/").get_data(as_text=True)
    _session(db, w, new, "10-05")
    assert "gap task of last year" not in sign_in(w.leader).get("/").get_data(as_text=True)
    monkeypatch.setattr(clock, "now", lambda: clock.at_london(_day(new, db, "10-03"), "09:00"))
    due.tick(db, settings)
    [mail] = store.rows(db, "select * from mail where subject like 'Gap task%'")
    assert mail["address"] == "participant@example.org" and "Open with a non-example." in mail["body"]
    page = sign_in(None).get(mail["link"])
    assert "Open with a non-example." in page.get_data(as_text=True)
    mine = groups.groups_for(db, w.participant)
    waits = home.waiting(db, w.participant, mine, home.coming(db, mine))
    assert (1, "gap task not back yet", f"/gap-tasks/{task}", "Staithe Lane Primary School") in waits


def test_each_year_counts_it_as_its_own_in_the_hubs_file(db, world_of, came):
    w, (new, task) = world_of, came
    do(db, "tasks.return", w.leader, gap_task=task, went="did it")

    def counted(group):
        rows = hub.export(db, w.hub_lead, "engagement", days(0), group=group)
        [row] = [r for r in rows if r["urn"] == "900001"]
        return row["gap_tasks_set"], row["gap_tasks_returned"]

    assert (counted(w.group), counted(new)) == ((1, 0), (1, 1))


def test_whoever_saw_to_it_and_does_not_come_along_leaves_it_to_the_school(db, world_of):
    w = world_of
    fields = next_year(db, w)
    [old] = fields["gap_tasks"]
    do(db, "tasks.edit", w.leader, gap_task=old, words="Open with a non-example.", owner=w.colleague)
    new = do(db, "planning.next_year", w.leader, **fields).about
    assert [t["owner"] for t in queries.tasks_of(db, new)] == [None]


def test_one_set_at_a_session_that_was_put_off_waits_at_the_next_that_is_held(db, world_of):
    w = world_of
    off, held = a_session(db, w, -20), a_session(db, w, 40)
    task = a_task(db, w, session=off)
    do(db, "sessions.set_state", w.leader, session=off, state="postponed", why="Snow")
    session = store.row(db, "select * from session where id = ?", (held,))
    assert [t["id"] for t in waiting_queries.waiting(db, session)] == [task]


def test_one_carried_on_before_its_session_is_told_once(db, world_of):
    w = world_of
    a_session(db, w, -20)
    held = a_session(db, w, 40)
    task = a_task(db, w, session=store.value(db, "select id from session order by starts_at limit 1"))
    after = do(db, "tasks.carry", w.leader, gap_task=task).about
    session = store.row(db, "select * from session where id = ?", (held,))
    assert [t["id"] for t in waiting_queries.waiting(db, session)] == [after]


def _to(db, w, session, more):
    """Move a session to so many days from now."""
    was = store.row(db, "select version, title from session where id = ?", (session,))
    do(db, "sessions.edit", w.leader, session=session, seen=str(was["version"]), kind="TRG", title=was["title"],
       day=days(more), starts="13:00", ends="16:00", mode="room", host=w.school, anyway="y")  # fmt: skip


def test_a_day_taken_from_the_next_session_goes_with_it_and_one_that_was_typed_stays(db, world_of, sign_in):
    w = world_of
    held, coming, last = a_session(db, w, 0), a_session(db, w, 30), a_session(db, w, 60)
    address = f"/sessions/{held}/gap-tasks"
    page = BeautifulSoup(sign_in(w.leader).get(address).get_data(), "html.parser")
    assert page.find(attrs={"name": "due_on"})["value"] == days(30), "the page has the day as the register has it"
    taken, typed = a_task(db, w, session=held, due_on=days(30)), a_task(db, w, session=held, due_on=days(25))
    none = a_task(db, w, session=held, due_on="")
    _to(db, w, coming, 37)
    assert [_due(db, t) for t in (taken, typed, none)] == [days(37), days(25), None]
    planned = {r["key"] for r in store.rows(db, "select key from due where kind = 'remind_tasks'")}
    assert {f"remind_tasks:{w.in_group}:{days(37)}:{n}" for n in (14, 2)} <= planned, "it is reminded of its new day"
    do(db, "sessions.set_state", w.leader, session=coming, state="postponed", why="Snow")
    assert _due(db, taken) == days(60)
    do(db, "sessions.set_state", w.leader, session=last, state="cancelled", why="No cover")
    assert _due(db, taken) is None
    _to(db, w, coming, 45)
    assert [_due(db, t) for t in (taken, typed)] == [days(45), days(25)]


def test_a_session_moved_past_the_next_takes_the_days_of_its_tasks_along(db, world_of):
    w = world_of
    first, second, third = (a_session(db, w, n) for n in (10, 20, 30))
    task = a_task(db, w, session=first, due_on=days(20))
    _to(db, w, first, 24)
    assert _due(db, task) == days(30)
    _to(db, w, second, 34)
    _to(db, w, third, 44)
    assert _due(db, task) == days(34)
