"""The demo year: an invented hub's whole year, told so that today lies in the middle of it.

Its words lie in words/demo_year.json. The evaluations are drafted from what is told.
"""

import json

from workgroup import door, store
from workgroup.people import post
from workgroup.people import queries as people
from workgroup.places import PACKAGE
from workgroup.years import (
    demo_days,
    demo_evaluations,
    demo_frameworks,
    demo_heads,
    demo_house,
    demo_journeys,
    demo_lessons,
    demo_plans,
    demo_sessions,
    demo_visits,
)
from workgroup.years.telling import Calendar, Told, asked, person

WORDS = PACKAGE / "years" / "words" / "demo_year.json"


class DoesNotGoIn(Exception):
    """The record refused an entry of the demo year: a fault of ours, told with the entry."""


def words():
    """Return the demo year as it was written."""
    return json.loads(WORDS.read_text(encoding="utf-8"))


def fill(db, say=lambda done, all: None):
    """Fill a new database with the demo year and mark it as a demo; all of it, or nothing.

    It is told in memory and copied over at one stroke: one wait for the disk instead of two thousand, and an
    interruption leaves the database as new as it was. `say` is told now and then how far it is.
    """
    year, memory = words(), store.connect(":memory:")
    try:
        store.migrate(memory)
        _tell(memory, year, Calendar(), say)
        _finish(memory)
        memory.conn.backup(db.conn)
    finally:
        memory.conn.close()


def _tell(db, year, days, say):
    rooms = (
        demo_house, demo_sessions, demo_lessons, demo_journeys, demo_visits, demo_plans, demo_days, demo_heads,
        demo_evaluations, demo_frameworks,
    )  # fmt: skip
    told = sorted((t for room in rooms for t in room.tell(year, days)), key=lambda t: t.at)
    told[2:2] = _half_terms(db, year, days)
    for n, entry in enumerate(told):
        enter(db, entry)
        if n % 100 == 0:
            say(n, len(told))
    say(len(told), len(told))


def _half_terms(db, year, days):
    lead = person(next(p["email"] for p in year["people"] if p["id"] == year["hub"]["hub_lead"]))
    at = days.at(demo_house.BEGAN, "09:30")
    return [Told(at, "groups.set_half_term", lead, fields) for fields in demo_house.half_terms(db, year, days)]


def enter(db, told):
    """Put one entry through the door; DoesNotGoIn with its sentences when it is refused."""
    fields = {name: asked(value, db) for name, value in told.fields.items()}
    outcome = door.submit(db, told.kind, fields, told.id or post.new_id(), asked(told.by, db), told.at)
    if not outcome.stands:
        raise DoesNotGoIn(f"{told.kind} at {told.at}: {outcome.errors} in {fields}")


def _finish(db):
    """Mark the record as a demo. Its invitations go nowhere: the people in it have no letter boxes."""
    with store.writing(db):
        db.conn.execute("update record set demo = 1")
        db.conn.execute("update mail set state = 'kept' where state = 'waiting'")


def people_of(db):
    """Return the people of a demo as dicts of name, role and e-mail: hub first, then leaders, then participants."""
    year = words()
    roles = {year["hub"]["hub_lead"]: "hub lead", year["hub"]["administrator"]: "hub administrator"}
    for wanted in ("leader", "participant"):
        for group in year["groups"]:
            for role in group["roles"]:
                if role["role"] == wanted:
                    roles.setdefault(role["person"], wanted)
    found = {p["id"]: p for p in year["people"]}
    listed = [
        {"name": found[code]["name"], "role": role, "email": found[code]["email"]} for code, role in roles.items()
    ]
    return [one for one in listed if people.by_email(db, one["email"])]
