"""One example of every kind of the years."""

import json

from tests.examples import Example
from tests.people.examples import empty
from tests.world import days
from workgroup import store


def a_year(**over):
    """Return a small prepared year of the two schools of tests/world.py, as its JSON."""
    said = {
        "title": "Imported South", "strand": "Primary Development",
        "specialists": [{"name": "Dana Whitlock", "email": "dana@example.org", "school_urn": "900003"}],
        "schools": ["900001", "900002"],
        "participants": [["900001", "Priya Nair", "priya@example.org", "Maths lead"]],
        "sessions": [{"number": 1, "date": days(7), "starts": "13:00", "ends": "16:00", "title": "Small steps"}],
    }  # fmt: skip
    return json.dumps({**said, **over})


def _on_nothing(db, w):
    empty(db, w)
    return {"groups": "2", "years": "1", "seed": "1"}


def _in_a_demo(db, w):
    with store.writing(db):
        db.conn.execute("update record set demo = 1")
    return {"copy": "demo-2026-11-28T090000.sqlite"}


EXAMPLES = {
    "years.leave_demo": Example(
        "hub_lead", _in_a_demo, ({"copy": ""},), {"copy": "another.sqlite"}, "administrator",
    ),
    "years.import_year": Example(
        "hub_lead", lambda db, w: {"year": a_year()},
        (
            {"year": " "}, {"year": "{"}, {"year": "[]"}, {"year": a_year(title="")},
            {"year": a_year(schools=["123456"])},
        ),
        {"year": a_year(title="Imported North")}, "leader",
    ),
    "years.populate": Example(
        None, _on_nothing,
        ({"groups": "0"}, {"groups": "many"}, {"years": "21"}, {"years": ""}, {"seed": "-1"}),
        {"groups": "3"}, anyone=True,
    ),
}  # fmt: skip
