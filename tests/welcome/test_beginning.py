"""The first steps on Today: in order, ticked by the record, gone when done; the words of a first visit; help."""

import re

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner

from tests.sessions.examples import a_session
from tests.world import days, do, person_id, school
from workgroup import clock, store
from workgroup.cli import main
from workgroup.people import queries as people
from workgroup.places import TEMPLATES


def _steps(client):
    """Return what stands on Today of the first steps, as (words, done, address of what leads on)."""
    page = BeautifulSoup(client.get("/").get_data(as_text=True), "html.parser")
    return [(" ".join(li.get_text(" ", strip=True).split()), "done" in li.get_text(), li.a and li.a["href"])
            for li in page.select(".first-steps li")]  # fmt: skip


def _new_hub(app):
    client = app.test_client()
    client.post("/set-up", data={"hub": "New Hub", "name": "Nora", "email": "n@example.org"})
    return client


def test_the_steps_of_a_new_hub_follow_the_record_until_a_session_is_planned(app, db, sign_in):
    client = _new_hub(app)
    lead = person_id(db, "n@example.org")
    assert [done for _, done, _ in _steps(client)] == [False] * 7
    assert _steps(client)[0][2] == "/schools/import" and _steps(client)[2][2] is None, "no group, no schools of it"
    one = school(db, "900001", "One")
    group = do(db, "groups.create", lead, title="South", academic_year=clock.academic_year(clock.today()),
               leader_word="S", participant_word="P", meeting_word="TRG").about  # fmt: skip
    do(db, "groups.add_school", lead, work_group=group, school=one)
    do(db, "groups.add_person", lead, work_group=group, name="Bea", email="b@example.org", role="leader")
    do(db, "groups.add_person", lead, work_group=group, name="Tom", role="participant", school=one)
    steps = _steps(client)
    assert [done for _, done, _ in steps] == [True] * 5 + [False] * 2 and "on to Bea" in steps[5][0]
    assert steps[5][2] == "/mail", "without a mail server the link is passed on"
    leader = sign_in(person_id(db, "b@example.org"))
    assert [done for _, done, _ in _steps(client)][5], "she has signed in"
    assert [s[2] for s in _steps(leader)] == [None, None, f"/groups/{group}/year", None]
    session = do(db, "sessions.plan", person_id(db, "b@example.org"), work_group=group, kind="TRG", title="T",
                 day=days(9), starts="13:00", ends="15:00", mode="online", anyway="y").about  # fmt: skip
    assert _steps(client) == [], "the hub has begun"
    assert _steps(leader)[3][2] == f"/sessions/{session}/invitations"
    do(db, "sessions.invite", person_id(db, "b@example.org"), session=session)
    assert _steps(leader) == []


def test_steps_are_put_away_and_brought_back_by_each_for_themselves(app, db):
    client = _new_hub(app)
    do(db, "people.invite", person_id(db, "n@example.org"), name="Ada", email="a@example.org", role="administrator")
    for _ in range(2):  # a double tap
        client.post("/welcome/put-away", data={"about": "hub", "change_id": "7b0c7a52-6f0a-4d0e-9d5e-0f3f5b3f6a11"})
    assert _steps(client) == []
    assert "First steps of the hub" in client.get("/help").get_data(as_text=True)
    assert not store.value(db, "select 1 from put_away where person = ?", (person_id(db, "a@example.org"),))
    assert client.post("/welcome/bring-back", data={"about": "hub", "then": "help"}).status_code == 303
    assert _steps(client) != []
    assert client.post("/welcome/put-away", data={"about": "nothing"}).status_code == 422
    assert client.post("/welcome/throw-away", data={"about": "hub"}).status_code == 404


def test_a_group_with_sessions_behind_it_has_no_first_steps(db, world_of, sign_in):
    assert len(_steps(sign_in(world_of.leader))) == 4 and _steps(sign_in(world_of.participant)) == []
    session = a_session(db, world_of)
    do(db, "sessions.set_state", world_of.leader, session=session, state="open")
    assert _steps(sign_in(world_of.leader)) == []


@pytest.mark.parametrize("who, words", [
    ("participant", "your head never sees it"), ("leader", "You lead a Work Group here"),
    ("administrator", "Notes and reflections are never shown to you"), ("hub_lead", None), ("far_leader", "You lead"),
])  # fmt: skip
def test_a_first_visit_says_what_this_is_and_who_sees_what(db, world_of, sign_in, who, words):
    page = sign_in(getattr(world_of, who)).get("/").get_data(as_text=True)
    assert (words in page and "Put this away" in page) if words else "<h2>Welcome</h2>" not in page


def test_the_words_of_a_first_visit_go_with_the_first_thing_done(db, world_of, sign_in):
    client = sign_in(world_of.participant)
    client.post("/account", data={"name": "Nadine Member"})
    assert "<h2>Welcome</h2>" in client.get("/").get_data(as_text=True), "one’s own account is no use of the place yet"
    session = a_session(db, world_of, 5)
    do(db, "sessions.invite", world_of.leader, session=session)
    do(db, "sessions.answer", world_of.participant, session=session, person=world_of.participant, answer="coming")
    assert "<h2>Welcome</h2>" not in client.get("/").get_data(as_text=True)


def test_help_is_for_everybody_signed_in_with_their_own_role_first(world_of, sign_in):
    for who, first in (("leader", "Leading a Work Group"), ("participant", "Coming to the meetings"),
                       ("hub_lead", "Looking after the hub"), ("outsider", "Coming to the meetings")):  # fmt: skip
        page = BeautifulSoup(sign_in(getattr(world_of, who)).get("/help").get_data(as_text=True), "html.parser")
        assert page.h2.get_text() == first and "Gap task" in page.find(id="words").get_text()
    assert sign_in(None).get("/help").status_code == 303


def test_every_help_that_a_page_asks_for_is_there_and_none_is_forgotten():
    words = (TEMPLATES / "parts" / "help.html").read_text()
    known = set(re.findall(r'^"(\w+)": \(', words, re.M))
    listed = {n for some in re.findall(r"\", \[(.*)\]\),", words) for n in re.findall(r'"(\w+)"', some)}
    asked = {n for path in TEMPLATES.rglob("*.html") for call in re.findall(r"h\.help\(([^)]*)\)", path.read_text())
             for n in re.findall(r'"(\w+)"', call)}  # fmt: skip
    assert listed == known and asked - {"participant", "leader"} <= known


def test_the_set_up_at_a_terminal_asks_for_what_is_not_said_and_says_what_comes_next(tmp_path):
    words = ["--database", str(tmp_path / "hub.sqlite"), "setup", "--hub", "Estuary"]
    done = CliRunner().invoke(main, words, input="Nora\nnora\nnora@example.org\n")
    assert done.exit_code == 0 and "Enter an e-mail address" in done.output
    assert re.search(r"Sign in as Nora: http://127.0.0.1:8000/sign-in/\S+", done.output)
    assert f"Next: workgroup --database {tmp_path}/hub.sqlite serve" in done.output
    again = CliRunner().invoke(main, words)
    assert again.exit_code == 1 and "has been set up already" in again.output
    db = store.connect(tmp_path / "hub.sqlite")
    assert people.hub(db)["name"] == "Estuary" and people.by_email(db, "nora@example.org")
    db.conn.close()
