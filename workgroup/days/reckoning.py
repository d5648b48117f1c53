"""What days come to: sums of entries against their allowances, in whole quarters and pence. Pure."""

from workgroup import money


def totals(allowances, entries):
    """Return a row for each allowance, and one with none for entries that count against no allowance.

    Each has `allowance`, `used`, `claimed`, `open` and `left` in quarters, and what they come to in pence.
    """
    standing = [one for one in entries if not one["withdrawn_at"]]
    rows = []
    for allowance in [*allowances, None]:
        its = [one for one in standing if one["counts_against"] == (allowance and allowance["id"])]
        if allowance or its:
            row = {"allowance": allowance, **sums(its)}
            row["left"] = allowance["quarters"] - row["used"] if allowance else None
            rows.append(row)
    return rows


def sums(entries):
    """Return the sums of entries: days used, claimed and open; amounts of them, travel, and how many have no rate."""
    claimed = [one for one in entries if one["claim"]]
    open_ones = [one for one in entries if not one["claim"]]
    return {
        "entries": len(entries), "used": _quarters(entries), "claimed": _quarters(claimed),
        "open": _quarters(open_ones), "pence": _pence(entries), "claimed_pence": _pence(claimed),
        "open_pence": _pence(open_ones), "travel": sum(one["travel_pence"] for one in entries),
        "without_rate": sum(one["amount_pence"] is None and one["quarters"] != 0 for one in entries),
    }  # fmt: skip


def narrowed(entries, show=None, against=None):
    """Return the entries that a number counted: claimed or open, of one allowance or of none (`none`)."""
    found = [one for one in entries if not one["withdrawn_at"]] if show or against else list(entries)
    if show in ("claimed", "open"):
        found = [one for one in found if bool(one["claim"]) == (show == "claimed")]
    if against:
        found = [one for one in found if (one["counts_against"] or "none") == against]
    return found


def by_person(entries):
    """Return entries as (person, name, entries) in the order in which they come."""
    found = {}
    for one in entries:
        found.setdefault((one["person"], one["name"]), []).append(one)
    return [(person, name, its) for (person, name), its in found.items()]


def _quarters(entries):
    return sum(one["quarters"] for one in entries)


def _pence(entries):
    return money.total(one["amount_pence"] for one in entries)
