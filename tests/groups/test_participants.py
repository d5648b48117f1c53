"""A messy sheet of participants: every row said in words, corrected in the preview, saved as one."""

import csv
import io
import json
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner
from hypothesis import given
from hypothesis import settings as few
from hypothesis import strategies as st
from openpyxl import Workbook

from workgroup import door, store
from workgroup.cli import main
from workgroup.groups import matching, queries, sheet
from workgroup.people import post
from workgroup.schools import importing

DATA = Path(__file__).parent.parent / "data"
SHEET = DATA / "participants.csv"


@pytest.fixture
def register(db, world_of):
    """The world, with the real extract of the register imported."""
    with (DATA / "gias_sample_2021.csv").open("rb") as file:
        importing.import_register(db, file, world_of.hub_lead)
    return world_of


def _as_xlsx():
    book = Workbook()
    for row in csv.reader(io.StringIO(SHEET.read_bytes().decode("cp1252"))):
        book.active.append([int(c) if c.isdigit() else c for c in row])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _fields(page):
    """Return what a browser would send from the preview."""
    soup = BeautifulSoup(page, "html.parser")
    form = soup.find("form", action=re.compile("/participants/save$"))
    fields = {i["name"]: i.get("value", "") for i in form.find_all("input") if i.get("type") != "checkbox"}
    for select in form.find_all("select"):
        chosen = select.find("option", selected=True)
        fields[select["name"]] = chosen["value"] if chosen else ""
    return fields


def _preview(client, w, content, name="participants.csv"):
    return client.post(f"/groups/{w.group}/participants", data={"file": (io.BytesIO(content), name)})


@pytest.mark.parametrize("content", [SHEET.read_bytes(), _as_xlsx()], ids=["csv", "xlsx"])
def test_each_messy_row_is_said_in_words(db, register, content):
    rows = matching.matched(db, register.group, sheet.read(content))
    said = {r["name"]: " ".join(r["says"]) for r in rows}
    assert len(rows) == 16
    assert rows[0]["email"] == "p.nair@argyle.example.org" and "New, and invited." in said["Priya Nair"]
    assert rows[1]["name"] == "Tom Okafor"
    assert "Siân O’Keefe" in said
    assert "Brecknock Primary School" in said["Siân O’Keefe"] and "in the register" in said["Siân O’Keefe"]
    assert "URN is missing" in said["Bea Lindqvist"]
    assert rows[3]["school_name"] == "Brecknock Primary School"
    assert [bool(r.get("is_twice")) for r in rows if r["name"] == "Grace Adeyemi"] == [False, True]
    assert "added once" in said["Grace Adeyemi"]
    assert "No e-mail" in said["Mei Tan"]
    assert "proposed to close" in said["Aisha Rahman"]
    assert [r["name"] for r in matching.troubles(rows)] == ["Owen Pryce"]


def test_nothing_is_saved_before_the_broken_address_is_mended_and_what_was_typed_stays(db, register, sign_in):
    client = sign_in(register.leader)
    page = _preview(client, register, SHEET.read_bytes()).get_data(as_text=True)
    before = store.value(db, "select count(*) from membership")
    fields = _fields(page) | {"name-1": "Thomas Okafor"}
    refused = client.post(f"/groups/{register.group}/participants/save", data=fields)
    text = refused.get_data(as_text=True)
    assert refused.status_code == 422 and "no e-mail address" in text
    assert "owen.pryce@richardcobden" in text and "Thomas Okafor" in text
    assert store.value(db, "select count(*) from membership") == before


def test_the_corrected_sheet_comes_in_whole(db, register, sign_in):
    client = sign_in(register.leader)
    fields = _fields(_preview(client, register, SHEET.read_bytes()).get_data(as_text=True))
    owen = next(k for k, v in fields.items() if v == "owen.pryce@richardcobden")
    fields[owen] = "owen.pryce@richardcobden.example.org"
    left = next(k for k, v in fields.items() if v == "Yusuf Demir").replace("name", "leave_out")
    saved = client.post(f"/groups/{register.group}/participants/save", data=fields | {left: "y"})
    assert saved.status_code == 303
    people = {p["name"]: p for p in queries.people(db, register.group)}
    assert len(people) == 5 + 14
    assert people["Owen Pryce"]["school_name"] == "Richard Cobden Primary School"
    assert people["Mei Tan"]["email"] is None and "Yusuf Demir" not in people
    assert sum(p["name"] == "Grace Adeyemi" for p in queries.people(db, register.group)) == 1
    invited = store.value(db, "select count(*) from mail where address like '%richardcobden%'")
    assert invited == 1
    again = client.post(f"/groups/{register.group}/participants/save", data=fields | {left: "y"})
    assert again.status_code in (303, 422)
    assert len(queries.people(db, register.group)) == len(people)


def test_one_refused_row_brings_nobody_in(db, register):
    w = register
    rows = [
        {"school": w.school, "name": "Ada New", "email": "ada@example.org", "title": None},
        {"school": w.school, "name": "Nadine Again", "email": "participant@example.org", "title": None},
    ]
    before = store.value(db, "select count(*) from person")
    fields = {"work_group": w.group, "rows": json.dumps(rows)}
    outcome = door.submit(db, "groups.import_participants", fields, post.new_id(), w.leader)
    assert outcome.standing == "refused" and "Row 2, Nadine Again" in outcome.errors["rows"][0]
    assert store.value(db, "select count(*) from person") == before


@pytest.mark.parametrize(
    "content", [b"", b"\x00\x01\x02", b"PK\x03\x04 broken", b"a,b\n1,2\n", b"School,Name\n", b"Dear Sir,\n"],
)  # fmt: skip
def test_what_is_no_sheet_is_refused_in_one_sentence(register, sign_in, content):
    answer = _preview(sign_in(register.leader), register, content)
    assert answer.status_code == 422
    assert "sheet" in answer.get_data(as_text=True)


def test_the_sheet_is_for_the_leaders_and_the_hub(register, sign_in):
    address = f"/groups/{register.group}/participants"
    for person in (register.leader, register.administrator):
        assert sign_in(person).get(address).status_code == 200
    for person in (register.participant, register.outsider, register.far_leader):
        assert sign_in(person).get(address).status_code == 404
        assert _preview(sign_in(person), register, SHEET.read_bytes()).status_code == 404


@few(max_examples=60, deadline=None)
@given(st.one_of(st.binary(max_size=300), st.text(max_size=200).map(lambda t: t.encode("utf-8", "ignore"))))
def test_no_bytes_break_the_reader(content):
    for head in (b"", b"School,URN,Name,E-mail\r\n", b"PK\x03\x04"):
        try:
            assert all(r["name"] or r["email"] for r in sheet.read(head + content))
        except sheet.NotASheet as no:
            assert str(no).endswith(".")


def test_the_command_refuses_the_broken_row_then_brings_the_others(db, register, settings):
    words = ["--database", str(settings.database), "import-participants", str(SHEET), "--group", register.group]
    refused = CliRunner().invoke(main, words)
    assert refused.exit_code == 1 and "Owen Pryce: This is no e-mail address" in refused.output
    assert len(queries.people(db, register.group)) == 5
    done = CliRunner().invoke(main, [*words, "--leave-out-broken", "--json"])
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout.strip().splitlines()[-1])["participants"] == 14
