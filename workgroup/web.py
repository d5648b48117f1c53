"""What every view uses: the database, the person, who may see a page, page or part, and the way into the door."""

import functools
import hashlib
import logging
import threading
import uuid

from flask import Response, abort, current_app, g, make_response, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException

from workgroup import clock, door, guests, store, telling, unkept
from workgroup.fields import is_id

log = logging.getLogger(__name__)
_connections = threading.local()


def database():
    """Return this thread's connection; opened once, used for every request the thread serves."""
    path = current_app.config["WORKGROUP"].database
    opened = _connections.__dict__.setdefault("by_path", {})
    if path not in opened:
        opened[path] = store.connect(path)
    return opened[path]


def forget_connections():
    """Close this thread's connections (tests, and before a restore)."""
    for db in _connections.__dict__.pop("by_path", {}).values():
        db.conn.close()


def viewer():
    """Return the id of the person who is signed in, or whom a link proves on this page, or None."""
    return g.person["id"] if g.get("person") else g.get("proved")


@guests.everywhere
def anyone(db, by, said, on):
    """Let everybody in, signed in or not."""
    return True


def signed_in(db, by, said, on):
    """Let everybody in who is signed in."""
    return by is not None


@guests.everywhere
def guests_too(db, by, said, on):
    """Let everybody in who is signed in, guests of a session too; the page itself says what of it they may see."""
    return by is not None


def open_to(right, keeps=None, **names):
    """Say who may use a route; `names` maps what the right asks for to the route's own arguments.

    Signed out: to the sign-in page and back. Not theirs: the same 404 as a thing that does not exist.
    `keeps` says that a tablet may keep this page, by its path, for when it has no line, and who may have it kept:
    the evening before, nobody is checked in yet.
    """

    def declare(view):
        @functools.wraps(view)
        def asked(**arguments):
            said = {name: arguments[given] for name, given in names.items()}
            if any(not is_id(v) for v in said.values()):
                abort(404)
            if right is not anyone and viewer() is None:
                return ask_to_sign_in()
            if right is not anyone and g.get("guest_of") and g.person["joined_to"]:
                return show("people/joined.html", status=410)
            if not may(asks := keeps if keeps and is_to_keep() else right, **said):
                note_refusal(f"{asks.__module__.removeprefix('workgroup.').removesuffix('.rights')}.{asks.__name__}")
                return _to_guests_page() or abort(404)
            g.keeps = request.path if keeps else None
            return view(**arguments)

        asked.open_to, asked.keeps, asked.names = right, keeps, names
        return asked

    return declare


def asks_nobody(view):
    """Open a route to everybody, answered alike to all, without the database and without who is asking (guard.py)."""
    view.open_to, view.keeps, view.names, view.asks_nobody = anyone, None, {}, True
    return view


def note_refusal(what):
    """Let this request's line in the log say what was refused: a right, a kind, a proof; nothing of anybody."""
    g.refused = what


def _to_guests_page():
    """Lead a guest who asks for the first page, or for the session's, to the page that is theirs; else None."""
    mine = g.get("guest_of") and g.person and f"/sessions/{g.guest_of}"
    return go(f"{mine}/run") if mine and request.method == "GET" and request.path in ("/", mine) else None


def may(right, **said):
    """Tell whether the person who is signed in has a right today; on what is not there, nobody has."""
    try:
        guest_of = g.guest_of if g.get("person") else None  # whoever a link proves is nobody's guest on its page
        return guests.allowed(g.db, right, viewer(), said, clock.today(), guest_of) is True
    except door.Waiting:
        return False


def ask_to_sign_in():
    """Send a reader to the sign-in page, or to the lock screen of a locked tablet.

    A form that was posted is answered with 401 and loses nothing; so is a part, or the sign-in page would be drawn
    inside the page that asked for it, and so is the service worker, which cannot read where a redirect leads.
    """
    if request.method == "GET" and not wants_part() and not is_to_keep():
        door_to = "locking.lock_screen" if g.get("locked") else "people.sign_in"
        return redirect(url_for(door_to, then=request.full_path.rstrip("?")), 303)
    return make_response(render_template("errors/signed_out.html"), 401)


def is_to_keep():
    """Tell whether the service worker asks for a page to keep: it holds no key and nothing that others may yet hide."""
    return "Workgroup-Pack" in request.headers


def wants_part():
    """Tell whether htmx asks for a part; history restores and boosted links want the whole page."""
    htmx = request.htmx
    return bool(htmx) and not htmx.boosted and not htmx.history_restore_request


def show(template, part=None, status=200, **values):
    """Render a page, or its part when htmx asks for one; the same address answers both."""
    name = part if part and wants_part() else template
    response = make_response(render_template(name, **values), status)
    response.vary.add("HX-Request")
    return response


def show_fresh(template, part=None, **values):
    """Like `show`, with an ETag for a part: an idle poll costs an empty 304. A page says its moment: it is new."""
    response = show(template, part, **values)
    if not wants_part():
        return response
    response.set_etag(hashlib.sha256(response.get_data()).hexdigest()[:32], weak=True)
    response.cache_control.no_cache = response.cache_control.private = True
    return response.make_conditional(request)


def show_how_far(work, doing, after):
    """Show how far a long work is that is not over; the page asks again by itself, for the part alone."""
    return show("parts/working.html", "parts/_working.html", work=work, doing=doing, after=after)


def whole_page_now():
    """Answer a page that asks how far something is: it is over, and the page is to be fetched anew."""
    return make_response("", 200, {"HX-Refresh": "true"})


def fresh_id():
    """Return a new UUID: forms carry one, so that a double tap is one change."""
    return str(uuid.uuid4())


def change_id():
    """Return the id that a form carries for its change, or a fresh one."""
    given = request.form.get("change_id")
    return given if is_id(given) else fresh_id()


def enter(kind, then, again, /, **fixed):
    """Put the posted form through the door.

    `then` is the address to go to, or a function of the outcome that gives it, or a file to keep; `again(form, now)`
    shows the form with its errors (422), or with both texts when somebody else changed it meanwhile (409). `fixed` are
    fields the address gives, which a form cannot overrule.
    """
    fields = MultiDict(request.form)
    fields.update(MultiDict(request.files))
    for name, given in fixed.items():
        fields.setlist(name, given if isinstance(given, list) else [given])
    try:
        outcome = door.submit(g.db, kind, fields, change_id(), viewer(), tablet=g.get("tablet"))
    except door.NotKept as trouble:
        said = unkept.why(trouble)
        if said is None:
            raise
        return _not_kept(said, trouble, again)
    if outcome.stands:
        told = then(outcome) if callable(then) else then
        return told if isinstance(told, Response) else go(told)
    if outcome.barred:
        note_refusal(kind)
    if outcome.standing == "waiting":
        abort(404)
    response = make_response(again(outcome.form, outcome.now))
    response.status_code = 409 if outcome.standing == "stale" else 422
    return response


def first_error(form):
    """Return the first sentence that a form says, for a page that shows the form otherwise; or None."""
    return str(door.first_of(form.errors)) if form.errors else None


def _not_kept(said, trouble, again):
    """Show the form with what was typed, and say above it why it could not be kept."""
    g.unkept = said
    try:
        response = make_response(again(trouble.form, None))
    except HTTPException:  # a deed that has no form of its own
        response = None
    if response is None or response.status_code in range(300, 400):  # nothing of theirs to show: the error page says it
        g.unkept = None
        raise trouble
    log.error("it could not be kept", extra=telling.of(trouble))
    response.status_code = said.status
    return response


def go(address):
    """Redirect after a post, so that a reload sends nothing."""
    return redirect(address, 303)


def safe_then(text):
    """Return a path of this app that a person asked to go back to, or the first page; never another site."""
    # browsers drop tabs and line breaks out of an address, and read a backslash as a slash
    odd = any(c <= " " or c in "\\\x7f" for c in text or "")
    if text and text.startswith("/") and not text.startswith("//") and not odd:
        return text
    return "/"


def asked_then():
    """Return the path of this app that the request asks to go to afterwards, or the first page."""
    return safe_then(request.values.get("then"))


def take_up_to(megabytes):
    """Let this request be larger than the usual 2 MB; the first word of a view that takes a file."""
    request.max_content_length = megabytes * 1024 * 1024


def found_or_404(thing):
    """Return the thing, or answer 404."""
    if thing is None:
        abort(404)
    return thing


def kind_of(deed, kind):
    """Return the kind of change for the deed in an address: `visits.{}_note` and `restore` is `visits.restore_note`.

    There are two deeds, withdraw and restore; anything else is answered 404.
    """
    return kind.format(found_or_404(deed if deed in ("withdraw", "restore") else None))


def never_a_page(response):
    """Let no script run in what people brought in, and no cache keep it."""
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox; base-uri 'none'; frame-ancestors 'none'"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def download(chunks, name, type):
    """Stream bytes as a file to keep."""
    response = current_app.response_class(chunks, mimetype=type)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    response.headers["Cache-Control"] = "no-store"
    return response
