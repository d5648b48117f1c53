"""Calendars: the right hour on both sides of the clock change, words of any kind, the same bytes each time."""

from datetime import UTC, datetime

import icalendar
import pytest

from workgroup import clock
from workgroup.formats import as_ics

HOURS = [("2027-03-26", 13), ("2027-03-29", 12), ("2027-10-29", 12), ("2027-11-01", 13)]


def _event(**over):
    return {"uid": "x@workgroup", "sequence": 3, "stamp": "2027-01-01T09:00:00.000Z", "title": "TRG", "place": "Hall",
            "starts": "2027-03-26T13:00:00.000Z", "ends": "2027-03-26T16:00:00.000Z", "is_off": False,
            **over}  # fmt: skip


def _read(*events):
    return icalendar.Calendar.from_ical(as_ics.calendar("Work Groups", events)).walk("vevent")


@pytest.mark.parametrize(("day", "hour"), HOURS)
def test_one_in_the_afternoon_in_london_stands_at_its_hour_whichever_side_of_the_clock_change(day, hour):
    (event,) = _read(_event(starts=clock.at_london(day, "13:00"), ends=clock.at_london(day, "16:00")))
    assert event["dtstart"].dt.astimezone(UTC) == datetime.fromisoformat(f"{day}T{hour:02}:00:00+00:00")


WORDS = ["Commas, semicolons; and \\ strokes", "Two\nlines", "BEGIN:VEVENT", "Größe, łódź 中", "x" * 300]


@pytest.mark.parametrize("words", WORDS)
def test_words_of_any_kind_come_back_and_make_no_event_of_their_own(words):
    (event,) = _read(_event(title=words, place=words))
    assert str(event["summary"]) == words and str(event["location"]) == words


def test_what_is_called_off_keeps_its_uid_and_says_so():
    (event,) = _read(_event(is_off=True, place=""))
    assert (str(event["uid"]), event["sequence"], str(event["status"])) == ("x@workgroup", 3, "CANCELLED")
    assert "location" not in event


def test_the_same_events_give_the_same_bytes():
    assert as_ics.calendar("A", [_event()]) == as_ics.calendar("A", [_event()])
