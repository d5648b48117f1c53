"""Writing the rows of a populated hub into a new database, quickly: nobody else uses it yet."""

import re
from contextlib import contextmanager

from workgroup import store
from workgroup.years.populating import Hub, rows

MOST = 1_000  # rows of a transaction
ROWS_OF_A_GROUP = 1_450  # about, in a whole year, for a progress bar
# lost power costs no more than beginning again, and the ids of a large hub do not come in order
QUICK = ("pragma synchronous = off", "pragma cache_size = -200000", "pragma wal_autocheckpoint = 20000")
AS_EVER = ("pragma synchronous = full", "pragma cache_size = -2000", "pragma wal_autocheckpoint = 1000",
           "pragma wal_checkpoint (truncate)")  # fmt: skip
_TRIGGER = re.compile(
    r"after insert on (?P<table>\w+) when trim\((?P<words>.*)\) <> '' begin"
    r".*?values \('(?P<kind>\w+)', new\.(?P<id>\w+)\)", re.DOTALL,
)  # fmt: skip


def hub(db, seed, groups, years, today):
    """Return a Hub of this size on what a new database begins with: its framework and activities."""
    ids = {name: [row["id"] for row in store.rows(db, f"select id from {name} order by position")] for name in
           ("aspect", "step")}  # fmt: skip
    activity = {row["name"]: row["id"] for row in store.rows(db, "select id, name from day_activity")}
    return Hub(seed, groups, years, today, ids["aspect"], ids["step"], activity)


def fill(db, hub, progress=None):
    """Write all rows of a hub in short transactions, and return how many they were.

    `progress(rows)` is told of each transaction.
    """
    done = 0
    for pragma in QUICK:
        db.conn.execute(pragma)
    with _indexed_at_the_end(db):
        for portions in _portions(rows(hub)):
            with store.writing(db):
                for table, columns, many in portions:
                    store.put_many(db, table, columns.split(), many)
            done += (some := sum(len(many) for _, _, many in portions))
            if progress:
                progress(some)
    for pragma in AS_EVER:
        db.conn.execute(pragma)
    return done


def _portions(all_rows):
    """Yield lists of `(table, columns, rows)` of about MOST rows."""
    gathered, many = [], 0
    for one in all_rows:
        gathered.append(one)
        many += len(one[2])
        if many >= MOST:
            yield gathered
            gathered, many = [], 0
    yield gathered


@contextmanager
def _indexed_at_the_end(db):
    """Put what is to be found into the index kind by kind once all is written: by its triggers it takes thrice as long.

    What goes into it is read from the triggers themselves, and they stand again afterwards, whatever happens.
    """
    found = "select name, sql from sqlite_master where type = 'trigger' and name like 'found|_%|_new' escape '|'"
    triggers = store.rows(db, found)
    for one in triggers:
        db.conn.execute(f"drop trigger {one['name']}")
    try:
        yield
        for one in triggers:
            _index(db, **_TRIGGER.search(one["sql"]).groupdict())
    finally:
        for one in triggers:
            db.conn.execute(one["sql"])


def _index(db, table, words, kind, id):
    with store.writing(db):
        # what was there before, as the hub's lead
        db.conn.execute("delete from found where rowid in (select id from found_row where kind = ?)", (kind,))
        db.conn.execute("delete from found_row where kind = ?", (kind,))
        db.conn.execute(
            f"insert into found_row (kind, about) select ?, new.{id} from {table} as new where trim({words}) <> ''",
            (kind,),
        )
        db.conn.execute(
            f"insert into found (rowid, words) select f.id, {words} from {table} as new"
            f" join found_row f on f.kind = ? and f.about = new.{id}",
            (kind,),
        )
