"""The national register: every encoding it comes in, rows that cannot be read, and files that are something else."""

import csv
import io
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from workgroup import store
from workgroup.cli import main
from workgroup.schools import importing, queries, register

SAMPLE = Path(__file__).parent.parent / "data" / "gias_sample_2021.csv"


def _rows():
    text = SAMPLE.read_bytes().decode("cp1252")
    return list(csv.reader(io.StringIO(text)))


def _file(rows, encoding="utf-8"):
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return io.BytesIO(text.getvalue().encode(encoding))


def _import(db, w, file):
    return importing.import_register(db, file, w.hub_lead)


def test_the_real_extract_goes_in_whole(db, world_of):
    with SAMPLE.open("rb") as file:
        result = _import(db, world_of, file)
    assert (result.added, result.changed, result.refused) == (99, 0, 0)
    school = queries.by_urn(db, "100000")
    assert school["name"] == "The Aldgate School" and school["la"] == "City of London"
    assert school["phase"] == "Primary" and school["status"] == "Open" and len(school["postcode"]) > 5


def test_status_and_quoted_commas_are_kept(db, world_of):
    with SAMPLE.open("rb") as file:
        _import(db, world_of, file)
    assert queries.by_urn(db, "100012")["status"] == "Open, but proposed to close"
    assert queries.by_urn(db, "100028")["name"] == "Christ Church Primary School, Hampstead"


def test_heads_names_and_phone_numbers_are_nowhere_in_the_file(db, world_of, settings):
    rows = _rows()
    header, first = rows[0], rows[1]
    first[header.index("HeadLastName")] = "Zzyzxhead"
    first[header.index("TelephoneNum")] = "2079460999"
    _import(db, world_of, _file([header, first]))
    db.conn.execute("pragma wal_checkpoint(truncate)")
    stored = settings.database.read_bytes()
    assert b"The Aldgate School" in stored
    assert b"Zzyzxhead" not in stored and b"2079460999" not in stored


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_names_come_out_right_in_every_encoding(db, world_of, encoding):
    rows = _rows()[:2]
    rows[1][rows[0].index("EstablishmentName")] = "Saint Zoë’s Académie"
    _import(db, world_of, _file(rows, encoding))
    assert queries.by_urn(db, "100000")["name"] == "Saint Zoë’s Académie"


def test_columns_may_stand_in_any_order_and_codes_with_or_without_a_zero(db, world_of):
    rows = [list(reversed(row)) for row in _rows()[:3]]
    code, name = rows[0].index("PhaseOfEducation (code)"), rows[0].index("PhaseOfEducation (name)")
    rows[1][code], rows[1][name] = "02", "A name of another year"
    rows[2][code], rows[2][name] = "2", "Primary"
    result = _import(db, world_of, _file(rows))
    assert result.added == 2
    assert {s["phase"] for s in store.rows(db, "select phase from school where urn like '10000_'")} == {"Primary"}


def test_rows_that_cannot_be_read_are_named_by_line_and_the_rest_goes_in(db, world_of):
    rows = _rows()[:9]
    at = rows[0].index
    rows[2][at("URN")] = "12"
    rows[3][at("EstablishmentName")] = " "
    rows[4][at("OpenDate")] = "31-02-2020"
    rows[5][at("URN")] = rows[1][at("URN")]
    rows[6] = rows[6][:20]
    result = _import(db, world_of, _file(rows))
    assert (result.added, result.refused) == (3, 5)
    assert [line for line, _ in result.problems] == [3, 4, 5, 6, 7]
    reasons = " / ".join(reason for _, reason in result.problems)
    for words in ("six digits", "has no name", "31-02-2020", "stands in line 2 already", "20 columns"):
        assert words in reasons


def test_importing_again_changes_what_changed_and_doubles_nothing(db, world_of):
    rows = _rows()
    _import(db, world_of, _file(rows))
    again = _import(db, world_of, _file(rows))
    assert (again.added, again.changed, again.same) == (0, 0, 99)
    rows[1][rows[0].index("EstablishmentName")] = "The Newgate School"
    third = _import(db, world_of, _file(rows))
    assert (third.added, third.changed, third.same) == (0, 1, 98)
    assert [s["urn"] for s in queries.search(db, "newgate")] == ["100000"]
    assert queries.search(db, "aldgate school") == []


def test_a_school_entered_by_hand_becomes_the_registers(db, world_of):
    id = world_of.school
    rows = _rows()[:2]
    rows[1][rows[0].index("URN")] = "900001"
    _import(db, world_of, _file(rows))
    school = queries.school(db, id)
    assert (school["name"], school["by_hand"]) == ("The Aldgate School", 0)


@pytest.mark.parametrize(
    "content", [b"", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40, b"name,town\r\na,b\r\n", b"URN\r\n100000\r\n",
                "URN,EstablishmentName\n100000,A\n".encode("utf-16"), b"\x81\x8d" * 50],
)  # fmt: skip
def test_a_file_that_is_not_the_register_is_refused_in_one_sentence(db, world_of, content):
    before = queries.count(db)
    with pytest.raises(register.NotTheRegister, match="not the register of schools"):
        _import(db, world_of, io.BytesIO(content))
    assert queries.count(db) == before


@settings(max_examples=60, deadline=None)
@given(st.one_of(st.binary(max_size=400), st.text(max_size=300).map(lambda t: t.encode("utf-8", "ignore"))))
def test_no_bytes_break_the_reader(content):
    for head in (b"", b"URN,EstablishmentName,OpenDate\r\n"):
        try:
            for line, row in register.read(io.BytesIO(head + content)):
                assert line > 0 and row
        except register.NotTheRegister as no:
            assert str(no).count(".") <= 2


def test_another_writer_gets_in_between(db, world_of, settings):
    rows = _rows()
    header, many = rows[0], []
    for number in range(3000):
        row = list(rows[1])
        row[header.index("URN")] = str(200000 + number)
        many.append(row)
    other, times = store.connect(settings.database), []
    other.conn.execute("pragma busy_timeout = 0")

    def write_meanwhile(line):
        with store.writing(other):
            times.append(line)

    result = importing.import_register(db, _file([header, *many]), world_of.hub_lead, progress=write_meanwhile)
    other.conn.close()
    assert result.added == 3000 and len(times) == 3


def test_the_command_says_what_it_did(db, world_of, settings):
    done = CliRunner().invoke(main, ["--database", str(settings.database), "import-schools", str(SAMPLE)])
    assert done.exit_code == 0, done.output
    assert "Read 99 rows: 99 schools added" in done.output
    assert store.value(db, "select count(*) from ledger where kind = 'schools.import_register'") == 1


def test_the_command_refuses_what_is_not_the_register(db, world_of, settings, tmp_path):
    (tmp_path / "letter.csv").write_text("Dear,Sir\n")
    words = ["--database", str(settings.database), "import-schools", str(tmp_path / "letter.csv")]
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 1 and "not the register" in done.output
