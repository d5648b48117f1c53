"""A calendar by address: title, time and place; one's own groups alone; until it is ended."""

import re
from datetime import timedelta

import icalendar
import pytest

from tests.filling import press
from tests.sessions.examples import a_session
from tests.world import days, do
from workgroup import store
from workgroup.groups import queries as groups
from workgroup.people import post


@pytest.fixture
def address(db, world_of):
    """Return a function that makes an address for a person and gives its path."""

    def made(who="participant", work_group=None):
        proof = post.new_token()
        do(db, "sessions.make_feed", getattr(world_of, who), work_group=work_group, proof=proof)
        return f"/calendar/{proof}.ics"

    return made


def _events(answer):
    assert (answer.status_code, answer.mimetype) == (200, "text/calendar")
    return {str(e["uid"]): e for e in icalendar.Calendar.from_ical(answer.data).walk("vevent")}


def _planned(db, w, day, **more):
    fields = {"work_group": w.group, "kind": "TRG", "title": "Quarters", "day": day, "starts": "13:00", "ends": "16:00",
              "mode": "room", "host": w.school, "anyway": "y", **more}  # fmt: skip
    return do(db, "sessions.plan", w.leader, **fields).about


def test_a_session_says_its_title_and_place(app, db, world_of, address):
    session = _planned(db, world_of, days(9))
    event = _events(app.test_client().get(address()))[f"{session}@workgroup"]
    assert str(event["summary"]) == "Primary South: Quarters" and str(event["location"]).startswith("Staithe Lane")
    assert event["dtend"].dt - event["dtstart"].dt == timedelta(hours=3)


def test_a_change_keeps_the_event_and_raises_its_sequence_and_a_cancelled_one_is_taken_out(app, db, world_of, address):
    session, path, client = _planned(db, world_of, days(10)), address(), app.test_client()
    first = _events(client.get(path))[f"{session}@workgroup"]
    do(db, "sessions.set_state", world_of.leader, session=session, state="cancelled")
    again = _events(client.get(path))[f"{session}@workgroup"]
    assert (first["sequence"], again["sequence"]) == (0, 1) and str(again["status"]) == "CANCELLED"


def test_an_unchanged_calendar_costs_an_empty_304(app, db, world_of, address):
    _planned(db, world_of, days(10))
    path, client = address(), app.test_client()
    etag = client.get(path).headers["ETag"]
    assert client.get(path, headers={"If-None-Match": etag}).status_code == 304
    _planned(db, world_of, days(20))
    assert client.get(path, headers={"If-None-Match": etag}).status_code == 200


def test_a_calendar_holds_ones_own_groups_alone_and_nothing_that_was_written(app, db, world_of, address):
    w, session = world_of, a_session(db, world_of)
    do(db, "sessions.note", w.leader, session=session, words="Candid words")
    client = app.test_client()
    assert f"{session}@workgroup" in _events(client.get(address("participant")))
    assert f"{session}@workgroup" not in _events(client.get(address("outsider")))
    told = client.get(address("leader", w.group))
    assert b"Candid" not in told.data and b"example.org" not in told.data and b"Bethan" not in told.data


ADDRESS, PROOF = re.compile(r"(/calendar/[\w-]{43}\.ics)"), re.compile(r'name="proof" value="([\w-]{43})"')
SAYS = {"UID", "SUMMARY", "DTSTART", "DTEND", "LOCATION", "SEQUENCE", "DTSTAMP", "STATUS", "TRANSP"}


def test_whoever_is_in_two_groups_has_both_in_their_own_and_one_in_each_groups(app, db, world_of, address):
    w, client = world_of, app.test_client()
    do(db, "groups.add_person", w.hub_lead, work_group=w.far_group, name="Nadine Member", role="participant",
       email="participant@example.org", school=w.far_school, from_on=days(-30))  # fmt: skip
    here = _planned(db, w, days(10))
    far = do(db, "sessions.plan", w.far_leader, work_group=w.far_group, kind="TRG", title="Far", day=days(11),
             starts="9:00", ends="12:00", mode="online", joining_link="https://meet.example.org/secret",
             anyway="y").about  # fmt: skip
    both = _events(client.get(address()))
    assert {here, far} <= {uid.split("@")[0] for uid in both}
    for group, one in ((w.group, here), (w.far_group, far)):
        assert [uid.split("@")[0] for uid in _events(client.get(address(work_group=group)))] == [one]
    for event in both.values():
        assert set(event) <= SAYS, "title, time and place alone"
    path, part = address(), groups.membership_of(db, w.participant, w.far_group, days(0))["id"]
    do(db, "groups.end_membership", w.far_leader, to_on=days(-1), membership=part)
    assert {uid.split("@")[0] for uid in _events(client.get(path))} == {here}, "whoever has left sees no more of it"


def test_an_address_ends_when_it_is_ended_made_anew_or_its_person_erased(app, db, world_of, address, sign_in):
    client, own = app.test_client(), sign_in(world_of.participant)
    made = [press(own, "/calendar", words).get_data(as_text=True) for words in ("All my sessions", "Primary South")]
    whole, group = ADDRESS.findall("".join(made))
    assert whole != group and client.get(group).status_code == client.get(whole).status_code == 200
    assert press(own, "/calendar", "End this address: Primary South").status_code == 303
    assert client.get(group).status_code == 404 and client.get(whole).status_code == 200, "the other goes on"
    first = address()
    second = address()
    assert client.get(whole).status_code == 404
    assert client.get(first).status_code == 404 and client.get(second).status_code == 200
    assert press(own, "/calendar", "End this address: all").status_code == 303
    assert client.get(second).status_code == 404
    third = address()
    do(db, "people.erase", world_of.hub_lead, person=world_of.participant)
    assert client.get(third).status_code == 404


def test_the_page_shows_a_new_address_once_and_keeps_only_its_hash(app, db, world_of, sign_in):
    client = sign_in(world_of.participant)
    assert world_of.group not in sign_in(world_of.hub_lead).get("/calendar").get_data(as_text=True), "not hers"
    proofs = [PROOF.search(client.get("/calendar").get_data(as_text=True))[1] for _ in range(2)]
    assert len(set(proofs)) == 2, "each is made anew, of 43 characters"
    proof = proofs[0]
    page = client.post("/calendar", data={"proof": proof, "work_group": world_of.group})
    assert page.status_code == 200 and f"/calendar/{proof}.ics" in page.get_data(as_text=True)
    later = client.get("/calendar").get_data(as_text=True)
    assert proof not in later and "Primary South" in later
    assert store.value(db, "select count(*) from link where hash = ?", (proof,)) == 0
    assert app.test_client().get(f"/calendar/{proof}.ics").status_code == 200
