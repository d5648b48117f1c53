"""One line of the log for each request, and the reference that its answer, its page and its trouble share.

The line says which page it was by its pattern (`/groups/<id>`), never by the address that was asked for, which names
people and things and may hold a link's secret.
"""

import logging
import re
import secrets
import time

from flask import g, request

from workgroup import telling

HEADER = "X-Request-Id"
# what a proxy gives: hexadecimal, as nginx’s $request_id and Caddy’s {http.request.uuid} are; no name fits in there
_WELL_FORMED = re.compile(r"[0-9a-fA-F][0-9a-fA-F-]{14,62}[0-9a-fA-F]")
_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # without 0, 1, I, L, O and U: none is read for another
_METHODS = ("GET", "HEAD", "POST", "PUT", "OPTIONS", "DELETE", "PATCH")
log = logging.getLogger(__name__)


def install(app):
    """Hang the log onto the app: first before a request, last after it."""
    app.before_request(_begin)
    app.after_request(_end)
    # Flask's own line names the path that was asked for, and the exception in its own words
    app.log_exception = lambda info: log.error("an error page failed", extra=telling.of(info[1]))


def _begin():
    given = request.headers.get(HEADER, "")
    g.began = time.perf_counter()
    g.reference = given if _WELL_FORMED.fullmatch(given) else _new_reference()
    telling.reference.set(g.reference)


def _new_reference():
    # what is left over of 256 makes some letters a little likelier: it tells answers apart and proves nothing
    return "".join(_LETTERS[byte % len(_LETTERS)] for byte in secrets.token_bytes(8))


def _end(response):
    if request.endpoint != "static_files":  # forty of them at a first load, and none that anybody would ask about
        response.headers[HEADER] = g.reference
    level = logging.WARNING if response.status_code >= 500 else logging.INFO
    if not log.isEnabledFor(level):
        return response
    said = {
        "method": request.method if request.method in _METHODS else "other",
        "route": request.url_rule.rule if request.url_rule else "none",
        "status": response.status_code,
    } | ({"refused": g.refused} if "refused" in g else {})
    # an answer that is whole keeps its length, an empty one too: without one the connection is closed after it
    sent = [response.calculate_content_length() if response.is_sequence else response.content_length]
    if sent[0] is None:
        response.response = _counted(response.response, sent)
    began = g.began

    def close():
        took = round((time.perf_counter() - began) * 1000, 1)
        log.log(level, "request", extra={"facts": {**said, "ms": took, "bytes": sent[0] or 0}})
        telling.reference.set(None)

    response.call_on_close(close)
    return response


def _counted(chunks, sent):
    """Pass a stream on and count its bytes; what breaks it off is told under the request's reference."""
    sent[0] = 0
    try:
        for chunk in chunks:
            sent[0] += len(chunk)
            yield chunk
    except Exception as problem:
        log.error("an answer broke off", extra=telling.of(problem))
        raise
    finally:
        if hasattr(chunks, "close"):
            chunks.close()
