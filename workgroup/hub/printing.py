"""An export as paper: its rows in sections under what they share, each laid out so that it can be read."""

from itertools import groupby
from typing import NamedTuple

from workgroup import clock
from workgroup.hub import columns


class Layout(NamedTuple):
    """What the rows of a section share, the columns its heading is made of, and how its rows are set.

    A row is a line of a table, a record (under a heading of its own, the column `each`), or a sentence.
    """

    shared: tuple
    heading: tuple
    rows: str
    each: str | None = None


_GROUP = ("hub", "academic_year", "project_code", "work_group", "strand")
LAYOUTS = {
    "attendance": Layout(
        (*_GROUP, "session_number", "session_title", "session_kind", "date", "half_term", "mode", "length",
         "host_school", "host_urn", "session_summary"), ("work_group", "session_title", "date"), "table"),
    "engagement": Layout(("as_at", *_GROUP), ("work_group", "academic_year"), "records", "school"),
    "days": Layout(("hub", "academic_year", "person"), ("person", "academic_year"), "table"),
    "evaluation": Layout((*_GROUP, "half_term", "version", "sent_on", "schools", "teachers"),
                         ("work_group", "half_term", "academic_year"), "sentences"),
    "anonymous_engagement": Layout((), (), "records", "school"),
    "anonymous_evaluation": Layout(("academic_year", "strand", "half_term", "schools", "teachers"),
                                   ("half_term", "academic_year", "strand"), "sentences"),
    "dictionary": Layout(("export",), ("export",), "table"),
}  # fmt: skip
# what is still set in a few seconds and in little memory, and what somebody would still read
MOST_ROWS = 500
MOST = {"engagement": 150, "anonymous_engagement": 150, "evaluation": 2_000, "anonymous_evaluation": 2_000}


def sheet(kind, found, rows, as_at, hub):
    """Return an export as the template takes it; `found` are its columns, `rows` all of its rows."""
    layout, names = LAYOUTS[kind], [c.name for c in found]
    said = [
        {c.name: _said(c, value) for c, value in zip(found, row, strict=True)} for row in rows
    ]  # fmt: skip
    title, when = columns.said(kind), f"as at {clock.say_day(as_at, year=True)}"
    many = f"{len(rows)} {'row' if len(rows) == 1 else 'rows'}"
    nameless = columns.is_anonymous(kind)
    return {
        "title": title if nameless else f"{title}, {when}", "foot": title if nameless else f"{hub}: {title}, {when}",
        "lead": f"{many}. A column in which nothing stands is left out of its section." if rows else
        f"There is nothing in this {'file' if nameless else f'file {when}'}. Its columns are:",
        "names": [] if rows else [_words(name) for name in names], "layout": layout.rows,
        "sections": [_section(layout, names, list(some)) for _, some in groupby(said, key=lambda one: [
            one[name] for name in layout.shared])],
    }  # fmt: skip


def _section(layout, names, some):
    first = some[0]
    rest = [n for n in names if n not in layout.shared and n != layout.each and any(one[n] for one in some)]
    made = {
        "title": ", ".join(first[n] for n in layout.heading if first[n]),
        "facts": _facts(first, [n for n in layout.shared if n not in layout.heading]),
    }
    if layout.rows == "sentences":
        return {**made, "parts": _parts(some)}
    if layout.rows == "records":
        return {**made, "records": [{"title": one[layout.each], "facts": _facts(one, rest)} for one in some]}
    return {**made, "names": [_words(n) for n in rest], "rows": [[one[n] for n in rest] for one in some]}


def _facts(one, names):
    return [[_words(name), one[name]] for name in names if one[name]]


def _parts(some):
    """Return sentences under their headings, each with the records it rests on in one line."""
    parts = []
    for heading, under in groupby(some, key=lambda one: one["heading"]):
        sentences = [_sentence(list(rows)) for _, rows in groupby(under, key=lambda one: one["sentence"])]
        parts.append({"name": heading, "sentences": sentences})
    return parts


def _sentence(rows):
    first = rows[0]
    evidence = [" ".join(filter(None, (one["evidence_kind"], one.get("evidence_date")))) for one in rows]
    note = f"Rests on {'; '.join(evidence)}." if any(evidence) else "No record stands behind this sentence."
    if first["schools_counted"]:
        note += f" Schools counted: {first['schools_counted']}."
    return {"words": first["sentence"], "note": note}


def _said(column, value):
    """Say a value as text: a day as people do; nothing for what is blank."""
    if value is None:
        return ""
    if column.type == "day":
        return clock.say_day(value, year=True)
    return f"{value:g}" if isinstance(value, float) else str(value)


def _words(name):
    """Return the name of a column as words: told_on → told on."""
    return name.replace("_", " ")
