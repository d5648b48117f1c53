"""Every export as PDF and Parquet: the same cells as the CSV, tagged and in English, and how much is too much."""

import io

import pypdf
import pytest

from tests.days.examples import an_allowance, an_entry
from tests.evaluations.examples import an_evaluation, to_send
from tests.formats.test_as_parquet import read_parquet
from tests.formats.test_formats import read_csv, read_xlsx
from tests.hub.hubs import a_group, some_schools
from tests.papers import words_of_paper
from tests.world import days, do
from workgroup import store
from workgroup.formats import as_parquet
from workgroup.hub import columns, exports, printing
from workgroup.people.post import new_id

NAMED = [kind for kind in columns.KINDS if not columns.is_anonymous(kind)]
SQL_TYPES = {"text": "VARCHAR", "day": "DATE", "whole": "BIGINT", "number": "DOUBLE", "exact": "DECIMAL(18,2)"}


@pytest.fixture
def full(db, journey):
    """The small year with days and a sent evaluation, and groups enough to be anonymous among."""
    an_allowance(db, journey, rate="200")
    an_entry(db, journey, work_group=journey.group, words="=Cards")
    evaluation = an_evaluation(db, journey, held=False)
    do(db, "evaluations.write", journey.leader, evaluation=evaluation, heading="next", words="More bars in Year 5.")
    do(db, "evaluations.send", journey.leader, **to_send(db, evaluation))
    a_group(db, "Many", some_schools(900200, ["active"] * 6))
    return journey


def file_of(settings, w, kind, format, **asked):
    """Return the bytes of an export."""
    return exports.chunks(settings.database, w.hub_lead, kind, format, asked.pop("as_at", days(0)), **asked)


def text_of(chunks):
    """Return a PDF, and its words on one line."""
    made = pypdf.PdfReader(io.BytesIO(b"".join(chunks)))
    return made, words_of_paper(made)


@pytest.mark.parametrize("kind", NAMED)
def test_parquet_has_the_cells_of_the_csv_in_their_types(db, full, settings, tmp_path, kind):
    sheet = read_csv(file_of(settings, full, kind, "csv"))
    made, types, kept = read_parquet(file_of(settings, full, kind, "parquet"), tmp_path)
    found = exports.of_kind(db, kind)
    assert list(types) == sheet[0] == [c.name for c in found] and len(made) == len(sheet) - 1 > 0
    assert types == {c.name: SQL_TYPES[c.type] for c in found}
    assert kept[found[0].name.encode()].decode() == found[0].meaning
    for row, said in zip(made, sheet[1:], strict=True):
        for c, cell, text in zip(found, row, said, strict=True):
            if c.type in ("whole", "number", "exact"):
                assert (None if text == "" else float(text)) == (None if cell is None else float(cell)), c.name
            else:
                assert text.removeprefix("'") == ("" if cell is None else str(cell)), c.name


@pytest.mark.parametrize("kind", [*NAMED, "anonymous_engagement", "dictionary"])
def test_a_pdf_is_tagged_titled_in_english_and_has_its_words(db, full, settings, kind):
    made, text = text_of(file_of(settings, full, kind, "pdf"))
    catalog = made.trailer["/Root"]
    assert catalog["/MarkInfo"]["/Marked"] and "/StructTreeRoot" in catalog and catalog["/Lang"] == "en-GB"
    assert b"pdfuaid" in made.xmp_metadata.stream.get_data() and made.metadata.title.startswith(columns.said(kind))
    expected = {
        "attendance": ("Nadine Member", "participant@example.org", "We watched.", "told on", "+Val Visitor", "180"),
        "engagement": ("Staithe Lane Primary School", "grant amount 1250.5", "vision step Developing", "-New head"),
        "days": ("Bethan Leader", "=Cards", "200.00", "planning"),
        "evaluation": ("Next steps", "More bars in Year 5.", "No record stands behind this sentence.", "sent on"),
        "anonymous_engagement": ("School 1", "School 8", "sessions held"),
        "dictionary": ("session_summary", "both_teachers_sessions", "a whole number"),
    }[kind]
    assert [words for words in expected if words not in text] == []


def test_a_pdf_of_nothing_says_so_and_names_its_columns(full, settings):
    for kind in NAMED:
        _, text = text_of(file_of(settings, full, kind, "pdf", as_at="2001-01-01"))
        assert "There is nothing in this file as at Mon 1 Jan 2001. Its columns are:" in text and "work group" in text


@pytest.mark.parametrize("kind", NAMED)
def test_an_empty_term_is_headings_in_every_table(db, full, settings, tmp_path, kind):
    asked = {"as_at": "2001-01-01", **exports.narrowed(db, kind, year="2000/01", half_term="Spring 1")}
    names = exports.header(db, kind)
    assert read_csv(file_of(settings, full, kind, "csv", **asked)) == [names]
    assert read_xlsx(file_of(settings, full, kind, "xlsx", **asked)) == [names]
    made, types, _ = read_parquet(file_of(settings, full, kind, "parquet", **asked), tmp_path)
    assert made == [] and list(types) == names


def test_a_pdf_of_too_many_rows_says_how_many_and_what_to_take(db, full, settings, sign_in, monkeypatch):
    monkeypatch.setattr(printing, "MOST_ROWS", 3)
    answer = sign_in(full.hub_lead).get("/hub/exports/attendance?format=pdf")
    said = "This has 4 rows, and a PDF holds 3 of this kind at the most. Take it as CSV or XLSX, or narrow it"
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422 and said in page and "Attendance: 4 rows" in page and "Download CSV" in page
    with pytest.raises(exports.Refused, match="Take it as CSV or XLSX"):
        list(file_of(settings, full, "attendance", "pdf"))
    asked = {"kind": "attendance", "format": "pdf", "as_at": "2001-01-01"}
    assert sign_in(full.hub_lead).get("/hub/exports/attendance", query_string=asked).mimetype == "application/pdf"


def test_the_page_offers_parquet_only_where_it_can_be_made(full, sign_in, monkeypatch):
    client = sign_in(full.leader)
    page = client.get("/hub/exports").get_data(as_text=True)
    assert [f"Download {name}" in page for name in ("CSV", "Excel (XLSX)", "PDF", "Parquet")] == [True] * 4
    answer = client.get("/hub/exports/attendance?format=parquet")
    assert answer.mimetype == "application/vnd.apache.parquet" and answer.data[:4] == b"PAR1"
    monkeypatch.setattr(as_parquet, "is_there", lambda: False)
    assert "Download Parquet" not in client.get("/hub/exports").get_data(as_text=True)
    answer = client.get("/hub/exports/attendance?format=parquet")
    assert answer.status_code == 422 and "workgroup[parquet]" in answer.get_data(as_text=True)


def test_an_xlsx_says_on_its_last_sheet_what_each_column_means(full, settings):
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(b"".join(file_of(settings, full, "days", "xlsx"))))
    assert book.sheetnames == ["days", "columns"]
    assert [(c.name, c.meaning) for c in columns.DAYS] == list(book["columns"].iter_rows(min_row=2, values_only=True))


def test_hostile_words_are_words_in_a_pdf(db, full, settings):
    words = '#read("/etc/passwd") <script>x</script> *b* $x$'
    with store.writing(db):
        store.put(db, "register_mark", id=new_id(), session=full.session, visitor=words, attending_as="visitor",
                  status="present", by=full.leader, by_leader=1, at=f"{days(-10)}T13:00:00.000Z")  # fmt: skip
    text = text_of(file_of(settings, full, "attendance", "pdf"))[1].replace(" ", "")  # a cell breaks its lines
    assert words.replace(" ", "") in text and "root:" not in text
