"""What a lesson looks like from above: a figure's places, the minutes most people marked, what one saw alone. Pure."""

from collections import Counter

LEFT, TOP, ROW = 120, 40, 22  # of the figure, whose width is the thousand and room for names
NEAR = 8  # of a thousand: marks of one row that lie nearer are drawn as one
TOGETHER = 45  # seconds: who marked something so near looked up at the same thing, perhaps


def drawn(lesson, noticings, phases):
    """Return the timeline as places to draw: width 1000 is the lesson; a row an observer; bands, marks, and the crowd.

    Marks come by kind, "new" to everybody, a "tap" without words, or "said": (x, row, how many). Those of one row that
    would lie on one another are one mark, so that thousands of moments are a few hundred places; `crowd` says by minute
    how many observers noticed something: (x, width, how many, minute).
    """
    length = max([lesson["minutes"] * 60, *(n["second"] for n in noticings), *(p["second"] for p in phases)])
    names = sorted({n["name"] for n in noticings})
    rows = {name: index for index, name in enumerate(names)}
    ends = [*(p["second"] for p in phases[1:]), length][: len(phases)]
    marks, crowd = _marks(noticings, rows, length), _crowd(noticings, length)
    paths = {kind: _path(kind, marks[kind]) for kind in marks}
    paths["crowd"] = _crowd_path(crowd, len(names))
    return {
        "length": length, "names": names, "minutes": range(0, length // 60 + 1, 5 if length < 2400 else 10),
        "bands": [
            {"x": _x(p["second"], length), "width": _x(end - p["second"], length), "phase": p["phase"], "dark": i % 2}
            for i, (p, end) in enumerate(zip(phases, ends, strict=True))
        ],
        "marks": marks, "crowd": crowd, "paths": paths,
        "at_once": "; ".join(f"minute {minute}, {many} of us" for _, _, many, minute in crowd),
    }  # fmt: skip


def _marks(noticings, rows, length):
    found = {"new": [], "tap": [], "said": []}
    last = {}
    for n in noticings:  # they come by second
        kind, row, x = _kind(n), rows[n["name"]], _x(n["second"], length)
        there = last.get((kind, row))
        if there and x - there[0] < NEAR:
            there[2] += 1
            continue
        last[kind, row] = mark = [x, row, 1]
        found[kind].append(mark)
    return found


def _path(kind, marks):
    """Return marks of one kind as one path: a live lesson has hundreds of them drawn many times a second."""
    if kind == "new":
        return "".join(
            f"M{LEFT + x:.1f} {TOP + ROW * row - r}l{r} {r}l-{r} {r}l-{r} -{r}z"
            for x, row, r in ((x, row, 8 if many == 1 else 10) for x, row, many in marks)
        )
    return "".join(
        f"M{LEFT + x - r:.1f} {TOP + ROW * row}a{r} {r} 0 1 0 {2 * r} 0a{r} {r} 0 1 0 -{2 * r} 0"
        for x, row, r in ((x, row, 5 if many == 1 else 7) for x, row, many in marks)
    )


def _crowd(noticings, length):
    minutes = {}
    for n in noticings:
        minutes.setdefault(n["second"] // 60, set()).add(n["by"] or n["name"])
    return [(_x(m * 60, length), _x(60, length), len(who), m) for m, who in sorted(minutes.items()) if len(who) > 1]


def _crowd_path(crowd, observers):
    foot = TOP + ROW * observers + 52
    return "".join(
        f"M{LEFT + x} {foot}v-{high:.1f}h{max(width - 1, 2):.1f}v{high:.1f}z"
        for x, width, high in ((x, width, 24 * many / observers) for x, width, many, _ in crowd)
    )


def _kind(noticing):
    if not noticing["predicted_response"]:
        return "new"
    return "said" if noticing["words"] else "tap"


def _x(second, length):
    return round(1000 * second / length, 1)


def busiest(noticings, most=3):
    """Return the minutes in which most observers noticed something, at least two, with what they noticed."""
    minutes = {}
    for n in noticings:
        minutes.setdefault(n["second"] // 60, []).append(n)
    many = [(m, ns) for m, ns in minutes.items() if len({n["by"] for n in ns}) > 1]
    return sorted(many, key=lambda pair: (-len({n["by"] for n in pair[1]}), pair[0]))[:most]


def together(noticings):
    """Return for each moment, by id, the ids of everybody who noticed something at about its time, its author too."""
    found, window, start = {}, Counter(), 0
    inside = sorted(noticings, key=lambda n: n["second"])
    end = 0
    for n in inside:
        while end < len(inside) and inside[end]["second"] <= n["second"] + TOGETHER:
            window[inside[end]["by"]] += 1
            end += 1
        while inside[start]["second"] < n["second"] - TOGETHER:
            window[inside[start]["by"]] -= 1
            start += 1
        found[n["id"]] = {by for by, many in window.items() if many}
    return found


def alone(noticings, beside, most=5):
    """Return the moments with words at which nobody else noticed anything, those to talk about first.

    `beside` is what `together` says of them.
    """
    found = [n for n in noticings if n["words"] and len(beside[n["id"]]) == 1]
    return sorted(found, key=lambda n: (not n["flagged"], n["second"]))[:most]
