"""Answers made small on their way out: static files packed once, pages as they go, both with gzip.

What is never packed, and why (BREACH: where a secret and text of an attacker's choosing are packed together, the
length of the answer tells whether they are alike, one guess at a time):
- an answer to a request with a query or a body, for it may say back what somebody put into an address or a form;
- anything under /sync: those answers are small.
What is left can hold a secret, a tablet's sealing key in the head of a page, beside words that others have written.
Reading it would take thousands of loads of a page that somebody listens to, with other words in it each time; its
length is blurred for that (a random name in the head of the gzip, as Django does), and the key opens nothing but what
lies sealed in that same tablet. There is no CSRF token in any page: the guard goes by headers.
"""

import functools
import gzip
import io
import mimetypes
import re
import secrets

from flask import Response, request

LEVEL = 6
LEAST_PAGE, LEAST_FILE = 1024, 512  # bytes; below that packing gains nothing
BLUR = 64  # bytes by which the length of a packed page is blurred, at most
PAGES = ("text/html", "text/javascript")  # the service worker is a script and no static file
COMMENT = re.compile(rb"^ *//.*$", re.M)
TEXTS = ("text/", "image/svg", "application/json", "application/manifest", "application/javascript")


def install(app):
    """Pack pages on their way out."""
    app.after_request(_pack_page)


def file(response, path):
    """Return a static file's response, packed when the browser takes that; its own ETag, the same dates."""
    kind = mimetypes.guess_type(path.name)[0] or ""
    if not kind.startswith(TEXTS) or path.stat().st_size < LEAST_FILE:
        return response
    response.vary.add("Accept-Encoding")
    if response.status_code != 200 or not _is_wanted():
        return response
    packed = Response(_packed_file(path, path.stat().st_mtime_ns), headers=response.headers)
    packed.headers["Content-Encoding"] = "gzip"
    for name in ("Accept-Ranges", "Content-Disposition", "Expires"):  # of the file as it lies there, or said already
        packed.headers.pop(name, None)
    packed.set_etag(f"{response.get_etag()[0]}-gzip")
    response.close()
    return packed.make_conditional(request)


@functools.lru_cache(maxsize=256)
def _packed_file(path, changed):
    """Pack a file once for as long as it stays as it is; a module of ours without comments, lines in their place."""
    data = path.read_bytes()
    return gzip.compress(COMMENT.sub(b"", data) if path.parent.name == "js" else data, 9, mtime=0)


def _is_wanted():
    return request.accept_encodings.quality("gzip") > 0


def _pack_page(response):
    if response.mimetype not in PAGES or response.is_streamed or "Content-Encoding" in response.headers:
        return response
    response.vary.add("Accept-Encoding")
    said_back = request.method != "GET" or request.query_string
    if said_back or not _is_wanted() or (response.content_length or 0) < LEAST_PAGE:
        return response
    response.set_data(_packed(response.get_data()))
    response.headers["Content-Encoding"] = "gzip"
    if (etag := response.get_etag()) != (None, None):
        response.set_etag(etag[0], weak=True)  # the same page, in other bytes
    return response


def _packed(page):
    out = io.BytesIO()
    name = "x" * secrets.randbelow(BLUR)
    with gzip.GzipFile(name, "wb", LEVEL, out, mtime=0) as packing:
        packing.write(page)
    return out.getvalue()
