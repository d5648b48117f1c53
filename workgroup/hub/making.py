"""How the rows of an export are made of what its query gives: days and times as in London, pounds, newest steps."""

import json
from functools import cache, lru_cache

from workgroup import clock, money
from workgroup.groups import queries as groups
from workgroup.hub import choice_queries, columns
from workgroup.people.queries import keeps_trn


def maker(db, kind):
    """Return what makes a row of an export, a list in the order of its columns, of a row of its query."""
    return {"attendance": _attendance, "engagement": _engagement, "days": _days, "evaluation": _evaluation}[kind](db)


def _attendance(db):
    """Return what makes a row: days and half-terms are said as in London, asked once a session."""
    names = [c.name for c in columns.attendance(keeps_trn(db))]
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
    steps = steps_of(db)

    def made(found):
        *row, journey = found
        return row + [part for step in steps(journey) for part in step]

    return made


def steps_of(db):
    """Return what gives the newest agreed step and its day in each aspect that has columns, of a row's journey."""
    threads = [[a["thread"] for a in some] for some in columns.keyed(choice_queries.aspects(db)).values()]

    def steps(journey):
        agreed = json.loads(journey)
        return [_newest(agreed, some) for some in threads]

    return steps


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
