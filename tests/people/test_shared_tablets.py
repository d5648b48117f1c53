"""Tablets that several people use: the lock, the PIN, and that a locked sign-in gets nothing anywhere."""

import re
from types import SimpleNamespace

import pytest

from tests.lessons.examples import in_discussion
from tests.world import do
from workgroup import clock, door, guard, store
from workgroup.lessons import queries as lessons
from workgroup.people import post

PIN = "270418"
BY_THE_TABLET_ITSELF = ("/sync/hello", {}), ("/lessons/{lesson}/timeline", {"HX-Request": "true"}), (
    "/account", {"Workgroup-Pack": "1"}), ("/account", {"Sec-Fetch-Mode": "cors"})  # fmt: skip


@pytest.fixture
def shared(db, world_of, sign_in):
    """The leader signed in on a shared tablet with a PIN, just seen."""
    client = sign_in(world_of.leader)
    tablet = store.value(db, "select id from tablet where person = ? order by rowid desc", (world_of.leader,))
    do(db, "people.set_pin", world_of.leader, pin=PIN, again=PIN)
    made = SimpleNamespace(client=client, tablet=tablet, person=world_of.leader)
    _alter(db, made, shared=1, seen_at=clock.now())
    return made


def _alter(db, of, **columns):
    with store.writing(db):
        store.alter(db, "tablet", of.tablet, **columns)


def _row(db, shared):
    return store.row(db, "select * from tablet where id = ?", (shared.tablet,))


def _text(answer):
    return answer.get_data(as_text=True)


def _mail_link(db):
    return store.value(db, "select link from mail where address = 'leader@example.org' order by rowid desc")


def test_a_locked_tablet_says_whose_it_is_and_opens_where_it_was_by_the_pin(db, shared):
    client = shared.client
    answer = client.post("/lock", data={"then": "/groups?a=b"})
    assert (answer.status_code, answer.location) == (303, "/unlock?then=/groups?a%3Db")
    assert client.get("/account").location == "/unlock?then=/account"
    page = _text(client.get(answer.location))
    assert "Locked by Bethan Leader" in page and 'inputmode="numeric"' in page and 'autocomplete="off"' in page
    assert "Sign in another way" in page and "Somebody else" in page and "stays sealed" in page
    opened = client.post("/unlock", data={"pin": " 270 418 ", "then": "/groups?a=b"})
    assert (opened.status_code, opened.location) == (303, "/groups?a=b")
    assert client.get("/account").status_code == 200
    assert _row(db, shared)["locked_at"] is None


def test_to_lock_twice_is_to_lock_once(db, shared):
    shared.client.post("/lock")
    first = _row(db, shared)["locked_at"]
    assert shared.client.post("/lock").location == "/unlock?then=/"
    do(db, "people.lock", shared.person, tablet=shared.tablet)
    assert first and _row(db, shared)["locked_at"] == first


def test_only_a_tablet_marked_as_shared_locks(db, world_of, sign_in, shared):
    _alter(db, shared, shared=0)
    answer = shared.client.post("/lock")
    assert answer.status_code == 422 and "not marked as used by several people" in _text(answer)
    assert sign_in(None).post("/lock").status_code == 401
    _alter(db, shared, seen_at=clock.after(-3 * 3600))
    assert shared.client.get("/account").status_code == 200, "one's own tablet does not lock by itself"


def test_the_fifth_wrong_pin_ends_the_sign_in_whatever_comes_after(db, shared, app):
    client = shared.client
    client.post("/lock")
    said = set()
    for _ in range(4):
        answer = client.post("/unlock", data={"pin": "999998"})
        said.add(re.search(r'class="error"[^>]*>([^<]+)', _text(answer))[1])
        assert answer.status_code == 422
    assert len(said) == 1, "the words do not tell how near one is"
    last = client.post("/unlock", data={"pin": "999998", "then": "/groups"})
    assert (last.status_code, last.location) == (303, "/sign-in?then=/groups&ended=pin")
    assert "fifth wrong PIN" in _text(client.get(last.location))
    assert _row(db, shared)["ended_at"]
    assert client.post("/unlock", data={"pin": PIN}).location == "/"
    assert client.get("/account").location.startswith("/sign-in")


def test_wrong_pins_are_counted_for_each_tablet_and_a_right_one_starts_anew(db, shared, sign_in, world_of):
    client = shared.client
    for _ in range(3):
        client.post("/lock")
        for _ in range(4):
            assert client.post("/unlock", data={"pin": "999998"}).status_code == 422
        assert client.post("/unlock", data={"pin": PIN}).status_code == 303
    assert client.get("/account").status_code == 200
    assert store.value(db, "select count(*) from attempt where key like 'pin:%'") == 0


def test_many_wrong_pins_at_once_are_not_more_than_five(db, shared):
    """Counted before it is checked: with five counted already, not even the right one is looked at."""
    shared.client.post("/lock")
    with store.writing(db):
        for _ in range(5):
            store.put(db, "attempt", key=f"pin:{shared.tablet}", at=clock.now())
    assert shared.client.post("/unlock", data={"pin": PIN}).location.startswith("/sign-in")
    assert _row(db, shared)["ended_at"]


def test_ten_minutes_untouched_lock_it_and_from_the_lock_screen_on_only_the_pin_opens_it(db, shared):
    _alter(db, shared, seen_at=clock.after(-guard.LOCKS_AFTER - 1))
    assert shared.client.get("/").location == "/unlock?then=/"
    shared.client.get("/unlock")
    assert _row(db, shared)["locked_at"]
    assert shared.client.post("/touched").status_code == 401
    assert shared.client.get("/").status_code == 303


def test_an_open_page_that_was_touched_without_a_line_may_say_so_before_the_lock_screen_was_seen(db, shared):
    _alter(db, shared, seen_at=clock.after(-3600))
    assert shared.client.get("/sync/hello").headers["Workgroup-Locked"] == "1"
    assert shared.client.post("/touched").status_code == 200
    assert shared.client.get("/account").status_code == 200


def test_what_the_tablet_asks_by_itself_does_not_keep_it_open(db, shared, world_of):
    lesson = in_discussion(db, world_of)
    before = clock.after(-300)
    _alter(db, shared, seen_at=before)
    for address, headers in BY_THE_TABLET_ITSELF:
        assert shared.client.get(address.format(lesson=lesson), headers=headers).status_code == 200, address
        assert _row(db, shared)["seen_at"] == before, (address, headers)
    shared.client.post("/sync", json={"tablet": shared.tablet, "entries": []})
    assert _row(db, shared)["seen_at"] == before
    for ask in (lambda: shared.client.get("/account"), lambda: shared.client.post("/account", data={"name": "B"})):
        _alter(db, shared, seen_at=before)
        ask()
        assert _row(db, shared)["seen_at"] > before


def test_a_page_within_the_minute_writes_nothing(db, shared):
    just_now = clock.after(-30)
    _alter(db, shared, seen_at=just_now)
    shared.client.get("/account")
    assert _row(db, shared)["seen_at"] == just_now


def test_what_waits_is_answered_with_the_lock_and_goes_in_afterwards(db, shared, world_of):
    session = lessons.lesson(db, in_discussion(db, world_of))["session"]
    entry = {"id": post.new_id(), "kind": "sessions.note", "by": shared.person, "at": clock.now(), "seq": 1,
             "boot": "b", "ticks": 1, "fields": {"session": session, "words": "Kept"}}  # fmt: skip
    batch = {"tablet": shared.tablet, "entries": [entry]}
    shared.client.post("/lock")
    answer = shared.client.post("/sync", json=batch)
    assert answer.status_code == 401
    assert (answer.headers["Workgroup-Locked"], answer.headers["Workgroup-Receipt"]) == ("1", "1")
    assert store.value(db, "select count(*) from session_note where words = 'Kept'") == 0
    shared.client.post("/unlock", data={"pin": PIN})
    assert shared.client.post("/sync", json=batch).json["standings"][0]["standing"] == "entered"


def test_somebody_else_signs_the_first_person_out_and_says_that_their_words_stay(db, shared):
    shared.client.post("/lock")
    answer = shared.client.post("/sign-out")
    assert (answer.location, answer.headers["Clear-Site-Data"]) == ("/sign-in", '"cache"')
    assert _row(db, shared)["ended_at"]
    assert "data-left-behind hidden" in re.sub(r' role="status"', "", _text(shared.client.get("/sign-in")))


def test_signing_in_another_way_ends_the_locked_sign_in(db, shared, world_of):
    shared.client.post("/lock")
    do(db, "people.ask_for_link", email="leader@example.org")
    assert shared.client.post(_mail_link(db), data={"shared": "y", "then": "/groups"}).location == "/groups"
    assert shared.client.get("/account").status_code == 200
    assert _row(db, shared)["ended_at"]


def test_without_a_pin_the_lock_screen_leads_to_a_link(db, shared):
    with store.writing(db):
        store.alter(db, "person", shared.person, pin_hash=None)
    shared.client.post("/lock")
    page = _text(shared.client.get("/unlock"))
    assert "not set a PIN yet" in page and 'name="pin"' not in page
    assert shared.client.post("/unlock", data={"pin": ""}).status_code == 422
    assert shared.client.post("/unlock", data={"pin": PIN}).status_code == 422


@pytest.mark.parametrize("way", ["link", "code", "password"])
def test_every_way_of_signing_in_can_mark_the_tablet_and_asks_kindly_for_a_pin(app, db, world_of, way):
    client = app.test_client()
    do(db, "people.set_password", world_of.leader, password="three words here", again="three words here")
    do(db, "people.ask_for_link", email="leader@example.org")
    code = store.value(db, "select code from mail where code is not null order by rowid desc")
    address, fields = {
        "link": (_mail_link(db), {}), "code": ("/sign-in/code", {"proof": code}),
        "password": ("/sign-in/password", {"email": "leader@example.org", "password": "three words here"}),
    }[way]  # fmt: skip
    answer = client.post(address, data={**fields, "shared": "y", "then": "/groups"})
    assert answer.location == "/account/pin?then=/groups"
    assert "Without one you unlock by a new sign-in link" in _text(client.get(answer.location))
    assert store.value(db, "select shared from tablet order by rowid desc") == 1
    assert client.post("/account/pin", data={"pin": PIN, "again": PIN, "then": "/groups"}).location == "/groups"
    client.post("/sign-out")
    assert _text(client.get("/sign-in")).count('value="y" checked') == 2, "the browser remembers that it is shared"


@pytest.mark.parametrize(
    "pin", ["12345", "1234567890123", "000000", "777777777", "123456", "345678", "987654", "890123", "210987",
            "27041a", "٢٧٠٤١٨", ""],
)  # fmt: skip
def test_a_pin_that_everybody_tries_first_is_refused(shared, pin):
    answer = shared.client.post("/account/pin", data={"pin": pin, "again": pin})
    assert answer.status_code == 422 and "Something needs another look" in _text(answer)


def test_the_pin_is_kept_as_a_slow_hash_and_never_in_the_ledger(db, shared):
    shared.client.post("/account/pin", data={"pin": "908172635", "again": "908172635"})
    shared.client.post("/lock")
    shared.client.post("/unlock", data={"pin": "908172635"})
    hashed = store.value(db, "select pin_hash from person where id = ?", (shared.person,))
    assert hashed.startswith("$argon2id$")
    assert "908172635" not in str(store.rows(db, "select * from ledger l join ledger_words w on w.number = l.number"))
    kinds = [r["kind"] for r in store.rows(db, "select kind from ledger order by number desc limit 3")]
    assert kinds == ["people.unlock", "people.lock", "people.set_pin"]


def test_a_device_is_named_and_marked_on_the_account_page_and_told_apart_there(db, shared, sign_in):
    other = sign_in(shared.person)
    answer = other.post("/account/device", data={"name": "Silver tablet", "shared": "y"})
    assert answer.location == "/account"
    shared.client.post("/lock")
    page = _text(other.get("/account"))
    assert "Silver tablet" in page and "used by several people, locked, signed in" in page
    assert 'id="device-shared" name="shared" value="y" checked' in page and "Lock now" in page
    assert other.post("/account/device", data={"name": "x" * 61}).status_code == 422
    other.post("/account/device", data={"name": "Silver tablet"})
    assert "Lock now" not in _text(other.get("/account"))


def test_a_device_just_marked_is_not_locked_for_the_hour_before(db, shared):
    _alter(db, shared, shared=0, seen_at=clock.after(-3000))
    shared.client.post("/account/device", data={"shared": "y"})
    assert shared.client.get("/account").status_code == 200


def test_nobody_locks_unlocks_or_names_anothers_tablet(db, shared, world_of):
    for kind in ("people.lock", "people.unlock", "people.edit_tablet"):
        assert not door.submit(db, kind, {"tablet": shared.tablet}, post.new_id(), world_of.participant).stands
    do(db, "people.sign_out", shared.person, tablet=shared.tablet)
    for kind in ("people.lock", "people.unlock", "people.edit_tablet"):
        assert not door.submit(db, kind, {"tablet": shared.tablet}, post.new_id(), shared.person).stands


def test_the_lock_screen_is_for_the_locked_and_leads_everybody_else_on(shared, sign_in):
    assert shared.client.get("/unlock?then=/groups").location == "/groups"
    assert shared.client.get("/unlock?then=//evil.example.org").location == "/"
    assert sign_in(None).get("/unlock?then=/groups").location == "/sign-in?then=/groups"
    assert sign_in(None).post("/unlock", data={"pin": PIN}).location == "/"


def test_a_form_posted_on_a_locked_tablet_is_not_lost_in_a_redirect(shared):
    shared.client.post("/lock")
    answer = shared.client.post("/account", data={"name": "Typed long"})
    assert answer.status_code == 401 and "This tablet is locked" in _text(answer)


def test_pages_of_a_shared_tablet_carry_the_lock_and_others_do_not(shared, sign_in):
    for address in ("/account", "/groups"):
        assert '<template id="locked"' in _text(shared.client.get(address)) and "data-lock-now" in _text(
            shared.client.get(address)
        )
    assert "data-fresh" not in _text(shared.client.get("/account", headers={"Workgroup-Pack": "1"}))
    assert "locking.js" not in _text(sign_in(shared.person).get("/account"))
