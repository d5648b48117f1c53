"""The QR code: drawn as one path, and it says what it was made from."""

import re

import segno

from workgroup.formats import as_qr

ADDRESS = "https://hub.example.org/sessions/0e1b5d5e-8a39-4d3c-9d59-0e6f0f3a1c11/run"


def _modules(side, path):
    """Read the path back into rows of dark and light."""
    rows = [[0] * side for _ in range(side)]
    for x, y, run in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\3z", path):
        for place in range(int(run)):
            rows[int(y)][int(x) + place] = 1
    return rows


def test_the_path_holds_every_dark_module_with_a_quiet_margin():
    side, path = as_qr.drawn(ADDRESS)
    wanted = [list(row) for row in segno.make(ADDRESS, error="m", micro=False).matrix_iter(border=as_qr.QUIET)]
    assert _modules(side, path) == [[int(bool(one)) for one in row] for row in wanted]
