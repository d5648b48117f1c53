"""Who is asking, from where, and with which headers the answer goes out."""

import hashlib
import sqlite3
from contextlib import suppress
from urllib.parse import urlsplit

from flask import abort, current_app, g, request

from workgroup import clock, store, web

COOKIE = "workgroup"
A_YEAR = 365 * 24 * 3600
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)


def install(app):
    """Put the guard before and after every request."""
    app.before_request(_open_database)
    app.before_request(_same_origin_only)
    app.before_request(_who_is_asking)
    app.after_request(_headers)


def _open_database():
    if request.endpoint != "static_files":
        g.db = web.database()


def _same_origin_only():
    """Refuse a change that another site asks for: by Sec-Fetch-Site, else by Origin, else not at all."""
    if request.method in ("GET", "HEAD", "OPTIONS"):
        return
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        allowed = site == "same-origin"
    else:
        ours = {urlsplit(current_app.config["WORKGROUP"].public_address)[:2], urlsplit(request.host_url)[:2]}
        allowed = urlsplit(request.headers.get("Origin", ""))[:2] in ours
    if not allowed:
        abort(403)


def _who_is_asking():
    g.person = g.tablet = g.runs_hub = None
    token = request.cookies.get(COOKIE)
    if not token or request.endpoint == "static_files":
        return
    found = store.row(
        g.db,
        "select t.id as tablet, t.seen_at, t.shared, p.id, p.name, p.email, exists (select 1 from hub_role r"
        " where r.person = p.id and r.from_on <= :today and (r.to_on is null or r.to_on >= :today)) as runs_hub"
        " from tablet t join person p on p.id = t.person"
        " where t.token_hash = :hash and t.ended_at is null and p.erased_at is null and t.signed_in_at > :since",
        {"hash": hash_of(token), "since": clock.after(-A_YEAR), "today": clock.today()},
    )
    if found is None:
        return
    g.person, g.tablet, g.runs_hub = found, found["tablet"], bool(found["runs_hub"])
    if found["seen_at"] < clock.after(-3600):
        # a record that is busy or full is no reason to turn anybody away, or to let them wait; it is noted next time
        with suppress(sqlite3.OperationalError), store.writing_if_free(g.db):
            store.alter(g.db, "tablet", found["tablet"], seen_at=clock.now())


def hash_of(secret):
    """Return the hex SHA-256 of a random token. Tokens hold 256 bits, so no salt and no slow hash are needed."""
    return hashlib.sha256(secret.encode()).hexdigest()


def remember(response, token):
    """Give the browser its sign-in cookie."""
    response.set_cookie(
        COOKIE, token, max_age=A_YEAR, httponly=True, samesite="Lax", secure=current_app.config["WORKGROUP"].is_https
    )
    return response


def forget(response):
    """Take the sign-in cookie away, and whatever the browser keeps for this person."""
    response.delete_cookie(COOKIE, httponly=True, samesite="Lax", secure=current_app.config["WORKGROUP"].is_https)
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


def too_often(key, most, seconds):
    """Count an attempt under this key and tell whether there were more than `most` in so many seconds.

    Kept in the database, so that a restart forgets nothing.
    """
    since = clock.after(-seconds)
    with store.writing(g.db):
        g.db.conn.execute("delete from attempt where at < ?", (clock.after(-86_400),))
        g.db.conn.execute("insert into attempt (key, at) values (?, ?)", (key, clock.now()))
        return store.value(g.db, "select count(*) from attempt where key = ? and at > ?", (key, since)) > most


def _headers(response):
    h = response.headers
    h.setdefault("Content-Security-Policy", POLICY)
    h.setdefault("Referrer-Policy", "same-origin")
    h.setdefault("X-Content-Type-Options", "nosniff")
    h.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    h.setdefault("Permissions-Policy", "geolocation=(), microphone=(), camera=(self)")
    if current_app.config["WORKGROUP"].is_https:
        h.setdefault("Strict-Transport-Security", "max-age=31536000")
    if request.endpoint != "static_files":
        h.setdefault("Cache-Control", "no-store" if g.get("person") else "no-cache")
    return response
