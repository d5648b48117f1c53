"""Parquet, written by DuckDB where it is installed (the extra `parquet`): UTF-8 text, days as days, numbers as numbers.

The rows go to a temporary file of JSON lines one at a time, and from there to Parquet a group of rows at a time.
"""

import errno
import importlib.util
import json
import tempfile
from decimal import Decimal
from pathlib import Path

CHUNK = 64 * 1024
INSTALL = "pip install 'workgroup[parquet]'"
# of each type that a column can have, what it is in Parquet
TYPES = {"text": "varchar", "day": "date", "whole": "bigint", "number": "double", "exact": "decimal(18, 2)"}
# nothing is fetched from anywhere; little memory and one thread: an export is not all that the server does
_SETTINGS = {
    "threads": 1, "memory_limit": "128MB", "autoinstall_known_extensions": False, "autoload_known_extensions": False,
}  # fmt: skip


def is_there():
    """Tell whether the library that writes Parquet is installed."""
    return importlib.util.find_spec("duckdb") is not None


def chunks(header, types, rows, about=None):
    """Yield the file in chunks of 64 KB; the rows are read one at a time and never held whole."""
    with tempfile.TemporaryDirectory(prefix="workgroup-") as folder:
        path = Path(folder) / "export.parquet"
        write(path, header, types, rows, about)
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                yield chunk


def write(path, header, types, rows, about=None):
    """Write a file at `path`: `types` are keys of TYPES, `about` is kept with the file as texts by name."""
    import duckdb

    with tempfile.TemporaryDirectory(prefix="workgroup-") as folder:
        lines = Path(folder) / "rows.jsonl"
        with lines.open("w", encoding="utf-8", newline="\n") as file:
            for row in rows:
                file.write(json.dumps(dict(enumerate(row)), ensure_ascii=False, default=_plain) + "\n")
        try:
            with duckdb.connect(":memory:", config={**_SETTINGS, "temp_directory": folder}) as made:
                made.execute(_copy(lines, path, header, types, about or {}))
        except duckdb.IOException as trouble:  # no room, no right to write: as any other file says it
            raise OSError(errno.EIO, str(trouble)) from trouble


def _copy(lines, path, header, types, about):
    """Return the SQL that reads the lines in their types, and writes them under their names."""
    typed = ", ".join(f"'{place}': {_text(TYPES[type])}" for place, type in enumerate(types))
    named = ", ".join(f'"{place}" as {_name(name)}' for place, name in enumerate(header))
    kept = ", ".join(f"{_name(name)}: {_text(words)}" for name, words in about.items())
    return (
        f"copy (select {named} from read_json({_text(lines)}, format = 'newline_delimited', columns = {{{typed}}}))"
        f" to {_text(path)} (format parquet, compression zstd{f', kv_metadata {{{kept}}}' if kept else ''})"
    )


def _text(value):
    return "'" + str(value).replace("'", "''") + "'"


def _name(name):
    return '"' + name.replace('"', '""') + '"'


def _plain(value):
    """Give an exact number as text: JSON has only numbers that are rounded."""
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(f"{value!r} is no plain value")
