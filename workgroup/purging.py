"""Letting go of words whose time is over (workgroup/retention.py says which): counting them, and taking them away.

What goes is written over in its table, in the index that Search asks and in the ledger's words; `forgetting.forget`
afterwards takes it out of the file's free pages. Nothing here asks who may: the change privacy.purge does.
"""

import hashlib
import json
import secrets
from datetime import date

from workgroup import clock, store
from workgroup.personal import ERASED
from workgroup.retention import GONE, KINDS

MOST = 1000  # rows of a thing at a time, so that nobody waits long to write
_EVIDENCE = {
    "noticing": ("(select id, words from noticing union all select noticing, words from noticing_words)", "id"),
    "reflection": ("reflection_words", "reflection"), "visit note": ("visit_note", "id"),
    "in-school work": ("in_school_work", "id"), "head statement": ("head_statement", "id"),
}  # fmt: skip
_MONTH = "substr({at}, 1, 7)"


def chosen(db):
    """Return for how many months each kind is kept, None for as long as the hub; only of what somebody has chosen."""
    return {r["kind"]: r["months"] for r in store.rows(db, "select kind, months from retention") if r["kind"] in KINDS}


def later(day, months):
    """Return the day so many months after (or before) a day; the last of a month that is shorter."""
    at = date.fromisoformat(day)
    year, month = divmod(at.year * 12 + at.month - 1 + months, 12)
    last = (date(year + (month == 11), (month + 1) % 12 + 1, 1) - date(year, month + 1, 1)).days
    return date(year, month + 1, min(at.day, last)).isoformat()


def before(kind, months, on):
    """Return the day before which words of a kind go, asked on a day.

    What is kept by academic year goes so many months after its year's end, the whole year at once.
    """
    if not KINDS[kind].by_year:
        return later(on, -months)
    year = int(on[:4])
    while later(f"{year}-09-01", months) > on:
        year -= 1
    return f"{year}-09-01"


def next_times(kind, months, on):
    """Yield (day, since, before) of the years of a kind that go after a day, up to the running one; none day by day."""
    if KINDS[kind].by_year:
        since = before(kind, months, on)
        while since <= on:
            until = later(since, 12)
            yield later(until, months), since, until
            since = until


def due(db, kind, day, since=None):
    """Count what of a kind was written before a day, from `since` on, and is there still: `what`, `year`, `many`."""
    found = {}
    for thing in KINDS[kind].things:
        at = _MONTH.format(at=thing.at)
        sql = f"select {at} as month, count(*) as many from {thing.table} where {_waits(thing)} group by {at}"
        for row in store.rows(db, sql, _said(day, since)):
            key = (thing.many, clock.academic_year(f"{row['month']}-01"))
            found[key] = found.get(key, 0) + row["many"]
    names = {thing.many: thing for thing in KINDS[kind].things}
    return [
        {"what": what, "words": names[what].one if many == 1 else what, "year": year, "many": many}
        for (what, year), many in found.items()
    ]


def is_gone(db, kind, about):
    """Tell whether the words of a piece of evidence are kept no longer, by what evidence calls its kind."""
    table, column = _EVIDENCE.get(kind, (None, None))
    sql = f"select coalesce(min(words = ?), 0) from {table} where {column} = ?"
    return bool(table and store.value(db, sql, (GONE, about)))


def purge(db, kind, day, at):
    """Let what of a kind was written before a day go, so much of it as is quick, and return what went, as `due` does.

    Inside a transaction; ask again until nothing is due.
    """
    salt = secrets.token_hex(8)
    db.conn.create_function("pseudonym", 3, lambda *of: _pseudonym(salt, of))
    gone = {}
    for thing in KINDS[kind].things:
        month = _MONTH.format(at=thing.at)
        rows = store.rows(
            db, f"select {thing.key} as id, {month} as month from {thing.table} where {_waits(thing)} limit {MOST}",
            _said(day, None),
        )  # fmt: skip
        if rows:
            _let_go(db, thing, json.dumps([r["id"] for r in rows]), at)
        for row in rows:
            key = (thing.many, clock.academic_year(f"{row['month']}-01"))
            gone[key] = gone.get(key, 0) + 1
    return [{"what": what, "year": year, "many": many} for (what, year), many in gone.items()]


def _let_go(db, thing, ids, at):
    said = {"ids": ids, "at": at}
    among = "(select value from json_each(:ids))"
    # first, while what was said can still be found by what it is about
    if thing.key == "id":
        of = f" union {thing.of}" if thing.of else ""
        _forget_words(db, f"select value from json_each(:ids){of}", said)
    elif thing.of:
        _forget_words(db, thing.of, said)
    if thing.columns is None:
        db.conn.execute(f"delete from {thing.table} where {thing.key} in {among}", said)
        return
    sets = []
    for number, (name, put) in enumerate(thing.columns.items()):
        if isinstance(put, str) and put.startswith("="):
            sets.append(f"{name} = {put[1:]}")
        else:
            said[f"put_{number}"] = put
            sets.append(f"{name} = case when {name} is not null then :put_{number} end")
    db.conn.execute(f"update {thing.table} set {', '.join(sets)} where {thing.key} in {among}", said)
    for statement in thing.also:
        db.conn.execute(statement, said)
    # what stands there now is nothing to be found
    db.conn.execute(f"delete from found where rowid in (select id from found_row where about in {among})", said)


def _forget_words(db, ids, said):
    numbers = f"select number from ledger where id in ({ids}) union select number from ledger where about in ({ids})"
    db.conn.execute(f"delete from ledger_words where number in ({numbers})", said)


def _waits(thing):
    """Return the SQL that tells which rows of a thing still hold words and are old enough."""
    old = f"({thing.where}) and {thing.at} < :until and {thing.at} >= :since"
    if thing.columns is None:
        return old
    return f"{old} and ({' or '.join(_holds(name, put) for name, put in thing.columns.items())})"


def _holds(name, put):
    if put == "=:at":
        return f"{name} is null"
    empty = f"'', '{ERASED}'" + (f", '{put}'" if isinstance(put, str) and not put.startswith("=") else "")
    return f"({name} is not null and {name} not in ({empty}) and {name} not like '{GONE}%')"


def _said(day, since):
    return {"until": clock.at_london(day, "00:00"), "since": clock.at_london(since, "00:00") if since else ""}


def _pseudonym(salt, of):
    """Return what tells one visitor of a session from another, and nothing about them."""
    return None if of[1] is None else hashlib.sha256(repr((salt, *of)).encode()).hexdigest()[:8]
