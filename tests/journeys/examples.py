"""One example of every kind of journeys."""

from tests.examples import Example
from tests.world import do
from workgroup import store
from workgroup.people import post

NO = post.new_id()


def sent(db, w, **over):
    """Send a head the journey of the member's school, and return (the id of the asking, the token of its link)."""
    fields = {"school_in_group": w.in_group, "name": "Mrs Hale", "email": "head@example.org", **over}
    id = do(db, "journeys.ask_head", w.leader, **fields).id
    link = store.value(db, "select link from mail where attached = ?", (f"journey {id}",))
    return id, link.removeprefix("/journey/")


def a_statement(db, w, **over):
    """Leave a statement by a link, and return (its id, the token)."""
    token = over.pop("proof", None) or sent(db, w)[1]
    fields = {"words": "I have heard it in Year 2.", "name": "Mrs Hale", "may_quote": "y", **over}
    return do(db, "journeys.say", None, proof=token, **fields).about, token


def _ask(db, w):
    do(db, "schools.add_contact", w.leader, school=w.school, role="head", name="Mrs Hale", email="head@example.org")
    contact = store.value(db, "select id from school_contact order by rowid desc")
    return {"school_in_group": w.in_group, "contact": contact}


def _taken_back(db, w):
    _, token = a_statement(db, w)
    do(db, "journeys.withdraw", None, proof=token)
    return {"proof": token}


EXAMPLES = {
    "journeys.ask_head": Example(
        "leader", _ask,
        ({"contact": NO}, {"contact": ""}, {"email": "not one", "name": "A"}, {"email": "a@example.org", "name": ""},
         {"school_in_group": NO}),
        {"name": "Somebody", "email": "else@example.org"}, "participant",
    ),
    "journeys.end_asking": Example(
        "leader", lambda db, w: {"journey_asking": sent(db, w)[0]}, ({"journey_asking": NO},), not_by="participant"
    ),
    "journeys.say": Example(
        None, lambda db, w: {"proof": a_statement(db, w)[1], "words": "Other words", "name": "Mrs Hale", "seen": "1"},
        ({"proof": "no such link"}, {"words": ""}, {"name": ""}, {"seen": "77"}, {"words": "x" * 2001}),
        {"words": "Something else"}, anyone=True,
    ),
    "journeys.withdraw": Example(
        None, lambda db, w: {"proof": a_statement(db, w)[1]}, ({"proof": "no such link"}, {"proof": ""}), anyone=True
    ),
    "journeys.restore": Example(None, _taken_back, ({"proof": "no such link"}, {"proof": ""}), anyone=True),
}  # fmt: skip
