"""What a sketch is made of, read and checked, and the SVG that it comes to. Pure.

A tablet sends what was drawn as JSON: things (a stroke, or a stamp with what it was made with), each with its shapes
as numbers on a paper of 1000 × 700 and short words. No markup comes in: the pages draw the shapes themselves, and words
are text. The same shapes are drawn on the tablet by static/js/sketch-svg.js.
"""

import html
import json
import math

WIDTH, HEIGHT = 1000, 700
EDGE = 400  # how far beyond the paper a shape may reach
MOST_BYTES = 40_000  # of the SVG, and so of the JSON, which is shorter
MOST_THINGS, MOST_SHAPES, MOST_WORDS = 200, 400, 40
KINDS = ("ink", "bar", "part-whole", "ten frame", "number line", "array", "counters", "place value")
CANNOT_READ = "This sketch cannot be read. Draw it again."
TOO_LARGE = "This sketch is too large to send. Take something away, then keep it again."
NOTHING = "Draw something first."


class NotASketch(ValueError):
    """What came is no sketch; the sentence says why."""


def read(text):
    """Return the shapes of a sketch, in the order they lie on the paper; NotASketch for anything else."""
    if len(text) > MOST_BYTES:
        raise NotASketch(TOO_LARGE)
    try:
        things = json.loads(text)["things"]
        _need(isinstance(things, list) and len(things) <= MOST_THINGS)
        shapes = [_shape(shape) for thing in things for shape in _shapes_of(thing)]
    except (ValueError, TypeError, KeyError, RecursionError) as wrong:
        raise NotASketch(str(wrong) if isinstance(wrong, NotASketch) else CANNOT_READ) from wrong
    if not shapes:
        raise NotASketch(NOTHING)
    if sum(map(_length, shapes)) > MOST_BYTES:
        raise NotASketch(TOO_LARGE)
    return shapes


def svg(shapes):
    """Return shapes as SVG text on white paper, for a printed sheet."""
    inside = "".join(map(_element, shapes))
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">{inside}</svg>'


def _element(s):
    look = 'fill="#1d212b"' if s["filled"] else 'fill="none" stroke="#1d212b" stroke-width="3"'
    if s["tag"] == "rect":
        return f'<rect x="{s["x"]}" y="{s["y"]}" width="{s["width"]}" height="{s["height"]}" {look}/>'
    if s["tag"] == "circle":
        return f'<circle cx="{s["x"]}" cy="{s["y"]}" r="{s["r"]}" {look}/>'
    if s["tag"] == "text":
        return (f'<text x="{s["x"]}" y="{s["y"]}" font-size="{s["size"]}" text-anchor="middle" fill="#1d212b">'
                f"{html.escape(s['words'])}</text>")  # fmt: skip
    return f'<path d="{s["d"]}" {look}/>'


def _need(is_right):
    if not is_right:
        raise NotASketch(CANNOT_READ)


def _shapes_of(thing):
    _need(thing["kind"] in KINDS and isinstance(thing["shapes"], list) and len(thing["shapes"]) <= MOST_SHAPES)
    return thing["shapes"]


def _shape(shape):
    """Return one shape as the pages draw it: `tag`, its numbers, whether it is filled, its words."""
    name, *told = shape
    if name == "poly":
        filled, places = told
        _need(isinstance(places, list) and len(places) % 2 == 0 and 4 <= len(places) <= 4_000)
        places = [_number(p) for p in places]
        pairs = zip(places[::2], places[1::2], strict=True)
        return {"tag": "poly", "d": "M" + "L".join(f"{x} {y}" for x, y in pairs) + "Z", "filled": bool(filled)}
    if name == "line":
        x, y, to_x, to_y = map(_number, told)
        return {"tag": "line", "d": f"M{x} {y}L{to_x} {to_y}", "filled": False}
    if name == "rect":
        x, y, width, height = map(_number, told[:4])
        _need(width >= 0 and height >= 0)
        return {"tag": "rect", "x": x, "y": y, "width": width, "height": height, "filled": bool(told[4])}
    if name == "circle":
        x, y, r = map(_number, told[:3])
        _need(r >= 0)
        return {"tag": "circle", "x": x, "y": y, "r": r, "filled": bool(told[3])}
    _need(name == "text")
    x, y, size, words = told
    _need(isinstance(words, str) and len(words) <= MOST_WORDS and words.isprintable())
    return {"tag": "text", "x": _number(x), "y": _number(y), "size": _number(size), "words": words, "filled": True}


def _number(value):
    _need(isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value))
    _need(-EDGE <= value <= WIDTH + EDGE)
    return round(value, 1) if isinstance(value, float) else value


def _length(shape):
    return 60 + len(shape.get("d", "")) + len(shape.get("words", ""))
