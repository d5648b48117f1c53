"""The usual shape of a year by strand: how many meetings, and how many visits to each school (domain.md).

Defaults to offer, all editable; `None` visits are agreed school by school.
"""

USUAL = {
    "primary introductory": (6, None), "primary readiness": (6, 3), "primary development": (6, 3),
    "primary embedding": (6, None), "primary sustaining": (6, None), "secondary introductory": (6, None),
    "secondary development": (6, None), "secondary embedding": (6, 3), "secondary sustaining": (6, None),
}  # fmt: skip
MEETINGS = 6


def of(strand):
    """Return (meetings, visits for each school or None) of a strand; six meetings when it is not a usual one."""
    return USUAL.get((strand or "").strip().casefold(), (MEETINGS, None))
