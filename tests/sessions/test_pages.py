"""The pages of a session: planning, the agenda, notes and the summary in versions, gap tasks coming back."""

import pytest

from tests.sessions.examples import a_block, a_session, open_session
from tests.tasks.examples import a_task, an_overdue_task
from tests.world import days
from workgroup import store
from workgroup.sessions import queries


def _fields(w, **over):
    return {"kind": "TRG", "title": "Variation", "day": days(0), "starts": "13:00", "ends": "16:00", "mode": "room",
            "host": w.school, "anyway": "y", "agenda": "usual", **over}  # fmt: skip


def test_a_session_is_planned_with_the_usual_agenda(db, world_of, sign_in):
    w, client = world_of, sign_in(world_of.leader)
    assert client.get(f"/groups/{w.group}/sessions/new").status_code == 200
    made = client.post(f"/groups/{w.group}/sessions/new", data=_fields(w))
    page = client.get(made.location).get_data(as_text=True)
    assert made.status_code == 303 and "Variation" in page and "180 of 180 minutes" in page


def test_a_day_in_no_half_term_is_asked_about_and_kept_when_meant(db, world_of, sign_in):
    w, client = world_of, sign_in(world_of.leader)
    year = int(queries.groups.group(db, w.group)["academic_year"][:4])
    fields = _fields(w, day=f"{year + 1}-08-12", anyway="")
    refused = client.post(f"/groups/{w.group}/sessions/new", data=fields)
    text = refused.get_data(as_text=True)
    assert refused.status_code == 422 and "Variation" in text
    assert "lies in no half-term. Which day did you mean?" in text
    kept = client.post(f"/groups/{w.group}/sessions/new", data=fields | {"anyway": "y"})
    assert kept.status_code == 303


@pytest.mark.parametrize(
    ("wrong", "said"),
    [({"ends": "12:00"}, "It ends before it starts."), ({"title": " "}, "Enter a title."),
     ({"day": "30/2/2027"}, "Enter a day like"), ({"starts": "1pm"}, "Enter a time like"),
     ({"host": "11111111-1111-4111-8111-111111111111"}, "Choose a school"), ({"mode": "x"}, "Choose one")],
)  # fmt: skip
def test_what_is_wrong_is_said_beside_the_field_and_what_was_typed_stays(world_of, sign_in, wrong, said):
    answer = sign_in(world_of.leader).post(
        f"/groups/{world_of.group}/sessions/new", data=_fields(world_of, title="Typed title") | wrong
    )
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422 and said in text
    assert "Typed title" in text or "title" in wrong


def test_two_people_changing_a_session_see_both(db, world_of, sign_in):
    w = world_of
    session = a_session(db, w)
    for person, title, code in ((w.leader, "First", 303), (w.co_leader, "Second", 409)):
        fields = _fields(w, title=title, seen="1")
        answer = sign_in(person).post(f"/sessions/{session}/edit", data=fields)
        assert answer.status_code == code
    text = answer.get_data(as_text=True)
    assert "First" in text and "Second" in text


def test_private_words_of_the_agenda_are_the_leaders_alone(db, world_of, sign_in):
    w = world_of
    session = a_session(db, w)
    fields = {"kind": "other", "minutes": "5", "title": "Tea", "words": "For all"}
    fields["private_words"] = "Key from the office"
    assert sign_in(w.leader).post(f"/sessions/{session}/blocks", data=fields).status_code == 303
    for person in (w.leader, w.co_leader):  # and that is what the page says of them
        page = sign_in(person).get(f"/sessions/{session}").get_data(as_text=True)
        assert "Specialist’s note: Key from the office" in page and "myself" not in page
        assert "Every specialist of this Work Group reads it, nobody else." in page
    for person in (w.participant, w.hub_lead):
        page = sign_in(person).get(f"/sessions/{session}").get_data(as_text=True)
        assert "For all" in page and "Key from the office" not in page


def test_blocks_move_and_go(db, world_of, sign_in):
    w, client = world_of, sign_in(world_of.leader)
    block = a_block(db, w)
    session = queries.block(db, block)["session"]
    client.post(f"/blocks/{block}/move", data={"direction": "down"})
    assert queries.agenda(db, session)[1]["id"] == block
    assert client.get(f"/blocks/{block}/edit").status_code == 200
    client.post(f"/blocks/{block}/remove")
    assert block not in [b["id"] for b in queries.agenda(db, session)]
    assert [b["position"] for b in queries.agenda(db, session)] == list(range(9))


def test_two_summaries_written_at_once_stand_side_by_side_until_joined(db, world_of, sign_in):
    w = world_of
    session = a_session(db, w)
    for person, words in ((w.leader, "We looked at bars."), (w.co_leader, "Bars, and a long talk.")):
        sign_in(person).post(f"/sessions/{session}/summary", data={"words": words, "after": ""})
    page = sign_in(w.leader).get(f"/sessions/{session}/notes").get_data(as_text=True)
    assert "Both stand" in page and "We looked at bars." in page and "Bars, and a long talk." in page
    both = ",".join(v["id"] for v in queries.summaries(db, session))
    sign_in(w.leader).post(f"/sessions/{session}/summary", data={"words": "Joined.", "after": both})
    assert [v["words"] for v in queries.summaries(db, session)] == ["Joined."]
    assert store.value(db, "select count(*) from session_summary") == 3


def test_notes_are_taken_away_and_brought_back(db, world_of, sign_in):
    w, client = world_of, sign_in(world_of.leader)
    session = open_session(db, w)
    client.post(f"/sessions/{session}/notes", data={"words": "One car late."})
    note = store.value(db, "select id from session_note")
    client.post(f"/session-notes/{note}/withdraw")
    assert "One car late" not in sign_in(w.participant).get(f"/sessions/{session}/notes").get_data(as_text=True)
    shown = client.get(f"/sessions/{session}/notes").get_data(as_text=True)
    assert "only whoever wrote it and the leaders see it" in shown
    client.post(f"/session-notes/{note}/restore")
    assert "One car late" in sign_in(w.participant).get(f"/sessions/{session}/notes").get_data(as_text=True)


def test_gap_tasks_come_back_on_the_next_session_in_the_schools_own_words(db, world_of, sign_in):
    w = world_of
    before, now = a_session(db, w, -30), a_session(db, w, 0)
    task = an_overdue_task(db, w, session=before)
    sign_in(w.participant).post(f"/gap-tasks/{task}/return", data={"went": "did it", "words": "It isn’t anything yet"})
    for person in (w.leader, w.neighbour):
        page = sign_in(person).get(f"/sessions/{now}/gap-tasks").get_data(as_text=True)
        assert "It isn’t anything yet" in page and "Staithe Lane" in page
    assert "1 of 1 came back" in sign_in(w.leader).get(f"/sessions/{now}").get_data(as_text=True)
    hub = sign_in(w.hub_lead).get(f"/gap-tasks/{task}").get_data(as_text=True)
    assert "1 return" in hub and "anything yet" not in hub
    assert sign_in(w.outsider).get(f"/gap-tasks/{task}").status_code == 404


def test_a_return_taken_back_sets_the_task_again(db, world_of, sign_in):
    w, client = world_of, sign_in(world_of.participant)
    task = a_task(db, w)
    client.post(f"/gap-tasks/{task}/return", data={"went": "did part", "words": "Half of it"})
    assert store.value(db, "select state from gap_task where id = ?", (task,)) == "returned"
    given = store.value(db, "select id from gap_task_return")
    client.post(f"/gap-task-returns/{given}/withdraw")
    assert store.value(db, "select state from gap_task where id = ?", (task,)) == "set"


def test_we_did_this_at_school_is_for_the_schools_own_people(db, world_of, sign_in):
    w = world_of
    address = f"/school-work/new?school_in_group={w.in_group}"
    fields = {"kind": "staff meeting", "on_day": days(-1), "colleagues": "19", "words": "Sorted the cards."}
    client = sign_in(w.participant)
    assert client.get(address).status_code == 200
    assert client.post(f"/schools-in-group/{w.in_group}/work", data=fields).status_code == 303
    assert "Sorted the cards." in client.get(address).get_data(as_text=True)
    for person in (w.neighbour, w.outsider, w.hub_lead):
        assert sign_in(person).get(address).status_code == 404
