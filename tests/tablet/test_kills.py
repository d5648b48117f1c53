"""F16: the server killed at random moments of a long sync, the disk full, the database locked, a backup running."""

import http.client
import os
import random
import resource
import threading
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest

from tests import world
from tests.browser.driving import Server
from tests.sessions.examples import open_session
from tests.tablet import sending
from workgroup import config, create_app, ledger, store, web

KILLS = 200 if os.environ.get("WORKGROUP_STRESS") else 8
SEED = int(os.environ.get("WORKGROUP_SEED", "16"))


@pytest.fixture
def hub(tmp_path):
    """A served database with an open session, and a tablet of the leader's that sends to it."""
    database = tmp_path / "hub.sqlite"
    create_app(config.Config(database=database))
    db = store.connect(database)
    w = world.build(db)
    session, cookie = open_session(db, w), sending.sign_in(db, w.leader)
    server = Server(database)
    people = [w.participant, w.colleague, w.neighbour, w.leader]
    tablet = sending.Tablet(server.own_address, cookie, w.leader, session, people, SEED)
    yield SimpleNamespace(db=db, server=server, tablet=tablet, database=database)
    server.stop()
    db.conn.close()
    web.forget_connections()


def _whole(hub):
    """Everything that was made has arrived once, everything with a receipt has its row, and the file is sound."""
    tablet, (entered, rows) = hub.tablet, sending.kept(hub.db)
    made = sorted(e["id"] for e in tablet.made)
    assert not tablet.waiting and sorted(tablet.receipts) == made
    assert sorted(entered) == made and sorted(rows) == made
    assert len(tablet.entered) == len(set(tablet.entered)), "an entry was told entered twice"
    numbers = {r["id"]: r["number"] for r in store.rows(hub.db, "select id, number from ledger")}
    assert all(numbers[id] <= receipt for id, receipt in tablet.receipts.items())
    assert store.check(hub.db) == [] and ledger.check(hub.db) == []


def _send_until_it_breaks(tablet, receipts_before, started):
    """Send batch after batch until the line breaks; say when the last one before the kill is on its way."""
    sent = 0
    while True:
        size = tablet.random.choice((5, 50, 500))
        tablet.make(size)
        if sent == receipts_before:
            started.set()
        try:
            status, _ = tablet.send(size)
        except (OSError, http.client.HTTPException):
            return
        assert status == 200
        sent += 1


def _kill_at_a_random_moment(hub, dice, started, sync):
    """Kill while a batch is on its way: some milliseconds into it, or as soon as its rows can be read."""
    clock = threading.Event()
    assert started.wait(60)
    if dice.random() < 0.5:
        clock.wait(dice.uniform(0, 0.05))
    else:
        before = ledger.head(hub.db)["number"]
        while ledger.head(hub.db)["number"] == before and not sync.done():
            clock.wait(0.0002)  # the moment between commit and receipt is short
    hub.server.kill()


def test_f16_a_server_killed_in_a_long_sync_loses_and_doubles_nothing(hub):
    dice, lost_receipts = random.Random(SEED), 0
    with ThreadPoolExecutor(1) as pool:
        for _ in range(KILLS):
            started = threading.Event()
            sync = pool.submit(_send_until_it_breaks, hub.tablet, dice.randint(0, 4), started)
            _kill_at_a_random_moment(hub, dice, started, sync)
            sync.result(60)
            entered, _ = sending.kept(hub.db)
            assert set(hub.tablet.receipts) <= set(entered), "a receipt without a row"
            lost_receipts += len(set(entered) - set(hub.tablet.receipts))
            hub.server.start()
    hub.tablet.send_all()
    _whole(hub)
    assert len(hub.tablet.made) > KILLS * 5
    assert lost_receipts, "no kill fell between commit and receipt; the test tries nothing"


def test_f16_a_full_disk_is_503_without_a_receipt_and_the_entries_go_in_when_there_is_room(hub):
    hub.tablet.make(30)
    hub.tablet.send_all()
    pid, room = hub.server.process.pid, resource.RLIM_INFINITY
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (4096, room))  # no file may grow past one page
    hub.tablet.make(120)
    for _ in range(3):
        status, headers = hub.tablet.send()
        assert (status, headers["Workgroup-Receipt"]) == (503, "1") and headers["Retry-After"]
    assert len(hub.tablet.waiting) == 120 and len(sending.kept(hub.db)[0]) == 30
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (room, room))
    hub.tablet.send_all()
    _whole(hub)


def test_f16_a_database_locked_by_a_long_transaction_is_503_and_the_entries_go_in_afterwards(hub):
    hub.tablet.make(20)
    with store.writing(hub.db):
        status, headers = hub.tablet.send()
    assert (status, headers["Workgroup-Receipt"]) == (503, "1") and headers["Retry-After"]
    assert len(hub.tablet.waiting) == 20 and sending.kept(hub.db) == ([], [])
    hub.tablet.send_all()
    _whole(hub)


def test_f16_a_backup_during_a_sync_disturbs_nothing_and_is_whole(hub, tmp_path):
    copies = [tmp_path / f"copy{number}.sqlite" for number in range(3)]
    with ThreadPoolExecutor(1) as pool:
        backup = pool.submit(lambda: [hub.server.run("backup", copy) for copy in copies])
        while not backup.done():
            hub.tablet.make(150)
            assert hub.tablet.send(150)[0] == 200
        backup.result()
    hub.tablet.send_all()
    _whole(hub)
    sizes = []
    for copy in copies:
        db = store.connect(copy)
        assert store.check(db) == [] and ledger.check(db) == []
        sizes.append(ledger.head(db)["number"])
        db.conn.close()
    assert sizes == sorted(sizes) and sizes[-1] <= ledger.head(hub.db)["number"]
