"""The wire of the tablets: POST /sync, GET /sync/hello, and what they ask beside it. Changed only by addition.

The header `Workgroup-Receipt: 1` stands on every answer of ours under /sync: an answer without it, whatever its
status, came from somebody else (a wifi login page), and nothing was sent.
"""

import hashlib
import sqlite3
import time
import uuid
from collections import defaultdict, deque

from flask import Blueprint, Response, g, jsonify, request

from workgroup import clock, door, ledger, seals, web
from workgroup.fields import is_id
from workgroup.people import queries as people
from workgroup.tablet import clocks
from workgroup.tablet.answers import is_who_they_say as _is_who_they_say
from workgroup.tablet.answers import no as _no
from workgroup.tablet.answers import said as _said
from workgroup.tablet.answers import signed_out as _signed_out
from workgroup.tablet.answers import with_our_headers

bp = Blueprint("tablet", __name__)
bp.after_request(with_our_headers)

MOST_BYTES = 1024 * 1024
MOST_ENTRIES = 1000
MOST_A_MINUTE = 240
_recent = defaultdict(deque)
_anchors = {}  # kept in memory: a restart costs a hung batch its place by a second or two, and no entry


class Wrong(Exception):
    """The batch has not the right shape; nothing of it was read."""


@bp.get("/sync/hello")
@web.open_to(web.anyone)
def hello():
    """Answer that we are here: empty, with the ledger's uuid and newest number as headers; 401 when signed out."""
    response = Response(status=200 if _is_who_they_say() else 401)
    head = ledger.head(g.db)
    response.headers["Workgroup-Ledger"] = head["ledger"]
    response.headers["Workgroup-Number"] = str(head["number"])
    return response


@bp.post("/sync")
@web.open_to(web.anyone)
def sync():
    """Enter a tablet's batch and answer with a standing for each entry and a receipt for all.

    401 signed out, 413 past 1 MiB (split), 422 not the right shape, 429 too often, 503 the database is busy or
    full: in all of these nothing was entered.
    """
    if not _is_who_they_say():
        return _signed_out()
    if (request.content_length or 0) > MOST_BYTES:
        return _no(413, "Split this batch: 1 MiB at the most.")
    if _too_often(g.tablet):
        return _no(429, "Too many batches a minute.", {"Retry-After": "20"})
    request.max_content_length = MOST_BYTES  # a body that does not say its length ends there too
    batch = _said()
    received = clock.now()
    try:
        entries = _read(batch)
    except Wrong as wrong:
        return _no(422, str(wrong))
    try:
        return jsonify(_enter(batch, entries, received))
    except sqlite3.OperationalError:
        return _no(503, "The record is busy or full. Nothing was entered; try again.", {"Retry-After": "10"})


@bp.get("/sync/seals/<seal>")
@web.open_to(web.anyone)
def seal(seal):
    """Give back one's own key for a seal, so that what one wrote before, here or elsewhere, can be read and sent."""
    if not _is_who_they_say():
        return _signed_out()
    web.found_or_404(seal if is_id(seal) else None)
    if g.guest_of and not people.was_guests_tablet(g.db, seal, web.viewer(), g.guest_of):
        return _no(404, "This was sealed on another device. Sign in with your own account there.")
    return jsonify(seal=seal, key=seals.key_of(g.db, web.viewer(), seal))


@bp.post("/sync/check")
@web.open_to(web.anyone)
def check():
    """Say which of a tablet's entries are in the record, one by one, and which texts stand in several versions.

    The digest of the receipt covers the lines `id:kept`.
    """
    if not _is_who_they_say():
        return _signed_out()
    asked = _said()
    ids = asked.get("ids") if isinstance(asked, dict) else None
    if not isinstance(ids, list) or len(ids) > MOST_ENTRIES or not all(is_id(one) for one in ids):
        return _no(422, f"Ask for a list of entry ids, {MOST_ENTRIES} at the most.")
    kept = ledger.kept(g.db, web.viewer(), ids)
    versions = door.versions_of(g.db, kept)
    return jsonify(kept=kept, versions=versions, receipt=_receipt([{"id": id, "standing": "kept"} for id in kept]))


@bp.get("/standing")
@web.open_to(web.anyone, keeps=web.guests_too)
def standing():
    """Show what waits on this tablet; the tablet itself fills the page, which holds nothing private."""
    return web.show("tablet/standing.html")


def _too_often(tablet):
    """Count this batch; kept in memory, for it only slows a tablet down that goes round in circles."""
    times, now = _recent[tablet], time.monotonic()
    while times and times[0] < now - 60:
        times.popleft()
    times.append(now)
    return len(times) > MOST_A_MINUTE


def _read(batch):
    """Return the entries of a batch, or raise Wrong. What is wrong inside one entry refuses that one alone."""
    if not isinstance(batch, dict):
        raise Wrong("A batch is a JSON object.")
    if not is_id(batch.get("tablet")):
        raise Wrong("A batch names its tablet by UUID.")
    entries = batch.get("entries")
    if not isinstance(entries, list) or len(entries) > MOST_ENTRIES:
        raise Wrong(f"A batch holds a list of entries, {MOST_ENTRIES} at the most.")
    if not all(isinstance(e, dict) and is_id(e.get("id")) for e in entries):
        raise Wrong("Every entry is an object with a UUID as its id.")
    return entries


def _enter(batch, entries, received):
    """Put what may go in through the door, in order, and say how each entry stands."""
    refusals = {index: said for index, entry in enumerate(entries) if (said := _refusal(entry))}
    fine = [e for index, e in enumerate(entries) if index not in refusals]
    moments = clocks.put_right(batch, fine, received, _anchors)
    through = [
        (e["kind"], e["fields"], e["id"], e["by"], at, g.tablet) for e, at in zip(fine, moments, strict=True)
    ]  # fmt: skip
    found = door.submit_all(g.db, through) if through else []
    if barred := {e["kind"] for e, outcome in zip(fine, found, strict=True) if outcome.barred}:
        web.note_refusal(", ".join(sorted(barred)))
    outcomes = iter(found)
    clocks.remember(_anchors, fine, moments)
    standings = []
    for index, entry in enumerate(entries):
        if index in refusals:
            standings.append({"id": entry["id"], "standing": "refused", "errors": {"": [refusals[index]]}})
        else:
            standings.append(_standing(next(outcomes)))
    return {"receipt": _receipt(standings), "standings": standings}


def _refusal(entry):
    """Return why an entry may not even come to the door, or None."""
    kind = door.KINDS.get(entry.get("kind")) if isinstance(entry.get("kind"), str) else None
    if kind is None or not kind.capture:
        return "This kind of entry is not known here."
    if entry.get("by") != web.viewer():
        if people.is_erased(g.db, entry.get("by")):
            return "Whoever wrote this has been erased here. It is never taken."
        return "This was written by somebody else. It is sent when they sign in."
    try:
        clock.read_moment(entry.get("at"))
    except (ValueError, TypeError):
        return "This entry does not say when it was made."
    fields = entry.get("fields")
    if not isinstance(fields, dict) or not all(_is_plain(v) for v in fields.values()):
        return "The fields of this entry cannot be read."
    # dropping a field that a newer page sends would lose words without a word
    unknown = sorted(name for name in fields if not kind.knows(name))
    return f"This field is not known here: {unknown[0][:50]}." if unknown else None


def _is_plain(value):
    if isinstance(value, list):
        return all(isinstance(v, str | int | float) for v in value)
    return value is None or isinstance(value, str | int | float)


def _standing(outcome):
    # a text that met another one is kept by its kind (versions); stale pages are never captured
    standing = "refused" if outcome.standing == "stale" else outcome.standing
    more = {"known": True} if outcome.known else {"versions": outcome.versions} if outcome.versions > 1 else {}
    return {"id": outcome.id, "standing": standing, "errors": outcome.errors, **more}


def _receipt(standings):
    """Make the receipt: its digest is the hex SHA-256 over the lines `id:standing`."""
    lines = "\n".join(f"{s['id']}:{s['standing']}" for s in standings)
    return {"id": str(uuid.uuid4()), **ledger.head(g.db), "digest": hashlib.sha256(lines.encode()).hexdigest()}
