"""One example of every kind of schools."""

import json

from tests.examples import Example
from tests.world import do
from workgroup import store
from workgroup.people import post

NO = post.new_id()


def _by_hand(db, w):
    school = do(db, "schools.add_by_hand", w.leader, urn="900500", name="New School", phase="Primary").about
    return {"school": school, "urn": "900500", "name": "Newer School", "phase": "Primary", "seen": "1"}


def a_contact(db, w):
    """Add a contact and return its id."""
    do(db, "schools.add_contact", w.leader, school=w.school, role="head", name="Mrs Breck")
    return store.value(db, "select id from school_contact where school = ? order by rowid desc", (w.school,))


def an_ended_contact(db, w):
    """Add a contact that is no longer there and return its id."""
    contact = a_contact(db, w)
    do(db, "schools.end_contact", w.leader, contact=contact)
    return contact


def _rows(**over):
    return json.dumps([{"urn": "900700", "name": "Listed School", "phase": "Primary", **over}])


EXAMPLES = {
    "schools.import_list": Example(
        "administrator", lambda db, w: {"rows": _rows()},
        ({"rows": ""}, {"rows": "{"}, {"rows": "[]"}, {"rows": "[7]"}, {"rows": _rows(urn="12")},
         {"rows": _rows(phase="Tertiary")}, {"rows": '[{"name": "No number"}]'}),
        {"rows": _rows(name="Other")}, "leader",
    ),
    "schools.add_by_hand": Example(
        "leader", lambda db, w: {"urn": "900400", "name": "Invented School", "phase": "Primary"},
        ({"urn": "12"}, {"urn": "900001"}, {"name": ""}, {"phase": "Tertiary"}), {"name": "Other"}, "participant",
    ),
    "schools.edit_by_hand": Example(
        "leader", _by_hand, ({"name": ""}, {"seen": "7"}, {"school": NO}, {"urn": "900001"}), {"name": "O"},
        "participant",
    ),
    "schools.set_host_facts": Example(
        "participant", lambda db, w: {"school": w.school, "entrance": "Blue door", "seen": "0"},
        ({"seen": "3"}, {"wifi": "x" * 1001}), {"entrance": "Red door"}, "outsider",
    ),
    "schools.add_contact": Example(
        "leader", lambda db, w: {"school": w.school, "role": "head", "name": "Mrs Breck", "email": "h@example.org"},
        ({"role": "cook"}, {"email": "h@"}, {"name": ""}), {"name": "Mr Breck"}, "outsider",
    ),
    "schools.end_contact": Example("leader", lambda db, w: {"contact": a_contact(db, w)}, ({"contact": NO},)),
    "schools.restore_contact": Example(
        "leader", lambda db, w: {"contact": an_ended_contact(db, w)}, ({"contact": NO}, {"contact": ""}), None,
        "outsider",
    ),
    "schools.import_register": Example(
        "administrator", lambda db, w: {"file": "register.csv", "rows_read": "5", "added": "5"},
        ({"file": ""}, {"added": "many"}), {"added": "4"}, "leader",
    ),
}  # fmt: skip
