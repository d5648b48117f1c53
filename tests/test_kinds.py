"""Every kind of change, four ways: it works; who may not; what is refused; said twice."""

import importlib
from pathlib import Path

import pytest

from workgroup import door, store
from workgroup.people import post

door.open_up()
EXAMPLES = {}
for _path in sorted(Path(__file__).parent.glob("*/examples.py")):
    EXAMPLES.update(importlib.import_module(f"tests.{_path.parent.name}.examples").EXAMPLES)


def _case(db, w, kind):
    example = EXAMPLES[kind]
    return example, example.fields(db, w), getattr(w, example.by) if example.by else None


def _ledger(db):
    return store.value(db, "select count(*) from ledger")


def test_every_kind_has_an_example():
    assert sorted(EXAMPLES) == sorted(door.KINDS)


@pytest.mark.parametrize("kind", sorted(EXAMPLES))
def test_it_works_and_said_twice_it_is_kept_once(db, world_of, kind):
    _, fields, by = _case(db, world_of, kind)
    id, before = post.new_id(), _ledger(db)
    first = door.submit(db, kind, fields, id, by)
    assert first.standing == "entered", first.errors
    again = door.submit(db, kind, fields, id, by)
    assert (again.standing, again.about) == ("already", first.about)
    assert _ledger(db) == before + 1
    assert door.check_ledger(db) == []


@pytest.mark.parametrize("kind", sorted(k for k, e in EXAMPLES.items() if e.other))
def test_the_same_id_with_other_words_is_refused(db, world_of, kind):
    example, fields, by = _case(db, world_of, kind)
    id = post.new_id()
    assert door.submit(db, kind, fields, id, by).standing == "entered"
    other = door.submit(db, kind, {**fields, **example.other}, id, by)
    assert other.standing == "refused"
    assert "other words" in str(other.errors)


@pytest.mark.parametrize("kind", sorted(k for k, e in EXAMPLES.items() if not e.anyone))
def test_who_may_not_is_refused_and_leaves_nothing(db, world_of, kind):
    example, fields, _ = _case(db, world_of, kind)
    before = _ledger(db)
    for by in {getattr(world_of, example.not_by) if example.not_by else None, None} - {example.by}:
        outcome = door.submit(db, kind, fields, post.new_id(), by)
        assert outcome.standing == "refused", (kind, by)
        assert outcome.errors
    assert _ledger(db) == before


@pytest.mark.parametrize("kind", sorted(EXAMPLES))
def test_what_is_bad_is_refused_with_a_sentence_and_leaves_nothing(db, world_of, kind):
    example, fields, by = _case(db, world_of, kind)
    assert example.bad or not door.KINDS[kind].form()._fields, f"{kind} needs bad examples"
    before = _ledger(db)
    for bad in example.bad:
        outcome = door.submit(db, kind, {**fields, **bad}, post.new_id(), by)
        assert outcome.standing in ("refused", "stale", "waiting"), (kind, bad)
        assert all(s.endswith((".", "?")) for found in outcome.errors.values() for s in found), outcome.errors
    assert _ledger(db) == before
