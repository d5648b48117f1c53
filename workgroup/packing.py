"""Answers made small on their way out: static files packed once, pages as they go, both with gzip.

What is never packed, and why (BREACH: where a secret and text of an attacker's choosing are packed together, the
length of the answer tells whether they are alike, one guess at a time):
- an answer to a request with a query or a body, for it may say back what somebody put into an address or a form; but
  a page with a query that our own page's link or form, or the browser's own address bar, asked for is packed: a page
  elsewhere cannot have that said (Sec-Fetch-Site), only the service worker may hide it, and says that it is asking;
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

from workgroup import web

LEVEL = 6
LEAST_PAGE, LEAST_FILE = 1024, 512  # bytes; below that packing gains nothing
BLUR = 64  # bytes by which the length of a packed page is blurred, at most
PAGES = ("text/html", "text/javascript")  # the service worker is a script and no static file
# by folder, what a browser has no use for: a script's lines stay in their place, for whoever reads a trouble's line
LEAVES_OUT = {"js": re.compile(rb"^ *//.*$|^ +", re.M), "css": re.compile(rb"^ +|/\*.*?\*/\n?", re.M | re.S)}
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
    packed.headers.pop("Accept-Ranges", None)  # of the file as it lies there
    packed.set_etag(f"{response.get_etag()[0]}-gzip")
    response.close()
    return packed.make_conditional(request)


@functools.lru_cache(maxsize=256)
def _packed_file(path, changed):
    """Pack a file once for as long as it stays as it is; a script or style of ours without comments."""
    data = path.read_bytes()
    if left_out := LEAVES_OUT.get(path.parent.name):
        data = left_out.sub(b"", data)
    return gzip.compress(data, 9, mtime=0)


def _is_wanted():
    return request.accept_encodings.quality("gzip") > 0


def _pack_page(response):
    if response.mimetype not in PAGES or response.is_streamed or "Content-Encoding" in response.headers:
        return response
    response.vary.add("Accept-Encoding")
    if _may_be_guessed_at() or not _is_wanted() or (response.content_length or 0) < LEAST_PAGE:
        return response
    response.set_data(_packed(response.get_data()))
    response.headers["Content-Encoding"] = "gzip"
    if (etag := response.get_etag()) != (None, None):
        response.set_etag(etag[0], weak=True)  # the same page, in other bytes
    return response


def _may_be_guessed_at():
    """Tell whether a page elsewhere can have had this asked for with words of its choosing, or it is no page."""
    if request.method != "GET":
        return True
    if not request.query_string:
        return False
    if "Workgroup-Opened" in request.headers:  # the service worker asks as us, whoever asked it
        return True
    if web.wants_part():  # a part is asked for by a script
        return True
    return request.headers.get("Sec-Fetch-Site") not in ("same-origin", "none")


def _packed(page):
    out = io.BytesIO()
    name = "x" * secrets.randbelow(BLUR)
    with gzip.GzipFile(name, "wb", LEVEL, out, mtime=0) as packing:
        packing.write(page)
    return out.getvalue()
