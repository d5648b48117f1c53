"""How a running session goes against its plan: what is on, when it would end, and what could be shorter. Pure.

Which parts may give way is ours, from practice: never the lesson, what leads into it, or the last minutes in which the
next task is set and everybody writes for themselves.
"""

from workgroup import clock

# what gives way first, and how many minutes of it stay
GIVES_WAY = (
    ("break", 0), ("other", 0), ("input", 0), ("gap-task returns", 5), ("implications", 5), ("quiet notes", 5),
    ("discussion", 15),
)  # fmt: skip


def pace(agenda, session, now):
    """Return how things stand at a moment, or None before the first block has begun.

    `block` is on since `since`; `left` are its minutes (negative when it is over its time), `ends` the moment at which
    the session would end if all else takes what was planned, `late` by how many minutes that is after the plan. `cuts`
    say which later blocks could be shorter so that it ends on time: `block`, `minutes` (what stays) and `by`. `next` is
    the block that comes then; one without minutes is left out.
    """
    on = on_now(agenda)
    if on is None:
        return None
    later = [b for b in agenda if b["position"] > on["position"] and not b["began_at"]]
    left = on["minutes"] - minutes_between(on["began_at"], now)
    ends = clock.after(60 * (max(0, left) + sum(b["minutes"] for b in later)), now)
    late = minutes_between(session["ends_at"], ends)
    cuts = _cuts(later, late)
    return {
        "block": on, "since": on["began_at"], "left": left, "ends": ends, "late": late, "cuts": cuts,
        "is_enough": sum(c["by"] for c in cuts) >= late, "next": next_of(later),
    }  # fmt: skip


def next_of(blocks):
    """Return the first of some blocks that has minutes left, or None."""
    return next((b for b in blocks if b["minutes"]), None)


def on_now(agenda):
    """Return the block that is on, the last one that began, or None."""
    begun = [b for b in agenda if b["began_at"]]
    return max(begun, key=lambda b: (b["began_at"], b["position"]), default=None)


def minutes_between(first, last):
    """Return the whole minutes from one moment to another; negative when the other lies before."""
    return int((clock.read_moment(last) - clock.read_moment(first)).total_seconds() // 60)


def _cuts(later, late):
    found = []
    for kind, stays in GIVES_WAY:
        for b in later:
            by = min(late - sum(c["by"] for c in found), b["minutes"] - stays)
            if b["kind"] == kind and by > 0:
                found.append({"block": b, "minutes": b["minutes"] - by, "by": by})
    return found
