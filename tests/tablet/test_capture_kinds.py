"""Every capture kind over the wire: entered, already, refused to others, and waiting never loses it."""

import json

import pytest

from tests.test_kinds import EXAMPLES
from workgroup import clock, door, store
from workgroup.people import post

CAPTURED = sorted(k for k in EXAMPLES if door.KINDS[k].capture)


def _send(client, entry):
    batch = {"tablet": post.new_id(), "sent": clock.now(), "entries": [entry]}
    answer = client.post("/sync", data=json.dumps(batch), content_type="application/json")
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return answer.json["standings"][0]


def _entry(kind, by, fields):
    return {"id": post.new_id(), "kind": kind, "by": by, "at": clock.now(), "seq": 1, "boot": post.new_id(),
            "ticks": 1234.5, "fields": fields}  # fmt: skip


def test_there_are_kinds_to_capture():
    assert len(CAPTURED) >= 10


@pytest.mark.parametrize("kind", CAPTURED)
def test_a_captured_entry_is_entered_once_and_only_by_who_may(db, world_of, sign_in, kind):
    example = EXAMPLES[kind]
    fields, by = example.fields(db, world_of), getattr(world_of, example.by)
    if example.not_by:
        other = getattr(world_of, example.not_by)
        refused = _send(sign_in(other), _entry(kind, other, fields))
        assert refused["standing"] == "refused" and refused["errors"]
    entry = _entry(kind, by, fields)
    client = sign_in(by)
    first = _send(client, entry)
    assert first["standing"] == "entered", first
    assert _send(client, entry)["standing"] == "already"
    assert store.value(db, "select by from ledger where id = ?", (entry["id"],)) == by
