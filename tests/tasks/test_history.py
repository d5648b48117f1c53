"""What became of a gap task, by whom and why, on its own page; and what counts as returned."""

import runpy

from tests.planning.examples import next_year
from tests.sessions.examples import a_session
from tests.tasks.examples import a_task
from tests.world import days, do
from workgroup import door, store
from workgroup.people import post
from workgroup.places import MIGRATIONS
from workgroup.reviews import queries as reviews
from workgroup.tasks import queries


def _page(sign_in, who, task):
    return sign_in(who).get(f"/gap-tasks/{task}").get_data(as_text=True)


def _again(db, w, task):
    return door.submit(db, "tasks.reopen", {"gap_task": task}, post.new_id(), w.leader)


def test_who_changed_dropped_and_took_it_up_again_and_why_stands_on_its_page(db, world_of, sign_in):
    w = world_of
    task = a_task(db, w, owner=w.colleague, due_on=days(20))
    client = sign_in(w.leader)
    client.post(f"/gap-tasks/{task}/edit", data={"words": "Two non-examples.", "due_on": days(30)})
    client.post(f"/gap-tasks/{task}/edit", data={"words": "Two non-examples.", "due_on": days(30)})
    do(db, "tasks.drop", w.co_leader, gap_task=task, why="The school <b>moves</b> house.")
    client.post(f"/gap-tasks/{task}/reopen", data={"why": "It has moved."})
    for who in (w.participant, w.leader):
        page = _page(sign_in, who, task)
        for said in ("Bethan Leader set it", "Bethan Leader changed it", "Toby Colleague saw to it",
                     "It was “Open with a non-example.”", "Cora Coleader dropped it", "It has moved.",
                     "The school &lt;b&gt;moves&lt;/b&gt; house.", "Bethan Leader took it up again"):  # fmt: skip
            assert said in page, said
        assert page.count("changed it") == 1, "what changed nothing is no history"
    page = _page(sign_in, w.hub_lead, task)
    assert "dropped it" in page and "moves" not in page and "non-example" not in page


def test_one_carried_on_leads_to_what_it_became_and_can_be_taken_back_while_nothing_has_come(db, world_of, sign_in):
    w = world_of
    a_session(db, w, -5, title="The second one")
    task = a_task(db, w, session=a_session(db, w, -40), due_on=days(3))
    sign_in(w.leader).post(f"/gap-tasks/{task}/carry", data={"why": "A short half-term."})
    after = queries.followed_by(db, task)["id"]
    page = _page(sign_in, w.participant, task)
    assert "Bethan Leader carried it on" in page and f'href="/gap-tasks/{after}"' in page
    assert "A short half-term." in page and "The second one" in page
    assert _again(db, w, task).stands
    assert (queries.task(db, task)["state"], queries.task(db, after)["state"]) == ("set", "dropped")
    assert [t["id"] for t in queries.chains(db, [w.group])[w.in_group]] == [task], "it is one task, and stands again"
    assert "stands again" in str(_again(db, w, after).errors)
    assert "not carried on after all" in _page(sign_in, w.participant, after)
    after = do(db, "tasks.carry", w.leader, gap_task=task).about
    do(db, "tasks.return", w.participant, gap_task=after, went="not yet")
    assert "Go on with that one" in str(_again(db, w, task).errors)


def test_a_page_of_last_year_leads_only_those_into_the_next_who_are_in_it(db, world_of, sign_in):
    w = world_of
    fields = next_year(db, w, people=[w.leader_membership])
    new = do(db, "planning.next_year", w.leader, **fields).about
    [old], [task] = fields["gap_tasks"], queries.tasks_of(db, new)
    assert f'href="/gap-tasks/{task["id"]}"' in _page(sign_in, w.leader, old)
    page = _page(sign_in, w.colleague, old)
    assert "carried it on to Primary South" in page and task["id"] not in page


def test_what_was_carried_into_a_year_is_taken_back_by_who_leads_both(db, world_of):
    w = world_of
    fields = next_year(db, w, people=[w.co_leader_membership])
    [old] = fields["gap_tasks"]
    new = do(db, "planning.next_year", w.leader, **fields).about
    assert "you do not lead" in str(_again(db, w, old).errors)
    do(db, "tasks.reopen", w.co_leader, gap_task=old)
    assert [t["state"] for t in queries.tasks_of(db, new)] == ["dropped"]


def test_not_yet_is_an_answer_and_no_return_wherever_it_is_counted(db, world_of, sign_in):
    w = world_of
    first, second = a_session(db, w, -20), a_session(db, w, 20)
    tried, not_tried, silent = (a_task(db, w, session=first) for _ in range(3))
    do(db, "tasks.return", w.participant, gap_task=tried, went="did part")
    do(db, "tasks.return", w.participant, gap_task=not_tried, went="not yet", words="A short week.")
    client = sign_in(w.leader)
    assert "1 of 3 came back, 1 not yet tried" in client.get(f"/sessions/{second}").get_data(as_text=True)
    assert "1 of 3 tasks back" in client.get(f"/groups/{w.group}").get_data(as_text=True)
    assert [t["state"] for t in map(lambda id: queries.task(db, id), (tried, not_tried, silent))] == [
        "returned", "set", "set"]  # fmt: skip
    assert "not yet tried" in client.get(f"/schools/{w.school}").get_data(as_text=True)
    assert "0 returns, and 1 × “not yet”" in _page(sign_in, w.hub_lead, not_tried)
    shown = client.get(f"/sessions/{second}/gap-tasks").get_data(as_text=True)
    assert "A short week." in shown and "not yet tried" in shown
    assert [e["id"] for e in reviews.gathered(db, w.leader, w.in_group) if e["kind"] == "gap task"] == [tried]


def test_a_record_of_before_tells_what_its_ledger_knows(db, world_of):
    w = world_of
    task = a_task(db, w)
    do(db, "tasks.edit", w.leader, gap_task=task, words="Two.", due_on=days(9))
    do(db, "tasks.drop", w.leader, gap_task=task, why="Ill")
    do(db, "tasks.reopen", w.leader, gap_task=task)
    do(db, "tasks.carry", w.leader, gap_task=task)
    told = [{k: v for k, v in h.items() if k != "id"} for h in queries.history(db, task)]
    with store.writing(db):
        db.conn.execute("drop table gap_task_history")
        db.conn.execute("drop index gap_task_carried")
        runpy.run_path(str(MIGRATIONS / "0059_gap_task_history.py"))["change"](db)
    assert [{k: v for k, v in h.items() if k != "id"} for h in queries.history(db, task)] == told
