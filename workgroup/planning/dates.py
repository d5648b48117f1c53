"""Which days a year's sessions and visits could have: half-terms, weekends and bank holidays. Pure; no database.

A *half-term* is a dict with `name`, `from_on` and `to_on`; days are YYYY-MM-DD. Bank holidays are England's.
"""

import functools
from datetime import date, timedelta

import holidays


@functools.lru_cache(maxsize=64)
def bank_holidays(year):
    """Return the bank holidays of a calendar year in England, {day: name}."""
    return {day.isoformat(): name for day, name in holidays.country_holidays("GB", subdiv="ENG", years=year).items()}


def bank_holiday(day):
    """Return the name of the bank holiday that a day is, or None."""
    return bank_holidays(int(day[:4])).get(day)


def is_weekend(day):
    """Tell whether a day is a Saturday or Sunday."""
    return date.fromisoformat(day).weekday() >= 5


def half_term_at(terms, day):
    """Return the half-term that a day lies in, or None."""
    return next((t for t in terms if t["from_on"] <= day <= t["to_on"]), None)


def first_school_day(terms):
    """Return the first day of the first half-term that is neither a weekend nor a bank holiday, or None."""
    return next((day for term in terms for day in _working_days(term)), None)


def days_of(terms):
    """Return every day of these half-terms."""
    return [plus(t["from_on"], n) for t in terms for n in range(between(t["from_on"], t["to_on"]) + 1)]


def plus(day, days):
    """Return the day so many days later (earlier when negative)."""
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


def between(first, last):
    """Return how many days lie between two days."""
    return (date.fromisoformat(last) - date.fromisoformat(first)).days


def spread(terms, first, count, taken=()):
    """Return `count` days from `first` on: the same weekday, spread over the half-terms that are left of the year.

    Fewer than one a half-term leave half-terms out evenly; more share them evenly. A day lies as many weeks into its
    half-term as the first, or as near to that as there is room; bank holidays and days that are `taken` are passed
    over where the half-term has another. ValueError when `first` lies in no half-term.
    """
    began = half_term_at(terms, first)
    if began is None:
        raise ValueError("the first day lies in no half-term")
    left = terms[terms.index(began) :]
    week = between(_weekdays(began, first)[0], first) // 7
    found = []
    for term, wanted in zip(left, _shares(len(left), count), strict=True):
        days = [d for d in _weekdays(term, first) if d >= first and (d == first or d not in found)]
        free = [d for d in days if not bank_holiday(d) and d not in taken]
        if term is began and first not in free:
            free = [first, *free]  # the first day is the leader's own choice
        found += _evenly(free if len(free) >= wanted else days, wanted, 0 if term is began else week)
    return found


def in_theirs(terms, theirs, day, taken=(), since=""):
    """Return the day nearest to one, in its half-term and on its weekday, that lies in a school's own half-terms too.

    The day itself where it does, or where no other is free from `since` on.
    """
    if half_term_at(theirs, day):
        return day
    same = [d for d in _weekdays(half_term_at(terms, day), day) if d >= since and d not in taken]
    free = [d for d in same if not bank_holiday(d) and half_term_at(theirs, d)]
    return min(free, key=lambda d: abs(between(day, d)), default=day)


def _shares(terms, count):
    """Return how many of `count` each of so many half-terms gets."""
    if count < terms:
        chosen = {n * terms // count for n in range(count)}
        return [int(n in chosen) for n in range(terms)]
    return [count // terms + (n < count % terms) for n in range(terms)]


def _evenly(days, wanted, week):
    """Choose some of these days: one at about that week, several from first to last."""
    wanted = min(wanted, len(days))
    if wanted <= 1:
        return [days[min(week, len(days) - 1)]] if wanted else []
    return [days[n * (len(days) - 1) // (wanted - 1)] for n in range(wanted)]


def _weekdays(term, like):
    """Return the days of a half-term that are the same weekday as `like`."""
    start = date.fromisoformat(term["from_on"])
    start += timedelta(days=(date.fromisoformat(like).weekday() - start.weekday()) % 7)
    last = date.fromisoformat(term["to_on"])
    return [(start + timedelta(weeks=n)).isoformat() for n in range((last - start).days // 7 + 1)]


def visit_days(terms, schools, each, taken=(), since=""):
    """Return `each` days for every one of so many schools, one list a school: spread over what is left of the year.

    Two half-terms make a term. The schools of a term have the free weekdays of it in turn, so that no two are visited
    on one day while there is room. No day lies before `since`.
    """
    found = [[] for _ in range(schools)]
    seasons = [[t for t in terms if t["name"].startswith(s)] for s in ("Autumn", "Spring", "Summer")]
    free = [[d for t in season for d in _working_days(t) if d not in taken and d >= since] for season in seasons]
    left = [days for days in free if days]
    if not left or not each:
        return found
    for days, wanted in zip(left, _shares(len(left), each), strict=True):
        slots = schools * wanted
        for slot in range(slots):
            found[slot % schools].append(days[(2 * slot + 1) * len(days) // (2 * slots)])
    return found


def _working_days(term):
    days = [plus(term["from_on"], n) for n in range(between(term["from_on"], term["to_on"]) + 1)]
    return [d for d in days if not is_weekend(d) and not bank_holiday(d)]


def troubles(terms, day):
    """Return what speaks against a day, in words: a weekend, a bank holiday, no half-term."""
    found = []
    if is_weekend(day):
        found.append(f"a {date.fromisoformat(day):%A}")
    if name := bank_holiday(day):
        found.append(f"{name}, a bank holiday")
    if half_term_at(terms, day) is None:
        found.append("in no half-term")
    return found
