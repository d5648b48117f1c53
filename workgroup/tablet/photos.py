"""The wire of photos: PUT /sync/photos/<id>/<piece> in any order, GET to resume. Changed only by addition.

401 signed out · 404 its entry has not arrived · 409 it is whole already · 410 it was taken away · 413 the piece is too
large · 422 no such piece, or all have come and are not the picture that was announced · 503 try again.
"""

import re
import sqlite3

from flask import Blueprint, g, jsonify, request

from workgroup import door, ledger, web
from workgroup.fields import is_id
from workgroup.lessons import photo_queries
from workgroup.photos import pieces
from workgroup.photos import queries as photos
from workgroup.photos.forms import PIECE
from workgroup.tablet.answers import is_who_they_say, no, signed_out, with_our_headers

bp = Blueprint("photo_pieces", __name__)
bp.after_request(with_our_headers)
STATUSES = {door.Waiting: 404, pieces.Whole: 409, pieces.Gone: 410}


@bp.before_request
def _only_ones_own():
    if not is_who_they_say():
        return signed_out()
    id = request.view_args["id"]
    # a guest sends pictures of their own session and no other; of one whose words have not come nothing is known yet
    elsewhere = g.guest_of and photos.photo(g.db, id) and photo_queries.session_of(g.db, id) != g.guest_of
    return no(404, "There is no such picture.") if elsewhere or not is_id(id) else None


def _by():
    """Return whose the picture is: of a visitor who turned out to be somebody, that person's."""
    return (g.guest_of and g.person["joined_to"]) or web.viewer()


@bp.get("/sync/photos/<id>")
@web.open_to(web.anyone)
def standing(id):
    """Say which pieces of one's own photo are here."""
    return _answer(lambda: pieces.standing(g.db, _by(), id))


@bp.put("/sync/photos/<id>/<piece>")
@web.open_to(web.anyone)
def take(id, piece):
    """Take in one piece of one's own photo; the last one makes it whole."""
    if (request.content_length or 0) > PIECE:
        return no(413, f"A piece is {PIECE} bytes at the most.")
    request.max_content_length = PIECE  # a body that does not say its length ends there too
    data = request.get_data()
    if not re.fullmatch("[0-9]{1,3}", piece) or not data:
        return no(422, "A piece has a number and at least one byte.")
    return _answer(lambda: pieces.take(g.db, _by(), id, int(piece), data))


def _answer(ask):
    try:
        found = ask()
    except tuple(STATUSES) as why:
        return no(STATUSES[type(why)], str(why))
    except door.Refused as refused:
        return no(422, str(refused))
    except sqlite3.OperationalError:
        return no(503, "The record is busy or full. This piece was not kept; try again.", {"Retry-After": "10"})
    said = {"here": found["here"], "pieces": found["pieces"], "whole": bool(found["came_at"])}
    return jsonify(**said, receipt=ledger.head(g.db))
