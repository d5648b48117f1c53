"""Invitations: by real mail with a calendar entry, changed and cancelled under one uid, answered by the link."""

import email
import email.policy
import re
from datetime import date, timedelta

import icalendar
import pytest

from tests.filling import press
from tests.sessions.examples import a_session
from tests.world import days, do, person_id, submit
from workgroup import clock, due, store
from workgroup.sessions import inviting_queries, queries


def _letters(inbox, db, settings):
    """Send what waits, and return the invitations among it: {address: (text, the calendar entry)}."""
    inbox.letters.clear()
    due.tick(db, settings)
    found = {}
    for (to,), raw in inbox.letters:
        letter = email.message_from_string(raw, policy=email.policy.default)
        parts = {p.get_content_type(): p for p in letter.walk()}
        if "text/calendar" in parts:
            part = parts["text/calendar"]
            told = icalendar.Calendar.from_ical(part.get_content())
            assert part.get_param("method") == str(told["method"]), "the letter and the entry say the same"
            found[to] = (letter["Subject"], parts["text/plain"].get_content(), told)
    return found


def _entry(told):
    [event] = told.walk("VEVENT")
    return event


def _link(text):
    return re.search(r"https://hub\.example\.org(/invited/[\w-]+)", text)[1]


@pytest.fixture
def ahead(db, world_of):
    """A session nine days ahead."""
    return a_session(db, world_of, 9)


def test_everybody_is_invited_once_changed_and_cancelled_under_one_uid(db, world_of, ahead, mail_server):
    (inbox, settings), w = mail_server, world_of
    do(db, "sessions.invite", w.leader, session=ahead)
    first = _letters(inbox, db, settings)
    everybody = ("leader", "co_leader", "participant", "colleague", "neighbour")
    assert set(first) == {f"{who}@example.org" for who in everybody}
    subject, text, told = first["participant@example.org"]
    event = _entry(told)
    assert str(told["method"]) == "REQUEST" and event["uid"] == f"{ahead}@workgroup"
    assert event["organizer"] == "mailto:leader@example.org"
    assert event["attendee"] == "mailto:participant@example.org" and event["attendee"].params["RSVP"] == "FALSE"
    assert "Staithe Lane" in str(event["location"]) and "Bars that start together" in subject
    assert _link(text) and store.value(db, "select count(*) from invitation") == 5
    kept = store.value(db, "select count(*) from mail where calendar is not null")
    assert kept == 0, "what has been sent is not kept: it holds the addresses of two people"

    do(db, "sessions.add_block", w.leader, session=ahead, kind="break", minutes="5", title="Tea")
    assert inviting_queries.left_to_tell(db, queries.session(db, ahead)) == [], "the agenda is no news for a calendar"
    fields = {"kind": "TRG", "title": "Bars that start together", "day": days(10), "starts": "14:00", "ends": "16:00",
              "mode": "room", "host": w.school, "anyway": "y"}  # fmt: skip
    do(db, "sessions.edit", w.leader, session=ahead, seen="1", **fields)
    do(db, "sessions.invite", w.leader, session=ahead)
    subject, text, told = _letters(inbox, db, settings)["participant@example.org"]
    changed = _entry(told)
    assert subject.startswith("Changed: ") and changed["uid"] == event["uid"]
    assert int(changed["sequence"]) > int(event["sequence"])
    assert clock.moment(changed["dtstart"].dt) == clock.at_london(days(10), "14:00")

    do(db, "sessions.set_state", w.leader, session=ahead, state="cancelled", why="Snow")
    do(db, "sessions.invite", w.leader, session=ahead)
    subject, text, told = _letters(inbox, db, settings)["participant@example.org"]
    off = _entry(told)
    assert str(told["method"]) == "CANCEL" and str(off["status"]) == "CANCELLED" and off["uid"] == event["uid"]
    assert int(off["sequence"]) > int(changed["sequence"]) and subject.startswith("Cancelled: ")


def _round_the_changes():
    """Return a day before and a day after each of next year's clock changes, with the hour of UTC at one o'clock."""
    year = date.today().year + 1
    for month, before, after in ((3, "13:00", "12:00"), (10, "12:00", "13:00")):
        last = date(year, month, 31)
        change = last - timedelta(days=(last.weekday() + 1) % 7)  # the last Sunday
        yield (change - timedelta(days=2)).isoformat(), before
        yield (change + timedelta(days=2)).isoformat(), after


@pytest.mark.parametrize(("day", "utc"), list(_round_the_changes()))
def test_one_oclock_stays_one_oclock_across_the_clock_change(db, world_of, mail_server, day, utc):
    inbox, settings = mail_server
    year = {"academic_year": clock.academic_year(day)}
    do(db, "groups.edit", world_of.hub_lead, work_group=world_of.group, seen="1", title="Primary South", **year,
       leader_word="Specialist", participant_word="Lead Participant", meeting_word="TRG")  # fmt: skip
    fields = {"work_group": world_of.group, "kind": "TRG", "title": "Far ahead", "day": day, "starts": "13:00",
              "ends": "16:00", "mode": "online", "anyway": "y", "joining_link": "https://example.org/j"}  # fmt: skip
    session = do(db, "sessions.plan", world_of.leader, **fields).about
    do(db, "sessions.invite", world_of.leader, session=session)
    _, text, told = _letters(inbox, db, settings)["participant@example.org"]
    event = _entry(told)
    assert f"{event['dtstart'].dt:%Y-%m-%d %H:%M %Z}" == f"{day} {utc} UTC"
    assert "13:00 to 16:00" in text and "https://example.org/j" in text
    assert "https://example.org/j" in str(event["description"]) and str(event["location"]) == "Online"


def test_the_link_answers_without_signing_in_and_stands_on_the_register(db, world_of, ahead, sign_in, mail_server):
    (inbox, settings), w = mail_server, world_of
    do(db, "sessions.invite", w.leader, session=ahead)
    letters = _letters(inbox, db, settings)
    client = sign_in(None)
    address = _link(letters["participant@example.org"][1])
    page = client.get(address)
    assert page.status_code == 200 and page.headers["Cache-Control"] == "no-store"
    assert inviting_queries.answers(db, ahead) == {}, "a mail scanner that opens links answers nothing"
    assert press(client, address, "I cannot come").status_code == 303
    mark = queries.mark_of(db, ahead, w.participant)
    assert (mark["status"], mark["told_on"], mark["by"]) == ("apologies", days(0), w.participant)
    assert "You said that you cannot come" in client.get(address).get_data(as_text=True)
    assert press(client, address, "I am coming").status_code == 303
    assert queries.mark_of(db, ahead, w.participant) is None, "the apologies go with the answer they came by"
    assert client.post(address, data={"answer": "cover"}).status_code == 422
    assert press(client, address, "They come for me", cover="Sam <b>Stand-in").status_code == 303
    assert [c["name"] for c in inviting_queries.covers(db, ahead)] == ["Sam <b>Stand-in"]
    register = sign_in(w.leader).get(f"/sessions/{ahead}/run").get_data(as_text=True)
    assert "Sam &lt;b&gt;Stand-in is here" in register
    do(db, "sessions.mark", w.leader, session=ahead, visitor="Sam <b>Stand-in", school=w.school, status="present",
       substitute_for=w.participant)  # fmt: skip
    assert inviting_queries.covers(db, ahead) == []


def test_a_link_answers_for_one_person_and_one_session_until_it_is_over(db, world_of, ahead, sign_in, mail_server):
    (inbox, settings), w = mail_server, world_of
    other = a_session(db, w, 20)
    do(db, "sessions.invite", w.leader, session=ahead)
    address = _link(_letters(inbox, db, settings)["participant@example.org"][1])
    client = sign_in(w.colleague)  # somebody else is signed in on this browser
    forged = {"answer": "apologies", "person": w.neighbour, "session": other}
    assert client.post(address, data=forged).status_code == 303
    assert list(inviting_queries.answers(db, ahead)) == [w.participant] and inviting_queries.answers(db, other) == {}
    assert client.get("/account").status_code == 200, "whoever is signed in stays so"
    do(db, "sessions.set_state", w.leader, session=ahead, state="open")
    do(db, "sessions.set_state", w.leader, session=ahead, state="closed")
    assert "is over" in client.get(address).get_data(as_text=True)
    assert client.post(address, data={"answer": "coming"}).status_code == 422
    with store.writing(db):
        db.conn.execute("update link set expires_at = ? where kind = 'answer'", (clock.after(-1),))
    assert client.get(address).status_code == 410 and client.post(address, data={"answer": "coming"}).status_code == 410
    assert client.get("/invited/not-a-link").status_code == 410


def test_the_leaders_page_says_who_is_coming_and_what_nobody_has_been_told(db, world_of, ahead, sign_in):
    w, client = world_of, sign_in(world_of.leader)
    address = f"/sessions/{ahead}/invitations"
    assert "Nobody has been invited yet" in client.get(address).get_data(as_text=True)
    assert client.post(address).status_code == 303
    assert client.post(address).status_code == 422, "everybody has been told this already"
    told = {"person": w.neighbour, "answer": "apologies", "told_on": days(-1)}
    assert press(client, address, "Note it", **told).status_code == 303
    page = client.get(address).get_data(as_text=True)
    assert "0 coming, 1 cannot come, 4 have not answered" in page
    assert queries.mark_of(db, ahead, w.neighbour)["told_on"] == days(-1)
    do(db, "groups.add_person", w.hub_lead, work_group=w.group, name="Nova New", email="nova@example.org",
       role="participant", school=w.school2, from_on=days(-1))  # fmt: skip
    assert "1 person has not been told" in client.get(address).get_data(as_text=True)
    assert "Send the change" in client.get(f"/sessions/{ahead}").get_data(as_text=True)
    assert sign_in(w.participant).get(address).status_code == 404


def test_a_participant_answers_from_the_sessions_page_for_nobody_but_themselves(db, world_of, ahead, sign_in):
    w, client = world_of, sign_in(world_of.participant)
    assert "Are you coming?" in client.get(f"/sessions/{ahead}").get_data(as_text=True)
    assert client.post(f"/sessions/{ahead}/answers", data={"answer": "coming", "person": w.leader}).status_code == 303
    assert list(inviting_queries.answers(db, ahead)) == [w.participant]
    cover = client.post(f"/sessions/{ahead}/answers", data={"answer": "cover"})
    assert cover.status_code == 422 and "Enter who comes in your place" in cover.get_data(as_text=True)


def test_whoever_is_erased_leaves_no_address_in_the_calendar_entries(db, world_of, ahead):
    w = world_of
    do(db, "sessions.invite", w.leader, session=ahead)
    do(db, "sessions.answer", w.participant, session=ahead, person=w.participant, answer="cover", cover="Sam")
    do(db, "people.erase", w.hub_lead, person=w.participant)
    rows = store.rows(db, "select calendar, body from mail where person = ?", (w.participant,))
    assert rows and all(r["calendar"] is None for r in rows)
    assert store.value(db, "select cover from invitation_answer") is None


def test_apologies_for_one_day_are_none_for_another(db, world_of, ahead, sign_in):
    w = world_of
    do(db, "sessions.answer", w.participant, session=ahead, person=w.participant, answer="apologies")
    do(db, "sessions.edit", w.leader, session=ahead, seen="1", kind="TRG", title="Moved", day=days(20), starts="13:00",
       ends="16:00", mode="room", host=w.school, anyway="y")  # fmt: skip
    assert inviting_queries.answers(db, ahead) == {} and queries.mark_of(db, ahead, w.participant) is None
    do(db, "sessions.answer", w.participant, session=ahead, person=w.participant, answer="coming")
    assert inviting_queries.answer_of(db, ahead, w.participant)["answer"] == "coming"


def test_signing_in_leaves_the_link_of_an_invitation_that_still_waits(db, world_of, ahead, sign_in, mail_server):
    (inbox, settings), w = mail_server, world_of
    do(db, "sessions.invite", w.leader, session=ahead)
    do(db, "people.ask_for_link", email="participant@example.org")
    sign = store.value(db, "select link from mail where subject like 'Your sign-in%' order by made_at desc")
    assert sign_in(None).post(sign).status_code == 303
    assert _link(_letters(inbox, db, settings)["participant@example.org"][1])


def test_the_link_ends_with_the_membership(db, world_of, ahead, sign_in, mail_server):
    (inbox, settings), w = mail_server, world_of
    do(db, "sessions.invite", w.leader, session=ahead)
    address = _link(_letters(inbox, db, settings)["participant@example.org"][1])
    do(db, "groups.end_membership", w.leader, membership=w.participant_membership, to_on=days(-1))
    assert sign_in(None).get(address).status_code == 410


def test_whoever_joins_by_the_day_answers_before_they_belong_and_is_offered_as_a_lead(
    db, world_of, ahead, mail_server, sign_in
):
    (inbox, settings), w = mail_server, world_of
    do(db, "groups.add_person", w.hub_lead, work_group=w.group, name="Nova New", email="nova@example.org",
       role="participant", school=w.school2, from_on=days(5))  # fmt: skip
    nova = person_id(db, "nova@example.org")
    do(db, "sessions.invite", w.leader, session=ahead)
    address, client = _link(_letters(inbox, db, settings)["nova@example.org"][1]), sign_in(None)
    assert client.get(address).status_code == 200
    assert client.post(address, data={"answer": "apologies"}).status_code == 303
    assert queries.mark_of(db, ahead, nova)["status"] == "apologies"
    do(db, "sessions.add_block", w.leader, session=ahead, kind="input", minutes="9", title="Hers", lead=nova)
    do(db, "sessions.hand_over", w.leader, session=ahead, person=nova)
    leaves = {"membership": w.participant_membership, "to_on": days(2)}
    do(db, "groups.end_membership", w.leader, **leaves)
    lead = submit(db, "sessions.add_block", w.leader, session=ahead, kind="input", minutes="9", title="His",
                  lead=w.participant)  # fmt: skip
    assert lead.standing == "refused", "whoever has left by then leads nothing"


def _replies_to(inbox):
    return {to: email.message_from_string(raw, policy=email.policy.default)["Reply-To"] for (to,), raw in inbox.letters}


def test_the_organiser_stays_who_invited_first_whichever_leader_sends_and_answers_go_to_the_sender(
    db, world_of, ahead, mail_server
):
    (inbox, settings), w = mail_server, world_of
    do(db, "sessions.invite", w.leader, session=ahead)
    first = _entry(_letters(inbox, db, settings)["participant@example.org"][2])
    assert _replies_to(inbox)["participant@example.org"] == "leader@example.org" and "SENT-BY" not in str(first)
    do(db, "sessions.set_state", w.co_leader, session=ahead, state="postponed", why="Snow")
    do(db, "sessions.invite", w.co_leader, session=ahead)
    told = _letters(inbox, db, settings)["participant@example.org"][2]
    off = _entry(told)
    assert _replies_to(inbox)["participant@example.org"] == "co_leader@example.org"
    do(db, "sessions.set_state", w.co_leader, session=ahead, state="planned")
    do(db, "sessions.invite", w.co_leader, session=ahead)
    again = _letters(inbox, db, settings)["participant@example.org"][2]
    on = _entry(again)
    assert (str(told["method"]), str(again["method"])) == ("CANCEL", "REQUEST")
    for event in (off, on):
        assert event["organizer"] == first["organizer"] and event["uid"] == first["uid"]
        assert event["organizer"].params["SENT-BY"] == "mailto:co_leader@example.org"
    assert int(first["sequence"]) < int(off["sequence"]) < int(on["sequence"])


def test_whoever_leaves_after_being_invited_has_it_taken_out_of_their_calendar(
    db, world_of, ahead, mail_server, sign_in
):
    (inbox, settings), w = mail_server, world_of
    do(db, "sessions.invite", w.leader, session=ahead)
    first = _entry(_letters(inbox, db, settings)["participant@example.org"][2])
    do(db, "groups.end_membership", w.leader, membership=w.participant_membership, to_on=days(-1))
    client = sign_in(w.leader)
    page = client.get(f"/sessions/{ahead}/invitations").get_data(as_text=True)
    assert "any more: Nadine Member." in page
    assert client.post(f"/sessions/{ahead}/invitations").status_code == 303
    letters = _letters(inbox, db, settings)
    assert set(letters) == {"participant@example.org"}, "nobody else hears of it"
    assert "out of their calendar" not in client.get(f"/groups/{w.group}/people").get_data(as_text=True)
    subject, text, told = letters["participant@example.org"]
    event = _entry(told)
    assert str(told["method"]) == "CANCEL" and event["uid"] == first["uid"]
    assert int(event["sequence"]) > int(first["sequence"]) and event["organizer"] == first["organizer"]
    assert "Not for you any more: " in subject and "/sessions/" not in text
    do(db, "sessions.set_state", w.leader, session=ahead, state="cancelled", why="Snow")
    do(db, "sessions.invite", w.leader, session=ahead)
    assert "participant@example.org" not in _letters(inbox, db, settings), "it is off for them already"


def test_whoever_left_is_taken_out_of_all_that_is_ahead_with_one_press_and_so_is_a_school_that_has_withdrawn(
    db, world_of, mail_server, sign_in
):
    (inbox, settings), w = mail_server, world_of
    ahead, later, before = (a_session(db, w, n) for n in (9, 20, 3))
    for session in (ahead, later, before):
        do(db, "sessions.invite", w.leader, session=session)
    _letters(inbox, db, settings)
    client, people = sign_in(w.leader), f"/groups/{w.group}/people"
    do(db, "groups.end_membership", w.leader, membership=w.participant_membership, to_on=days(5))
    assert "Take 2 sessions out of their calendar" in client.get(people).get_data(as_text=True)
    address = f"/memberships/{w.participant_membership}/uninvite"
    assert client.post(address).location == people
    due.tick(db, settings)
    told = [icalendar.Calendar.from_ical(part.get_content()) for (to,), raw in inbox.letters
            for part in email.message_from_string(raw, policy=email.policy.default).walk()
            if part.get_content_type() == "text/calendar" and part.get_filename() == "invite.ics"]  # fmt: skip
    assert {str(_entry(one)["uid"]) for one in told if str(one["method"]) == "CANCEL"} == {
        f"{ahead}@workgroup", f"{later}@workgroup"}  # fmt: skip
    again = client.post(address)
    assert again.status_code == 422 and "No session is left" in again.get_data(as_text=True)
    do(db, "groups.set_engagement", w.leader, school_in_group=w.in_group2, state="withdrawn", since_on=days(0),
       reason="A new head")  # fmt: skip
    assert [p["id"] for p in queries.expected(db, ahead)] == [w.colleague]
    assert "Take 3 sessions out of their calendar" in client.get(people).get_data(as_text=True)
    school = client.get(f"/groups/{w.group}/schools/{w.in_group2}").get_data(as_text=True)
    assert "Sunita Neighbour can still read" in school
    assert sign_in(w.participant).post(address).status_code == 404


def test_a_session_that_is_off_and_nobody_was_told_of_waits_on_today(db, world_of, ahead, sign_in):
    w, client = world_of, sign_in(world_of.leader)
    do(db, "sessions.invite", w.leader, session=ahead)
    do(db, "sessions.set_state", w.leader, session=ahead, state="cancelled", why="Snow")
    assert "people do not know that a session is cancelled" in client.get("/").get_data(as_text=True)
    assert "not know" not in sign_in(w.participant).get("/").get_data(as_text=True)
    do(db, "sessions.invite", w.leader, session=ahead)
    assert "not know" not in client.get("/").get_data(as_text=True)
