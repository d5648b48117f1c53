"""Times and days as the app keeps and says them: UTC text with milliseconds inside, Europe/London outside.

Nothing here knows the database. A *moment* is text like `2027-03-09T14:05:00.000Z`; a *day* is `2027-03-09`;
a *lesson clock* is whole seconds since the lesson began, shown as mm:ss. A tablet's batch names the same few moments
over and over, so what was read is kept.
"""

import functools
import re
import threading
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
HALF_TERMS = ("Autumn 1", "Autumn 2", "Spring 1", "Spring 2", "Summer 1", "Summer 2")
_stamping = threading.Lock()
_stamped = [""]  # the last stamp given
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z")


def now():
    """Return this moment."""
    return moment(datetime.now(UTC))


def stamp():
    """Return this moment for a change that arrived, and never the same twice.

    Of two changes of one thing the later counts: within one millisecond only chance could say which that is.
    """
    with _stamping:
        here = now()
        if here <= _stamped[0] <= after(1, here):  # further ahead, and it is the clock that was set back
            here = after(0.001, _stamped[0])
        _stamped[0] = here
        return here


def moment(when):
    """Return an aware datetime as a moment."""
    return when.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


@functools.lru_cache(maxsize=4096)
def read_moment(text):
    """Return the aware datetime of a moment; ValueError when it is not one."""
    if not _MOMENT.fullmatch(text or ""):
        raise ValueError("not a moment in UTC")
    if not "1900" <= text[:4] <= "2100":
        raise ValueError("not a moment of our time")
    return datetime.fromisoformat(text)


def after(seconds, since=None):
    """Return the moment so many seconds after `since` (default now)."""
    return moment(read_moment(since or now()) + timedelta(seconds=seconds))


def london(text):
    """Return a moment as a datetime on the clock in London."""
    return read_moment(text).astimezone(LONDON)


@functools.lru_cache(maxsize=4096)
def day_of(text):
    """Return the London day of a moment, as YYYY-MM-DD."""
    return london(text).date().isoformat()


def today():
    """Return today in London, as YYYY-MM-DD."""
    return day_of(f"{now()[:13]}:00:00Z")  # no day begins there within an hour of UTC, and an hour is known already


def at_london(day, time):
    """Return the moment of a day (YYYY-MM-DD) and time (HH:MM) on the clock in London."""
    return moment(datetime.fromisoformat(f"{day}T{time}").replace(tzinfo=LONDON))


def academic_year(day):
    """Return the academic year of a day as `2026/27`; it starts on 1 September (domain.md)."""
    d = date.fromisoformat(day)
    first = d.year if d.month >= 9 else d.year - 1
    return f"{first}/{(first + 1) % 100:02d}"


def first_day_of(year):
    """Return 1 September of an academic year written `2026/27`; ValueError when it is not one."""
    match = re.fullmatch(r"(\d{4})/(\d\d)", year or "")
    if not match or (int(match[1]) + 1) % 100 != int(match[2]) or not 1900 <= int(match[1]) < 2100:
        raise ValueError("not an academic year like 2026/27")
    return f"{match[1]}-09-01"


@functools.lru_cache(maxsize=64)
def usual_half_terms(year):
    """Offer the six half-terms of an academic year as (name, first day, last day).

    An average of local authority calendars: a place to start from, editable per hub.
    """
    y = int(first_day_of(year)[:4])
    october = _monday(date(y, 10, 24))
    february = _monday(date(y + 1, 2, 14))
    easter = _easter(y + 1)
    # two weeks off around Easter, from the Monday before Good Friday at the latest
    spring_ends = min(easter - timedelta(days=9), date(y + 1, 4, 3))
    may = _monday(date(y + 1, 5, 25))
    spans = (
        (date(y, 9, 1), october - timedelta(days=3)),
        (october + timedelta(days=7), date(y, 12, 19)),
        (date(y + 1, 1, 4), february - timedelta(days=3)),
        (february + timedelta(days=7), spring_ends),
        (spring_ends + timedelta(days=17), may - timedelta(days=3)),
        (may + timedelta(days=7), date(y + 1, 7, 22)),
    )
    return tuple((name, a.isoformat(), b.isoformat()) for name, (a, b) in zip(HALF_TERMS, spans, strict=True))


def _monday(near):
    """Return the Monday nearest a date."""
    return near + timedelta(days=(3 - near.weekday()) % 7 - 3)


def _easter(year):
    """Return Easter Sunday by the anonymous Gregorian computus."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, f // 31, f % 31 + 1)


def seconds_of(text):
    """Return the whole seconds of a lesson clock mm:ss; ValueError when it is not one."""
    match = re.fullmatch(r"(\d{1,3}):([0-5]\d)", (text or "").strip())
    if not match:
        raise ValueError("not a time on the lesson clock like 12:40")
    return int(match[1]) * 60 + int(match[2])


def say_clock(seconds):
    """Say seconds on the lesson clock: 754 → 12:34."""
    return f"{seconds // 60:02d}:{seconds % 60:02d}"


@functools.lru_cache(maxsize=4096)
def say_day(day, year=False):
    """Say a day in short: Tue 9 Mar, or Tue 9 Mar 2027."""
    d = date.fromisoformat(day)
    return f"{d:%a} {d.day} {d:%b}" + (f" {d.year}" if year else "")


@functools.lru_cache(maxsize=512)
def say_whole_day(day):
    """Say a day in full: Tuesday 9 March 2027."""
    d = date.fromisoformat(day)
    return f"{d:%A} {d.day} {d:%B} {d.year}"


def say_time(text):
    """Say the London time of a moment: 14:05."""
    return f"{london(text):%H:%M}"


def say_moment(text, since=None):
    """Say a moment as people do: today 14:05, yesterday 14:05, Tue 9 Mar 14:05, with the year when another."""
    here = london(text)
    days = (date.fromisoformat(since or today()) - here.date()).days
    if days == 0:
        return f"today {here:%H:%M}"
    if days == 1:
        return f"yesterday {here:%H:%M}"
    return f"{say_day(here.date().isoformat(), year=abs(days) > 300)} {here:%H:%M}"
