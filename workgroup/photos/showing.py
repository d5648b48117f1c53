"""A photo as an answer to a browser."""

from flask import Response


def shown(data):
    """Return the bytes of a photo as an answer that no cache keeps and in which no script could run."""
    response = Response(data, mimetype="image/jpeg")
    response.headers["Content-Disposition"] = "inline"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox; base-uri 'none'; frame-ancestors 'none'"
    response.headers["Cache-Control"] = "private, no-store"
    return response
