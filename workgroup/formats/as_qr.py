"""A QR code as one SVG path, so that a template draws it: sharp at any size, dark on light in every scheme."""

import functools

import segno

QUIET = 4  # modules of margin that a reader needs (ISO/IEC 18004)


@functools.lru_cache(maxsize=256)  # a page that stands open asks for the same square again and again
def drawn(text):
    """Return `(side, path)`: the side of the square in modules with its quiet margin, and the path of the dark ones."""
    rows = [list(row) for row in segno.make(text, error="m", micro=False).matrix]
    path = []
    for y, row in enumerate(rows):
        x = 0
        while x < len(row):
            run = 1
            while x + run < len(row) and row[x + run] == row[x]:
                run += 1
            if row[x]:
                path.append(f"M{x + QUIET} {y + QUIET}h{run}v1h-{run}z")
            x += run
    return len(rows) + 2 * QUIET, "".join(path)
