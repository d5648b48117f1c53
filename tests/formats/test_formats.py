"""Plain values in, a file out: what spreadsheets must not do with it, and how little memory it takes."""

import csv
import io
import tempfile
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape

from workgroup.formats import as_csv, as_xlsx

HEADER = ["school", "urn", "days"]
CELL = st.one_of(st.none(), st.integers(-9999, 9999), st.text(st.characters(codec="utf-8", exclude_characters="\0")))


def read_csv(chunks):
    """Return the rows of a CSV, read as Excel does."""
    return list(csv.reader(io.StringIO(b"".join(chunks).decode("utf-8-sig"), newline="")))


def read_xlsx(chunks):
    """Return the rows of the first sheet."""
    return [list(row) for row in load_workbook(io.BytesIO(b"".join(chunks))).worksheets[0].iter_rows(values_only=True)]


def test_a_csv_has_the_mark_of_utf8_and_windows_line_ends():
    made = b"".join(as_csv.chunks(HEADER, [["École, Zoë", "012345", 0.5], ["B", None, 3.0]]))
    assert made == '\ufeffschool,urn,days\r\n"École, Zoë",012345,0.5\r\nB,,3\r\n'.encode()


STARTS = tuple("=+-@\t\r\n＝＋－＠")  # a formula, or what some spreadsheet takes for one


@pytest.mark.parametrize("text", ["=1+1", "+44 1", "-2", "@SUM(A1)", "\tx", "\rx", '=HYPERLINK("http://x")'])
def test_no_cell_of_a_csv_runs_as_a_formula(text):
    assert read_csv(as_csv.chunks(HEADER, [[text, "a=b", -2]]))[1] == ["'" + text, "a=b", "-2"]


def test_a_heading_is_made_harmless_too():
    assert read_csv(as_csv.chunks(["=1+1"], [])) == [["'=1+1"]]


@given(st.lists(st.lists(CELL, min_size=3, max_size=3), max_size=5))
@settings(max_examples=25, deadline=None)
def test_whatever_the_text_is_a_reader_gets_it_back(rows):
    back = read_csv(as_csv.chunks(HEADER, rows))[1:]
    said = [["" if cell is None else str(cell) for cell in row] for row in rows]
    assert [[c[1:] if c[:1] == "'" and c[1:2] in STARTS else c for c in row] for row in back] == [
        [c[1:] if c[:1] == "'" and c[1:2] in STARTS else c for c in row] for row in said
    ]
    assert not [c for row, given in zip(back, rows, strict=True) for c, v in zip(row, given, strict=True)
                if isinstance(v, str) and c[:1] in STARTS]  # fmt: skip


def test_a_csv_comes_in_chunks_and_takes_no_more_memory_when_it_is_long():
    def peak(many):
        tracemalloc.start()
        rows = (["Staithe Lane Primary School", "900001", n] for n in range(many))
        sizes = [len(c) for c in as_csv.chunks(HEADER, rows)]
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return sizes, most

    _, little = peak(5_000)
    many, most = peak(50_000)
    assert sum(many) > 1_900_000 and max(many) < 66_000 and min(many[:-1]) >= as_csv.CHUNK
    assert most < little * 1.3


def test_an_xlsx_takes_no_more_memory_when_it_is_long_and_none_of_it_is_held_whole():
    waiting = {"row": None}

    def peak(many):
        def rows():
            for n in range(many):
                waiting["row"] = n
                yield [f"Staithe Lane Primary School {n}", "900001", n]

        tracemalloc.start()
        size = sum(len(c) for c in as_xlsx.chunks("attendance", HEADER, rows()))
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return size, most

    _, little = peak(500)
    size, most = peak(6_000)
    # the words alone of 6,000 rows held at once would be 600 KB more, and a book in memory some megabytes
    assert size > 100_000 and waiting["row"] == 5_999 and most < little * 1.3 + 200_000


def test_an_xlsx_keeps_text_as_text_and_numbers_as_numbers():
    cells = ["=1+1", "012345", "https://example.org", "two\nlines", "2027-03-09"]
    rows = read_xlsx(as_xlsx.chunks("attendance", [*"abcdefg"], [[*cells, 2.5, None]]))
    assert rows == [[*"abcdefg"], [*cells, 2.5, None]]


def test_an_xlsx_says_everything_that_can_be_typed_and_every_place_of_a_row():
    typed = [" two  spaces ", "a & b < c > d", "line\nline", "\x01 and \ufffe", "_x0041_ is typed", "é🙂"]
    cells = [*typed, None, *range(22), 0.1]
    (row,) = read_xlsx(as_xlsx.chunks("a", [f"column {n}" for n in range(len(cells))], [cells]))[1:]
    assert [unescape(cell) if isinstance(cell, str) else cell for cell in row] == cells
    (long,) = read_xlsx(as_xlsx.chunks("a", ["words"], [["w" * 40_000]]))[1:]
    assert len(long[0]) == 32_767 and long[0].endswith("w…"), "what a cell of Excel holds"


def test_an_xlsx_keeps_its_formula_as_a_string_cell():
    book = load_workbook(io.BytesIO(b"".join(as_xlsx.chunks("a", ["x"], [["=1+1"]]))))
    assert book["a"]["A2"].data_type == "s" and book["a"].freeze_panes == "A2" and book["a"]["A1"].font.bold


def test_an_xlsx_without_rows_has_its_headings():
    assert read_xlsx(as_xlsx.chunks("attendance", HEADER, [])) == [HEADER]


def test_more_rows_than_a_sheet_holds_go_on_in_a_second_sheet(monkeypatch):
    monkeypatch.setattr(as_xlsx, "MOST_ROWS", 3)
    book = load_workbook(io.BytesIO(b"".join(as_xlsx.chunks("a", ["n"], ([n] for n in range(5))))))
    assert [[s.title, *(r[0] for r in s.iter_rows(values_only=True))] for s in book] == [
        ["a", "n", 0, 1], ["a 2", "n", 2, 3], ["a 3", "n", 4],
    ]  # fmt: skip


def test_nothing_stays_behind_when_the_reader_hangs_up_or_the_rows_break_off(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(as_xlsx, "CHUNK", 64)
    reading = as_xlsx.chunks("a", ["n"], ([n] for n in range(500)))
    assert next(reading) and list(Path(tmp_path).iterdir())
    reading.close()
    with pytest.raises(ZeroDivisionError):
        list(as_xlsx.chunks("a", ["n"], ([1 // n] for n in (1, 0))))
    assert list(Path(tmp_path).iterdir()) == []
