"""What leaves the hub: the rows of an export as plain values, and the file they make, streamed."""

import json
from functools import cache, lru_cache

from workgroup import clock, money, store
from workgroup.formats import as_csv, as_xlsx
from workgroup.groups import queries as groups
from workgroup.hub import columns, queries

TYPES = {"csv": "text/csv", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


def header(db, kind):
    """Return the names of the columns of an export."""
    return [c.name for c in columns.columns(kind, queries.aspects(db))]


def rows(db, viewer, kind, as_at, group=None, most=-1, **narrowed):
    """Yield the rows of an export one at a time, each a list in the order of its header."""
    made = {"attendance": _attendance, "engagement": _engagement, "days": _days, "evaluation": _evaluation}[kind](db)
    for found in queries.export(db, viewer, kind, as_at, group, most=most, **narrowed):
        yield made(found)


def chunks(path, viewer, kind, format, as_at, group=None, **narrowed):
    """Yield the file of an export, read through a connection of its own that is closed when the reader is done."""
    db = store.connect(path)
    try:
        # one view of the record from the first row to the last, whatever is written meanwhile
        db.conn.execute("begin")
        names, all_rows = header(db, kind), rows(db, viewer, kind, as_at, group, **narrowed)
        yield from as_xlsx.chunks(kind, names, all_rows) if format == "xlsx" else as_csv.chunks(names, all_rows)
    finally:
        db.conn.close()


def span(db, year=None, half_term=None):
    """Return the first and last day of an academic year or of one of its half-terms; of nothing, nothing."""
    if not year:
        return {}
    if half_term:
        term = next(t for t in groups.half_terms(db, year) if t["name"] == half_term)
        return {"from_on": term["from_on"], "to_on": term["to_on"]}
    first = clock.first_day_of(year)
    return {"from_on": first, "to_on": f"{int(first[:4]) + 1}-08-31"}


def file_name(kind, format, as_at):
    """Return what the file is called."""
    return f"{kind}-as-at-{as_at}.{format}"


def _attendance(db):
    """Return what makes a row: days and half-terms are said as in London, asked once a session."""
    names = [c.name for c in columns.ATTENDANCE]
    date, half_term, came, left = (names.index(n) for n in ("date", "half_term", "arrived_at", "left_at"))
    half_term_of = cache(lambda day: groups.half_term_of(db, day))

    def made(found):
        row = list(found)
        row[date] = day = _day(row[date])
        row[half_term] = half_term_of(day)
        row[came] = row[came] and _time(row[came], day)
        row[left] = row[left] and _time(row[left], day)
        return row

    return made


def _engagement(db):
    """Return what makes a row: the newest agreed reviews are spread over the columns of their aspects."""
    threads = [[a["thread"] for a in some] for some in columns.keyed(queries.aspects(db)).values()]

    def made(found):
        *row, journey = found
        steps = json.loads(journey)
        return row + [part for some in threads for part in _newest(steps, some)]

    return made


def _newest(steps, threads):
    """Return the step and the day of the newest review in one of some aspects, or two blanks."""
    return max((steps[t] for t in threads if t in steps), key=lambda found: found[1], default=(None, None))


def _days(db):
    """Return what makes a row: quarters are said as days, pence as exact pounds."""
    names = [c.name for c in columns.DAYS]
    days, rate, amount, travel, claimed = (names.index(n) for n in ("days", "rate", "amount", "travel", "claimed_on"))

    def made(found):
        row = list(found)
        if row[claimed] is None:  # in no claim: what it would come to at today's rate
            row[amount] = money.amount(row[days], row[rate])
        row[days] = money.days(row[days])
        for place in (rate, amount, travel):
            row[place] = money.pounds(row[place])
        return row

    return made


def _evaluation(db):
    """Return what makes a row: the day it was sent is said as in London."""
    sent = [c.name for c in columns.EVALUATION].index("sent_on")
    return lambda found: [_day(cell) if place == sent else cell for place, cell in enumerate(found)]


@lru_cache(4096)
def _day(moment):
    return clock.day_of(moment)


@lru_cache(4096)
def _time(moment, day):
    here = clock.day_of(moment)
    return clock.say_time(moment) if here == day else f"{here} {clock.say_time(moment)}"
