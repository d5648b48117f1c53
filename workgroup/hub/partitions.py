"""A folder of Parquet: a file for each hub and academic year, so that many hubs' files are read together.

`FOLDER/KIND/hub=…/academic_year=…/KIND.parquet`, with every column in the file too. What names no hub is one file:
`FOLDER/KIND/KIND.parquet`. Beside them lies what their columns mean, in a file that engines pass by.
"""

import re
import shutil
import tempfile
from contextlib import closing
from itertools import groupby
from pathlib import Path

from workgroup import store
from workgroup.formats import as_csv, as_parquet
from workgroup.hub import exports
from workgroup.people.queries import hub

NO_YEAR = "__HIVE_DEFAULT_PARTITION__"  # as Hive calls what has none: here a file of headings, where there are no rows
_RESERVED = re.compile(r"[\x00-\x1f\x7f\"#%'*/:=?\\{}\[\]^]")


def write(folder, path, viewer, kind, as_at, group=None, **narrowed):
    """Write an export into a folder in the place of what this hub had there of its kind; return its files.

    Everything is written beside first: an export that breaks off leaves the last one as it was.
    """
    db = store.connect(path)
    try:
        db.conn.execute("begin")
        if why := exports.why_not(db, viewer, kind, "parquet", as_at, group, **narrowed):
            raise exports.Refused(why)
        found = exports.of_kind(db, kind)
        names = [c.name for c in found]
        place = Path(kind, f"hub={_as_folder(hub(db)['name'])}") if "hub" in names else Path(kind)
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".part-", dir=folder) as beside:
            new, write_all = Path(beside, "new"), _years if "hub" in names else _one_file
            with closing(exports.rows(db, viewer, kind, as_at, group, **narrowed)) as rows:
                made = write_all(new, kind, found, rows, narrowed.get("year") or NO_YEAR)
            _dictionary(new, found)
            _swap(Path(beside), folder / place)
        return [folder / place / one for one in made]
    finally:
        db.conn.close()


def _years(new, kind, found, rows, no_rows):
    """Write a file for each academic year of rows that come year after year; return their places."""
    place_of_year = [c.name for c in found].index("academic_year")
    made = []
    for year, some in groupby(rows, key=lambda row: row[place_of_year]):
        made.append(_file(new, Path(f"academic_year={_as_folder(year)}"), kind, found, some))
    return made or [_file(new, Path(f"academic_year={_as_folder(no_rows)}"), kind, found, ())]


def _one_file(new, kind, found, rows, no_rows):
    """Write all rows in one file; return its place."""
    return [_file(new, Path(), kind, found, rows)]


def _file(new, under, kind, found, rows):
    file = new / under / f"{kind}.parquet"
    file.parent.mkdir(parents=True)
    as_parquet.write(file, [c.name for c in found], [c.type for c in found], rows, exports.meanings(found))
    file.chmod(0o600)  # names and e-mails: for the person who asked only
    return under / file.name


def _dictionary(new, found):
    with (new / "_columns.csv").open("wb") as file:
        file.writelines(as_csv.chunks(("column", "meaning"), ([c.name, c.meaning] for c in found)))


def _swap(beside, to):
    """Put what was written into its place; what stood there goes."""
    to.parent.mkdir(parents=True, exist_ok=True)
    if to.exists():
        to.rename(beside / "old")
    (beside / "new").rename(to)
    shutil.rmtree(beside / "old", ignore_errors=True)


def _as_folder(name):
    """Return a name as a folder may be called: what Hive keeps for itself as %XX."""
    return _RESERVED.sub(lambda m: f"%{ord(m[0]):02X}", name)
