"""One example of every kind of data protection."""

from tests.examples import Example
from tests.journeys import examples as journeys
from tests.sessions.examples import a_session
from tests.world import do
from workgroup import clock, store
from workgroup.people.post import new_id
from workgroup.retention import KINDS

LONG_AGO = "2020-03-01T10:00:00.000Z"


def chosen(db, w, months=12, at=LONG_AGO, kinds=tuple(KINDS)):
    """Put how long kinds are kept straight into the table, as it was chosen long ago."""
    with store.writing(db):
        for kind in kinds:
            store.put(db, "retention", kind=kind, months=months, by=w.administrator, at=at)


def an_old_note(db, w, words="Old words", at=LONG_AGO):
    """Put a note of a session of long ago into the table, and return its id."""
    with store.writing(db):
        session = new_id()
        store.put(
            db, "session", id=session, work_group=w.group, number=90, kind="TRG", title="Long ago", mode="room",
            starts_at=at, ends_at=clock.after(3600, at), state="closed",
        )  # fmt: skip
        store.put(db, "session_note", id=(id := new_id()), session=session, by=w.leader, at=at, words=words)
    return id


def _over(db, w):
    chosen(db, w)
    an_old_note(db, w)
    return {"on": clock.today()}


def _una(db, w):
    visitor = {"visitor": "Una Stand-in", "school": w.school2, "attending_as": "substitute", "status": "present"}
    return do(db, "sessions.mark", w.leader, session=a_session(db, w), **visitor).about


EXAMPLES = {
    "privacy.set_retention": Example(
        "administrator", lambda db, w: {"seen": "nothing", "noticings": "12", "mail": "6"},
        ({"noticings": "0"}, {"mail": "601"}, {"days": "a while"}, {"seen": "noticings=12"}), {"noticings": "24"},
        "leader",
    ),
    "privacy.purge": Example(None, _over, ({"on": ""}, {"on": "2150-01-01"}, {"on": "2019-01-01"}), None, "leader"),
    "privacy.erase_address": Example(
        "hub_lead", lambda db, w: {"email": journeys.sent(db, w) and "Head@example.org"},
        ({"email": ""}, {"email": "nobody@example.org"}, {"email": "leader@example.org"}), None, "administrator",
    ),
    "privacy.erase_named": Example(
        "hub_lead", lambda db, w: {"name": _una(db, w) and "una  stand-in"},
        ({"name": ""}, {"name": "Una"}, {"name": "Nadine Member"}, {"name": "Mrs Hale"}), None, "administrator",
    ),
    "privacy.erase": Example(
        "hub_lead", lambda db, w: {"person": w.participant, "name": "nadine  member"},
        ({"person": "x"}, {"name": ""}, {"name": "Nadine"}, {"name": "N" * 300}), None, "administrator",
    ),
}  # fmt: skip
