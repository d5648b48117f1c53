"""A school's year as one line: marks in rows for a figure, and the same in words by day. Pure."""

from datetime import date
from typing import NamedTuple

from workgroup import clock
from workgroup.tasks import queries as tasks

WIDTH, APART = 1000, 15  # of the line, and the least between two marks that can be told apart
HERE = ("nobody here", "one here", "both here")


class Mark(NamedTuple):
    """Something on a day: whether it came about, what stands beside its mark, and what it is in words."""

    day: str
    is_done: bool
    label: str
    words: str


def line(terms, held, made, set_tasks, work, history):
    """Return the year as places on a line 1000 wide: half-terms as bands, rows of marks, `told` in words.

    `told` is every mark by day, with its row and words: what the figure says, for whoever does not see it.
    """
    first, last = date.fromisoformat(terms[0]["from_on"]), date.fromisoformat(terms[-1]["to_on"])
    length = max((last - first).days, 1)

    def x(day):
        return round(WIDTH * min(max((date.fromisoformat(day) - first).days / length, 0), 1), 1)

    rows = [
        ("Sessions", [Mark(n["day"], n["here"] > 0, str(n["number"]), _session(n)) for n in held]),
        ("Visits", [Mark(v["on_day"], v["state"] == "made", "", f"Visit {v['state']}")
                    for v in made if v["state"] != "cancelled"]),
        ("Gap tasks", [_task(t) for t in set_tasks]),
        ("In our school", [Mark(w["on_day"], True, "", _work(w)) for w in work]),
        ("Where we are", _reviews(history)),
    ]  # fmt: skip
    told = sorted(((m.day, name, m.words) for name, marks in rows for m in marks), key=lambda m: m[0])
    spans = [(t["name"], x(t["from_on"]), x(t["to_on"])) for t in terms]
    today = clock.today()
    return {
        "rows": [(name, _apart([(x(m.day), m.is_done, m.label) for m in sorted(marks)])) for name, marks in rows],
        "bands": [{"name": name, "x": a, "width": round(b - a, 1)} for name, a, b in spans], "told": told,
        "today": x(today) if terms[0]["from_on"] <= today <= terms[-1]["to_on"] else None,
    }  # fmt: skip


def _session(n):
    if not n["marked"]:
        return f"Session {n['number']}, {n['title']}"
    here = HERE[n["here"]] if n["here"] < len(HERE) else f"{n['here']} here"
    return f"Session {n['number']}, {n['title']}: {here}"


def _task(t):
    """On the day it was due; where none was said, on the day it was set."""
    said = f"Gap task {tasks.stands(t)}{'' if t['due_on'] else ', set on this day'}"
    return Mark(t["due_on"] or clock.day_of(t["at"]), tasks.came_back(t), "", said)


def _work(w):
    some = f" with {w['colleagues']} colleague{'' if w['colleagues'] == 1 else 's'}" if w["colleagues"] else ""
    return f"{w['kind'][:1].upper()}{w['kind'][1:]}{some}"


def _reviews(history):
    """One mark for what was looked at on one day, with how many aspects where they are several."""
    by_day = {}
    for r in history:
        by_day.setdefault(r["on_day"], []).append(r)
    found = []
    for day, some in by_day.items():
        said = "; ".join(f"{r['aspect_name']}: {r['step_name'].lower()}{_agreed(r)}" for r in some)
        found.append(Mark(day, all(r["agreed_on"] for r in some), str(len(some)) if len(some) > 1 else "", said))
    return found


def _agreed(review):
    return "" if review["agreed_on"] else ", not yet agreed"


def _apart(marks):
    """Move marks that would lie on one another along the line, so that each is seen; the words keep the days."""
    found = []
    for x, is_done, label in marks:
        if found:
            before, _, words = found[-1]
            x = max(x, before + APART + 13 * len(words))
        found.append((x, is_done, label))
    over = found[-1][0] - WIDTH if found else 0
    return [(round(x - max(over, 0), 1), is_done, label) for x, is_done, label in found] if over > 0 else found
