"""A host is asked by link, says yes or no and what guests must know; its office sees who comes."""

from tests.filling import press
from tests.sessions.examples import a_host_asked, a_session
from tests.world import days, do
from workgroup import clock, store
from workgroup.schools import queries as schools
from workgroup.sessions import hosting_queries, queries


def _asked(db, w):
    fields = a_host_asked(db, w)
    session = store.value(db, "select about from link where kind = 'host'").split()[0]
    return f"/hosting/{fields.pop('proof')}", fields, session


def test_a_head_confirms_without_an_account_and_everybody_reads_how_to_get_in(db, world_of, sign_in):
    w = world_of
    address, fields, session = _asked(db, w)
    client = sign_in(None)
    page = client.get(address)
    assert page.headers["Cache-Control"] == "no-store" and "Can we come?" in page.get_data(as_text=True)
    assert client.post(address, data={**fields, "name": ""}).status_code == 422
    assert client.post(address, data=fields).status_code == 303
    word = hosting_queries.word(db, queries.session(db, session))
    assert (word["answer"], word["name"], word["holds"]) == ("yes", "Mrs Hale", True)
    assert schools.host_facts(db, w.school)["entrance"] == "The blue door"
    assert "The blue door" in sign_in(w.neighbour).get(f"/sessions/{session}").get_data(as_text=True)
    assert "Mrs Hale has said yes" in sign_in(w.leader).get(f"/sessions/{session}").get_data(as_text=True)
    assert "Mrs Hale" not in sign_in(w.neighbour).get(f"/sessions/{session}").get_data(as_text=True)
    assert client.get("/").status_code == 303


def test_a_session_that_moves_is_to_be_confirmed_anew(db, world_of, sign_in):
    w = world_of
    address, fields, session = _asked(db, w)
    sign_in(None).post(address, data=fields)
    do(db, "sessions.edit", w.leader, session=session, seen="1", kind="TRG", title="Moved", day=days(12),
       starts="13:00", ends="16:00", mode="room", host=w.school, anyway="y")  # fmt: skip
    assert not hosting_queries.word(db, queries.session(db, session))["holds"]
    assert "for another day or time" in sign_in(w.leader).get(f"/sessions/{session}/hosting").get_data(as_text=True)


def test_what_somebody_else_wrote_meanwhile_is_shown_and_nothing_typed_is_lost(db, world_of, sign_in):
    w = world_of
    address, fields, _ = _asked(db, w)
    do(db, "schools.set_host_facts", w.leader, school=w.school, entrance="The red door", seen="0")
    answer = sign_in(None).post(address, data=fields)
    text = answer.get_data(as_text=True)
    assert answer.status_code == 409 and "The red door" in text and "The blue door" in text


def test_no_is_no_and_writes_no_facts(db, world_of, sign_in):
    w = world_of
    address, fields, session = _asked(db, w)
    sign_in(None).post(address, data={**fields, "answer": "no", "words": "Exams <b>in the hall"})
    assert schools.host_facts(db, w.school) is None
    assert "host has said no: Staithe Lane" in sign_in(w.leader).get("/").get_data(as_text=True)
    assert "has said no" not in sign_in(w.participant).get("/").get_data(as_text=True)
    page = sign_in(w.leader).get(f"/sessions/{session}/hosting").get_data(as_text=True)
    assert "Mrs Hale has said no" in page and "Exams &lt;b&gt;in the hall" in page


def test_the_office_sees_who_visits_and_not_who_is_at_home_or_away(db, world_of, sign_in):
    w = world_of
    address, _, session = _asked(db, w)
    do(db, "sessions.answer", w.neighbour, session=session, person=w.neighbour, answer="cover", cover="Sam Stand-in")
    do(db, "sessions.answer", w.co_leader, session=session, person=w.co_leader, answer="apologies")
    names = [v["name"] for v in hosting_queries.visitors(db, queries.session(db, session))]
    assert sorted(names) == ["Bethan Leader", "Sam Stand-in"]
    page = sign_in(None).get(address).get_data(as_text=True)
    assert "Sam Stand-in" in page and "Nadine" not in page
    do(db, "sessions.set_state", w.leader, session=session, state="open")
    do(db, "sessions.mark", w.leader, session=session, visitor="Stella Instead", school=w.school2, status="present",
       substitute_for=w.neighbour)  # fmt: skip
    do(db, "sessions.mark", w.leader, session=session, visitor="Vi Visitor", comes_from="The university",
       attending_as="visitor", status="present")  # fmt: skip
    page = sign_in(None).get(address).get_data(as_text=True)
    assert "Vi Visitor" in page and "Stella Instead" in page and "Sam Stand-in" not in page, "while they arrive"
    do(db, "sessions.set_state", w.leader, session=session, state="closed")
    assert "Vi Visitor" not in sign_in(None).get(address).get_data(as_text=True)


def test_a_link_that_is_over_or_of_another_kind_opens_nothing(db, world_of, sign_in):
    w = world_of
    address, fields, session = _asked(db, w)
    client = sign_in(None)
    assert client.get("/invited/" + address.split("/")[-1]).status_code == 410
    do(db, "sessions.set_state", w.leader, session=session, state="cancelled")
    assert "This session is cancelled" in client.get(address).get_data(as_text=True)
    assert client.post(address, data=fields).status_code == 422
    with store.writing(db):
        db.conn.execute("update link set expires_at = ? where kind = 'host'", (clock.after(-1),))
    assert client.post(address, data=fields).status_code == 410


def test_only_a_leader_asks_and_only_whom_the_school_named(db, world_of, sign_in):
    w = world_of
    _, _, session = _asked(db, w)
    assert sign_in(w.participant).get(f"/sessions/{session}/hosting").status_code == 404
    page = sign_in(w.leader).get(f"/sessions/{session}/hosting").get_data(as_text=True)
    assert "head@example.org" in page and "by Bethan Leader; no answer yet" in page and "Ask again" in page


def test_a_link_to_one_school_opens_nothing_of_another_that_hosts_it_now(db, world_of, sign_in):
    w = world_of
    address, fields, session = _asked(db, w)
    do(db, "schools.set_host_facts", w.leader, school=w.school2, entrance="Key code 1234", seen="0")
    do(db, "sessions.edit", w.leader, session=session, seen="1", kind="TRG", title="Elsewhere", day=days(9),
       starts="13:00", ends="16:00", mode="room", host=w.school2, anyway="y")  # fmt: skip
    client = sign_in(None)
    page = client.get(address).get_data(as_text=True)
    assert "Another school hosts it now" in page and "1234" not in page and "Bethan" not in page
    refused = client.post(address, data={**fields, "entrance": "Mine now", "seen": "1"})
    assert refused.status_code == 422
    assert schools.host_facts(db, w.school2)["entrance"] == "Key code 1234"


def test_how_the_wifi_was_is_asked_after_the_session_and_shown_the_next_time_that_school_hosts(db, world_of, sign_in):
    w, client = world_of, sign_in(world_of.leader)
    session, later = a_session(db, w), a_session(db, w, 20, title="The next one there")
    ask = f'action="/sessions/{session}/wifi"'
    assert ask not in client.get(f"/sessions/{session}").get_data(as_text=True), "nothing is known before it begins"
    assert client.post(f"/sessions/{session}/wifi", data={"went": "held"}).status_code == 422
    for state in ("open", "closed"):
        do(db, "sessions.set_state", w.leader, session=session, state=state)
    assert ask in client.get(f"/sessions/{session}").get_data(as_text=True)
    assert ask not in sign_in(w.participant).get(f"/sessions/{session}").get_data(as_text=True)
    wrong = client.post(f"/sessions/{session}/wifi", data={"went": "", "words": "Nothing <b>lost"})
    assert wrong.status_code == 422 and "Nothing &lt;b&gt;lost" in wrong.get_data(as_text=True)
    told = client.post(f"/sessions/{session}/wifi", data={"went": "patchy"})
    assert told.status_code == 303 and told.location == f"/sessions/{session}/hosting?told=yes#wifi"
    assert ask not in client.get(f"/sessions/{session}").get_data(as_text=True), "it is asked once"
    fields = {"went": "patchy", "words": "Good by the piano"}
    assert client.post(f"/sessions/{session}/wifi", data=fields).status_code == 303
    for person, address in ((w.participant, f"/sessions/{later}"), (w.leader, f"/sessions/{later}/hosting"),
                            (w.leader, f"/schools/{w.school}/host")):  # fmt: skip
        page = sign_in(person).get(address).get_data(as_text=True)
        assert "It came and went, said guests on" in page and "Good by the piano" in page, address
    elsewhere = a_session(db, w, 25, host=w.school2)
    assert "said guests" not in sign_in(w.participant).get(f"/sessions/{elsewhere}").get_data(as_text=True)
    for person in (w.participant, w.outsider, w.far_leader):
        assert sign_in(person).post(f"/sessions/{session}/wifi", data={"went": "held"}).status_code == 404
    assert [x["said"].split(",")[0] for x in schools.wifi_last(db, w.school)] == ["It came and went"]


def test_the_host_says_by_its_link_how_its_wifi_was_beside_what_guests_said(db, world_of, sign_in):
    w, host = world_of, sign_in(None)
    address = f"/hosting/{a_host_asked(db, w)['proof']}"
    session = store.value(db, "select id from session")
    assert "How was the wifi?" not in host.get(address).get_data(as_text=True)
    assert host.post(f"{address}/wifi", data={"went": "held"}).status_code == 422
    do(db, "sessions.set_state", w.leader, session=session, state="open")
    page = host.get(address).get_data(as_text=True)
    assert "Thank you for having us" in page and "How was the wifi?" in page
    assert host.post(f"{address}/wifi", data={"went": "failed", "words": "The filter"}).status_code == 303
    do(db, "sessions.wifi_word", w.leader, session=session, went="held")
    said = {x["who"]: x["went"] for x in schools.wifi_last(db, w.school)}
    assert said == {"the school": "failed", "guests": "held"}
    assert "It did not work, said the school on" in host.get(address).get_data(as_text=True)
    with store.writing(db):
        db.conn.execute("update link set expires_at = ? where kind = 'host'", (clock.after(-1),))
    over = host.post(f"{address}/wifi", data={"went": "held", "words": "Typed late"})
    assert over.status_code == 410 and "Typed late" in over.get_data(as_text=True), "what was typed is given back"


def test_a_link_to_the_wrong_contact_is_ended_and_asking_again_ends_the_one_before(db, world_of, sign_in):
    w = world_of
    first, fields, session = _asked(db, w)
    contact = store.value(db, "select id from school_contact where email is not null and school = ?", (w.school,))
    leader, page = sign_in(w.leader), f"/sessions/{session}/hosting"
    assert leader.post(page, data={"contact": contact}).status_code == 303
    second = store.value(db, "select link from mail where link like '/hosting/%' order by rowid desc")
    assert sign_in(None).get(first).status_code == 410 and sign_in(None).get(second).status_code == 200
    assert sign_in(w.participant).post(f"{page}/end").status_code == 404
    assert "End this link" in leader.get(page).get_data(as_text=True)
    assert leader.post(f"{page}/end").status_code == 303
    assert sign_in(None).get(second).status_code == 410 and sign_in(None).post(second, data=fields).status_code == 410
    assert store.value(db, "select count(*) from mail where link like '/hosting/%'") == 0, "nor is it passed on"
    assert "End this link" not in leader.get(page).get_data(as_text=True)
    again = leader.post(f"{page}/end")
    assert again.status_code == 422 and "No link works any more." in again.get_data(as_text=True)
    assert leader.post(page, data={"contact": contact}).status_code == 303, "and the right one can be asked"


def test_what_the_host_says_on_its_page_reaches_whoever_takes_part(db, world_of, sign_in):
    w = world_of
    address, fields, session = _asked(db, w)
    said = {"answer": "yes", "name": "Mrs Hale", "entrance": "The blue door", "room": "The hall <b>upstairs",
            "wifi": "Guests, code 42", "words": "Welcome", "parking": "Behind the <b>hall", "photos": "board",
            "photo_rule": "Ask Year 3 first", "device_rule": "Phones in the box",
            "late_contact": "01234 567890, Mrs Hale"}  # fmt: skip
    assert sign_in(None).post(address, data={**fields, **said, "late_contact": "x" * 301}).status_code == 422
    assert schools.host_facts(db, w.school) is None
    assert press(sign_in(None), address, "Tell them", **said).status_code == 303
    shown = ("The blue door", "The hall &lt;b&gt;upstairs", "Guests, code 42", "Behind the &lt;b&gt;hall",
             "the board</dd>", "Ask Year 3 first", "Phones in the box", "01234 567890")  # fmt: skip
    for person in (w.leader, w.participant, w.neighbour):
        page = sign_in(person).get(f"/sessions/{session}").get_data(as_text=True)
        assert not [words for words in shown if words not in page]
    assert sign_in(w.outsider).get(f"/sessions/{session}").status_code == 404
