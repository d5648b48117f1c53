"""What a measurement gives: a figure beside its floor or its limit, and the sentence of the table it stands in."""

from dataclasses import asdict, dataclass, field
from statistics import median, quantiles

FAR = 2  # a run on a busy machine may miss what must be reached; twice that is no accident


@dataclass
class Figure:
    """One line of the table.

    `ours` and `floor` are medians in `unit`; `value` is what is held against `must` (a ratio where there is a
    floor); `spread` are the lower and upper quartile of `value`. A figure without `must` is only told.
    """

    promise: str
    what: str
    unit: str
    ours: float
    value: float
    must: float | None = None
    floor: float | None = None
    spread: tuple | None = None
    more: dict = field(default_factory=dict)

    @property
    def reached(self):
        """Tell whether it is what must be reached."""
        return self.must is None or self.value <= self.must

    @property
    def far_off(self):
        """Tell whether it is far outside of what must be reached."""
        return self.must is not None and self.value > FAR * self.must

    def plain(self):
        """Return the figure as plain values for JSON."""
        return {**asdict(self), "reached": self.reached}


def against_floor(promise, what, ours, floor, must):
    """Return the figure of seconds measured in pairs, ours and the floor's one after the other.

    The ratio is the median of the pairs' ratios, so that a busy moment of the machine falls on both sides of it.
    """
    ratios = [a / b for a, b in zip(ours, floor, strict=True)]
    return Figure(
        promise, what, "ms", median(ours) * 1000, median(ratios), must, median(floor) * 1000, quartiles(ratios),
        {"pairs": len(ratios)},
    )  # fmt: skip


def quartiles(values):
    """Return the lower and the upper quartile."""
    low, _, high = quantiles(values, n=4)
    return low, high


def at_95(values):
    """Return the 95th percentile: the smallest value that 95 of 100 do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * 95 // 100) - 1)]


def table(figures):
    """Return the figures as lines of text, in columns."""
    head = ("", "what", "ours", "floor", "ratio", "quartiles", "must reach", "")
    lines = [head, *(_cells(f) for f in figures)]
    widths = [max(len(line[i]) for line in lines) for i in range(len(head))]
    return "\n".join("  ".join(c.ljust(w) for c, w in zip(line, widths, strict=True)).rstrip() for line in lines)


def _cells(f):
    is_ratio = f.floor is not None
    unit = "×" if is_ratio else f" {f.unit}"
    return (
        f.promise, f.what, f"{_short(f.ours)} {f.unit}", f"{_short(f.floor)} {f.unit}" if is_ratio else "",
        f"{f.value:.2f}×" if is_ratio else "", f"{f.spread[0]:.2f} – {f.spread[1]:.2f}" if f.spread else "",
        "" if f.must is None else f"≤ {f.must:g}{unit}", "" if f.must is None else "yes" if f.reached else "NO",
    )  # fmt: skip


def _short(value):
    return f"{value:,.0f}" if value >= 100 or value == int(value) else f"{value:.3g}"
