"""A photo as an answer to a browser."""

from flask import Response

from workgroup import web


def shown(data):
    """Return the bytes of a photo as an answer that no cache keeps and in which no script could run."""
    response = Response(data, mimetype="image/jpeg")
    response.headers["Content-Disposition"] = "inline"
    return web.never_a_page(response)
