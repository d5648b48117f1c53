"""One example of every kind of the hub."""

from tests.examples import Example
from tests.world import do
from workgroup import due, store


def stuck(db, w):
    """Leave something that did not work, and return the fields that try it again."""
    with store.writing(db):
        due.plan(db, "mail:none", "mail", "none", "2026-01-01T00:00:00.000Z")
        db.conn.execute("update due set tried = 8, trouble = 'no route' where key = 'mail:none'")
    return {"key": "mail:none"}


def second_lead(db, w):
    """Add another hub lead, and return the fields that limit them."""
    do(db, "people.invite", w.hub_lead, name="Stella Second", email="stella@example.org", role="lead")
    role = store.value(db, "select id from hub_role where role = 'lead' order by rowid desc")
    return {"role": role, "strands": ["primary sustaining"]}


EXAMPLES = {
    "hub.set_strands": Example(
        "hub_lead", second_lead,
        ({"role": "x"}, {"role": ""}, {"strands": ["No such strand"]}, {"strands": ["x" * 201]}), {"strands": []},
        "administrator",
    ),
    "hub.try_again": Example("administrator", stuck, ({"key": ""}, {"key": "mail:other"}), None, "leader"),
}
