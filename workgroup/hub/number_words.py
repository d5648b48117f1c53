"""Numbers and parts of a whole as people write them, in figures or in words, and whether they come to few. Pure.

Each pattern is for use without regard to case.
"""

import re
from fractions import Fraction

from workgroup.hub.suppressing import FEW

_UNITS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_SAID = {
    "half a dozen": 6, "a dozen": 12, "a single": 1, "a couple of": 2, "a pair of": 2, "both": 2, "neither": 0,
    "none": 0,
}  # fmt: skip
_JOINED = r"(?:\s*[-‐‑–]\s*|\s+)"
_UNIT = "|".join(sorted(_UNITS, key=len, reverse=True))
_IN_WORDS = "|".join([
    *(said.replace(" ", r"\s+") for said in _SAID),
    rf"(?:{'|'.join(_TENS)})(?:{_JOINED}(?:{'|'.join([*_UNITS][:9])}))?", _UNIT,
])  # fmt: skip
NUMBER = rf"(?:\d+(?:,\d{{3}})*|(?:{_IN_WORDS})\b)"
# five or six, 5–6: what is said to lie between two
NUMBERS = rf"{NUMBER}(?:\s+(?:or|to)\s+{NUMBER}|\s?[–-]\s?\d+)?"
_PARTS = {"half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
          "ninth": 9, "tenth": 10}  # fmt: skip
_PART = "|".join(_PARTS)
PART = (
    rf"(?:\d+(?:\.\d+)?\s?(?:%|per\s?cent\b)|\d+\s?/\s?\d+|half\b(?!\s+a\b)"
    rf"|(?:an?|{NUMBER}){_JOINED}(?:{_PART})s?\b|{NUMBER}\s+in\s+(?:every\s+)?{NUMBER})"
)
_ONE = re.compile(NUMBER, re.I)


def number(text):
    """Return what a number in figures or words comes to."""
    said = " ".join(text.lower().split())
    if said in _SAID:
        return _SAID[said]
    if said[0].isdigit():
        return int(said.replace(",", ""))
    return sum(_UNITS.get(word, 0) + _TENS.get(word, 0) for word in re.findall(r"[a-z]+", said))


def numbers(text):
    """Return all the numbers of a text, such as both of “five or six”."""
    return [number(m[0]) for m in _ONE.finditer(text)]


def part(text):
    """Return a part of a whole, like “a third”, “86%” or “six in seven”, as a fraction; None where it is none."""
    said = " ".join(text.lower().split())
    if percent := re.match(r"[\d.]+(?=\s?(?:%|per))", said):
        return Fraction(percent[0]) / 100
    whole = next((of for word, of in _PARTS.items() if re.search(rf"\b{word}s?\b", said)), None)
    some = numbers(re.sub(rf"\b(?:{_PART})s?\b", "", said)) or [1]
    whole = whole or some[-1]
    return Fraction(some[0], whole) if whole else None


def tells(some, *of):
    """Tell whether a count is few, or so near to all there are of what it may be of that the rest is."""
    return some < FEW or any(all_of is None or 0 < all_of - some < FEW for all_of in of)


def part_tells(share, *of):
    """Tell whether a part of what it may be a part of comes to few, or leaves few over."""
    return share is None or any(
        all_of is None or round(share * all_of) < FEW or round(all_of - share * all_of) < FEW for all_of in of
    )
