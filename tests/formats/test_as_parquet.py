"""Parquet: each type as itself, blanks as nulls, any text, in little memory, and nothing left behind."""

import tempfile
import tracemalloc
from datetime import date
from decimal import Decimal

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workgroup.formats import as_parquet

HEADER, TYPES = ["words", "on", "many", "part", "pounds"], ["text", "day", "whole", "number", "exact"]
ROW = ["École =1+1\n\"quoted\" 'too'", "2027-03-09", 3, 0.5, Decimal("12.30")]


def read_parquet(chunks, folder):
    """Return the rows of a Parquet file, its types and what is kept with it."""
    file = folder / "read.parquet"
    file.write_bytes(b"".join(chunks))
    made = duckdb.sql(f"select * from '{file}'")
    kept = duckdb.sql(f"select key, value from parquet_kv_metadata('{file}')").fetchall()
    return made.fetchall(), dict(zip(made.columns, map(str, made.types), strict=True)), dict(kept)


def test_each_type_is_itself_and_blank_is_null(tmp_path):
    rows = [ROW, ["", None, None, None, None]]
    reading = as_parquet.chunks(HEADER, TYPES, rows, {"words": "It's what they said"})
    made, types, kept = read_parquet(reading, tmp_path)
    assert made == [(ROW[0], date(2027, 3, 9), 3, 0.5, Decimal("12.30")), ("", None, None, None, None)]
    assert types == {"words": "VARCHAR", "on": "DATE", "many": "BIGINT", "part": "DOUBLE", "pounds": "DECIMAL(18,2)"}
    assert kept[b"words"] == b"It's what they said"


def test_without_rows_it_has_its_columns_in_their_types(tmp_path):
    made, types, _ = read_parquet(as_parquet.chunks(HEADER, TYPES, []), tmp_path)
    assert made == [] and list(types) == HEADER and types["on"] == "DATE"


def test_a_column_of_any_name_is_called_so(tmp_path):
    assert list(read_parquet(as_parquet.chunks(['a "b" c\'d'], ["text"], [["x"]]), tmp_path)[1]) == ['a "b" c\'d']


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0")), min_size=1, max_size=5))
@settings(max_examples=15, deadline=None)
def test_whatever_the_text_is_a_reader_gets_it_back(tmp_path_factory, words):
    made = as_parquet.chunks(["w"], ["text"], [[w] for w in words])
    assert [row[0] for row in read_parquet(made, tmp_path_factory.mktemp("p"))[0]] == words


def test_many_rows_take_little_memory_and_nothing_stays_behind(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    tracemalloc.start()
    reading = as_parquet.chunks(HEADER, TYPES, (ROW for _ in range(20_000)))
    sizes = [len(chunk) for chunk in reading]
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert sum(sizes) > 1_000 and most < 1_000_000, f"{most:,} bytes"
    with pytest.raises(ZeroDivisionError):
        list(as_parquet.chunks(["n"], ["whole"], ([1 // n] for n in (1, 0))))
    assert list(tmp_path.iterdir()) == []


def test_where_it_cannot_be_written_that_is_said_as_of_any_file(tmp_path):
    with pytest.raises(OSError, match="nowhere"):
        as_parquet.write(tmp_path / "nowhere" / "made.parquet", HEADER, TYPES, [ROW])
