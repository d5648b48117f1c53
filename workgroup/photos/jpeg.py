"""What a JPEG file holds, segment by segment: enough to know that it is a picture and nothing besides. Pure.

Tablets draw a photo anew and take every segment away that does not draw the picture (static/js/jpeg.js); here a file
with any other segment is refused, so that no place, time, device or thumbnail can come into the record.
"""

SOI, EOI, SOS = b"\xff\xd8", 0xD9, 0xDA
FRAMES = {0xC0, 0xC1, 0xC2}  # baseline, extended, progressive
TABLES = {0xC4, 0xDB, 0xDD}  # Huffman, quantisation, restart interval
JFIF, ADOBE = 0xE0, 0xEE  # how the colours are meant, and nothing else, when they are as short as this:
PLAIN_JFIF, PLAIN_ADOBE = 14, 12


class NotPlain(Exception):
    """It is no JPEG, or holds more than the picture; the message says which in a sentence."""


def size(data):
    """Return (width, height) of a JPEG that holds a picture and nothing else; NotPlain when it is anything else."""
    if not data.startswith(SOI):
        raise NotPlain("This is not a JPEG picture.")
    found, drawn, at = None, False, len(SOI)
    while True:
        marker, at = _marker(data, at)
        if marker == EOI:
            break
        words, at = _segment(data, at)
        if marker in FRAMES:
            found = found or _frame(words)
        elif marker == SOS:
            drawn, at = True, _end_of_scan(data, at)
        elif not _is_plain(marker, words):
            raise NotPlain("This file holds more than the picture: where or when it was taken, or by what.")
    if at != len(data):
        raise NotPlain("This file holds something behind the picture.")
    if not (found and drawn and all(found)):
        raise NotPlain("This picture has no size.")
    return found


def _marker(data, at):
    if data[at : at + 1] != b"\xff":
        raise NotPlain("This picture is broken.")
    while data[at : at + 1] == b"\xff":
        at += 1
    if at >= len(data):
        raise NotPlain("This picture is cut off.")
    return data[at], at + 1


def _segment(data, at):
    length = int.from_bytes(data[at : at + 2])
    if length < 2 or at + length > len(data):
        raise NotPlain("This picture is cut off.")
    return data[at + 2 : at + length], at + length


def _frame(words):
    return int.from_bytes(words[3:5]), int.from_bytes(words[1:3])


def _is_plain(marker, words):
    if marker == JFIF:
        return words.startswith(b"JFIF\0") and len(words) == PLAIN_JFIF and words[12:14] == b"\0\0"
    if marker == ADOBE:
        return words.startswith(b"Adobe") and len(words) == PLAIN_ADOBE
    return marker in TABLES


def _end_of_scan(data, at):
    """Return where the next marker stands: within a scan ff is followed by 00, or restarts it."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0 or at + 1 >= len(data):
            raise NotPlain("This picture is cut off.")
        if data[at + 1] != 0 and not 0xD0 <= data[at + 1] <= 0xD7:
            return at
        at += 2
