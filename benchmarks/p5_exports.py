"""P5: the attendance export of 100,000 rows, as CSV against `sqlite3 -csv` on the same query, and as XLSX.

Each file is made by a process of its own, so that its memory is its own: ours as `workgroup` streams it, the floor the
`sqlite3` shell, or where there is none Python's `csv` on a bare cursor (the line of the table says which).
"""

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

from benchmarks import figures
from workgroup import clock, door, store
from workgroup.hub import queries
from workgroup.people import post
from workgroup.years import filling

MUST_CSV, MUST_XLSX, FLAT = 3, 6, 1.3
ROWS, QUICK_ROWS = 100_000, 10_000
ROUNDS = 5
# a child of its own: what it takes is what it took from its start to its last byte, and its memory at the highest
CHILD = """
import json, pathlib, re, sys, time
from workgroup.hub import exports
path, viewer, kind, day, group = sys.argv[1:6]
began, length = time.perf_counter(), 0
for piece in exports.chunks(path, viewer, "attendance", kind, day, group or None):
    length += len(piece)
took = time.perf_counter() - began
# not getrusage: a child begins with what its parent had
high = re.search(r"VmHWM:\\s+(\\d+)", pathlib.Path("/proc/self/status").read_text())
print(json.dumps([took, length, int(high[1]) // 1024]))
"""
BARE = """
import csv, json, sqlite3, sys, time
path, sql, said = sys.argv[1], sys.argv[2], json.loads(sys.argv[3])
began = time.perf_counter()
with open("/dev/null", "w", newline="") as out:
    csv.writer(out).writerows(sqlite3.connect(path).execute(sql, said))
print(json.dumps([time.perf_counter() - began]))
"""


def measure(quick=False):
    """Return the time and memory of the export as CSV and XLSX, and the time of the CSV against its floor."""
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "hub.sqlite"
        db, rows = _a_hub(path, QUICK_ROWS if quick else ROWS)
        lead = store.value(db, "select person from hub_role")
        group = store.value(db, "select id from work_group order by rowid limit 1")
        db.conn.execute("pragma wal_checkpoint(truncate)")
        db.conn.close()
        rounds = 2 if quick else ROUNDS
        ours, floor = [], []
        for _ in range(rounds):
            ours.append(_child(CHILD, path, lead, "csv", clock.today(), ""))
            floor.append(_floor(path, lead))
        few = _child(CHILD, path, lead, "csv", clock.today(), group)
        xlsx = [_child(CHILD, path, lead, "xlsx", clock.today(), "") for _ in range(rounds)]
    csv_took, xlsx_took = [one[0] for one in ours], [one[0] for one in xlsx]
    high, most_xlsx = max(one[2] for one in ours), max(one[2] for one in xlsx)
    most = max(MUST_XLSX, 3 * median(csv_took))
    shell = "sqlite3 -csv" if shutil.which("sqlite3") else "csv.writer on a bare cursor"
    return [
        figures.against_floor("P5", f"attendance as CSV, {rows:,} rows, against {shell}", csv_took, floor, MUST_CSV),
        figures.Figure("P5", "its memory at the highest, against one Work Group’s", "MB", high, high / few[2], FLAT,
                       few[2], figures.quartiles([one[2] / few[2] for one in ours])),
        figures.Figure("P5", f"as XLSX (≤ {MUST_XLSX} s or 3 × the CSV)", "s", took := median(xlsx_took), took, most),
        figures.Figure("P5", "memory of that, at the highest", "MB", most_xlsx, most_xlsx),
    ]  # fmt: skip


def _a_hub(path, rows):
    """Fill a hub until its registers have so many rows; return it and how many there are."""
    db = store.connect(path)
    store.migrate(db)
    door.open_up()
    # each Work Group has six sessions of fourteen teachers, and a year forty of them where that is ten years at most:
    # `populate` makes no more than twenty. Some registers are not taken yet, so there are a few more Work Groups
    years = min(10, max(1, round(rows / 84 / 40)))
    groups = max(1, round(rows / 84 / years * 1.06))
    size = {"groups": str(groups), "years": str(years), "seed": "1"}
    begun = door.submit(db, "years.populate", size, post.new_id(), None)
    assert begun.stands, begun.errors
    filling.fill(db, filling.hub(db, 1, groups, years, clock.today()))
    lead = store.value(db, "select person from hub_role")
    return db, queries.count(db, lead, "attendance", clock.today())


def _child(code, *args):
    done = subprocess.run([sys.executable, "-c", code, *map(str, args)], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def _floor(path, lead):
    """Return the seconds of the same query, written as CSV by the `sqlite3` shell, or by Python where there is none."""
    said = queries._said(lead, "attendance", clock.today(), None, None)
    sql = f"{queries.SQL['attendance']} order by {queries.ORDER['attendance']}"
    shell = shutil.which("sqlite3")
    if not shell:
        return _child(BARE, path, sql, json.dumps(said))[0]
    given = "".join(f".parameter set :{name} {_literal(value)}\n" for name, value in said.items())
    told = f"{given}.timer on\n.mode csv\n.output /dev/null\n{sql};\n.output stdout\n"
    done = subprocess.run([shell, str(path)], input=told, capture_output=True, text=True, check=True)
    line = next(line for line in done.stdout.splitlines() if line.startswith("Run Time"))
    return float(line.split()[3])


def _literal(value):
    return "null" if value is None else f"\"'{value}'\""
