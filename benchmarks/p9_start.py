"""P9: from the command to the first page, on a record that is there: `workgroup serve`, and `make run` once more.

The second is what its Makefile does: `make setup`, which finds nothing to do, and `serve --demo` on a filled record.
What it weighs as a wheel is tested (tests/test_packaging.py).
"""

import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from statistics import median

from benchmarks import figures
from tests.browser.driving import free_port

MUST_SERVE, MUST_RUN = 1, 5
ROUNDS, QUICK_ROUNDS = 7, 2
HOUSE = Path(__file__).parents[1]


def measure(quick=False):
    """Return the seconds until each answers."""
    rounds = QUICK_ROUNDS if quick else ROUNDS
    with tempfile.TemporaryDirectory() as place:
        empty, demo = Path(place) / "hub.sqlite", Path(place) / "demo.sqlite"
        _until_it_answers(empty)
        serve = [_until_it_answers(empty) for _ in range(rounds)]
        _until_it_answers(demo, "--demo")
        run = []
        for _ in range(rounds):
            began = time.perf_counter()
            subprocess.run(["make", "-s", "setup"], cwd=HOUSE, check=True)
            run.append(time.perf_counter() - began + _until_it_answers(demo, "--demo"))
    return [_figure("`workgroup serve`, until it answers", serve, MUST_SERVE),
            _figure("`make run`, the second time", run, MUST_RUN)]  # fmt: skip


def _figure(what, took, must):
    return figures.Figure("P9", what, "s", median(took), median(took), must, spread=figures.quartiles(took))


def _until_it_answers(database, *options):
    """Start it, and return the seconds until its first page came; then it is ended, by its own id."""
    port, began = free_port(), time.perf_counter()
    command = [sys.executable, "-m", "workgroup", "--database", str(database), "serve", "--port", str(port), *options]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while server.poll() is None and time.perf_counter() - began < 120:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/sign-in", timeout=5).close()
                return time.perf_counter() - began
            except OSError:
                time.sleep(0.01)  # it is starting; there is nothing else to wait on
        raise RuntimeError("the server did not answer")
    finally:
        server.terminate()
        server.wait(15)
