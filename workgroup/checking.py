"""What `workgroup check` looks at: the file, its references, the chain, photos, the search index, and the erased.

Each look gives sentences of what is wrong, an empty list when nothing is. They name tables and ids, never words.
"""

import re
import sqlite3

from workgroup import forgetting, ledger, store
from workgroup.photos import queries as photos

# how the triggers say what of a table is in the index (migrations 0030, 0034, 0037, 0042)
_PUT_IN = re.compile(r"insert into found \(rowid, words\) select id, (.+?) from found_row\s+where kind = '(\w+)'", re.S)


def record(db):
    """Return what is wrong with a record, wherever it lies: a copy of it too."""
    said = []
    for look in (store.check, ledger.check, photos.check, search):
        try:
            said += look(db)
        except sqlite3.DatabaseError as trouble:
            said.append(f"the file cannot be read: {trouble}")
    return said


def search(db):
    """Return where the search index is not in step with what it is an index of."""
    said = [s for table in ("found", "school_fts") for s in _whole_index(db, table)]
    known, sql = [], "select tbl_name, sql from sqlite_master where type = 'trigger' and name like 'found_%_new'"
    for trigger in store.rows(db, sql):
        table, (words, kind) = trigger["tbl_name"], _PUT_IN.search(trigger["sql"]).groups()
        known.append(kind)
        said += _out_of_step(db, table, kind, words.replace("new.", f"{table}."))
    marks = ", ".join("?" * len(known))
    stray = store.value(
        db,
        "select (select count(*) from found where rowid not in (select id from found_row))"
        f" + (select count(*) from found_row where kind not in ({marks}))",
        known,
    )
    return said + ([f"the search index holds {stray} rows that belong to nothing"] if stray else [])


def _whole_index(db, table):
    try:
        with store.writing(db):  # SQLite asks for the lock to look; nothing is changed
            db.conn.execute(f"insert into {table} ({table}) values ('integrity-check')")
    except sqlite3.DatabaseError as trouble:
        if isinstance(trouble, sqlite3.OperationalError):
            raise
        yield f"the search index {table} is not whole"


def _out_of_step(db, table, kind, column):
    """An empty text is not in the index, or is in it as an empty one."""
    many = store.value(
        db,
        f"select count(*) from {table} left join found_row f on f.kind = ? and f.about = {table}.id"
        " left join found x on x.rowid = f.id"
        f" where case when trim({column}) = '' then trim(coalesce(x.words, '')) <> '' else x.words is not {column} end",
        (kind,),
    )
    gone = store.value(
        db, f"select count(*) from found_row where kind = ? and about not in (select id from {table})", (kind,)
    )
    if many:
        yield f"the search index is out of step with {many} rows of {table}"
    if gone:
        yield f"the search index knows {gone} rows of {table} that are not in the record"


def erased(db, database):
    """Return whether somebody who was erased is in the record again, as when a copy was put back by hand."""
    back = [
        person for person in forgetting.noted(database)
        if store.value(db, "select 1 from person where id = ? and erased_at is null", (person,))
    ]  # fmt: skip
    return [f"person {id} was erased and is in the record again: put copies back with workgroup restore" for id in back]
