"""Many hubs' Parquet in one folder: partitions, and the query of docs/many-hubs.md run from that very text."""

import re
import shutil
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner

from tests.formats.test_formats import read_csv
from tests.hub.hubs import a_group, a_hub, some_schools
from tests.world import days
from workgroup import clock, door, store
from workgroup.cli import main
from workgroup.people.post import new_id

DOCS = Path(__file__).parents[2] / "docs" / "many-hubs.md"
HUBS = ("Marram Coast Maths Hub", "Fen & Wold: Ä/ö Hub", "17")
STATES = (["registered", "active", "active"], ["active", "completed", "withdrawn"], ["registered"] * 4)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Three hubs exported into one folder; the last has another framework, and the first a group of last year."""
    door.open_up()
    place = tmp_path_factory.mktemp("hubs")
    for number, (name, states) in enumerate(zip(HUBS, STATES, strict=True)):
        path = place / f"hub-{number}.sqlite"
        db = a_hub(path, name)
        first = 900100 + 100 * number
        a_group(db, "Primary", some_schools(first, states))
        a_group(db, "Secondary", some_schools(first + 50, states[:1]), strand=None)
        if number == 0:
            a_group(db, "Primary too", some_schools(first, states[:1]))  # the same school once more
            a_group(db, "Older", some_schools(first, ["completed"]), year="2025/26")
        if number == 2:
            with store.writing(db):
                db.conn.execute("update framework set ended_at = ?", (clock.now(),))
                store.put(db, "framework", id=new_id(), name="Own", version=1, made_at=clock.now())
        db.conn.close()
        assert export(path, "engagement", "--out", str(place / "many-hubs")).exit_code == 0
    return place


@pytest.fixture
def folder(made, tmp_path, monkeypatch):
    """A copy of the three hubs and their folder to work in."""
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path / "many-hubs"


def export(path, kind, *words, format="parquet"):
    """Run the command and return its result."""
    return CliRunner().invoke(main, ["--database", str(path), "export", kind, "--format", format, *words])


def test_the_documented_query_counts_schools_by_strand_and_hub(folder):
    (query,) = re.findall(r"```sql\n(.+?)```", DOCS.read_text(), re.S)
    found = duckdb.sql(query)
    assert found.columns == ["hub", "academic_year", "strand", "registered", "active", "completed", "withdrawn",
                             "schools", "as_at"]  # fmt: skip
    rows = [row[:8] for row in found.fetchall()]
    assert rows == [
        ("17", "2026/27", "Primary Development", 4, 0, 0, 0, 4), ("17", "2026/27", "no strand", 1, 0, 0, 0, 1),
        ("Fen & Wold: Ä/ö Hub", "2026/27", "Primary Development", 0, 1, 1, 1, 3),
        ("Fen & Wold: Ä/ö Hub", "2026/27", "no strand", 0, 1, 0, 0, 1),
        ("Marram Coast Maths Hub", "2025/26", "Primary Development", 0, 0, 1, 0, 1),
        ("Marram Coast Maths Hub", "2026/27", "Primary Development", 1, 2, 0, 0, 3),
        ("Marram Coast Maths Hub", "2026/27", "no strand", 1, 0, 0, 0, 1),
    ]  # fmt: skip
    assert all(str(row[8]) == days(0) for row in found.fetchall())


def test_hubs_and_years_are_folders_that_any_engine_reads(folder):
    files = sorted(str(p.relative_to(folder)) for p in folder.rglob("*.parquet"))
    assert files == [
        "engagement/hub=17/academic_year=2026%2F27/engagement.parquet",
        "engagement/hub=Fen & Wold%3A Ä%2Fö Hub/academic_year=2026%2F27/engagement.parquet",
        "engagement/hub=Marram Coast Maths Hub/academic_year=2025%2F26/engagement.parquet",
        "engagement/hub=Marram Coast Maths Hub/academic_year=2026%2F27/engagement.parquet",
    ]
    parted = duckdb.sql(
        "select distinct hub, academic_year from read_parquet('many-hubs/engagement/**/*.parquet',"
        " union_by_name = true, hive_partitioning = true, hive_types_autocast = false)"
    ).fetchall()
    assert set(parted) == {(HUBS[0], "2025/26"), *((name, "2026/27") for name in HUBS)}
    means = read_csv([(folder / "engagement" / "hub=17" / "_columns.csv").read_bytes()])
    assert means[0] == ["column", "meaning"] and means[1][0] == "as_at"
    assert {p.stat().st_mode & 0o777 for p in folder.rglob("*.parquet")} == {0o600}
    assert [p.name for p in folder.iterdir()] == ["engagement"]  # nothing is left beside


def test_a_newer_export_takes_the_place_of_that_hub_s_only(folder, tmp_path):
    done = export(tmp_path / "hub-0.sqlite", "engagement", "--year", "2026/27", "--out", "many-hubs")
    assert done.output.startswith(f"Wrote engagement as at {days(0)} to many-hubs/engagement/hub=Marram")
    assert done.output.count("\n") == 1
    hubs = duckdb.sql("select hub, count(*) from 'many-hubs/engagement/**/*.parquet' group by hub order by hub")
    assert sum(number for _, number in hubs.fetchall()) == 14 and len(list(folder.rglob("*.parquet"))) == 3


def test_an_export_that_breaks_off_leaves_the_last_one(folder, tmp_path, monkeypatch):
    before = {p: p.read_bytes() for p in folder.rglob("*.*")}
    with monkeypatch.context() as broken:
        broken.setattr("workgroup.formats.as_parquet.write", lambda *_: (_ for _ in ()).throw(OSError(28, "No room")))
        done = export(tmp_path / "hub-0.sqlite", "engagement", "--out", "many-hubs")
    assert done.exit_code == 1 and done.stderr == "many-hubs cannot be written: No room\n"
    assert before == {p: p.read_bytes() for p in folder.rglob("*.*")}


def test_nothing_is_a_file_with_columns_and_no_row(folder, tmp_path):
    assert export(tmp_path / "hub-1.sqlite", "attendance", "--year", "2024/25", "--out", "many-hubs").exit_code == 0
    (made,) = (folder / "attendance").rglob("*.parquet")
    assert made.parent.name == "academic_year=2024%2F25"
    assert duckdb.sql(f"select count(*), count(session_number) from '{made}'").fetchall() == [(0, 0)]


def test_what_names_no_hub_is_one_file(folder, tmp_path):
    assert export(tmp_path / "hub-2.sqlite", "anonymous_engagement", "--out", "many-hubs").exit_code == 0
    made = folder / "anonymous_engagement"
    assert sorted(p.name for p in made.iterdir()) == ["_columns.csv", "anonymous_engagement.parquet"]
    assert b"17" not in made.joinpath("_columns.csv").read_bytes()


def test_a_folder_and_a_file_are_not_mistaken_for_each_other(folder, tmp_path):
    (tmp_path / "a-file").write_text("kept")
    for format, out in (("csv", "many-hubs"), ("parquet", "a-file")):
        done = export(tmp_path / "hub-0.sqlite", "engagement", "--out", out, format=format)
        assert done.exit_code == 2 and f"{out} is a f" in done.stderr
    assert (tmp_path / "a-file").read_text() == "kept"
