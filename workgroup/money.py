"""Money in whole pence and days in whole quarters: how they are read, reckoned and said. No binary fraction anywhere.

Pure: nothing here knows the database. What leaves for a file is an exact decimal.
"""

import re
from decimal import Decimal

_POUNDS = re.compile(r"(\d{1,7})(?:\.(\d{1,2}))?")
_QUARTERS = {"": 0, "0": 0, "00": 0, "25": 1, "5": 2, "50": 2, "75": 3}
A_PENNY = Decimal("0.01")


def read_pounds(text):
    """Return the pence of an amount like £1,200 or 12.50; ValueError when it is none."""
    match = _POUNDS.fullmatch(text.strip().lstrip("£").replace(",", ""))
    if not match:
        raise ValueError("not an amount of money")
    return int(match[1]) * 100 + int((match[2] or "").ljust(2, "0"))


def read_days(text):
    """Return the quarters of a number of days like 0.5 or 1.25; ValueError when it is none."""
    match = re.fullmatch(r"(\d{0,3})(?:\.(\d{0,2}))?", text.strip())
    if not match or not text.strip(" .") or (match[2] or "") not in _QUARTERS:
        raise ValueError("not days in quarters")
    return int(match[1] or 0) * 4 + _QUARTERS[match[2] or ""]


def amount(quarters, rate_pence):
    """Return what days come to in pence at a rate a day, half a penny up; None when no rate is known."""
    if rate_pence is None:
        return None
    pence = (abs(quarters) * rate_pence + 2) // 4
    return pence if quarters >= 0 else -pence


def total(many):
    """Return the sum of amounts in pence, those left out that are not known."""
    return sum(one for one in many if one is not None)


def pounds(pence):
    """Return pence as exact pounds: 5025 → 50.25; None stays None."""
    return None if pence is None else (Decimal(pence) / 100).quantize(A_PENNY)


def days(quarters):
    """Return quarters as exact days: 2 → 0.5."""
    return None if quarters is None else Decimal(quarters) / 4


def pence_of(amount):
    """Return the pence of pounds that an older table keeps as a number."""
    return int(Decimal(str(amount)).quantize(A_PENNY) * 100)


def say_pounds(pence):
    """Say pence: £1,200.00, or −£50.00."""
    return f"{'−' if pence < 0 else ''}£{pounds(abs(pence)):,}"


def say_days(quarters):
    """Say quarters: 1 day, 0.5 days, −0.25 days."""
    number = f"{'−' if quarters < 0 else ''}{days(abs(quarters))}"
    return f"{number} {'day' if abs(quarters) == 4 else 'days'}"
