"""Which part of a draft is which: rows are told apart, names held apart, and each has the thread that its name had.

A name means one aspect (or step) through all versions. A part that is called otherwise keeps its thread; a new row with
the name of one from before is that one, come back.
"""

from workgroup.door import Refused
from workgroup.frameworks import queries
from workgroup.frameworks.queries import key

MOST = {"aspects": 12, "steps": 8}


def read(db, draft, rows, said):
    """Return the parts of a draft as they are said, each with its `id` (None when new) and `thread`; Refused in words.

    Rows without words are left out, whoever left them empty; a part that the page did not name stands as it stood.
    """
    word, there = queries.TABLES[rows], {p["id"]: p for p in draft[rows] + draft["out"][rows]}
    kept = []
    for number, row in enumerate(said, 1):
        if not row["part"] and (row["out"] or not (row["name"] or row["about"])):
            continue
        if row["part"] and row["part"] not in there:
            raise Refused(f"Row {number} is not of this draft. Load the page again.", rows)
        if not key(row["name"]):
            how = "tick “Take it out”" if row["part"] else "empty the row"
            raise Refused(f"The {word} in row {number} has no name. Enter one, or {how}.", rows)
        thread = there[row["part"]]["thread"] if row["part"] else None
        away = there[row["part"]]["withdrawn_at"] if row["part"] else None
        kept.append({**row, "id": row["part"], "thread": thread, "withdrawn_at": away})
    named = {row["id"] for row in kept}
    kept += [{**p, "out": bool(p["withdrawn_at"])} for id, p in there.items() if id not in named]
    _check_names(rows, kept)
    _give_threads(queries.known(db, word), word, kept)
    return kept


def _check_names(rows, kept):
    word, seen = queries.TABLES[rows], {}
    standing = [row for row in kept if not row["out"]]
    if len(standing) > MOST[rows]:
        raise Refused(f"{MOST[rows]} {rows} are enough. Take some out first.", rows)
    if len({row["id"] for row in kept if row["id"]}) < sum(bool(row["id"]) for row in kept):
        raise Refused(f"One {word} stands here twice. Load the page again.", rows)
    for row in standing:
        if key(row["name"]) in seen:
            raise Refused(f"There are two {rows} called “{row['name']}”. Give one of them another name.", rows)
        seen[key(row["name"])] = row
    for row in kept:
        other = seen.get(key(row["name"]))
        if row["out"] and row["id"] and other and not other["id"]:
            sentence = f"“{row['name']}” is among those taken out: untick it there, instead of writing it anew."
            raise Refused(sentence, rows)


def _give_threads(known, word, kept):
    """Give new rows their thread: the one that a part of that name had before, else one of their own."""
    standing = {row["thread"] for row in kept if row["thread"] and not row["out"]}
    for row in kept:
        had = known.get(key(row["name"]), {})
        if row["out"] or not had or row["thread"] in had:
            continue
        free = next((thread for thread in had if thread not in standing), None)
        if row["thread"] or free is None:
            raise Refused(
                f"“{row['name']}” was another {word} in version {next(iter(had.values()))}. Choose other words, so that"
                f" old reviews are not taken for this one{', or add it as a row of its own' if row['thread'] else ''}.",
                "aspects" if word == "aspect" else "steps",
            )
        row["thread"] = free
        standing.add(free)
