"""How a year is told to the record: dated entries, the days they fall on, the ids they carry.

Nothing here knows what a session or a lesson is. A year is a stream of `Told`, sorted by time and put through the
door one by one, so that every right is asked as it would have been on the day.
"""

import uuid
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from workgroup import clock
from workgroup.people import queries as people

# fixed, so that the demo year has the same ids wherever it is told
_NAMESPACE = uuid.UUID("5e0d7a52-6f0b-5c0e-9d2a-2f6f3a1c9b47")


@dataclass(frozen=True)
class Told:
    """One entry of a year: what, when, by whom.

    `by` and any value in `fields` may be a function of the database: it is asked when the entry's turn comes,
    for ids that the record itself gives out.
    """

    at: str
    kind: str
    by: Any
    fields: dict = field(default_factory=dict)
    id: str = ""


def id_of(code):
    """Return the id of a thing that the demo year calls by a code like `n1-01`."""
    return str(uuid.uuid5(_NAMESPACE, code))


def asked(value, db):
    """Return a value as the record has it now."""
    if callable(value):
        return value(db)
    return [asked(one, db) for one in value] if isinstance(value, list) else value


def person(email):
    """Return a function that finds a person's id by e-mail."""

    def find(db):
        found = people.by_email(db, email)
        if found is None:
            raise LookupError(f"nobody has the e-mail {email}")
        return found["id"]

    return find


class Calendar:
    """The days of a year told in whole numbers from today."""

    def __init__(self, today=None):
        self.now = clock.now()
        self.today = date.fromisoformat(today or clock.day_of(self.now))

    def day(self, number):
        """Return the day so many days from today; Saturdays and Sundays give way to the nearest weekday.

        Today itself stays, nothing else lands on it, and the order is kept.
        """
        day = self.today + timedelta(days=number)
        if number and day.weekday() > 4:
            nearest = day + timedelta(days=1 if day.weekday() == 6 else -1)
            if (nearest < self.today) != (number < 0) or nearest == self.today:
                nearest = day + timedelta(days=5 - day.weekday() - 1 if number < 0 else 7 - day.weekday())
            day = nearest
        return day.isoformat()

    def at(self, number, time, minutes=0, seconds=0):
        """Return the moment of a day and a time (HH:MM), later by so much; never later than now."""
        began = clock.at_london(self.day(number), time)
        return min(clock.after(minutes * 60 + seconds, began), self.now)

    def moment(self, number, time):
        """Return the moment of a day and a time that may lie ahead."""
        return clock.at_london(self.day(number), time)
