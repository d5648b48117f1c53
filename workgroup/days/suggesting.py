"""How long a session counts for when it is suggested as a day; *ours*: six hours are a day, counted in quarters.

Pure: nothing here knows the database. It is only a suggestion, and the screen says so.
"""

import re
from typing import NamedTuple

from workgroup.days.forms import A_SOURCE

MINUTES = 90  # of a quarter day
A_DAY = 4  # quarters: nobody is suggested more for one session


class Source(NamedTuple):
    """What an entry is suggested from, with the day and the quarters that somebody saw."""

    kind: str
    id: str
    on_day: str
    quarters: int


def quarters_of(minutes):
    """Return the quarters of a day that so many minutes are nearest to: at least one, a day at the most."""
    return max(1, min(A_DAY, (2 * int(minutes) + MINUTES) // (2 * MINUTES)))


def read(text):
    """Return the Source of a text like `visit:ID:2027-03-09:2`, or None."""
    match = re.fullmatch(A_SOURCE, text or "", re.ASCII)
    return match and Source(match[1], match[2].lower(), match[3], int(match[4]))


def write(source):
    """Return a source (a dict of queries.sources) as the text that a form carries."""
    return f"{source['kind']}:{source['id']}:{source['on_day']}:{source['quarters']}"
