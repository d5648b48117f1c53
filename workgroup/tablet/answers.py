"""What answers under /sync have in common: our header, whether it is the person who is meant, a no in words."""

from flask import g, jsonify, request

from workgroup import clock, web


def with_our_headers(response):
    """Mark an answer under /sync as our own, with our time, and let nobody keep it."""
    if request.path.startswith("/sync"):
        response.headers["Workgroup-Receipt"] = "1"
        if g.get("is_erased"):
            response.headers["Workgroup-Erased"] = "1"
        response.headers["Workgroup-Now"] = clock.now()  # a tablet shows by how much its own clock differs
        response.headers["Cache-Control"] = "no-store"
    return response


def is_who_they_say():
    """Tell whether somebody is signed in, and is the person that the page was opened for."""
    said = request.headers.get("Workgroup-By")
    return web.viewer() is not None and said in (None, web.viewer())


def signed_out():
    """Answer that nobody is signed in here; or that whoever was has been erased, and nothing of theirs is taken."""
    if g.get("is_erased"):
        return no(401, "Whoever was signed in here has been erased. What waits stays sealed, and is never taken.")
    return no(401, "Sign in again. What waits on this tablet stays there.")


def no(status, sentence, headers=None):
    """Answer with a status and a sentence; nothing was entered."""
    return jsonify(error=sentence), status, headers or {}


def said():
    """Return what the JSON of the request says, whatever its type is called; None for what is no JSON."""
    try:
        return request.get_json(force=True, silent=True)
    except RecursionError:  # nested a thousand deep: nothing of ours is
        return None
