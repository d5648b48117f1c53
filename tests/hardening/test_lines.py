"""What is one line stays one, wherever it goes: headers, names of files, calendars, sheets."""

import io

import pytest

from tests.sessions.examples import a_session
from tests.world import do
from workgroup import store
from workgroup.formats import as_csv, as_ics

ENDS = ["\r\n", "\n", "\r", "\t", "\x85", "\u2028", "\u2029"]


@pytest.mark.parametrize("end", ENDS)
def test_a_line_that_was_sent_as_two_is_kept_as_one(db, world_of, end):
    do(db, "people.edit_account", world_of.leader, name=f"  Bethan{end}X-Evil: 1 ")
    assert store.value(db, "select name from person where id = ?", (world_of.leader,)) == "Bethan X-Evil: 1"


@pytest.mark.parametrize("end", ENDS)
def test_the_title_of_a_file_is_no_header_of_its_answer(db, world_of, sign_in, end):
    w = world_of
    session = a_session(db, w)
    file = io.BytesIO(b"%PDF-1.4\n")
    file.filename = "a.pdf"
    material = do(db, "sessions.add_material", w.leader, session=session, title="Plan", file=file).about
    with store.writing(db):  # from before a line was one
        store.alter(db, "material", material, title=f"Plan{end}X-Evil: 1")
    answer = sign_in(w.leader).get(f"/materials/{material}")
    assert answer.status_code == 200 and "X-Evil" not in answer.headers
    assert answer.headers["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize("end", ENDS)
def test_no_word_begins_a_line_of_a_calendar(end):
    said = f"Plan{end}ATTENDEE:mailto:b@evil.example"
    told = {"uid": "1@x", "sequence": 0, "stamp": "2027-03-09T14:05:00.000Z", "starts": "2027-03-09T14:05:00.000Z",
            "ends": "2027-03-09T15:05:00.000Z", "title": said, "place": said, "is_off": False}  # fmt: skip
    made = as_ics.invitation(told, (said, "a@example.org"), (said, "c@example.org"), said).decode()
    made += as_ics.calendar(said, [told]).decode()
    lines = made.replace("\r\n ", "").split("\r\n")
    assert not [line for line in lines if "\n" in line or "\r" in line]
    assert [line.partition(";")[0] for line in lines].count("ATTENDEE") == 1
    assert not [line for line in lines if line.startswith("ATTENDEE:")]


FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠A", "=cmd|' /C calc'!A0"]


def test_no_cell_of_a_csv_runs_as_a_formula():
    made = b"".join(as_csv.chunks(["=name", "x"], [[one, 1] for one in FORMULAS])).decode("utf-8-sig")
    for one in FORMULAS:
        assert f"'{one}" in made
    assert made.startswith("'=name")
