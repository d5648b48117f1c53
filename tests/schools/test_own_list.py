"""A hub's own list of schools: a preview, what it refuses in words, and all of it or nothing."""

import io
import re
import sqlite3
from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.world import do
from workgroup import door, store, web
from workgroup.people import post
from workgroup.schools import own_list, queries

HEAD = "URN,Name,Phase,Town\n"


def _sent(client, content, name="mine.csv"):
    content = content.encode() if isinstance(content, str) else content
    answer = client.post("/schools/import", data={"file": (io.BytesIO(content), name)})
    return answer.status_code, answer.get_data(as_text=True)


def _press(page):
    return re.search(r'action="(/schools/import/[^"]+)"', page)[1]


def test_a_list_is_shown_before_it_is_saved_and_brought_in_by_one_press(db, world_of, sign_in):
    client = sign_in(world_of.hub_lead)
    do(db, "schools.add_by_hand", world_of.leader, urn="900310", name="By Hand", phase="Primary", town="Old Town")
    text = (f"{HEAD}900311,St Æthel & <b>,primary,Havermouth\n900310,By Hand,Primary,New Town\n12,Short,Primary,\n"
            "900311,Again,Primary,\n900001,Another Name,Primary,\n900312,,Primary,\n")  # fmt: skip
    status, page = _sent(client, text)
    assert status == 200 and "1 school added, 1 changed, 1 as they were, 3 left out" in page
    assert "Town: Old Town becomes New Town" in page and "St Æthel &amp; &lt;b&gt;" in page
    assert "Enter the six digits" in page and "URN 900311 stands in row 2 already" in page
    assert queries.by_urn(db, "900311") is None, "a preview saves nothing"
    assert client.post(_press(page)).status_code == 303
    assert queries.by_urn(db, "900311")["name"] == "St Æthel & <b>" and queries.by_urn(db, "900311")["by_hand"]
    assert queries.by_urn(db, "900310")["town"] == "New Town"
    assert queries.by_urn(db, "900001")["name"] == "Staithe Lane Primary School", "the register is kept"
    number = store.value(db, "select count(*) from ledger")
    assert client.post(_press(page)).status_code == 303
    assert store.value(db, "select count(*) from ledger") == number, "a second tap is harmless"
    assert client.post("/schools/import/nothing").status_code == 404
    assert "They are in" in client.get("/schools/import?brought=yes").get_data(as_text=True)


def test_a_preview_that_is_gone_is_not_said_to_be_in(db, world_of, sign_in, settings):
    client = sign_in(world_of.hub_lead)
    _, page = _sent(client, f"{HEAD}900311,New,Primary,\n")
    for left in Path(f"{settings.database}.incoming").iterdir():
        left.unlink()
    for address in (_press(page), f"/schools/import/{post.new_id()}"):
        gone = client.post(address)
        assert gone.status_code == 410 and "Choose the file again" in gone.get_data(as_text=True)
    assert queries.by_urn(db, "900311") is None


def test_a_list_that_could_not_be_kept_waits_for_another_press(db, world_of, sign_in, monkeypatch):
    client = sign_in(world_of.hub_lead)
    _, page = _sent(client, f"{HEAD}900311,New,Primary,\n")
    with monkeypatch.context() as full:
        full.setattr(web.door, "submit", _is_full)
        answer = client.post(_press(page))
        assert answer.status_code == 507 and "disk is full" in answer.get_data(as_text=True)
    assert client.post(_press(page)).headers["Location"] == "/schools/import?brought=yes"
    assert queries.by_urn(db, "900311")["name"] == "New"


def _is_full(db, kind, fields, *more, **else_):
    trouble = sqlite3.OperationalError("database or disk is full")
    trouble.sqlite_errorname = "SQLITE_FULL"
    raise door.NotKept(trouble, door.KINDS[kind].form()) from trouble


@pytest.mark.parametrize("content, says", [
    (b"", "URN and Name are wanted"),
    (b"Name,Town\nA,B\n", "The first line says: Name, Town."),
    ("URN,Name,Phase\n".encode("utf-16"), "no list of schools that can be read"),
    (b"\x00\x01\x02" * 50, "no list of schools that can be read"),
    (b"PK\x03\x04broken", "cannot be opened"),
    (b"URN,Name,Phase\n", "no schools below the heading"),
    (b"URN,Name,Phase\n" + b"900400,A,Primary\n" * 2001, "2,001 rows"),
])  # fmt: skip
def test_what_is_no_list_is_answered_in_words(db, world_of, sign_in, content, says):
    status, page = _sent(sign_in(world_of.administrator), content)
    assert status == 422 and says in page and queries.count(db) == 3


def test_encodings_separators_title_lines_and_workbooks_are_read():
    told = f"My schools;;\n{HEAD}".replace(",", ";") + "900401;Zoë’s School;Primary;\n"
    for content in (told.encode("utf-8-sig"), told.encode("cp1252")):
        assert own_list.read(content)[0]["name"] == "Zoë’s School"
    book, file = Workbook(), io.BytesIO()
    book.active.append(["URN", "School name", "Phase of education"])
    book.active.append([900402, "From a workbook", "Secondary"])
    book.save(file)
    assert own_list.read(file.getvalue()) == [
        {"line": 2, "urn": "900402", "name": "From a workbook", "phase": "Secondary"}
    ]


def test_the_template_is_a_list_that_comes_in(db, world_of, sign_in):
    client = sign_in(world_of.administrator)
    status, page = _sent(client, client.get("/schools/import/template.csv").data)
    assert status == 200 and "as they were" in page, "its example is a school of this world"


def test_the_preview_and_the_press_are_for_whoever_runs_the_hub(world_of, sign_in):
    _, page = _sent(sign_in(world_of.hub_lead), f"{HEAD}900311,New,Primary,\n")
    client = sign_in(world_of.leader)
    assert client.post(_press(page)).status_code == 404
    assert client.get("/schools/import").status_code == client.get("/schools/import/template.csv").status_code == 404


def test_a_school_added_for_a_group_leads_back_to_it(db, world_of, sign_in):
    client = sign_in(world_of.leader)
    assert world_of.group in client.get(f"/schools/new?group={world_of.group}").get_data(as_text=True)
    fields = {"urn": "900300", "name": "Hand School", "phase": "Primary", "group": world_of.group}
    made = client.post("/schools/new", data=fields)
    assert made.headers["Location"] == f"/groups/{world_of.group}/schools?q=900300"
    assert "Hand School" in client.get(made.headers["Location"]).get_data(as_text=True)
    odd = client.post("/schools/new", data={**fields, "urn": "900301", "group": "//elsewhere.example.org"})
    assert odd.headers["Location"].startswith("/schools/")
