"""The register from the page takes long: how far it is, who sees it, what becomes of it when something stops it."""

import re
import sqlite3
from pathlib import Path
from threading import Event

import pytest

from workgroup import store, working
from workgroup.schools import importing, long_work, queries, register

SAMPLE = Path(__file__).parent.parent / "data" / "gias_sample_2021.csv"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def gate(monkeypatch):
    """Hold the work up after the tenth row until the test opens the gate."""
    opened = Event()
    monkeypatch.setattr(long_work, "LARGE", 0)
    monkeypatch.setattr(working, "AT_FIRST", 0)
    counted = working.Work.counted

    def held(work, rows):
        for row in counted(work, rows):
            assert work.done != 10 or opened.wait(20)
            yield row

    monkeypatch.setattr(working.Work, "counted", held)
    yield opened
    opened.set()
    for work in list(working._works.values()):
        work.over.wait(20)


def _send(client):
    with SAMPLE.open("rb") as file:
        return client.post("/schools/import", data={"file": (file, "register.csv")})


def _over(address, person, name):
    working.find(name, address.split("/")[-1], person).over.wait(20)


def _up_to_ten(client, address):
    """Ask until ten rows are read, as the page does, and return the part."""
    for _ in range(10_000):
        part = client.get(address, headers=HTMX).get_data(as_text=True)
        if "10 of " in part:
            return part
    raise AssertionError(part)


def test_a_large_register_says_how_far_it_is_looked_through_and_brought_in(db, world_of, sign_in, gate):
    client = sign_in(world_of.administrator)
    sent = _send(client)
    address = sent.headers["Location"]
    assert sent.status_code == 303
    part = _up_to_ten(client, address)
    assert "<html" not in part and 'max="99"' in part and 'value="10"' in part and "10 of 99 rows" in part
    page = client.get(address).get_data(as_text=True)
    assert "The register is being looked through" in page and f'href="{address}">Look again' in page
    assert sign_in(world_of.hub_lead).get(address).status_code == 410, "it is whose file it is"
    assert sign_in(world_of.leader).get(address).status_code == 404
    gate.set()
    _over(address, world_of.administrator, "look")
    assert client.get(address, headers=HTMX).headers["HX-Refresh"] == "true"
    assert "Nothing has been saved yet" in client.get(address).get_data(as_text=True) and queries.count(db) == 3

    gate.clear()
    assert client.post(address).headers["Location"] == client.post(address).headers["Location"] == address
    assert "The register is coming in" in client.get(address).get_data(as_text=True)
    gate.set()
    _over(address, world_of.administrator, "bring")
    assert "99 rows read" in client.get(address).get_data(as_text=True) and queries.count(db) == 102
    assert store.value(db, "select count(*) from ledger where kind = 'schools.import_register'") == 1
    assert client.post(address).headers["Location"] == address and queries.count(db) == 102


def test_what_was_stopped_half_way_by_a_restart_is_there_to_be_brought_in_again(db, world_of, sign_in, gate):
    client = sign_in(world_of.administrator)
    gate.set()
    address = _send(client).headers["Location"]
    _over(address, world_of.administrator, "look")
    working.forget_all()  # the server was started again
    assert "Nothing has been saved yet" in client.get(address).get_data(as_text=True)
    assert client.get(address, headers=HTMX).headers["HX-Refresh"] == "true"
    client.post(address)
    _over(address, world_of.administrator, "bring")
    working.forget_all()
    assert "They are in" in client.get(client.get(address).headers["Location"]).get_data(as_text=True)
    assert queries.count(db) == 102


def test_a_disk_that_fills_up_meanwhile_is_said_in_words_and_the_press_may_be_made_again(
    db, world_of, sign_in, gate, monkeypatch
):
    client = sign_in(world_of.administrator)
    gate.set()
    address = _send(client).headers["Location"]
    _over(address, world_of.administrator, "look")
    with monkeypatch.context() as full:
        full.setattr(importing, "put_in", _is_full)
        client.post(address)
        _over(address, world_of.administrator, "bring")
        page = client.get(address).get_data(as_text=True)
    assert "disk is full. What had come in by then stays" in page and "Bring them in" in page
    client.post(address)
    _over(address, world_of.administrator, "bring")
    assert "99 rows read" in client.get(address).get_data(as_text=True)


def _is_full(*_):
    trouble = sqlite3.OperationalError("database or disk is full")
    trouble.sqlite_errorname = "SQLITE_FULL"
    raise trouble


def test_a_large_file_that_turns_out_to_be_no_register_is_said_so(world_of, sign_in, gate, monkeypatch):
    client = sign_in(world_of.administrator)
    gate.set()
    monkeypatch.setattr(register, "_encoding", lambda file: (_ for _ in ()).throw(register.NotTheRegister("No.")))
    address = _send(client).headers["Location"]
    _over(address, world_of.administrator, "look")
    refused = client.get(address)
    assert refused.status_code == 422 and re.search(r"<li>No\.</li>", refused.get_data(as_text=True))
