"""The record of the simulation: the world in it when a history begins, and what it holds when one ends."""

from tests import world
from tests.lessons.examples import a_live_lesson
from tests.sessions.examples import open_session
from tests.tasks.examples import a_task
from workgroup import clock, config, create_app, ledger, store
from workgroup.lessons import queries as lessons

PEOPLE = ("leader", "co_leader", "participant", "colleague", "neighbour")
# what the house keeps of itself, and who has signed in where
NOT_COMPARED = {"ledger", "ledger_words", "tablet", "record", "due", "attempt", "mail", "link"}


def build(path):
    """Make the record that every history begins with, and return what tablets need to know of it."""
    create_app(config.Config(database=path))
    db = store.connect(path)
    w = world.build(db)
    session = open_session(db, w)
    lesson = a_live_lesson(db, w)
    told = {
        "now": int(clock.read_moment(clock.now()).timestamp() * 1000), "day": clock.today(),
        "people": {name: getattr(w, name) for name in PEOPLE}, "school": w.school2, "session": session,
        "lesson": lesson, "started": store.value(db, "select started_at from lesson"),
        "predicted": [p["id"] for p in lessons.predicted(db, lesson)],
        "tags": [r["id"] for r in store.rows(db, "select id from tag where work_group = ?", (w.group,))],
        "tasks": {"participant": a_task(db, w), "colleague": a_task(db, w),
                  "neighbour": a_task(db, w, school_in_group=w.in_group2)},
        "schools": {"participant": w.in_group, "colleague": w.in_group, "neighbour": w.in_group2},
    }  # fmt: skip
    with store.writing(db):
        db.conn.execute("update person set claimed_at = ?", (clock.now(),))
    db.conn.execute("pragma journal_mode = delete")
    db.conn.close()
    return told


def state(db):
    """Return every table's rows by their keys, the ledger by its ids, who counts on the register, and what is wrong."""
    names = [r["name"] for r in store.rows(db, "select name from sqlite_master where type = 'table'")]
    tables = {}
    for name in sorted(set(names) - NOT_COMPARED):
        if name.startswith(("sqlite_", "_sqlite", "found", "school_fts")):
            continue
        keys = [r["name"] for r in store.rows(db, f"select name from pragma_table_info('{name}') where pk")]
        rows = store.rows(db, f"select * from {name}")
        tables[name] = {"/".join(str(row[k]) for k in keys): row for row in rows}
    entered = store.rows(
        db,
        "select l.id, l.number, l.kind, l.about, l.by, l.at, w.said from ledger l"
        " join ledger_words w on w.number = l.number",
    )
    counts = store.rows(db, "select session, coalesce(person, visitor) as who, id from register")
    return {
        "tables": tables, "ledger": {row.pop("id"): row for row in entered},
        "register": {f"{c['session']}/{c['who']}": c["id"] for c in counts},
        "wrong": store.check(db) + ledger.check(db),
    }  # fmt: skip
