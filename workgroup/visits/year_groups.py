"""Year groups as pads: which ones a school has, by the phase that the register gives it. Pure.

A middle school's differ from county to county, and special schools and those the register says nothing of may have any.
"""

PRIMARY = ("Reception", *(f"Year {n}" for n in range(1, 7)))
SECONDARY = tuple(f"Year {n}" for n in range(7, 14))
MIDDLE = tuple(f"Year {n}" for n in range(3, 10))
BY_PHASE = {
    "Nursery": ("Nursery", "Reception"), "Primary": PRIMARY, "Secondary": SECONDARY, "16 plus": ("Year 12", "Year 13"),
    "Middle deemed primary": MIDDLE, "Middle deemed secondary": MIDDLE,
}  # fmt: skip


def of(phase):
    """Return the year groups of a school by its phase, youngest first; all of them where that says nothing."""
    return BY_PHASE.get(phase, (*PRIMARY, *SECONDARY))


def short(year_group):
    """Return how a year group stands on its pad: Reception is R, Year 3 is 3; what somebody typed stays as it is."""
    return "R" if year_group == "Reception" else year_group.removeprefix("Year ")
