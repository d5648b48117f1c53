"""Files of any kind, where files are taken: read, or refused in words, with nothing half entered."""

import csv
import io
import json
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.hardening.answers import check
from tests.hardening.house import House
from tests.hardening.values import AWKWARD, JSON, TEXT, tries
from tests.pictures import jpeg
from workgroup import door
from workgroup.groups import sheet
from workgroup.people import post
from workgroup.schools import register
from workgroup.years import importing, reading

SAME = {"Sec-Fetch-Site": "same-origin"}
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252", "latin-1", "cp037", "utf-7")
CELLS = st.one_of(st.sampled_from([*AWKWARD, "900001", "School", "URN", "1", "02", "31-08-2021", "32-13-2021"]),
                  st.text(max_size=20))  # fmt: skip
REGISTER = ["URN", "EstablishmentName", "OpenDate", "EstablishmentStatus (code)", "PhaseOfEducation (code)"]
PEOPLE = ["School", "URN", "First name", "Surname", "E-mail address", "Role in school", "Notes"]
YEAR = json.loads((Path(__file__).parent.parent / "data" / "primary_year.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    made = House(tmp_path_factory.mktemp("files")).live_in()
    made.lead, made.leader = made.client("hub_lead"), made.client("leader")
    yield made
    made.close()


@st.composite
def sheets(draw, header):
    """Return the bytes of a sheet in some encoding, whole or not, with a NUL or a quote that nobody closes."""
    page = io.StringIO()
    write = csv.writer(page, quoting=draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL])),
                       delimiter=draw(st.sampled_from(",;\t"))).writerow  # fmt: skip
    write(draw(st.permutations(header)))
    for row in draw(st.lists(st.lists(CELLS, max_size=len(header) + 2), max_size=6)):
        write(row)
    made = page.getvalue().encode(draw(st.sampled_from(ENCODINGS)), "replace")
    odd = draw(st.sampled_from([b"", b"", b"\x00", b'"', b"\xff", b"\r\r\n", b"\x1a"]))
    cut = draw(st.integers(0, len(made)))
    return draw(st.sampled_from([made, made + odd, made[:cut] + odd + made[cut:], made[:cut]]))


@pytest.mark.parametrize("place", ["register", "people"])
def test_a_sheet_of_any_encoding_is_read_or_refused_in_words(house, place):
    client = house.lead if place == "register" else house.leader
    address = "/schools/import" if place == "register" else f"/groups/{house.w.group}/participants"

    @tries(40, 4000)
    @given(st.one_of(sheets(REGISTER if place == "register" else PEOPLE), st.binary(max_size=300)), TEXT)
    def try_it(made, name):
        name = name.encode("utf-8", "replace").decode()
        before = house.rows()
        answer = client.post(address, data={"file": (io.BytesIO(made), name or "a.csv")}, headers=SAME)
        check(answer, made)
        if answer.status_code >= 400:
            assert house.rows() == before

    try_it()
    assert house.wrong() == []


def _changed(draw, value):
    """Return JSON that is like a year, with something else in a place or two."""
    if draw(st.integers(0, 12)) == 0:
        return draw(JSON)
    if isinstance(value, dict):
        return {k: _changed(draw, v) if draw(st.integers(0, 5)) == 0 else v for k, v in value.items()}
    if isinstance(value, list) and value:
        place = draw(st.integers(0, len(value) - 1))
        return [*value[:place], _changed(draw, value[place]), *value[place + 1 :]]
    return draw(JSON) if draw(st.booleans()) else value


def _year(number):
    """Return the real year with a title of its own, and schools that no register needs to know."""
    schools = [{"urn": urn, "name": f"School {urn}", "phase": "Primary"} for urn in [*YEAR["schools"], "100018"]]
    specialists = [{"name": "Dana Whitlock", "email": "dana@example.org", "school_urn": "900001"}]
    return {**YEAR, "title": f"A year {number}", "schools": schools, "specialists": specialists}


def test_a_year_of_any_shape_is_read_or_refused_line_by_line(house):
    entered = []

    @tries(25, 3000)
    @given(st.data())
    def try_it(data):
        said = _changed(data.draw, _year(len(entered))) if data.draw(st.integers(0, 3)) else data.draw(JSON)
        text, before = json.dumps(said), house.rows()
        year, wrong = reading.read(text.encode())
        wrong = wrong or importing.problems(house.db, year)
        assert all(isinstance(s, str) and s.endswith(".") for s in wrong), wrong
        outcome = door.submit(house.db, "years.import_year", {"year": text}, post.new_id(), house.w.hub_lead)
        assert outcome.stands or (outcome.errors and house.rows() == before)
        entered.append(outcome.stands)

    try_it()
    assert True in entered and False in entered
    assert house.wrong() == []
    for made in (b"[" * 100_000, b"\xff", b"", b"\xef\xbb\xbf", b"{}", b"1" * 5000, b"x" * 2_000_000):
        assert reading.read(made)[1]


def _workbook(**parts):
    page = io.BytesIO()
    with zipfile.ZipFile(page, "w", zipfile.ZIP_DEFLATED) as book:
        for name, data in parts.items():
            book.writestr(name.replace("__", "/"), data)
    return page.getvalue()


POLYGLOTS = [
    b"", b"%PDF-", b"%PDF-1.4\n<script>alert(1)</script>", b"GIF89a<script>", b"\x89PNG\r\n\x1a\n", b"<svg onload=x>",
    b"<!doctype html><script>1</script>", jpeg(8, 8) + b"PK\x03\x04", b"PK\x03\x04", b"PK\x05\x06" + b"\0" * 18,
    b"MZ\x90",
    b"#!/bin/sh\n", _workbook(a="b"), _workbook(word__document="x") + jpeg(8, 8), b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
]  # fmt: skip


def test_materials_and_sheets_are_told_by_their_bytes_whatever_their_name(house):
    session = house.said["sessions.add_material"].fields["session"]
    places = (f"/sessions/{session}/materials", f"/groups/{house.w.group}/participants")
    for made in POLYGLOTS:
        for place in places:
            before = house.rows()
            sent = {"file": (io.BytesIO(made), "plan.pdf", "application/pdf"), "title": "Plan"}
            answer = house.leader.post(place, data=sent, headers=SAME)
            check(answer, (place, made[:60]))
            is_taken = made.startswith(b"%PDF-") and place == places[0]
            assert is_taken == (answer.status_code == 303), (place, made[:60])
            assert is_taken or house.rows() == before


def test_what_reads_sheets_is_asked_without_the_app_too():
    @tries(60, 6000)
    @given(st.one_of(sheets(PEOPLE), sheets(REGISTER), st.binary(max_size=200)))
    def try_it(made):
        for read in (sheet.read, lambda data: list(register.read(io.BytesIO(data)))):
            try:
                read(made)
            except (sheet.NotASheet, register.NotTheRegister) as wrong:
                assert str(wrong).endswith(".")

    try_it()
