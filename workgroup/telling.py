"""What is told to whoever runs the app, in lines of a log: words of our own, kinds and places. Nothing about people.

An exception's own words may hold what somebody typed, a query's values or an address, so only its kind and where it
came from are told; other libraries' lines (waitress names paths in them) say no more than where they were written. The
line of each request is logbook.py's.
"""

import errno
import json
import logging
import os
import sys
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime

from workgroup import clock

STYLES = ("auto", "json", "plain", "none")
reference = ContextVar("reference", default=None)  # of the request that this thread answers


def begin(style, quiet=False, put=None):
    """Let the log begin: JSON lines, or `plain` key=value; `auto` is plain where a terminal reads, JSON elsewhere.

    `quiet` tells of trouble alone. `put` takes each line as bytes; standard error does unless it is given.
    """
    at_terminal = sys.stderr is not None and sys.stderr.isatty()
    if style == "auto":
        style = "plain" if at_terminal else "json"
    root, ours = logging.getLogger(), logging.getLogger("workgroup")
    root.handlers = [logging.NullHandler() if style == "none" else Lines(_plain if style == "plain" else _json, put)]
    root.setLevel(logging.WARNING)
    ours.setLevel(logging.WARNING if quiet else logging.INFO)


class Lines(logging.Handler):
    """Writes a line at once, with nothing held back; where the log's own disk is full the line is lost, and only it."""

    def __init__(self, shape, put=None):
        super().__init__()
        self.shape, self.put = shape, put or (lambda line: os.write(2, line))

    def emit(self, record):
        """Write one record."""
        try:
            self.put(self.shape(facts(record)).encode() + b"\n")
        except Exception:
            self.handleError(record)

    def handleError(self, record):
        """Let a line go that cannot be written: the app goes on, and nothing else could be told of it anyway."""


def facts(record):
    """Return what may be told of a log record, in order."""
    told = {"at": clock.moment(datetime.fromtimestamp(record.created, UTC)), "level": record.levelname.lower()}
    if reference.get():
        told["request"] = reference.get()
    if record.name.split(".")[0] == "workgroup":
        told.update(said=str(record.msg), **getattr(record, "facts", {}))
    else:
        told["said"] = f"{record.name}: {record.module}.{record.funcName}"
    if record.exc_info and record.exc_info[1]:
        told["trouble"] = trouble(record.exc_info[1])
    return told


def trouble(problem):
    """Return the kinds and places of an exception and of what led to it, the first cause first; none of its words."""
    lines, one = [], problem
    while one is not None and len(lines) < 200:
        lines = [kind(one), *(_place(*at) for at in traceback.walk_tb(one.__traceback__)), *lines]
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
    return lines


def of(problem, **more):
    """Return what a line of the log takes along of an exception: `log.error("…", extra=telling.of(problem))`.

    Never `exc_info`: whatever handler there is would tell the exception's words.
    """
    return {"facts": {**more, "trouble": trouble(problem)}}


def kind(problem):
    """Return what kind of exception it is, with the code that SQLite, the system or a mail server gave it."""
    code = (
        getattr(problem, "sqlite_errorname", None)
        or errno.errorcode.get(getattr(problem, "errno", None))
        or getattr(problem, "smtp_code", None)
    )
    return type(problem).__name__ + (f" {code}" if code else "")


def _place(frame, line):
    """Return where a frame stands: file, from the package or library on, line and function."""
    return f"  {_short(frame.f_code.co_filename)}:{line} {frame.f_code.co_name}"


def _short(path):
    for start in ("/site-packages/", "/workgroup/", "/templates/", "/lib/python"):
        if start in path:
            return path[path.rindex(start) + 1 :]
    return path.rpartition("/")[2]


def _json(told):
    return json.dumps(told, ensure_ascii=False)


def _plain(told):
    more = "".join(f"\n  {line}" for line in told.pop("trouble", ()))
    words = (f"{name}={_value(value)}" for name, value in told.items())
    return " ".join(words) + more


def _value(value):
    return json.dumps(value, ensure_ascii=False) if " " in str(value) else str(value)
