"""Cookies: set, read and dropped under names that browsers guard where people come by https.

`__Host-` is taken by a browser only over https, for this host alone and for all of its addresses, `__Secure-` only over
https: a neighbour under the same domain, or a line without TLS, cannot put another one in its place. On loopback there
is no https, and WebKit takes no Secure cookie, so there the names are plain.
"""

from flask import current_app, request


def put(response, name, value, seconds, path="/"):
    """Give the browser a cookie that no script reads and no other site sends along with a form."""
    response.set_cookie(_name(name, path), value, max_age=seconds, **_rules(path))
    return response


def read(name, path="/"):
    """Return the value of a cookie, or None."""
    return request.cookies.get(_name(name, path))


def unprefixed(name):
    """Return the value of a cookie that an earlier release gave out, where its name has a prefix by now; else None."""
    return request.cookies.get(name) if _is_https() else None


def drop(response, name, path="/"):
    """Take a cookie away, and the one that an earlier release gave out."""
    response.delete_cookie(_name(name, path), **_rules(path))
    if _is_https():
        response.delete_cookie(name, **_rules(path))
    return response


def _is_https():
    return current_app.config["WORKGROUP"].is_https


def _name(name, path):
    prefix = "__Host-" if path == "/" else "__Secure-"
    return prefix + name if _is_https() else name


def _rules(path):
    return {"path": path, "httponly": True, "samesite": "Lax", "secure": _is_https()}
