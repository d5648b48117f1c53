"""What erasing leaves to do for the file: free pages, the log, and copies from before.

The list of the erased lies beside the database, and is read when a copy from before is put back.
"""

import hmac
import json
import os
from pathlib import Path

from workgroup import clock, due, personal, store, unnaming


def forget(db):
    """Take what was erased out of the file's free pages and its write-ahead log too; tell whether the log is empty.

    It is not while somebody reads: then ask again. Where Litestream copies the log it always reads, and writes the log
    over by itself once it has what is in it.
    """
    # the threads of this process queue: SQLite's own patience with another writer ends before this does
    with db.turn:
        # the index keeps words in its own pages until it is made anew (SQLite 3.40 has no secure delete for it)
        db.conn.execute("insert into found (found) values ('rebuild')")
        db.conn.execute("vacuum")
        is_empty = not db.conn.execute("pragma wal_checkpoint(truncate)").fetchone()[0]
        return is_empty or bool(store.value(db, "select 1 from sqlite_master where name = '_litestream_lock'"))


@due.kind("forget", "Erased words taken out of the file")
def forget_later(db, settings, about):
    """Take what was erased out of the file; tried again while somebody reads an older state of it."""
    if not forget(db):
        raise store.Trouble("The file is in use just now.")


def plan_to_forget(db, entry):
    """Ask that what an entry takes away is taken out of the file as well, as soon as it stands; inside its change."""
    due.plan(db, f"forget:{entry.id}", "forget", None, clock.now())


def _list(database):
    path = Path(database).resolve()  # beside the file itself, where there is a link to it
    return path.with_name(f"{path.name}.erased")


def note(db, person, email=None, name=None):
    """Write beside the database that this person is erased, as the last thing in the change that does it.

    Nothing speaks against it any more, and it is before the change is kept, so that no copy can miss it. A record that
    lies in memory has no copies. A copy may not know the person yet, only the address, or the name of who has none: a
    digest of that finds it again.
    """
    database = store.file_of(db)
    if not database:
        return
    path = _list(database)
    with os.fdopen(os.open(path, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600), "a") as file:
        known = {"address": _digest(db, email)} if email else {"named": _digest(db, name)} if name else {}
        line = {"person": person, "at": clock.now()} | known
        file.write(json.dumps(line) + "\n")
    path.chmod(0o600)


def noted(database):
    """Return who was erased, `{person: at}`."""
    return {person: one["at"] for person, one in _lines(database).items()}


def _lines(database):
    path = _list(database)
    lines = path.read_text().splitlines() if path.exists() else []
    return {one["person"]: one for one in map(json.loads, lines)}


def _digest(db, known_as):
    """Return what an address or a name is known by in the list; only whoever has the record can tell whose it is."""
    secret = store.value(db, "select seal_secret from record")
    return hmac.new(secret.encode(), " ".join(known_as.split()).casefold().encode(), "sha256").hexdigest()


def copy_list(database, copy):
    """Put the list of the erased beside a copy too, for a day on which only the copies are left."""
    if _list(database).exists():
        _write(_list(copy), _lines(database))


def erase_again(db, database, copy):
    """Erase in a copy that comes from before whoever was erased since, and return how many that were.

    They are listed beside the database, or beside the copies where those came from another machine.
    """
    known = {**_lines(copy.with_name("workgroup.sqlite")), **_lines(database)}
    _put_down(db, known.values())
    still_there = [
        (person, one["at"]) for person, one in known.items()
        if store.value(db, "select 1 from person where id = ? and erased_at is null", (person,))
    ]  # fmt: skip
    if still_there:
        with store.writing(db):
            for person, at in still_there:
                personal.erase(db, person, at)
        forget(db)
    if known != _lines(database):
        _write(_list(database), known)
    return len(still_there)


def _put_down(db, known):
    """Put down as people whoever a copy knows by their address or name alone, and who were erased since."""
    named = {one["named"]: one["person"] for one in known if "named" in one}
    erased = {one["address"]: one["person"] for one in known if "address" in one}
    addresses = " union ".join(f"select email from {table}" for table in unnaming.ADDRESSED)
    with store.writing(db):
        for row in store.rows(db, f"{addresses} union select address from mail") if erased else ():
            email = row["email"] or ""
            person = erased.get(_digest(db, email))
            if person and not store.value(db, "select 1 from person where id = ? or email = ?", (person, email)):
                store.put(db, "person", id=person, name=email, email=email)
        names = " union ".join(f"select {column} as name from {table}" for table, column in unnaming.NAMED.items())
        for row in store.rows(db, names) if named else ():
            person = row["name"] and named.get(_digest(db, row["name"]))
            if person and not store.value(db, "select 1 from person where id = ?", (person,)):
                store.put(db, "person", id=person, name=row["name"])


def _write(path, known):
    """Write a list anew, whole or not at all."""
    fresh = path.with_name(f"{path.name}.new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_CREAT | os.O_WRONLY, 0o600), "w") as file:
        file.writelines(json.dumps(one) + "\n" for one in known.values())
    os.replace(fresh, path)
