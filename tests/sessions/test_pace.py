"""The running session against its plan: what is on, when it would end, what could be shorter; what the screen shows."""

import re

import pytest
from bs4 import BeautifulSoup

from tests.sessions.examples import a_session, open_session
from tests.sessions.phones import an_entry, send_from
from tests.tasks.examples import a_task, a_whole_photo
from tests.world import days, do
from workgroup import clock, store
from workgroup.sessions import pace, queries
from workgroup.tasks import queries as tasks

START = "2027-03-09T13:00:00.000Z"
KINDS = [("arrivals", 10), ("input", 20), ("open lesson", 50), ("break", 10), ("discussion", 30), ("reflection", 10)]


def _agenda(**began):
    at = {kind.replace("_", " "): clock.after(60 * minute, START) for kind, minute in began.items()}
    return [
        {"id": kind, "kind": kind, "minutes": minutes, "position": n, "title": kind, "began_at": at.get(kind)}
        for n, (kind, minutes) in enumerate(KINDS)
    ]


def _pace(at, **began):
    session = {"starts_at": START, "ends_at": clock.after(130 * 60, START)}
    return pace.pace(_agenda(**began), session, clock.after(60 * at, START))


def test_before_anything_has_begun_there_is_no_pace():
    assert _pace(5) is None


def test_on_time_nothing_is_to_be_cut():
    told = _pace(12, arrivals=0, input=10)
    assert (told["block"]["kind"], told["left"], told["late"], told["cuts"]) == ("input", 18, 0, [])
    assert told["next"]["kind"] == "open lesson"


def test_a_block_over_its_time_makes_it_late_and_the_break_gives_way_first():
    told = _pace(38, arrivals=0, input=10)
    assert (told["left"], told["late"]) == (-8, 8)
    assert [(c["block"]["kind"], c["minutes"], c["by"]) for c in told["cuts"]] == [("break", 2, 8)]
    assert told["is_enough"]


def test_the_lesson_and_the_last_minutes_never_give_way():
    told = _pace(75, arrivals=0, input=10)
    kinds = {c["block"]["kind"] for c in told["cuts"]}
    assert told["late"] == 45 and kinds == {"break", "discussion"} and not told["is_enough"]
    assert next(c["minutes"] for c in told["cuts"] if c["block"]["kind"] == "discussion") == 15


def test_a_block_that_was_passed_over_counts_no_more_and_one_begun_out_of_turn_is_on():
    told = _pace(40, arrivals=0, discussion=35)
    assert told["block"]["kind"] == "discussion" and told["next"]["kind"] == "reflection"
    assert told["late"] == -55


def test_what_was_left_out_does_not_come_next():
    agenda = [{**b, "minutes": 0} if b["kind"] in ("break", "reflection") else b for b in _agenda(open_lesson=0)]
    assert pace.next_of(agenda[3:])["kind"] == "discussion" and pace.next_of(agenda[5:]) is None


@pytest.fixture
def running(db, world_of):
    """A session that runs now, with its agenda."""
    w = world_of
    before = a_session(db, w, -7)
    a_task(db, w, session=before, words="Open with a non-example")
    session = open_session(db, w)
    return session, {b["kind"]: b["id"] for b in queries.agenda(db, session)}


def _begin(client, block):
    assert client.post(f"/blocks/{block}/begin").status_code == 303


def test_the_screen_follows_the_kind_of_the_block(db, world_of, running, sign_in):
    (session, blocks), w = running, world_of
    client, address = sign_in(w.leader), f"/sessions/{session}/run"
    assert 'id="now" aria-label="On now"  hidden' in client.get(address).get_data(as_text=True)
    _begin(client, blocks["gap-task returns"])
    page = client.get(address).get_data(as_text=True)
    assert "Open with a non-example" in page and "not back yet" in page and "min left" in page
    _begin(client, blocks["next task"])
    assert "Still without a gap task: Ottersby" in client.get(address).get_data(as_text=True)
    _begin(client, blocks["reflection"])
    assert "What will you do differently, and why?" in client.get(address).get_data(as_text=True)
    _begin(client, blocks["open lesson"])
    assert "No open lesson is planned" in client.get(address).get_data(as_text=True)


def test_private_words_are_for_leaders_also_while_somebody_else_runs_it(db, world_of, running, sign_in):
    (session, blocks), w = running, world_of
    do(db, "sessions.edit_block", w.leader, block=blocks["input"], kind="input", minutes="20", title="Input",
       private_words="Keep it short")  # fmt: skip
    do(db, "sessions.hand_over", w.leader, session=session, person=w.participant)
    runner = sign_in(w.participant)
    _begin(runner, blocks["input"])
    assert "Keep it short" in sign_in(w.leader).get(f"/sessions/{session}/run").get_data(as_text=True)
    assert "Keep it short" not in runner.get(f"/sessions/{session}/run").get_data(as_text=True)
    assert "Hand the running" not in runner.get(f"/sessions/{session}/run").get_data(as_text=True)


def test_the_agenda_is_asked_for_again_and_brings_what_is_on_only_when_that_changed(db, world_of, running, sign_in):
    (session, blocks), w = running, world_of
    client = sign_in(w.leader)
    _begin(client, blocks["input"])
    same = client.get(f"/sessions/{session}/pace?block={blocks['input']}", headers={"HX-Request": "true"})
    other = client.get(f"/sessions/{session}/pace?block={blocks['arrivals']}", headers={"HX-Request": "true"})
    assert 'id="now"' not in same.get_data(as_text=True) and "hx-swap-oob" in other.get_data(as_text=True)
    assert sign_in(w.participant).get(f"/sessions/{session}/pace").status_code == 404
    _begin(client, blocks["gap-task returns"])
    shown = re.search(r'"shown": "(\w+)"', client.get(f"/sessions/{session}/run").get_data(as_text=True))[1]
    asked = f"/sessions/{session}/pace?block={blocks['gap-task returns']}&shown={shown}"
    assert 'id="now"' not in client.get(asked).get_data(as_text=True)
    task = store.value(db, "select id from gap_task")
    do(db, "tasks.return", w.participant, gap_task=task, went="did it", words="Six")
    assert "Six" in client.get(asked).get_data(as_text=True), "what comes back meanwhile is shown"


def test_a_block_is_made_shorter_by_a_tap_until_it_has_begun(db, world_of, running, sign_in):
    (_, blocks), w = running, world_of
    client = sign_in(w.leader)
    assert client.post(f"/blocks/{blocks['discussion']}/cut", data={"minutes": "15"}).status_code == 303
    assert queries.block(db, blocks["discussion"])["minutes"] == 15
    _begin(client, blocks["discussion"])
    refused = client.post(f"/blocks/{blocks['discussion']}/cut", data={"minutes": "10"})
    assert refused.status_code == 422 and "has begun already" in refused.get_data(as_text=True)


def test_a_block_begun_by_mistake_is_taken_back_and_the_one_before_is_on_since_it_began(
    db, world_of, running, sign_in
):
    (session, blocks), w = running, world_of
    client, address = sign_in(w.leader), f"/sessions/{session}/run"
    assert "Take back:" not in client.get(address).get_data(as_text=True)
    _begin(client, blocks["arrivals"])
    since = queries.block(db, blocks["arrivals"])["began_at"]
    _begin(client, blocks["open lesson"])
    page = BeautifulSoup(client.get(address).get_data(), "html.parser")
    form = page.find("form", action=f"/blocks/{blocks['open lesson']}/unbegin")
    assert form.button.get_text().startswith("Take back: ")
    fields = {i["name"]: i["value"] for i in form.find_all("input")}
    for _ in range(2):  # a double tap
        assert client.post(form["action"], data=fields).status_code == 303
    assert queries.block(db, blocks["open lesson"])["began_at"] is None
    assert queries.block(db, blocks["arrivals"])["began_at"] == since
    refused = client.post(form["action"])
    assert refused.status_code == 422 and "Only the block that is on" in refused.get_data(as_text=True)
    assert sign_in(w.participant).post(f"/blocks/{blocks['arrivals']}/unbegin").status_code == 404
    assert client.post(f"/blocks/{blocks['arrivals']}/unbegin").status_code == 303, "and nothing is on"
    assert "min left" not in client.get(address).get_data(as_text=True)


def test_what_was_begun_in_a_session_opened_too_early_begins_anew_on_its_day(db, world_of, sign_in):
    w = world_of
    session, client = a_session(db, w, 9), sign_in(w.leader)
    block = queries.agenda(db, session)[0]["id"]
    refused = client.post(f"/blocks/{block}/begin")
    assert refused.status_code == 422 and "while it is open" in refused.get_data(as_text=True)
    do(db, "sessions.set_state", w.leader, session=session, state="open")
    _begin(client, block)
    do(db, "sessions.set_state", w.leader, session=session, state="planned")
    assert queries.block(db, block)["began_at"] is None
    do(db, "sessions.set_state", w.leader, session=session, state="open")
    assert "min over" not in client.get(f"/sessions/{session}/run").get_data(as_text=True)


def test_the_page_says_how_long_each_block_took_and_what_could_be_shorter_to_finish_on_time(
    db, world_of, running, sign_in
):
    (session, blocks), w = running, world_of
    client = sign_in(w.leader)
    for kind in ("arrivals", "input"):
        _begin(client, blocks[kind])
    left = sum(b["minutes"] for b in queries.agenda(db, session) if b["kind"] not in ("arrivals", "gap-task returns"))
    # as if the second had begun twelve minutes after the first, a minute ago, with twenty minutes too few for the rest
    moments = clock.after(-900), clock.after(60 * (left - 20))
    db.conn.execute("update session set starts_at = ?, ends_at = ? where id = ?", (*moments, session))
    for kind, ago in (("arrivals", 13), ("input", 1)):
        at = clock.after(-60 * ago)
        db.conn.execute("update agenda_block set began_at = ? where id = ?", (at, blocks[kind]))
    page = BeautifulSoup(client.get(f"/sessions/{session}/run").get_data(), "html.parser").find(id="pace")
    assert "took 12 minutes" in page.get_text() and "To finish on time" in page.get_text()
    [first, *_] = page.find_all("form", class_="cut")
    assert first.button.get_text().startswith(("Leave it out: ", "Make it "))
    fields = {i["name"]: i["value"] for i in first.find_all("input")}
    assert client.post(first["action"], data=fields).status_code == 303
    block = first["action"].split("/")[2]
    was = next(b["minutes"] for b in queries.agenda(db, session) if b["id"] == block)
    assert was == int(fields["minutes"])
    page = BeautifulSoup(client.get(f"/sessions/{session}/run").get_data(), "html.parser").find(id="pace")
    back = page.find("button", string=re.compile("Take back: .* min$")).find_parent("form")
    fields = {i["name"]: i["value"] for i in back.find_all("input")}
    assert client.post(back["action"], data=fields).status_code == 303
    assert queries.block(db, block)["minutes"] == int(fields["minutes"]) > was
    do(db, "sessions.cut_block", w.leader, block=block, minutes="0")
    page = client.get(f"/sessions/{session}/run").get_data(as_text=True)
    assert f">Take back: {queries.block(db, block)['title']}, {fields['minutes']} min<" in page, "it was left out"


def test_the_running_is_handed_to_anybody_who_is_here(db, world_of, running, sign_in):
    (session, blocks), w = running, world_of
    task = store.value(db, "select id from gap_task")
    do(db, "tasks.return", w.participant, gap_task=task, went="did it")
    given = store.value(db, "select id from gap_task_return")
    a_whole_photo(db, w, given)
    _begin(sign_in(w.leader), blocks["gap-task returns"])
    do(db, "sessions.mark", w.leader, session=session, person=w.far_leader, status="present", attending_as="visitor")
    client = sign_in(w.leader)
    assert "Marcus Farleader" in client.get(f"/sessions/{session}/run").get_data(as_text=True)
    assert client.post(f"/sessions/{session}/runner", data={"person": w.far_leader}).status_code == 303
    assert queries.may_run(db, w.far_leader, session, days(0))
    runner = sign_in(w.far_leader)
    for path in ("", "/run", "/notes", "/gap-tasks", "/check-in", "/guide"):
        assert runner.get(f"/sessions/{session}{path}").status_code == 200, path
    for path in ("", "/run", "/gap-tasks"):
        main = runner.get(f"/sessions/{session}{path}").get_data(as_text=True).split("<main")[1]
        links = [f"/groups/{w.group}\"", f"/gap-tasks/{task}", "/gap-task-photos/"]
        assert not any(link in main for link in links), "they lead nowhere for somebody of another group"
        main = client.get(f"/sessions/{session}{path}").get_data(as_text=True).split("<main")[1]
        assert all(link in main for link in (links[1:] if path else links[:1])), path
    for path, fields in (("notes", {"words": "One car late"}), ("state", {"state": "closed"})):
        done = runner.post(f"/sessions/{session}/{path}", data=fields)
        assert done.status_code == 303 and runner.get(done.location).status_code == 200, path
    assert "Open it again" in runner.get(f"/sessions/{session}").get_data(as_text=True), "closed by mistake"
    late = {"school_in_group": w.in_group, "words": "One non-example"}
    assert runner.post(f"/sessions/{session}/gap-tasks", data=late).status_code == 303, "what is offered is taken"
    with store.writing(db):
        db.conn.execute("update session set starts_at = ? where id = ?", (f"{days(-1)}T10:00:00.000Z", session))
    for path in ("", "/notes", "/register"):
        assert runner.get(f"/sessions/{session}{path}").status_code == 404, "that day is over"


def test_a_guest_without_an_account_runs_it_on_the_phone_that_was_let_in_until_it_is_closed(
    db, world_of, running, sign_in, go_in
):
    (session, blocks), w = running, world_of
    do(db, "sessions.mark", w.leader, session=session, visitor="Una Named", status="present")
    leader, (phone, visitor), (other, _) = sign_in(w.leader), go_in(session), go_in(session, visitor="Vera")
    page = leader.get(f"/sessions/{session}/run").get_data(as_text=True)
    assert f'<option value="{visitor}" >Sam Visitor, on their phone' in page
    assert "Una Named: here without an account" in page and "Take it back" not in page
    mark = {"session": session, "person": w.colleague, "status": "present"}
    assert send_from(phone, an_entry(visitor, "sessions.mark", **mark))[0][0] == "refused"
    assert leader.post(f"/sessions/{session}/runner", data={"person": visitor}).status_code == 303
    assert "Toby Colleague" in phone.get(f"/sessions/{session}/run").get_data(as_text=True)
    marked = an_entry(visitor, "sessions.mark", **mark)
    sent = (marked, an_entry(visitor, "sessions.note", session=session, words="One car late"),
            an_entry(visitor, "sessions.unmark", session=session, mark=marked["id"]))  # fmt: skip
    assert [s for s, _ in send_from(phone, *sent)] == ["entered"] * 3
    task = {"school_in_group": w.in_group, "words": "One non-example", "beside": "y"}
    for address, fields in ((f"/blocks/{blocks['input']}/begin", {}), (f"/sessions/{session}/gap-tasks", task),
                            (f"/sessions/{session}/decisions", {"words": "Codes, always"})):  # fmt: skip
        assert phone.get(phone.post(address, data=fields).location).status_code == 200, address
    assert other.get(f"/sessions/{session}/register").status_code == 404
    assert "Take it back" in leader.get(f"/sessions/{session}/run").get_data(as_text=True)
    assert phone.post(f"/sessions/{session}/state", data={"state": "closed"}).status_code == 303
    assert phone.get(f"/sessions/{session}/register").status_code == 404
    assert "Sam Visitor" in phone.get(f"/sessions/{session}/run").get_data(as_text=True), "their own stays"


def test_whoever_has_an_account_signs_in_with_it_to_run_it(db, world_of, running, sign_in, go_in):
    (session, _), w = running, world_of
    phone, member = go_in(session, person=w.participant)
    page = sign_in(w.leader).get(f"/sessions/{session}/run").get_data(as_text=True)
    assert f'<option value="{w.participant}"' in page
    with store.writing(db):
        db.conn.execute("update person set email = null where id = ?", (w.neighbour,))
    refused = sign_in(w.leader).post(f"/sessions/{session}/runner", data={"person": w.neighbour})
    assert refused.status_code == 422 and "and came in on no phone" in refused.get_data(as_text=True)
    do(db, "sessions.hand_over", w.leader, session=session, person=member)
    assert phone.get(f"/sessions/{session}/register").status_code == 404, "a name said at the door runs nothing"
    own = phone.get(f"/sessions/{session}/run").get_data(as_text=True)
    assert "You were handed the running" in own and f"/sign-in?then=/sessions/{session}/run" in own
    assert sign_in(w.participant).get(f"/sessions/{session}/register").status_code == 200


def test_a_session_opened_too_early_goes_back_to_planned_and_a_closed_one_has_no_clock(db, world_of, running, sign_in):
    (session, blocks), w = running, world_of
    ahead = a_session(db, w, 9)
    client = sign_in(w.leader)
    assert "Open it now, although it is on" in client.get(f"/sessions/{ahead}").get_data(as_text=True)
    client.post(f"/sessions/{ahead}/state", data={"state": "open"})
    assert "back to planned" in client.get(f"/sessions/{ahead}").get_data(as_text=True)
    assert client.post(f"/sessions/{ahead}/state", data={"state": "planned"}).status_code == 303
    assert queries.session(db, ahead)["state"] == "planned"
    _begin(client, blocks["input"])
    assert "Not marked yet: " in client.get(f"/sessions/{session}/run").get_data(as_text=True)
    client.post(f"/sessions/{session}/state", data={"state": "closed"})
    assert "The register" in client.get(f"/sessions/{session}").get_data(as_text=True)
    closed = client.get(f"/sessions/{session}/run").get_data(as_text=True)
    assert "min left" not in closed and "On to:" not in closed and "You can still mark people" in closed


def test_notes_decisions_and_gap_tasks_are_written_from_the_running_page(db, world_of, running, sign_in):
    (session, blocks), w, client = running, world_of, sign_in(world_of.leader)
    _begin(client, blocks["next task"])
    page = BeautifulSoup(client.get(f"/sessions/{session}/run").get_data(), "html.parser")

    def sent(address, **said):
        form = page.find("form", action=address)
        fields = {i["name"]: i.get("value", "") for i in form.find_all("input", type="hidden")}
        for _ in range(2):  # a double tap
            assert client.post(address, data={**fields, **said}).status_code == 303, address

    sent(f"/sessions/{session}/notes", words="One car late")
    sent(f"/sessions/{session}/decisions", words="Codes, always")
    assert [(n["words"], n["block"]) for n in queries.notes(db, session)] == [("One car late", blocks["next task"])]
    assert [d["words"] for d in queries.decisions(db, session)] == ["Codes, always"]
    refused = client.post(f"/sessions/{session}/decisions", data={"words": " "})
    assert refused.status_code == 422 and "Enter what was decided." in refused.get_data(as_text=True)
    fields = {"school_in_group": w.in_group2, "owner": "", "words": "Ask what changed", "due_on": ""}
    sent(f"/sessions/{session}/gap-tasks", **fields)
    page_of_tasks = client.post(f"/sessions/{session}/gap-tasks", data={**fields, "words": "", "beside": "y"})
    assert page_of_tasks.status_code == 422 and "Enter what they will try." in page_of_tasks.get_data(as_text=True)
    link = page.find("a", string="Set gap tasks")["href"].split("#")[0]
    form = BeautifulSoup(client.get(link).get_data(), "html.parser").find("textarea").find_parent("form")
    assert {"words", "due_on"} <= {x.get("name") for x in form.find_all(["input", "textarea", "select"])}
    fields = {"school_in_group": w.in_group, "owner": w.participant, "words": "One non-example", "due_on": days(21)}
    assert client.post(form.get("action") or link, data=fields).status_code == 303
    [task] = [t for t in tasks.tasks_of(db, w.group, session=session) if t["school_in_group"] == w.in_group]
    assert (task["words"], task["owner"], task["due_on"]) == ("One non-example", w.participant, days(21))
    now = client.get(f"/sessions/{session}/run").get_data(as_text=True)
    assert "Every school has its gap task." in now and "Gap tasks set at this session: Staithe Lane" in now
