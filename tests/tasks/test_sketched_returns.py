"""A sketch with what comes back from a gap task: one entry with the words, seen, withdrawn and erased with them."""

import json

from tests.lessons.examples import DRAWN
from tests.tasks.examples import a_task
from tests.world import do
from workgroup import holding, personal, store
from workgroup.people import post
from workgroup.tasks import queries

SHOWN = "A bar cut in four, one part far larger"
MARK = "</svg><script>alert('drawn')</script>"


def _given(db, w, **more):
    """Give a task back with a sketch; return the task and the return."""
    task, id = more.pop("gap_task", None) or a_task(db, w), post.new_id()
    fields = {"gap_task": task, "went": "did it", "words": "Drew it", "drawn": DRAWN, "described": SHOWN, **more}
    do(db, "tasks.return", w.participant, id=id, **fields)
    return task, id


def _page(client, address):
    return client.get(address).get_data(as_text=True)


def test_a_return_with_a_sketch_is_given_from_its_own_page_and_drawn_for_the_group(db, world_of, sign_in):
    w, task = world_of, a_task(db, world_of)
    client = sign_in(w.participant)
    assert f"/gap-tasks/{task}/sketch" in _page(client, f"/gap-tasks/{task}")
    assert "data-paper" in _page(client, f"/gap-tasks/{task}/sketch")
    fields = {"went": "did it", "words": "Drew it", "drawn": DRAWN, "described": SHOWN, "change_id": post.new_id()}
    for _ in range(2):
        assert client.post(f"/gap-tasks/{task}/sketch", data=fields).status_code == 303
    assert len(queries.returns(db, task)) == 1 and queries.task(db, task)["state"] == "returned"
    for who in (w.participant, w.colleague, w.neighbour, w.leader):
        page = _page(sign_in(who), f"/gap-tasks/{task}")
        assert f'aria-label="{SHOWN}"' in page and "<path" in page


def test_who_may_not_read_the_words_sees_no_sketch(db, world_of, sign_in):
    w = world_of
    task, _ = _given(db, w)
    for who in (w.outsider, w.far_leader, w.hub_lead, w.administrator):
        assert SHOWN not in _page(sign_in(who), f"/gap-tasks/{task}")
    for who in (w.neighbour, w.outsider, w.far_leader, w.hub_lead):
        client = sign_in(who)
        assert client.get(f"/gap-tasks/{task}/sketch").status_code == 404, "another school does not give it back"
        assert client.post(f"/gap-tasks/{task}/sketch", data={"went": "did it"}).status_code == 404


def test_the_sketch_goes_and_comes_back_with_the_words(db, world_of, sign_in):
    w = world_of
    task, id = _given(db, w)
    do(db, "tasks.withdraw_return", w.participant, gap_task_return=id)
    assert SHOWN not in _page(sign_in(w.leader), f"/gap-tasks/{task}")
    assert SHOWN in _page(sign_in(w.participant), f"/gap-tasks/{task}"), "only its author sees it still"
    do(db, "tasks.restore_return", w.participant, gap_task_return=id)
    assert SHOWN in _page(sign_in(w.leader), f"/gap-tasks/{task}")


def test_what_is_no_sketch_or_has_no_words_is_refused_and_nothing_typed_is_lost(db, world_of, sign_in):
    w, task = world_of, a_task(db, world_of)
    client = sign_in(w.participant)
    unread = "This sketch cannot be read."
    for bad, sentence in (({"drawn": "{}"}, unread), ({"drawn": MARK}, unread),
                          ({"described": " "}, "Say in words what the sketch shows"), ({"went": ""}, "Choose one."),
                          ({"drawn": '{"things": []}'}, "Draw something first.")):  # fmt: skip
        fields = {"went": "did it", "words": "Typed & kept", "drawn": DRAWN, "described": SHOWN, **bad}
        answer = client.post(f"/gap-tasks/{task}/sketch", data=fields)
        text = answer.get_data(as_text=True)
        assert answer.status_code == 422 and sentence in text and "Typed &amp; kept" in text, bad
        assert MARK not in text
    assert queries.returns(db, task) == []
    do(db, "tasks.drop", w.leader, gap_task=task)
    assert client.get(f"/gap-tasks/{task}/sketch").status_code == 404


def test_words_in_a_sketch_are_text_and_a_return_without_one_is_as_before(db, world_of, sign_in):
    w = world_of
    shape = ["text", 10, 10, 40, "<script>alert(1)</script>"]
    drawn = json.dumps({"things": [{"kind": "ink", "label": "", "shapes": [shape]}]})
    task, _ = _given(db, w, drawn=drawn, described=MARK)
    page = _page(sign_in(w.leader), f"/gap-tasks/{task}")
    assert "<script>alert" not in page and "&lt;script&gt;alert(1)" in page
    other, _ = _given(db, w, drawn="", described="Words for no sketch")
    [given] = queries.returns(db, other)
    assert given["shapes"] == [] and given["described"] is None
    assert 'class="sketched"' not in _page(sign_in(w.leader), f"/gap-tasks/{other}")


def test_the_next_session_sees_it_among_what_came_back_and_who_is_erased_leaves_none(db, world_of, sign_in):
    w = world_of
    from_session, session = (do(db, "sessions.plan", w.leader, **_plan(w, day)).about for day in ("01-12", "02-09"))
    task, _ = _given(db, w, gap_task=a_task(db, w, session=from_session))
    assert f'aria-label="{SHOWN}"' in _page(sign_in(w.neighbour), f"/sessions/{session}/gap-tasks")
    assert DRAWN in [r["drawn"] for r in holding.export(db, w.participant)["gap_task_return"]]
    with store.writing(db):
        personal.erase(db, w.participant, "2027-01-01T00:00:00.000Z")
    assert store.row(db, "select words, drawn, described from gap_task_return") == {
        "words": None, "drawn": None, "described": None}  # fmt: skip
    assert SHOWN not in _page(sign_in(w.leader), f"/gap-tasks/{task}")


def _plan(w, day):
    return {"work_group": w.group, "kind": "TRG", "title": f"On {day}", "day": f"2027-{day}", "starts": "13:00",
            "ends": "16:00", "mode": "online", "anyway": "y", "agenda": "usual"}  # fmt: skip
