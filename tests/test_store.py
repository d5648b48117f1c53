"""The file: its pragmas, its one way to write, copies, and what it says when it cannot be used."""

import threading

import pytest

from workgroup import store


@pytest.fixture
def path(tmp_path):
    return tmp_path / "hub.sqlite"


@pytest.fixture
def opened(path):
    db = store.connect(path)
    store.migrate(db)
    yield db
    db.conn.close()


def test_every_connection_is_durable_and_holds_its_references(opened):
    pragmas = {p: store.value(opened, f"pragma {p}") for p in ("journal_mode", "synchronous", "foreign_keys")}
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_the_file_beside_the_record_does_not_stay_as_large_as_it_once_was(path, opened):
    reader = store.connect(path)
    reader.conn.execute("begin")
    assert store.value(reader, "select count(*) from attempt") == 0  # an export reads for a while
    wal = path.with_name(path.name + "-wal")
    for _ in range(10):
        with store.writing(opened):
            store.put_many(opened, "attempt", ("key", "at"), (("x" * 2_000, "2026") for _ in range(2_000)))
    grown = wal.stat().st_size
    assert grown > 2 * store.WAL_STAYS, "otherwise this shows nothing"
    reader.conn.execute("commit")
    reader.conn.close()
    for _ in range(3):  # what is written next moves it all over, begins the file anew, and cuts it
        with store.writing(opened):
            opened.conn.execute("delete from attempt where key = 'none'")
            opened.conn.execute("insert into attempt (key, at) values ('a', 'b')")
    assert wal.stat().st_size <= store.WAL_STAYS


def test_what_fails_inside_writing_leaves_nothing(opened):
    with pytest.raises(RuntimeError), store.writing(opened):
        opened.conn.execute("insert into attempt (key, at) values ('a', 'b')")
        raise RuntimeError
    assert store.value(opened, "select count(*) from attempt") == 0
    assert not opened.conn.in_transaction


def test_four_threads_that_read_and_then_write_never_meet_a_locked_database(path, opened):
    wrong = []

    def count_up():
        db = store.connect(path)
        try:
            for _ in range(30):
                with store.writing(db):
                    number = store.value(db, "select count(*) from attempt")
                    db.conn.execute("insert into attempt (key, at) values (?, 'x')", (str(number),))
        except Exception as trouble:
            wrong.append(trouble)
        finally:
            db.conn.close()

    threads = [threading.Thread(target=count_up) for _ in range(4)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert wrong == []
    assert store.value(opened, "select count(distinct key) from attempt") == 120


def test_threads_queue_for_the_write_lock_and_do_not_try_their_luck(path, opened):
    """With SQLite's own patience taken away, a second writer would fail at once."""
    others = [store.connect(path) for _ in range(4)]
    wrong, begun = [], threading.Barrier(5)

    def write(db):
        db.conn.execute("pragma busy_timeout = 0")
        begun.wait(20)
        try:
            with store.writing(db):
                db.conn.execute("insert into attempt (key, at) values ('queued', 'x')")
        except Exception as trouble:
            wrong.append(trouble)

    threads = [threading.Thread(target=write, args=(db,)) for db in others]
    with store.writing(opened):
        for t in threads:
            t.start()
        begun.wait(20)  # all four ask for the lock from here on, while it is held
        opened.conn.execute("insert into attempt (key, at) values ('first', 'x')")
    for t in threads:
        t.join()
    for db in others:
        db.conn.close()
    assert wrong == []
    assert store.value(opened, "select count(*) from attempt where key = 'queued'") == 4


def test_migrating_twice_changes_nothing(opened):
    ledger = store.value(opened, "select ledger from record")
    assert store.migrate(opened) == []
    assert store.value(opened, "select ledger from record") == ledger


def test_a_copy_taken_while_it_runs_is_whole(tmp_path, opened):
    with store.writing(opened):
        opened.conn.execute("insert into attempt (key, at) values ('a', 'b')")
    store.backup(opened, tmp_path / "copy.sqlite")
    copy = store.connect(tmp_path / "copy.sqlite")
    assert store.value(copy, "select key from attempt") == "a"
    assert store.check(copy) == []
    copy.conn.close()


def test_a_file_that_is_no_database_is_refused_in_words(tmp_path):
    (tmp_path / "letter.txt").write_text("Dear Sir or Madam, " * 100)
    with pytest.raises(store.Trouble, match="not a database"):
        store.connect(tmp_path / "letter.txt")
