"""What a QR code on a page says: its dark modules, against those of the address that it should be of.

Nothing here reads with our own drawing (formats/as_qr.py): the path of the page is taken apart, and segno says what
the address looks like.
"""

import re

import segno

QUIET = 4  # modules of white that a reader needs on every side


def dark_on(html):
    """Return the dark modules of the only QR code of a page, as (row, column); its margin is white and left out."""
    [(side, path)] = re.findall(r'class="qr" viewBox="0 0 (\d+) \1".*?d="([^"]+)" class="dark"', html, re.DOTALL)
    dark = set()
    for x, y, run in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\3z", path):
        dark |= {(int(y) - QUIET, int(x) + n - QUIET) for n in range(int(run))}
    edge = int(side) - 2 * QUIET
    assert all(0 <= y < edge and 0 <= x < edge for y, x in dark), "nothing dark in the margin"
    return dark


def dark_of(address):
    """Return the dark modules of the QR code of an address."""
    rows = segno.make(address, error="m", micro=False).matrix
    return {(y, x) for y, row in enumerate(rows) for x, module in enumerate(row) if module}
