"""One seed, one history of tablets, losses, kills and clocks: at its end the record is what ideal delivery would give.

The real client under node against the real server in a process of its own. A seed that fails prints its history, and
    WORKGROUP_SEED=7 pytest tests/simulation
replays it alone. WORKGROUP_STRESS=1 replays thousands, WORKGROUP_SEEDS says how many.
"""

import json
import os
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from tests.node import node
from tests.simulation import comparing, summary

ROOT = Path(__file__).parents[2]
MANY = int(os.environ.get("WORKGROUP_SEEDS") or (2000 if os.environ.get("WORKGROUP_STRESS") else 30))
SEEDS = [int(os.environ["WORKGROUP_SEED"])] if os.environ.get("WORKGROUP_SEED") else range(1, MANY + 1)


class Simulation:
    """The two processes: the server and the tablets."""

    def __init__(self, folder):
        path = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
        self.host = _start([sys.executable, "-m", "tests.simulation.host", str(folder)], PYTHONPATH=path)
        self.address = self.host.stdout.readline().strip()
        self.tablets = _start([node(), "--no-warnings", "tests/simulation/tablets.mjs", self.address])

    def replay(self, seed):
        """Let a seed happen; return what the tablets told, and the actual and the ideal record."""
        self.tablets.stdin.write(f"{seed}\n")
        self.tablets.stdin.flush()
        told = json.loads(self.tablets.stdout.readline())
        return told, self._deed("state"), self._deed("ideal", made=told["made"])

    def _deed(self, name, **said):
        with urllib.request.urlopen(f"{self.address}/simulation/{name}", json.dumps(said).encode()) as answer:
            return json.load(answer)

    def stop(self):
        """End both."""
        for process in (self.tablets, self.host):
            process.stdin.close()
            process.wait(20)
            process.stdout.close()


def _start(words, **environment):
    return subprocess.Popen(
        words, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={**os.environ, **environment}
    )


@pytest.fixture(scope="module")
def simulation(tmp_path_factory):
    """The processes, for all seeds of a run."""
    started = Simulation(tmp_path_factory.mktemp("simulation"))
    yield started
    started.stop()


@pytest.mark.parametrize("seed", SEEDS)
def test_the_end_is_that_of_ideal_delivery(simulation, seed, record_property):
    told, actual, ideal = simulation.replay(seed)
    lost = comparing.lost(told["made"], actual["ledger"], ideal["ledger"])
    record_property(summary.NAME, {"made": len(told["made"]), "lost": len(lost)})
    wrong = comparing.differences(told, actual, ideal)
    assert not wrong, "\n".join([f"seed {seed}:", *wrong, "", *told["history"]])


def test_the_same_seed_is_the_same_history(simulation):
    first, again = (simulation.replay(0)[0] for _ in range(2))
    assert first == again
