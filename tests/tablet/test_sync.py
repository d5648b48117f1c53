"""The wire: POST /sync and GET /sync/hello."""

import base64
import dataclasses
import hashlib
import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.world import days, do
from workgroup import clock, door, fields, ledger, restoring, seals, store, web
from workgroup.people import post

EVIL = "<script>alert('x')</script>"


class TrialForm(fields.Form):
    """A text."""

    words = fields.words("Words", fields.needed("Enter some words."))
    parent = fields.Pick()


@pytest.fixture(autouse=True)
def trial_kind(app, db, world_of):
    """A capture kind of the test's own: the wire must not depend on any one feature."""
    with store.writing(db):
        db.conn.execute("create table trial (id text primary key, words text, by text) strict")

    def right(db, by, said, on):
        return by is not None

    @door.change("trial.write", TrialForm, right, capture=True)
    def write(db, entry, said):
        if said["parent"]:
            raise door.Waiting("What this belongs to has not arrived yet.")
        store.put(db, "trial", id=entry.id, words=said["words"], by=entry.by)
        return entry.id

    yield
    del door.KINDS["trial.write"]


def _entry(by, words="I noticed", **over):
    return {"id": post.new_id(), "kind": "trial.write", "by": by, "at": clock.now(), "seq": 1, "boot": "b",
            "ticks": 5, "fields": {"words": words}, **over}  # fmt: skip


def _send(client, *entries, **headers):
    batch = {"tablet": post.new_id(), "sent": clock.now(), "entries": list(entries)}
    return client.post("/sync", json=batch, headers=headers)


def test_hello_is_empty_with_our_header_and_the_ledgers_head(db, world_of, sign_in):
    answer = sign_in(world_of.leader).get("/sync/hello")
    assert (answer.status_code, answer.get_data()) == (200, b"")
    assert answer.headers["Workgroup-Receipt"] == "1"
    head = ledger.head(db)
    assert answer.headers["Workgroup-Ledger"] == head["ledger"]
    assert answer.headers["Workgroup-Number"] == str(head["number"])


def test_signed_out_is_401_with_our_header(world_of, sign_in):
    client = sign_in(None)
    for answer in (client.get("/sync/hello"), _send(client, _entry(world_of.leader))):
        assert answer.status_code == 401
        assert answer.headers["Workgroup-Receipt"] == "1"


def test_an_entry_is_entered_then_already_and_the_receipt_covers_every_standing(db, world_of, sign_in):
    client, entry = sign_in(world_of.leader), _entry(world_of.leader)
    first, again = _send(client, entry), _send(client, entry)
    assert first.json["standings"] == [{"id": entry["id"], "standing": "entered", "errors": {}}]
    assert again.json["standings"][0]["standing"] == "already"
    receipt = first.json["receipt"]
    assert receipt["digest"] == hashlib.sha256(f"{entry['id']}:entered".encode()).hexdigest()
    assert receipt["ledger"] == ledger.head(db)["ledger"] and receipt["number"] == ledger.head(db)["number"]
    assert store.value(db, "select count(*) from trial") == 1


def test_a_note_sent_five_times_at_once_is_kept_once(app, db, world_of, sign_in):
    entry = _entry(world_of.leader)
    clients = [sign_in(world_of.leader) for _ in range(5)]

    def send(client):
        try:
            return _send(client, entry).json["standings"][0]["standing"]
        finally:
            web.forget_connections()

    with ThreadPoolExecutor(5) as pool:
        standings = sorted(pool.map(send, clients))
    assert standings == ["already"] * 4 + ["entered"]
    assert store.value(db, "select count(*) from trial") == 1
    assert ledger.check(db) == []


def test_the_same_id_with_other_words_is_refused_and_the_first_words_stay(db, world_of, sign_in):
    client, entry = sign_in(world_of.leader), _entry(world_of.leader, "first")
    _send(client, entry)
    other = _send(client, {**entry, "fields": {"words": "second"}}).json["standings"][0]
    assert other["standing"] == "refused" and "other words" in other["errors"][""][0]
    assert store.value(db, "select words from trial") == "first"


def test_a_mixed_batch_keeps_ones_own_and_refuses_the_others_one_by_one(db, world_of, sign_in):
    mine, forged = _entry(world_of.leader), _entry(world_of.co_leader)
    nobody, unknown = _entry(None), _entry(world_of.leader, kind="trial.unknown")
    page_only = _entry(world_of.leader, kind="people.edit_account", fields={"name": "Eve"})
    empty, late = _entry(world_of.leader, " "), _entry(world_of.leader, fields={"words": "a", "parent": post.new_id()})
    no_time = _entry(world_of.leader, at="yesterday")
    nested = _entry(world_of.leader, fields={"words": {"deep": 1}})
    extra = _entry(world_of.leader, fields={"words": "a", "colour": "red"})
    batch = (mine, forged, nobody, unknown, page_only, empty, late, no_time, nested, extra)
    answer = _send(sign_in(world_of.leader), *batch).json
    assert [s["id"] for s in answer["standings"]] == [e["id"] for e in batch]
    standings = [s["standing"] for s in answer["standings"]]
    assert standings == ["entered", *["refused"] * 5, "waiting", *["refused"] * 3]
    assert all(s["errors"] for s in answer["standings"] if s["standing"] != "entered")
    assert store.rows(db, "select by, words from trial") == [{"by": world_of.leader, "words": "I noticed"}]
    assert store.value(db, "select name from person where id = ?", (world_of.leader,)) == "Bethan Leader"


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b'"x"', b"\xff\xfe", b'{"tablet": "x", "entries": []}', b"null",
     json.dumps({"tablet": "11111111-1111-4111-8111-111111111111", "entries": [{"id": "x"}]}).encode(),
     json.dumps({"tablet": "11111111-1111-4111-8111-111111111111", "entries": [5]}).encode(),
     json.dumps({"tablet": "11111111-1111-4111-8111-111111111111", "entries": {}}).encode()],
)  # fmt: skip
def test_what_has_not_the_right_shape_is_422_with_our_header(world_of, sign_in, body):
    answer = sign_in(world_of.leader).post("/sync", data=body, content_type="application/json")
    assert answer.status_code == 422 and answer.headers["Workgroup-Receipt"] == "1"
    assert answer.json["error"].endswith(".")


def test_past_one_mebibyte_is_413_and_nothing_is_entered(db, world_of, sign_in):
    answer = _send(sign_in(world_of.leader), _entry(world_of.leader, "x" * 1_100_000))
    assert answer.status_code == 413 and answer.headers["Workgroup-Receipt"] == "1"
    assert store.value(db, "select count(*) from trial") == 0


def test_a_locked_database_is_503_without_a_receipt_and_the_entry_goes_in_afterwards(app, db, world_of, sign_in):
    client, entry = sign_in(world_of.leader), _entry(world_of.leader)
    with app.app_context():
        web.database().conn.execute("pragma busy_timeout = 50")
    with store.writing(db):
        busy = _send(client, entry)
    assert busy.status_code == 503 and busy.headers["Workgroup-Receipt"] == "1"
    assert "receipt" not in busy.json and busy.headers["Retry-After"]
    assert _send(client, entry).json["standings"][0]["standing"] == "entered"


def test_another_site_cannot_send(world_of, sign_in):
    answer = _send(sign_in(world_of.leader), _entry(world_of.leader), **{"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403 and answer.headers["Workgroup-Receipt"] == "1"


def test_script_text_is_kept_as_text(db, world_of, sign_in):
    _send(sign_in(world_of.leader), _entry(world_of.leader, EVIL))
    assert store.value(db, "select words from trial") == EVIL


def test_lone_surrogates_and_control_characters_are_refused_in_words(db, world_of, sign_in):
    client = sign_in(world_of.leader)
    for words in ("\ud800", "a\x00b"):
        answer = _send(client, _entry(world_of.leader, words)).json["standings"][0]
        assert answer["standing"] == "refused" and "character" in answer["errors"]["words"][0]


def test_a_check_names_what_is_kept_of_ones_own_and_nothing_else(db, world_of, sign_in):
    mine, theirs, never = _entry(world_of.leader), _entry(world_of.co_leader), post.new_id()
    _send(sign_in(world_of.leader), mine)
    _send(sign_in(world_of.co_leader), theirs)
    asked = {"ids": [mine["id"], theirs["id"], never]}
    answer = sign_in(world_of.leader).post("/sync/check", json=asked)
    assert answer.json["kept"] == [mine["id"]] and answer.headers["Workgroup-Receipt"] == "1"
    assert answer.json["receipt"]["digest"] == hashlib.sha256(f"{mine['id']}:kept".encode()).hexdigest()
    assert sign_in(None).post("/sync/check", json=asked).status_code == 401
    for bad in ({}, {"ids": "x"}, {"ids": ["x"]}, {"ids": [post.new_id()] * 1001}):
        assert sign_in(world_of.leader).post("/sync/check", json=bad).status_code == 422


def test_a_seal_gives_each_person_a_key_of_their_own_always_the_same(db, world_of, sign_in):
    seal = post.new_id()
    one, again = (sign_in(world_of.leader).get(f"/sync/seals/{seal}").json for _ in range(2))
    other = sign_in(world_of.co_leader).get(f"/sync/seals/{seal}").json
    assert one == again and one["seal"] == seal and len(base64.b64decode(one["key"])) == 32
    assert other["key"] != one["key"]
    assert sign_in(world_of.leader).get(f"/sync/seals/{post.new_id()}").json["key"] != one["key"]
    assert sign_in(None).get(f"/sync/seals/{seal}").status_code == 401
    assert sign_in(world_of.leader).get("/sync/seals/x").status_code == 404


def test_a_page_opened_by_somebody_else_sends_nothing_in_a_strangers_name(db, world_of, sign_in):
    client = sign_in(world_of.leader)
    said = {"Workgroup-By": world_of.co_leader}
    assert _send(client, _entry(world_of.leader), **said).status_code == 401
    assert client.get("/sync/hello", headers=said).status_code == 401
    assert client.get(f"/sync/seals/{post.new_id()}", headers=said).status_code == 401
    assert store.value(db, "select count(*) from trial") == 0


def test_a_long_text_says_when_it_stands_in_two_versions_also_when_it_is_said_again(db, world_of, sign_in):
    client = sign_in(world_of.leader)
    plan = {"kind": "TRG", "title": "Small steps", "day": days(0), "starts": "00:01", "ends": "23:59", "mode": "room",
            "agenda": "empty", "anyway": "y", "work_group": world_of.group}  # fmt: skip
    session = do(db, "sessions.plan", world_of.leader, **plan).about
    one, two = (
        _entry(world_of.leader, kind="sessions.summarise", fields={"session": session, "words": words})
        for words in ("one", "two")
    )
    assert "versions" not in _send(client, one).json["standings"][0]
    assert _send(client, two).json["standings"][0]["versions"] == 2
    assert _send(client, one).json["standings"][0]["versions"] == 2
    ids = {"ids": [one["id"], two["id"]]}
    assert client.post("/sync/check", json=ids).json["versions"] == {one["id"]: 2, two["id"]: 2}
    joined = {"session": session, "words": "both", "after": f"{one['id']},{two['id']}"}
    answer = _send(client, _entry(world_of.leader, kind="sessions.summarise", fields=joined)).json["standings"][0]
    assert answer["standing"] == "entered" and "versions" not in answer
    assert client.post("/sync/check", json=ids).json["versions"] == {}


def test_a_restored_copy_is_another_ledger_and_gives_back_the_same_keys(db, settings, world_of, sign_in, tmp_path):
    seal, before = post.new_id(), ledger.head(db)
    key = seals.key_of(db, world_of.leader, seal)
    store.backup(db, tmp_path / "copy.sqlite")
    restoring.restore(dataclasses.replace(settings, database=tmp_path / "other.sqlite"), tmp_path / "copy.sqlite")
    restored = store.connect(tmp_path / "other.sqlite")
    assert ledger.head(restored)["ledger"] != before["ledger"] and ledger.head(restored)["number"] == before["number"]
    assert seals.key_of(restored, world_of.leader, seal) == key
    restored.conn.close()
