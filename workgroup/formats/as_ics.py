"""Calendars: appointments as iCalendar (RFC 5545), times in UTC, so that no reader's clock change moves them."""

from datetime import UTC, datetime

import icalendar

PRODUCT = "-//Workgroup//EN"


def calendar(name, events):
    """Return the bytes of a calendar called `name`, with an event for each of `events`.

    An event is `{"uid", "sequence", "stamp", "starts", "ends", "title", "place", "is_off"}`; moments are UTC text. The
    same events give the same bytes.
    """
    made = icalendar.Calendar()
    for key, value in (("prodid", PRODUCT), ("version", "2.0"), ("x-wr-calname", name), ("name", name)):
        made.add(key, value)
    for told in events:
        event = icalendar.Event()
        for key, value in (
            ("uid", told["uid"]), ("sequence", told["sequence"]), ("dtstamp", _moment(told["stamp"])),
            ("dtstart", _moment(told["starts"])), ("dtend", _moment(told["ends"])), ("summary", told["title"]),
            ("status", "CANCELLED" if told["is_off"] else "CONFIRMED"),
        ):  # fmt: skip
            event.add(key, value)
        if told["place"]:
            event.add("location", told["place"])
        made.add_component(event)
    return made.to_ical()


def _moment(text):
    return datetime.fromisoformat(text).astimezone(UTC).replace(microsecond=0)
