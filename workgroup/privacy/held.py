"""All that is held about a person as a file to take along: a page to read, or JSON for a machine."""

import base64
import json

from workgroup import clock, holding, sketching
from workgroup.formats import as_html
from workgroup.people import queries as people
from workgroup.places import STATIC, TEMPLATES
from workgroup.privacy import telling

TYPES = {"json": "application/json", "html": "text/html"}
_SHEETS = [STATIC / "css" / f"{name}.css" for name in ("tokens", "house", "parts", "held")]


def file(db, person, format):
    """Return the bytes of a person's own record, pictures and all; of others only that they are somebody."""
    found = holding.export(db, person, pictures=True)
    if format == "json":
        return (json.dumps(found, ensure_ascii=False, indent=1, default=str) + "\n").encode()
    return as_html.page(TEMPLATES / "print" / "held.html", _SHEETS, _page(db, person, found))


def _page(db, person, found):
    """Return what the page says, as plain values."""
    for row in (row for rows in found.values() for row in rows if row.get("drawn")):
        row["picture"] = _sketch(row["drawn"])
    rest, today = telling.rest(found), clock.say_day(clock.today(), year=True)
    return {
        "title": f"What is held about {people.name_of(db, person) or person}", "hub": people.hub(db)["name"],
        "lead": f"All of it, as it stood on {today}: what they wrote, facts about them, and what was recorded of"
        " lessons they taught. Other people appear in it only as somebody else.",
        "parts": [{**part, "many": _many(len(part["rows"])), "rows": [_row(row) for row in part["rows"]]}
                  for part in telling.sections(db, found, say=_moment)],
        "done": f"{_many(rest['entries'])} in the activity, from {_day(rest['first'])} to {_day(rest['last'])}:"
        " what kind, and when." if rest["entries"] else "Nothing yet.",
        "named_in": [(one["words"][:1].upper() + one["words"][1:], _many(one["rows"])) for one in rest["named_in"]],
    }  # fmt: skip


def _sketch(drawn):
    """Return the address that holds a sketch itself, or None for one that was taken away and is empty."""
    try:
        made = sketching.svg(sketching.read(drawn))
    except sketching.NotASketch:
        return None
    return f"data:image/svg+xml;base64,{base64.b64encode(made.encode()).decode()}"


def _row(row):
    facts = [(name, said) for name, said in row["facts"] if name != "picture"]
    picture = dict(row["facts"]).get("picture")
    return {**row, "when": _day(row["when"]), "facts": facts, "picture": picture, "alt": " ".join(row["words"])}


def _moment(text):
    return f"{_day(text)} {clock.say_time(text)}"


def _day(when):
    return clock.say_day(clock.day_of(when) if "T" in when else when, year=True) if when else ""


def _many(number):
    return f"{number:,} {'entry' if number == 1 else 'entries'}"
