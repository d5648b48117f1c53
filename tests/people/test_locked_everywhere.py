"""Every route, complete by construction: a locked sign-in is answered as if nobody were signed in."""

import pytest

from tests.lessons.examples import a_noticing, in_discussion
from tests.world import do
from workgroup import clock, store
from workgroup.lessons import queries as lessons

# what a locked tablet may do: see whose it is, unlock, lock again, sign out; tests/people/test_shared_tablets.py
FOR_THE_LOCKED = {"/unlock", "/lock", "/sign-out"}
SECRET = "Marker words"


@pytest.fixture
def house(db, world_of, sign_in):
    """A world with something private in it, its leader locked out, and a client of nobody."""
    w = world_of
    lesson = in_discussion(db, w)
    noticing = a_noticing(db, w, lesson=lesson, words=SECRET)
    session = lessons.lesson(db, lesson)["session"]
    do(db, "sessions.note", w.leader, session=session, words=SECRET)
    ids = {"groups": w.group, "sessions": session, "lessons": lesson, "noticings": noticing, "schools": w.school,
           "schools-in-group": w.in_group}  # fmt: skip
    locked = sign_in(w.leader)
    with store.writing(db):
        db.conn.execute("update tablet set shared = 1, locked_at = ? where person = ?", (clock.now(), w.leader))
    return locked, sign_in(None), ids, w


def _addresses(app, ids, w, method):
    for rule in app.url_map.iter_rules():
        if method in rule.methods and rule.rule not in FOR_THE_LOCKED and rule.endpoint != "static_files":
            own = ids.get(rule.rule.split("/")[1], w.group)
            given = {name: w.in_group if name == "id" and "group" in rule.arguments else own for name in rule.arguments}
            with app.test_request_context():
                yield app.url_map.bind("localhost").build(rule.endpoint, given, method=method)


def _answer(answer):
    where = (answer.location or "").replace("/unlock", "/sign-in")
    return answer.status_code, where, SECRET in answer.get_data(as_text=True)


@pytest.mark.parametrize("part", [False, True])
def test_every_page_and_part_answers_a_locked_tablet_as_it_answers_nobody(app, house, part):
    locked, nobody, ids, w = house
    headers = {"HX-Request": "true"} if part else {}
    addresses, different, open_pages = list(_addresses(app, ids, w, "GET")), [], set()
    for address in addresses:
        theirs = _answer(locked.get(address, headers=headers))
        if theirs != _answer(nobody.get(address, headers=headers)):
            different.append((address, theirs))
        if theirs[0] == 200:
            open_pages.add(address.split("/")[1])
        assert not theirs[2], address
    assert different == []
    assert len(addresses) > 40
    everybodys = {"sign-in", "standing", "offline", "service-worker.js", "manifest.webmanifest", "screen",
                  "join", "privacy", "healthz", "accessibility"}
    assert open_pages <= everybodys, "what is open to everybody is listed here"


def test_every_form_answers_a_locked_tablet_as_it_answers_nobody(app, house):
    locked, nobody, ids, w = house
    different = [
        address for address in _addresses(app, ids, w, "POST")
        if _answer(locked.post(address))[0] != _answer(nobody.post(address))[0]
    ]  # fmt: skip
    assert different == []


def test_the_same_pages_are_there_once_it_is_unlocked(app, db, house):
    locked, _, ids, w = house
    with store.writing(db):
        db.conn.execute("update tablet set locked_at = null where person = ?", (w.leader,))
    assert SECRET in locked.get(f"/lessons/{ids['lessons']}/timeline").get_data(as_text=True)
