"""Makes the record of this release that later ones are tried on: `python -m tests.old_versions` (make old-version).

Run it when a release has got a new migration, and commit what it writes, tests/data/old_versions/NUMBER.sqlite.gz: a
small hub in which a little of everything has happened. What is random is counted instead, so that it packs well.
"""

import gzip
import importlib
import itertools
import secrets
import sqlite3
import tempfile
import uuid
from pathlib import Path

FOLDER = Path(__file__).parent / "data" / "old_versions"
# examples of these are done once, each with what it needs: something in almost every table, and a file that stays small
DONE = (
    "people.sign_in", "lessons.notice", "lessons.photo_came", "lessons.sketch", "lessons.start", "reflections.write",
    "tasks.return", "tasks.photo_came", "tasks.did_at_school", "visits.note", "reports.acknowledge", "reviews.agree",
    "sessions.mark", "sessions.summarise", "sessions.decide", "sessions.add_material", "sessions.host_word",
    "sessions.let_in", "sessions.note_to_self", "groups.give_grant", "days.enter", "plans.answer", "evaluations.send",
    "journeys.say", "privacy.set_retention", "frameworks.use",
)  # fmt: skip


def main(folder=FOLDER):
    """Make the record of this checkout and write it, named by its newest migration."""
    _count_instead_of_chance()
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "hub.sqlite"
        made = _live_in(path)
        folder.mkdir(exist_ok=True)
        written = _place(folder, max(made).split("_")[0], set(made))
        written.write_bytes(gzip.compress(path.read_bytes(), 9, mtime=0))
        print(f"{written.name}: {written.stat().st_size} bytes, {len(made)} migrations")


def _place(folder, number, made):
    """Return where it goes: NUMBER, or NUMBER-2 … where a release with the same newest migration had fewer of them."""
    for name in itertools.chain([number], (f"{number}-{n}" for n in itertools.count(2))):
        path = folder / f"{name}.sqlite.gz"
        if not path.exists() or _made(path) == made:
            return path


def _made(path):
    """Return the migrations that a kept record has had."""
    with tempfile.NamedTemporaryFile() as file:
        file.write(gzip.decompress(path.read_bytes()))
        file.flush()
        kept = sqlite3.connect(file.name)
        names = {row[0] for row in kept.execute("select name from _sqlite_migrations")}
        kept.close()
    return names


def _count_instead_of_chance():
    numbers = itertools.count(1)
    uuid.uuid4 = lambda: uuid.UUID(f"{next(numbers):08x}-0000-4000-8000-000000000000")
    secrets.token_hex = lambda size=32: f"{next(numbers):0{2 * size}x}"


def _live_in(path):
    """Build the small hub of the tests, do once whatever its examples do, and fold the file together."""
    from tests import world
    from workgroup import door, store

    db = store.connect(path)
    store.migrate(db)
    door.open_up()
    w = world.build(db)
    examples = _examples()
    for kind in DONE:
        if kind in examples:
            _try(db, w, kind, examples[kind])
    made = [row[0] for row in db.conn.execute("select name from _sqlite_migrations")]
    for statement in ("pragma wal_checkpoint(truncate)", "pragma journal_mode = delete", "vacuum"):
        db.conn.execute(statement)
    db.conn.close()
    return made


def _examples():
    found = {}
    for path in sorted(Path(__file__).parent.glob("*/examples.py")):
        found.update(importlib.import_module(f"tests.{path.parent.name}.examples").EXAMPLES)
    return found


def _try(db, w, kind, example):
    """Do an example once; on what the others made of this one hub it may be refused, and need not be done."""
    from workgroup import door
    from workgroup.people import post

    try:
        fields = example.fields(db, w)
        if kind == "lessons.notice":
            fields["words"] = "Marmalade on the number line"
        door.submit(db, kind, fields, post.new_id(), getattr(w, example.by) if example.by else None)
    except (AssertionError, sqlite3.IntegrityError) as refused:
        print(f"  {kind} was not done: {str(refused)[:100]}")


if __name__ == "__main__":
    main()
