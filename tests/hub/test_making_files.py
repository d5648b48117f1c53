"""A file that takes long is made while a page says how far it is, for whoever asked, and is gone after a while."""

import io
import re
from threading import Event

import openpyxl
import pytest

from workgroup import working
from workgroup.hub import exports, making_file
from workgroup.people import post

HTMX = {"HX-Request": "true"}


@pytest.fixture
def slow(monkeypatch):
    """Every file counts as slow, and waits after its first row until the test lets it go on."""
    goes_on, counted = Event(), working.Work.counted
    monkeypatch.setattr(making_file, "SLOW", {"xlsx": 0, "pdf": 0})
    monkeypatch.setattr(working, "AT_FIRST", 0)

    def held(work, rows):
        for row in counted(work, rows):
            yield row
            assert goes_on.wait(20)

    monkeypatch.setattr(working.Work, "counted", held)
    yield goes_on
    goes_on.set()
    for work in list(working._works.values()):
        work.over.wait(20)


def _form(page, format):
    form = re.search(rf'<form id="make-{format}" method="post" action="([^"]+)" hidden>.*?value="([^"]+)"', page)
    return form[1].replace("&amp;", "&"), {"change_id": form[2]}


def test_a_long_export_says_how_far_it_is_and_is_then_taken_by_whoever_asked(year, sign_in, slow):
    client = sign_in(year.leader)
    page = client.get("/hub/exports?kind=attendance&year=").get_data(as_text=True)
    assert "Make Excel (XLSX)" in page and "Download CSV" in page
    address, fields = _form(page, "xlsx")
    there = client.post(address, data=fields).headers["Location"]
    assert client.post(address, data=fields).headers["Location"] == there, "a second tap is the same file"
    part = client.get(there, headers=HTMX).get_data(as_text=True)
    assert "<html" not in part and re.search(r"of 4 rows|begun|waits", part), part
    page = client.get(there).get_data(as_text=True)
    assert "Your file is being made" in page and f'href="{there}">Look again' in page
    assert client.get(f"{there}/file").headers["Location"] == there
    assert sign_in(year.hub_lead).get(there).status_code == 410, "it is whose it is"
    assert sign_in(year.participant).get(there).status_code == 404
    slow.set()
    working.find("export", there.split("/")[-1], year.leader).over.wait(20)
    assert client.get(there, headers=HTMX).headers["HX-Refresh"] == "true"
    assert "Your file is ready" in client.get(there).get_data(as_text=True)
    file = client.get(f"{there}/file")
    assert file.headers["Cache-Control"] == "no-store" and "attendance-as-at-" in file.headers["Content-Disposition"]
    assert openpyxl.load_workbook(io.BytesIO(file.data)).active.max_row == 5
    assert client.get(f"{there}/file").data == file.data, "it may be taken again"
    working.forget("export", there.split("/")[-1])
    gone = client.get(there)
    assert gone.status_code == 410 and "There is no file" in gone.get_data(as_text=True)
    assert client.get(f"/hub/exports/made/{post.new_id()}").status_code == 410


def test_what_cannot_be_made_is_said_with_what_was_asked(year, sign_in, slow, monkeypatch):
    client = sign_in(year.hub_lead)
    address = "/hub/exports/attendance?format={}&as_at={}"
    assert client.post(address.format("pdf", "yesterday")).status_code == 422
    assert client.post(address.format("docx", "")).status_code == client.post("/hub/exports/cakes").status_code == 404
    slow.set()

    def too_late(*_, **__):
        raise exports.Refused("This has too many rows by now.")

    monkeypatch.setattr(exports, "chunks", too_late)
    there = client.post("/hub/exports/attendance?format=xlsx").headers["Location"]
    working.find("export", there.split("/")[-1], year.hub_lead).over.wait(20)
    assert "This has too many rows by now." in client.get(there).get_data(as_text=True)


def test_long_work_waits_its_turn_and_is_let_go_when_nobody_fetched_it(monkeypatch):
    goes_on, let_go = Event(), []
    monkeypatch.setattr(working, "AT_FIRST", 0)
    ids = [post.new_id() for _ in range(3)]

    class File:
        def close(self):
            let_go.append(self)

    def deed(work):
        goes_on.wait(20)
        return File()

    works = [working.begin("turn", id, "somebody", deed) for id in ids]
    assert sum(w.is_begun for w in works) <= working.AT_ONCE
    goes_on.set()
    assert all(w.over.wait(20) for w in works)
    assert working.find("turn", ids[0], "somebody else") is None
    monkeypatch.setattr(working, "STAYS", -1)
    assert working.find("turn", ids[0], "somebody") is None and len(let_go) >= 3


def test_nobody_has_more_than_three_going_on_at_once_or_more_than_three_files_kept(year, sign_in, slow):
    client, address = sign_in(year.hub_lead), "/hub/exports/attendance?format=xlsx"
    made = [client.post(address).headers["Location"] for _ in range(3)]
    fourth = client.post(address)
    assert fourth.status_code == 422 and "going on already" in fourth.get_data(as_text=True)
    assert sign_in(year.leader).post(address).status_code == 303, "another person is not in the way"
    slow.set()
    for there in made:
        working.find("export", there.split("/")[-1], year.hub_lead).over.wait(20)
    for _ in range(2):
        working.find("export", client.post(address).headers["Location"].split("/")[-1], year.hub_lead).over.wait(20)
    assert sorted(client.get(there).status_code for there in made) == [200, 200, 410], "the one done first went"


def test_a_fault_of_ours_is_said_without_its_inside(monkeypatch):
    work = working.begin("fault", id := post.new_id(), "somebody", lambda work: 1 / 0)
    assert work.over.wait(20) and "Something went wrong here" in work.trouble and "zero" not in work.trouble
    again = working.begin("fault", id, "somebody", lambda work: "well")
    assert again.over.wait(20) and again.came == "well"
