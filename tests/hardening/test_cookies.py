"""The cookies: what browsers are told of them, and that nobody is signed out by an upgrade."""

import dataclasses
from http.cookies import SimpleCookie

import pytest

from tests.lessons.examples import with_teacher
from workgroup import clock, guard, store
from workgroup.people import post

HTTPS = "https://hub.example.org"
SAME = {"Sec-Fetch-Site": "same-origin"}
PREFIXED, PLAIN = "__Host-workgroup", "workgroup"


@pytest.fixture
def served(app, db, settings):
    """Serve the app behind TLS, on a record that an earlier release has written to until just now."""
    with store.writing(db):
        db.conn.execute("update record set prefixed_at = ?", (clock.now(),))
    app.config["WORKGROUP"] = dataclasses.replace(settings, public_address=HTTPS)
    return app


def _set(answer):
    """Return the cookies of an answer by name."""
    return {name: one for said in answer.headers.getlist("Set-Cookie") for name, one in SimpleCookie(said).items()}


def _signed_in(db, person, at):
    token = post.new_token()
    with store.writing(db):
        store.put(
            db, "tablet", id=post.new_id(), person=person, token_hash=guard.hash_of(token), shared=0, signed_in_at=at,
            seen_at=clock.now(),
        )  # fmt: skip
    return token


def _sign_in_by_link(client, db, w):
    token = post.new_token()
    with store.writing(db):
        post.keep_link(db, w.leader, "sign_in", 1800, token)
    return client.post(f"/sign-in/{token}", data={"shared": "y"}, headers=SAME, base_url=HTTPS)


def test_behind_tls_every_cookie_is_guarded_by_its_name(db, world_of, served):
    answer = _sign_in_by_link(served.test_client(), db, world_of)
    found = _set(answer)
    assert set(found) == {PREFIXED, "__Host-workgroup-shared"}
    for one in found.values():
        assert one["secure"] and one["httponly"] and one["samesite"] == "Lax" and one["path"] == "/"
        assert not one["domain"]


def test_on_loopback_the_names_are_plain_for_webkit_takes_no_secure_cookie_there(app, db, world_of):
    token = post.new_token()
    with store.writing(db):
        post.keep_link(db, world_of.leader, "sign_in", 1800, token)
    [(name, one)] = [(n, c) for n, c in _set(app.test_client().post(f"/sign-in/{token}",
     headers=SAME)).items() if c.value]
    assert name == PLAIN and one["httponly"] and one["samesite"] == "Lax" and not one["secure"]


def test_whoever_was_signed_in_before_the_names_changed_stays_signed_in(db, world_of, served):
    client = served.test_client()
    client.set_cookie(PLAIN, _signed_in(db, world_of.leader, "2026-09-01T00:00:00.000Z"), domain="hub.example.org")
    answer = client.get("/account", base_url=HTTPS)
    assert answer.status_code == 200
    found = _set(answer)
    assert found[PREFIXED].value and found[PREFIXED]["secure"] and found[PLAIN].value == ""
    assert client.get_cookie(PLAIN, domain="hub.example.org") is None
    again = client.get("/account", base_url=HTTPS)
    assert again.status_code == 200 and "Set-Cookie" not in again.headers


def test_a_plain_cookie_given_out_since_is_believed_by_nobody(db, world_of, served):
    """A neighbour under the same domain could sign somebody in as themselves, and read what they write."""
    client = served.test_client()
    client.set_cookie(PLAIN, _signed_in(db, world_of.outsider, clock.now()), domain="hub.example.org")
    assert client.get("/account", base_url=HTTPS).status_code == 303
    old = _signed_in(db, world_of.outsider, "2026-09-01T00:00:00.000Z")
    client.set_cookie(PLAIN, old, domain="hub.example.org")
    client.set_cookie(PREFIXED, _signed_in(db, world_of.leader, clock.now()), domain="hub.example.org")
    assert "Bethan Leader" in client.get("/account", base_url=HTTPS).get_data(as_text=True)


def test_signing_out_drops_both_names(db, world_of, served):
    client = served.test_client()
    client.set_cookie(PREFIXED, _signed_in(db, world_of.leader, clock.now()), domain="hub.example.org")
    found = _set(client.post("/sign-out", headers=SAME, base_url=HTTPS))
    assert {name for name, one in found.items() if one["max-age"] == "0"} == {PREFIXED, PLAIN}


def test_pages_by_code_and_link_hold_theirs_under_their_own_addresses(db, world_of, served):
    lesson, token = with_teacher(db, world_of), post.new_token()
    with store.writing(db):
        post.keep_link(db, world_of.participant, "teacher", 1800, token, about=lesson)
    [(name, one)] = _set(served.test_client().post(f"/taught/{token}", headers=SAME, base_url=HTTPS)).items()
    assert name == "__Secure-taught" and one["secure"] and one["httponly"] and one["path"] == "/taught"
