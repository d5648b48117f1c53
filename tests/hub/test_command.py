"""Exports at the command line, and how little memory a long one takes."""

import tracemalloc

import pytest
from click.testing import CliRunner

from tests.formats.test_formats import read_csv, read_xlsx
from tests.hub.conftest import at
from tests.world import days
from workgroup import store
from workgroup.cli import main
from workgroup.hub import exports
from workgroup.people.post import new_id


@pytest.fixture
def run(settings):
    """Return what runs the command on the test's database."""
    return lambda *words: CliRunner().invoke(main, ["--database", str(settings.database), "export", *words])


def test_a_csv_goes_to_standard_output_byte_for_byte(year, run, sign_in):
    result = run("attendance")
    assert result.exit_code == 0
    assert result.stdout_bytes == sign_in(year.hub_lead).get("/hub/exports/attendance").data


def test_a_group_and_a_day_can_be_asked_for(year, run):
    rows = read_csv([run("engagement", "--group", year.far_group, "--as-at", days(-3)).stdout_bytes])
    assert [(row[0], row[4]) for row in rows[1:]] == [(days(-3), "Secondary Estuary")]


def test_a_file_is_written_for_its_owner_only(year, run, tmp_path):
    out = tmp_path / "made.xlsx"
    out.write_text("the last one")
    result = run("attendance", "--format", "xlsx", "--out", str(out))
    assert result.exit_code == 0 and result.output == f"Wrote attendance as at {days(0)} to {out}\n"
    assert len(read_xlsx([out.read_bytes()])) == 5 and out.stat().st_mode & 0o777 == 0o600
    assert not list(tmp_path.glob("*.part"))


def test_a_folder_that_is_not_there_is_said_in_one_sentence(year, run, tmp_path):
    result = run("attendance", "--out", str(tmp_path / "away" / "made.csv"))
    assert result.exit_code == 1 and "cannot be written: No such file or directory" in result.output


@pytest.mark.parametrize("words", [
    ("attendance", "--as-at", "soon"), ("attendance", "--year", "soon"), ("evaluation", "--half-term", "Spring 1"),
    ("attendance", "--leader", "nobody@example.org"),
    ("attendance", "--as-at", "9999-12-31"), ("attendance", "--as-at", "2099-12-31"),
    ("engagement", "--group", new_id()), ("engagement", "--group", "x"),
])  # fmt: skip
def test_what_cannot_be_done_is_refused_in_one_sentence(year, run, words):
    result = run(*words)
    assert result.exit_code == 1 and result.stdout == "" and result.stderr.count("\n") == 1
    assert words[-1] in result.stderr and "Traceback" not in result.output


@pytest.mark.parametrize("words", [("sums",), ("attendance", "--format", "ods"), ()])
def test_wrong_usage_is_said(run, words):
    assert run(*words).exit_code == 2


def test_without_a_database_it_says_what_to_do(run, settings):
    settings.database.unlink(missing_ok=True)
    result = run("attendance")
    assert result.exit_code == 1 and "Run workgroup setup" in result.output and not settings.database.exists()


def test_twenty_thousand_marks_make_a_csv_in_little_memory(db, year, settings):
    names = ("id", "session", "visitor", "attending_as", "status", "by", "by_leader", "at")
    marks = (
        (new_id(), year.session, f"Visitor {n:05d}", "visitor", "present", year.leader, 1, at(-10))
        for n in range(20_000)
    )
    with store.writing(db):
        store.put_many(db, "register_mark", names, marks)
    tracemalloc.start()
    chunks = exports.chunks(settings.database, year.hub_lead, "attendance", "csv", days(0))
    sizes = [chunk.count(b"\r\n") for chunk in chunks]
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert sum(sizes) == 20_005 and len(sizes) > 40
    assert most < 2_000_000, f"{most:,} bytes"


def test_a_reader_who_hangs_up_leaves_the_record_free(db, year, settings):
    reading = exports.chunks(settings.database, year.hub_lead, "attendance", "csv", days(0))
    assert next(reading).startswith(b"\xef\xbb\xbf")
    reading.close()
    assert db.conn.execute("pragma wal_checkpoint(truncate)").fetchone()[0] == 0
