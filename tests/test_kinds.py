"""Every kind of change, four ways: it works; who may say it; what is refused; said twice.

Who may say it stands in tests/data/who_may_say.txt: a kind without a line fails.
"""

import importlib
import re
from pathlib import Path

import pytest

from tests.sessions.phones import an_entry, send_from
from workgroup import door, ledger, store
from workgroup.people import post

door.open_up()
EXAMPLES = {}
for _path in sorted(Path(__file__).parent.glob("*/examples.py")):
    EXAMPLES.update(importlib.import_module(f"tests.{_path.parent.name}.examples").EXAMPLES)
WRITTEN = Path(__file__).parent / "data" / "who_may_say.txt"
# the heads of its columns, in order
PEOPLE = {
    "lead": "hub_lead", "admin": "administrator", "leader": "leader", "co-l": "co_leader", "far-l": "far_leader",
    "own": "participant", "coll": "colleague", "neigh": "neighbour", "out": "outsider", "nobody": None,
}  # fmt: skip


def _case(db, w, kind):
    example = EXAMPLES[kind]
    return example, example.fields(db, w), getattr(w, example.by) if example.by else None


def _ledger(db):
    return store.value(db, "select count(*) from ledger")


# what is brought back by another word than restore, or is not: {kind: the kind that brings it back, or why none does}
OTHERWISE = {
    "tasks.drop": "tasks.reopen",
    "welcome.put_away": "welcome.bring_back",
    "lessons.hide": "lessons.show_again",
    "days.decline": "days.suggest_again",
    "visits.cancel": "visits.plan_again",
    "lessons.withdraw_photo": "taken away for everyone at once, for good: docs/states.md",
    "tasks.withdraw_photo": "taken away for everyone at once, for good: docs/states.md",
    "lessons.take_out": "saves the record as a file: what has left is not called back",
    "groups.take_out": "only while nothing was ever in it: it is made again with the same words",
    "groups.take_out_school": "only while nothing of it was ever in the group: it is added again",
    "tablet.withdraw_try": "the tablet's rehearsal takes its own trial entry away: nobody wrote it",
}
AWAY = r"(\w+)\.(?:withdraw|remove|drop|clear|hide|decline|cancel|put_away|take_out)(\w*)"


def test_whatever_takes_something_away_has_a_kind_that_brings_it_back_or_stands_here_with_the_reason():
    twins = {kind: f"{m[1]}.restore{m[2]}" for kind in sorted(door.KINDS) if (m := re.fullmatch(AWAY, kind))}
    assert set(OTHERWISE) <= set(twins)
    ways = {kind: OTHERWISE.get(kind, twin) for kind, twin in twins.items()}
    assert [k for k, way in ways.items() if " " not in way and way not in door.KINDS] == []


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
    assert ledger.check(db) == []


@pytest.mark.parametrize("kind", sorted(k for k, e in EXAMPLES.items() if e.other))
def test_the_same_id_with_other_words_is_refused(db, world_of, kind):
    example, fields, by = _case(db, world_of, kind)
    id = post.new_id()
    assert door.submit(db, kind, fields, id, by).standing == "entered"
    other = door.submit(db, kind, {**fields, **example.other}, id, by)
    assert other.standing == "refused"
    assert "other words" in str(other.errors)


def _who_may(kind):
    """Return what is written down of a kind: {kind of person: whether they may say it}, or nothing."""
    heads, *lines = [line.split() for line in WRITTEN.read_text().splitlines() if line and not line.startswith("#")]
    said = next((line[1:] for line in lines if line[0] == kind), ())
    return {head: one == "yes" for head, one in zip(heads, said, strict=False)}


def test_of_every_kind_it_is_written_down_who_may_say_it():
    said = [line.split()[0] for line in WRITTEN.read_text().splitlines() if line and line[0] not in "# "]
    assert sorted(said) == sorted(door.KINDS)


@pytest.mark.parametrize("kind", sorted(EXAMPLES))
def test_who_may_say_it_is_as_it_is_written_down_and_who_may_not_leaves_nothing(db, world_of, kind):
    example, fields, _ = _case(db, world_of, kind)
    before, pristine, found = _ledger(db), store.connect(":memory:"), {}
    db.conn.backup(pristine.conn)
    for head, name in PEOPLE.items():
        outcome = door.submit(db, kind, fields, post.new_id(), getattr(world_of, name) if name else None)
        found[head] = outcome.standing == "entered"
        assert found[head] or outcome.errors
        assert _ledger(db) == before + found[head]
        if found[head]:
            pristine.conn.backup(db.conn)
    written = f"{kind:<32}" + "".join(f"{'yes' if may else '.':<7}" for may in found.values())
    assert found == _who_may(kind), f"as it is:\n{written.rstrip()}"
    assert not example.not_by or example.anyone or not found[_head(example.not_by)]


def _head(name):
    return next(head for head, one in PEOPLE.items() if one == name)


@pytest.mark.parametrize("kind", sorted(k for k, known in door.KINDS.items() if known.capture))
def test_what_a_tablet_sends_is_judged_as_at_the_door(db, world_of, sign_in, kind):
    fields = EXAMPLES[kind].fields(db, world_of)
    clients = {head: sign_in(getattr(world_of, name)) for head, name in PEOPLE.items() if name}
    pristine = store.connect(":memory:")
    db.conn.backup(pristine.conn)
    written = _who_may(kind)
    for head, client in clients.items():
        by = getattr(world_of, PEOPLE[head])
        [(standing, errors)] = send_from(client, an_entry(by, kind, **fields))
        assert (standing == "entered") == written[head], (head, standing, errors)
        if standing == "entered":
            pristine.conn.backup(db.conn)


def test_nothing_is_taken_from_a_tablet_in_anothers_name_and_no_kind_that_is_not_for_tablets(db, world_of, sign_in):
    w, before = world_of, None
    for sender, author in (("participant", "leader"), ("outsider", "participant"), ("leader", "hub_lead")):
        client = sign_in(getattr(w, sender))
        before = before or _ledger(db)
        forged = [an_entry(getattr(w, author), kind, session=w.group) for kind in sorted(door.KINDS)]
        own = [an_entry(getattr(w, sender), kind) for kind, known in sorted(door.KINDS.items()) if not known.capture]
        for entry, (standing, errors) in zip(forged, send_from(client, *forged), strict=True):
            why = "somebody else" if door.KINDS[entry["kind"]].capture else "not known here"
            assert standing == "refused" and why in str(errors), entry["kind"]
        assert all("not known here" in str(errors) for _, errors in send_from(client, *own))
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
