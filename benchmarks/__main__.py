"""`python -m benchmarks [P1 P4 …]`: measure, print a table, keep the figures as JSON.

Ends with 1 only when a figure is far outside (more than twice what must be reached): a busy machine misses a little.
"""

import importlib
import json
import os
import platform
import sys
import time
from pathlib import Path

import click

from benchmarks import figures

MODULES = {
    "P1": "p1_sync", "P2": "p2_templates", "P3": "p3_pages", "P4": "p4_room", "P5": "p5_exports", "P6": "p6_capture",
    "P7": "p7_weight", "P8": "p8_cold", "P9": "p9_start",
}  # fmt: skip


# takes its time: only when it is named
NAMED = {"TUESDAY": "tuesday", "LONG": "long_session"}


@click.command()
@click.argument("promises", nargs=-1, type=click.Choice([*MODULES, *NAMED], case_sensitive=False))
@click.option("--quick", is_flag=True, help="Fewer rounds and shorter crowds: to see that it runs.")
@click.option("--json", "path", type=click.Path(path_type=Path), default=Path("benchmarks/figures.json"),
              show_default=True, help="Where the figures are kept.")  # fmt: skip
def main(promises, quick, path):
    """Measure the promises of speed and weight, all of them when none is named."""
    found = []
    for promise in promises or MODULES:
        click.echo(f"{promise} …", err=True)
        found += importlib.import_module(f"benchmarks.{(MODULES | NAMED)[promise.upper()]}").measure(quick)
    click.echo(figures.table(found))
    machine = {"cores": os.cpu_count(), "python": platform.python_version(), "quick": quick}
    path.write_text(json.dumps({"at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()), **machine,
                                "figures": [f.plain() for f in found]}, indent=1))  # fmt: skip
    sys.exit(any(f.far_off for f in found))


main()
