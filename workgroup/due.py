"""What is to happen later: rows of the table `due`, done by one thread in `serve` or by `workgroup tick`.

A row's key makes a repeat harmless: the same reminder asked for twice is one row. After a closed laptop what is
overdue is done once, in order. Features hang their own kinds in with `@kind`.
"""

import logging
import threading
import time

from workgroup import clock, store, telling

KINDS, WORDS = {}, {}
DAILY = []
MOST_TRIES = 8
AN_HOUR = 3600
log = logging.getLogger(__name__)


class NoLine(Exception):
    """What is outside could not be reached: it is tried again every hour, however often that has been."""


def kind(name, words):
    """Declare what does a kind of due row: `deed(db, settings, about)`; an exception means try again later.

    `words` say to people what it is.
    """

    def declare(deed):
        KINDS[name] = deed
        WORDS[name] = words
        return deed

    return declare


def daily(name):
    """Ask for a kind once a day, while the app serves or ticks; its `about` is the day."""
    DAILY.append(name)


def plan_daily(db):
    """Plan what is done once a day; asked again on the same day it stays one."""
    today = clock.today()
    for name in DAILY:
        if store.value(db, "select 1 from due where key = ?", (f"{name}:{today}",)) is None:
            with store.writing(db):
                plan(db, f"{name}:{today}", name, today, clock.now())


def plan(db, key, kind, about, at):
    """Ask for a thing to happen; inside `store.writing`. Asked again with the same key it is left as it is."""
    db.conn.execute(
        "insert into due (key, kind, about, at) values (?, ?, ?, ?) on conflict (key) do nothing",
        (key, kind, about, at),
    )


def forget(db, key):
    """Forget that a thing was done, so that it can be asked for again; inside `store.writing`."""
    db.conn.execute("delete from due where key = ?", (key,))


def tick(db, settings, beat=lambda: None):
    """Do all that is due now and return the keys done. Trouble is kept beside the row, which waits and retries.

    `beat` is called before each: a mail server that hangs takes its time, and nothing has stopped.
    """
    done = []
    waiting = store.rows(
        db,
        "select key, kind, about, tried from due where done_at is null and at <= ? and tried < ? order by at limit 200",
        (clock.now(), MOST_TRIES),
    )
    for row in waiting:
        beat()
        if not _taken(db, row):
            continue
        try:
            KINDS[row["kind"]](db, settings, row["about"])
        except Exception as trouble:
            # neither the key nor what is said of it: both name people
            log.warning("what was due did not work", extra=telling.of(trouble, kind=row["kind"]))
            _try_again_later(db, row, trouble)
        else:
            with store.writing(db):
                db.conn.execute("update due set done_at = ?, trouble = null where key = ?", (clock.now(), row["key"]))
            done.append(row["key"])
            log.info("what was due is done", extra={"facts": {"kind": row["kind"]}})
    return done


def _try_again_later(db, row, trouble):
    """Note why a thing did not work and when it is tried again. A day without a line gives nothing up."""
    pause, most = 60 * 2 ** row["tried"], MOST_TRIES
    if isinstance(trouble, NoLine):
        pause, most = min(pause, AN_HOUR), MOST_TRIES - 2  # a try that the process does not outlive counts as one
    with store.writing(db):
        db.conn.execute(
            "update due set trouble = ?, at = ?, tried = min(tried, ?) where key = ?",
            (str(trouble)[:500], clock.after(pause), most, row["key"]),
        )


def _taken(db, row):
    """Note that a thing is begun, and tell whether it is ours: two that tick at once do it once.

    Written down first: what cannot be would be done again and again, and what kills the process for ever. Until the
    pause after a try is over nobody else begins it.
    """
    with store.writing(db):
        sql = "update due set tried = tried + 1, at = ? where key = ? and tried = ? and done_at is null"
        pause = clock.after(60 * 2 ** row["tried"])
        return bool(db.conn.execute(sql, (pause, row["key"], row["tried"])).rowcount)


def standing(db, done=30):
    """Return what is still to happen, soonest first, and what was done last: `kind`, `words`, `at`, `trouble` …

    `is_over` tells of what was tried so often that it is left alone.
    """
    waiting = store.rows(db, "select * from due where done_at is null order by at limit 500")
    last = store.rows(db, "select * from due where done_at is not null order by done_at desc limit ?", (done,))
    for row in (*waiting, *last):
        row.update(words=WORDS.get(row["kind"], row["kind"]), is_over=row["tried"] >= MOST_TRIES)
    return waiting, last


def has_trouble(db, kind):
    """Tell whether the last thing of a kind that was due did not work."""
    sql = "select trouble, done_at from due where key > ? and key < ? order by key desc limit 1"
    last = store.row(db, sql, (f"{kind}:", f"{kind};"))  # the key of what is daily ends in its day
    return bool(last and last["trouble"] and not last["done_at"])


def late(db, seconds):
    """Return how many things should have been done so long ago and were not even tried: nobody ticks."""
    sql = "select count(*) from due where done_at is null and tried < ? and at < ?"
    return store.value(db, sql, (MOST_TRIES, clock.after(-seconds)))


def try_again(db, key):
    """Let what was left alone be tried again at once; inside `store.writing`. Return whether there is such a thing."""
    sql = "update due set tried = 0, at = ? where key = ? and done_at is null"
    return bool(db.conn.execute(sql, (clock.now(), key)).rowcount)


class Thread(threading.Thread):
    """Ticks every few seconds on a connection of its own until stopped."""

    def __init__(self, settings, seconds=5):
        super().__init__(name="due", daemon=True)
        self.settings, self.seconds = settings, seconds
        self.stopped = threading.Event()
        self.beat = time.monotonic()  # when it last began something

    def run(self):
        """Tick until stopped; no trouble ends the thread, and after trouble it begins with a new connection."""
        # at first soon: after a closed laptop something waits, and whoever opened it looks at the first page just now
        db, pause = None, min(self.seconds, 1)
        while not self.stopped.wait(pause):
            self.live()
            pause = self.seconds
            try:
                db = db or store.connect(self.settings.database)
                plan_daily(db)
                tick(db, self.settings, self.live)
            except Exception as trouble:
                log.error("a tick failed", extra=telling.of(trouble))
                db, pause = db and db.conn.close(), 12 * self.seconds
        if db:
            db.conn.close()

    def live(self):
        """Note that it lives."""
        self.beat = time.monotonic()

    def stop(self):
        """End after the running tick."""
        self.stopped.set()
        self.join(10)
