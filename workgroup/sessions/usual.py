"""The usual running order of a meeting round an open lesson: ours, from practice; every block can go or move."""

USUAL = (
    ("arrivals", 10, "Arrivals and register"),
    ("gap-task returns", 20, "What came back from the gap task"),
    ("input", 20, "Subject knowledge"),
    ("briefing", 20, "Briefing, one practice tap each"),
    ("open lesson", 50, "Open lesson"),
    ("quiet notes", 10, "Quiet notes"),
    ("discussion", 30, "Discussion"),
    ("implications", 10, "What it means for our schools"),
    ("next task", 5, "New gap task and next date"),
    ("reflection", 5, "Reflection"),
)


def blocks_for(kind):
    """Return (kind, minutes, title) of the blocks a new session of this kind begins with."""
    if kind.casefold() in ("trg", "in-school trg", "showcase lesson", "work group session"):
        return USUAL
    return tuple(b for b in USUAL if b[0] in ("arrivals", "gap-task returns", "input", "next task", "reflection"))
