"""Who is asking, from where, and with which headers the answer goes out."""

import functools
import hashlib
import sqlite3
from contextlib import suppress
from urllib.parse import urlsplit

from flask import abort, current_app, g, request

from workgroup import clock, config, cookies, ledger, store, web

COOKIE = "workgroup"
SHARED_COOKIE = "workgroup-shared"  # says nothing of a person: several people use this browser
A_YEAR = 365 * 24 * 3600
GUESTS_STAY = 30 * 24 * 3600  # for what a phone could not send on the day
LOCKS_AFTER = 600  # seconds that nobody touches a shared tablet (promises.md); static/js/lock.js counts the same
NEVER_A_PAGE = ("text/css", "text/javascript")  # what a page may do is said on pages; on forty files it is weight
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)

ON_EVERY_PAGE = (
    ("Content-Security-Policy", POLICY),
    ("Referrer-Policy", "same-origin"),
    ("X-Content-Type-Options", "nosniff"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "geolocation=(), microphone=(), camera=(self)"),
)


def install(app):
    """Put the guard before and after every request."""
    app.before_request(_open_database)
    app.before_request(_own_name_only)
    app.before_request(_same_origin_only)
    app.before_request(_who_is_asking)
    app.teardown_request(_end_reading)
    app.after_request(_headers)
    app.after_request(_rename_cookie)
    app.jinja_env.globals.update(is_shared_browser=is_shared_browser, is_locked=is_locked)


def _open_database():
    if not _asks_nobody():
        g.db = web.database()
        if request.method in ("GET", "HEAD"):
            store.begin_reading(g.db)
        # read before the page reads anything else: what arrives meanwhile is drawn by whoever wrote it, not missed
        g.head = None if web.wants_part() else ledger.head(g.db)


def _end_reading(problem=None):
    if "db" in g:
        store.end_reading(g.db)


def _own_name_only():
    """Where the app is reached in clear text, take this machine's names and the public address, and no other.

    A page elsewhere can have its own name point at this machine, and would then be of our origin. By https the
    certificate stands against that; the name a proxy passes on is used for nothing.
    """
    settings = current_app.config["WORKGROUP"]
    if _asks_nobody():
        return  # a load balancer asks /healthz by this machine's number
    if not settings.is_https and not _is_own_name(request.host, settings.public_address):
        abort(421)


@functools.lru_cache(maxsize=256)
def _is_own_name(host, public_address):
    try:
        name = urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return False
    return config.is_loopback(name) or name == urlsplit(public_address).hostname


def _asks_nobody():
    """Tell whether the answer is the same for everybody and needs no database: static files, and `/healthz`."""
    return getattr(current_app.view_functions.get(request.endpoint), "asks_nobody", False)


def _same_origin_only():
    """Refuse a change that another site asks for: by Sec-Fetch-Site, else by Origin, else not at all."""
    if request.method in ("GET", "HEAD", "OPTIONS"):
        return
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        allowed = site == "same-origin"
    else:
        settings = current_app.config["WORKGROUP"]
        # on loopback it goes by several names, each of them proved above
        ours = {_origin(settings.public_address), None if settings.is_https else _origin(request.host_url)}
        allowed = _origin(request.headers.get("Origin")) in ours - {None}
    if not allowed:
        abort(403)


def _origin(address):
    """Return scheme and host of an address, or None where it has none."""
    try:
        found = urlsplit(address or "")[:2]
    except ValueError:
        return None
    return found if all(found) else None


def _who_is_asking():
    g.person = g.tablet = g.runs_hub = g.locked = g.has_ended = g.is_erased = g.guest_of = None
    if _asks_nobody():
        return
    token, old = cookies.read(COOKIE), cookies.unprefixed(COOKIE)
    found = _signed_in_with(token) if token else None
    if not token and old and (found := _signed_in_with(old, before_prefix=True)):
        g.rename_cookie = token = old
    # said in the page only once it is known: an error page must not make a tablet drop its keys
    g.is_signed_out = not found
    if not found:
        ended = (token or old) and store.row(
            g.db,
            "select p.erased_at from tablet t join person p on p.id = t.person"
            " where t.token_hash = ? and t.ended_at is not null",
            (hash_of(token or old),),
        )
        g.has_ended, g.is_erased = bool(ended), bool(ended and ended["erased_at"])
        return
    if is_locked(found) and not _is_in_hand_after_all(found):
        g.locked, g.is_signed_out = found, True
        return
    g.person, g.tablet, g.guest_of = found, found["tablet"], found["guest_of"]
    g.runs_hub = bool(found["runs_hub"]) and g.guest_of is None
    if found["seen_at"] < clock.after(-60 if found["shared"] else -3600) and (not found["shared"] or _shows_a_hand()):
        # a record that is busy or full is no reason to turn anybody away, or to let them wait; it is noted next time
        with suppress(sqlite3.OperationalError), store.writing_if_free(g.db):
            store.alter(g.db, "tablet", found["tablet"], seen_at=clock.now())


def _signed_in_with(token, before_prefix=False):
    """Return the sign-in of a token that still holds, with its person; `before_prefix` asks for an old one."""
    return store.row(
        g.db,
        "select t.id as tablet, t.seen_at, t.shared, t.locked_at, t.guest_of, p.id, p.name, p.email, p.joined_to,"
        " exists (select 1 from hub_role r"
        " where r.person = p.id and r.from_on <= :today and (r.to_on is null or r.to_on >= :today)) as runs_hub"
        " from tablet t join person p on p.id = t.person"
        " where t.token_hash = :hash and t.ended_at is null and p.erased_at is null and t.signed_in_at > :since"
        " and (t.guest_of is null or t.signed_in_at > :guests_since)"
        " and (not :old or t.signed_in_at < (select prefixed_at from record where id = 1))",
        {"hash": hash_of(token), "since": clock.after(-A_YEAR), "guests_since": clock.after(-GUESTS_STAY),
         "today": clock.today(), "old": before_prefix},
    )  # fmt: skip


def is_locked(tablet):
    """Tell whether a tablet is locked: by a deed, or because it is shared and nobody has touched it for so long."""
    return bool(tablet["locked_at"] or (tablet["shared"] and tablet["seen_at"] < clock.after(-LOCKS_AFTER)))


def _is_in_hand_after_all(tablet):
    """Lift a lock that was only reckoned from silence when the tablet's own clock tells of a touch.

    A page that stood open without a line counted the touches itself. A lock that was set stays set, and it is
    set as soon as somebody comes to the lock screen.
    """
    return tablet["locked_at"] is None and request.endpoint == "locking.touched"


def _shows_a_hand():
    """Tell whether a request shows that somebody has the tablet in hand: a page opened, a form sent.

    Not what an open page or the service worker asks by itself: polls, parts, pages to keep, what waits to be sent.
    """
    by_itself = request.path.startswith("/sync") or web.is_to_keep()
    if by_itself or request.method != "GET":
        return not by_itself
    # a page that the service worker asks for in the name of whoever opened it says so by a header of its own
    opened = "Workgroup-Opened" in request.headers or request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate"
    return opened and not web.wants_part()


def hash_of(secret):
    """Return the hex SHA-256 of a random token. Tokens hold 256 bits, so no salt and no slow hash are needed."""
    return hashlib.sha256(secret.encode()).hexdigest()


def remember(response, token, shared=False):
    """Give the browser its sign-in cookie, and let it remember whether several people use it."""
    cookies.put(response, COOKIE, token, A_YEAR)
    return remember_shared(response, shared)


def remember_shared(response, shared):
    """Let the browser remember whether several people use it: the tick of the next sign-in starts there."""
    return cookies.put(response, SHARED_COOKIE, "1", A_YEAR) if shared else cookies.drop(response, SHARED_COOKIE)


def is_shared_browser():
    """Tell whether this browser was last marked as used by several people."""
    return "1" in (cookies.read(SHARED_COOKIE), cookies.unprefixed(SHARED_COOKIE))


def forget(response):
    """Take the sign-in cookie away, and whatever the browser keeps for this person."""
    cookies.drop(response, COOKIE)
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


def _rename_cookie(response):
    """Give a sign-in that came with an earlier release's cookie the one of this release, and drop the other."""
    if (token := g.get("rename_cookie")) and "Set-Cookie" not in response.headers:
        cookies.drop(response, COOKIE)
        cookies.put(response, COOKIE, token, A_YEAR)
    return response


def too_often(key, most, seconds):
    """Count an attempt under this key and tell whether there were more than `most` in so many seconds."""
    return count_try(key, seconds) > most


def tried(key, seconds):
    """Return how many attempts there were under this key in so many seconds, without counting one."""
    since = clock.after(-seconds)
    return store.value(g.db, "select count(*) from attempt where key = ? and at > ?", (key, since))


def count_try(key, seconds):
    """Count an attempt under this key and return how many there were in so many seconds, a day at the most.

    Kept in the database, so that a restart forgets nothing.
    """
    since = clock.after(-seconds)
    with store.writing(g.db):
        g.db.conn.execute("delete from attempt where at < ?", (clock.after(-86_400),))
        g.db.conn.execute("insert into attempt (key, at) values (?, ?)", (key, clock.now()))
        return store.value(g.db, "select count(*) from attempt where key = ? and at > ?", (key, since))


def forget_tries(key, most=-1):
    """Forget the attempts under this key, the newest of them first, so many at the most: one of them was right."""
    newest = "select id from attempt where key = ? order by id desc limit ?"
    with store.writing(g.db):
        g.db.conn.execute(f"delete from attempt where id in ({newest})", (key, most))


def _headers(response):
    h = response.headers
    if response.mimetype in NEVER_A_PAGE and request.endpoint == "static_files":
        h.setdefault("X-Content-Type-Options", "nosniff")
        return response
    said = {name for name, _ in h}  # headers are looked for from end to end, and each page would ask six times
    h.extend((name, value) for name, value in ON_EVERY_PAGE if name not in said)
    if current_app.config["WORKGROUP"].is_https:
        h.setdefault("Strict-Transport-Security", "max-age=31536000")
    if g.get("locked"):
        h["Workgroup-Locked"] = "1"
    if g.get("has_ended"):
        h["Workgroup-Ended"] = "1"  # signed out on purpose, here or from elsewhere: kept pages go
    if g.get("keeps") and response.status_code == 200:
        h["Workgroup-Keep"] = g.keeps  # a tablet may keep this page, as this address
    if not _asks_nobody():
        # whose page this is: a tablet keeps only its own person's, and knows a wifi's login page by its absence
        h.setdefault("Workgroup-Person", g.person["id"] if g.get("person") else "-")
        # No page is put by whole when it is left, the sign-in page neither: Safari would put it by with its writing on
        # the tablet half done, and what the next page wants to write would wait for as long as it lies there.
        is_page = response.mimetype == "text/html"
        h.setdefault("Cache-Control", "no-store" if is_page or g.get("person") or g.get("locked") else "no-cache")
    return response
