"""The browser's modules under node, with an IndexedDB of its own: `node --test`, a test file a module."""

import subprocess
from pathlib import Path

import pytest

from tests.node import node

FILES = sorted(Path(__file__).parent.glob("*.test.mjs"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_modules_do_what_they_say(path):
    done = subprocess.run(
        [node(), "--no-warnings", "--test", str(path)], capture_output=True, text=True, timeout=240,
        cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    assert "# tests 0" not in done.stdout
