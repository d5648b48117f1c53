"""The demo year's aspects and steps: what the hub reworded in the winter, and a draft for one strand."""

from workgroup.frameworks import queries as frameworks
from workgroup.years.telling import Told, id_of, person


def tell(year, days):
    """Yield the drafts that the hub's lead began, and which of them was put to use."""
    lead = person(next(p["email"] for p in year["people"] if p["id"] == year["hub"]["hub_lead"]))
    for draft in year["framework"]["drafts"]:
        id, at = id_of(draft["id"]), days.at(draft["day"], "17:00")
        begun = {"framework": lambda db: frameworks.in_use(db)["id"], "strand": draft["strand"]}
        yield Told(at, "frameworks.begin", lead, begun, id)
        yield Told(days.at(draft["day"], "17:20"), "frameworks.save", lead, {
            "framework": id, "seen": "0", **_rows(id, draft, year["framework"])
        })  # fmt: skip
        if draft["used"] is not None:
            fields = {"framework": id, "when": "all", "seen": "1"}
            yield Told(days.at(draft["used"], "17:30"), "frameworks.use", lead, fields)


def _rows(id, draft, framework):
    """Return the rows of a draft: those it was begun with, some in other words, and the new ones at the end."""
    rows = {}
    for name, count in (("aspects", len(framework["aspects"])), ("steps", len(framework["steps"]))):
        for n in range(count):
            said = draft["reworded"].get(f"{name}-{n}", {})
            for field in ("name", "about", *(["outcome"] if name == "aspects" else [])):
                rows[f"{name}-{n}-{field}"] = said.get(field) or _as_it_stands(id, name, n, field)
            rows[f"{name}-{n}-part"] = _as_it_stands(id, name, n, "id")
        for n, new in enumerate(draft["new"].get(name, []), count):
            rows.update({f"{name}-{n}-{field}": words for field, words in new.items()})
    return rows


def _as_it_stands(id, name, n, field):
    return lambda db: frameworks.whole(db, id)[name][n][field]
