"""Calendars: appointments as iCalendar (RFC 5545), times in UTC, so that no reader's clock change moves them."""

import re
from datetime import UTC, datetime

import icalendar

PRODUCT = "-//Workgroup//EN"
_LINE_ENDS = re.compile("\r\n?|[\x85\u2028\u2029]")  # of these the library escapes none


def calendar(name, events):
    """Return the bytes of a calendar called `name`, with an event for each of `events`.

    An event is `{"uid", "sequence", "stamp", "starts", "ends", "title", "place", "is_off"}`; moments are UTC text. The
    same events give the same bytes.
    """
    made = icalendar.Calendar()
    for key, value in (("prodid", PRODUCT), ("version", "2.0"), ("x-wr-calname", _line(name)), ("name", _line(name))):
        made.add(key, value)
    for told in events:
        made.add_component(_event(told))
    return made.to_ical()


def invitation(told, organizer, attendee, words, sender=None):
    """Return the bytes of an invitation by mail (RFC 5546): a request, or a cancellation when `told` is off.

    `told` is an event as in `calendar`; `organizer` and `attendee` are (name, e-mail); `sender` is the e-mail of
    whoever sends it, for the organizer where they are another. Sent again with the same uid, organizer and a higher
    sequence it takes the place of the one before. No answer is asked of the calendar: people answer by the
    link in the mail.
    """
    made = icalendar.Calendar()
    method = "CANCEL" if told["is_off"] else "REQUEST"
    for key, value in (("prodid", PRODUCT), ("version", "2.0"), ("calscale", "GREGORIAN"), ("method", method)):
        made.add(key, value)
    event = _event(told)
    event.add("description", _words(words))
    by = _person(*organizer)
    if sender and sender != organizer[1]:
        by.params["sent-by"] = icalendar.vText(f"mailto:{sender}")
    event.add("organizer", by)
    asked = _person(*attendee)
    for key, value in (("role", "REQ-PARTICIPANT"), ("partstat", "NEEDS-ACTION"), ("rsvp", "FALSE")):
        asked.params[key] = icalendar.vText(value)
    event.add("attendee", asked)
    made.add_component(event)
    return made.to_ical()


def sender(text):
    """Return the e-mail of whoever sends an invitation, or None where it names nobody who could be written to."""
    [event] = icalendar.Calendar.from_ical(text).walk("VEVENT")
    by = event["organizer"]
    address = str(by.params.get("sent-by", by)).removeprefix("mailto:")
    return None if address.endswith("@invalid") else address


def _person(name, email):
    person = icalendar.vCalAddress(f"mailto:{email}")
    person.params["cn"] = icalendar.vText(_line(name))
    return person


def _event(told):
    event = icalendar.Event()
    for key, value in (
        ("uid", told["uid"]), ("sequence", told["sequence"]), ("dtstamp", _moment(told["stamp"])),
        ("dtstart", _moment(told["starts"])), ("dtend", _moment(told["ends"])), ("summary", _words(told["title"])),
        ("status", "CANCELLED" if told["is_off"] else "CONFIRMED"),
    ):  # fmt: skip
        event.add(key, value)
    if told["place"]:
        event.add("location", _words(told["place"]))
    return event


def _line(text):
    return " ".join(text.split())


def _words(text):
    return _LINE_ENDS.sub("\n", text)


def _moment(text):
    return datetime.fromisoformat(text).astimezone(UTC).replace(microsecond=0)
