"""What every page shares: static files under a fingerprinted directory, words for templates, error pages."""

import hashlib
import logging
import sqlite3
from contextlib import suppress
from functools import partial

from flask import Response, g, render_template, request, send_from_directory, url_for
from jinja2 import pass_context
from markupsafe import Markup, escape
from werkzeug.exceptions import HTTPException

from workgroup import clock, keeping, money, notice, packing, places, seals, store, telling, unkept, web

# never put into a page again
SECRETS = ("password", "current", "pin", "code", "again", "token", "proof", "device", "before")
log = logging.getLogger(__name__)
ERRORS = {
    400: ("That did not arrive whole", "Go back and send it again. What you typed is still in the form."),
    403: ("That came from somewhere else", "For safety, changes are taken only from this app’s own pages."),
    404: ("There is nothing here for you", "It may have moved, or it belongs to another Work Group."),
    405: ("That page cannot do this", "Go back and use the button on the page."),
    421: ("This is not the address of the app", "Open it by the address that your hub gave you."),
    413: (
        "That file is too large",
        "Go back and send a smaller one: 10 MB for a file of a session, 5 MB for a sheet, 80 MB for the register.",
    ),
    429: ("Too many tries", "Wait a few minutes, then try again."),
    500: ("Something went wrong here", "Nothing was half saved. Try again; if it stays, tell your hub."),
}


def install(app):
    """Hang static files, template words and error pages onto the app."""
    app.config["BUILD"] = build = _fingerprint()
    app.add_url_rule("/static/<build>/<path:name>", "static_files", partial(_static, build))
    web.asks_nobody(app.view_functions["static_files"])
    app.jinja_env.globals.update(
        static=lambda name: url_for("static_files", build=build, name=name),
        fresh_id=web.fresh_id, may=web.may, today=clock.today, is_to_keep=web.is_to_keep, this_moment=clock.now,
        academic_year=clock.academic_year, described_by=_described_by, is_demo=_is_demo,
        public_address=lambda: web.current_app.config["WORKGROUP"].public_address,
        sends_mail=lambda: web.current_app.config["WORKGROUP"].sends_mail, seal_key=_seal_key,
        purpose=lambda: notice.purpose(g.db), of_what=_of_what,
        copies_hold=lambda: keeping.say_how_long(web.current_app.config["WORKGROUP"]),
    )  # fmt: skip
    app.jinja_env.filters.update(
        day=clock.say_day, whole_day=clock.say_whole_day, time=clock.say_time, moment=clock.say_moment,
        lesson_clock=clock.say_clock, lines=_lines, counted=_counted, day_of=clock.day_of,
        capitalize_first=_capitalize_first, pounds=money.say_pounds, in_days=money.say_days, quarters=money.days,
    )  # fmt: skip
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.after_request(_say_error_first)
    app.register_error_handler(HTTPException, _error)
    app.register_error_handler(Exception, _broken)


def _fingerprint():
    """Return a short digest of what a tablet keeps of this release: the same release is the same build everywhere."""
    files = [path for path in sorted(places.STATIC.rglob("*")) if path.is_file()]
    said = hashlib.sha256()
    for path in [*files, *(places.TEMPLATES / name for name in ("base.html", "tablet/offline.html"))]:
        said.update(f"{path.parent.name}/{path.name}".encode() + hashlib.sha256(path.read_bytes()).digest())
    return said.hexdigest()[:12]


def _static(current, build, name):
    # given here and not set afterwards: else Flask says no-cache beside it, and every page asks for every file again
    max_age = 31_536_000 if build == current else None
    # of one release all files are of one stamp; the short head is said forty times at a first load
    response = send_from_directory(places.STATIC, name, max_age=max_age, etag=current)
    response.cache_control.immutable = build == current
    for said_already in ("Last-Modified", "Expires", "Content-Disposition"):
        response.headers.pop(said_already, None)
    return packing.file(response, places.STATIC / name)


def _described_by(ids, errors=None, field=None, draft=None):
    """Return the attributes that tie a control to its hint and error, and to what a captured form asks of it.

    `data-needed` is what to say, before anything is sent, when the field is empty; `data-draft` names the draft that
    is kept of it on the tablet.
    """
    needed = next((v.message for v in field.validators if type(v).__name__ == "_Needed"), None) if field else None
    said = {"aria_describedby": ids.strip(), "data_needed": needed, "data_draft": draft}
    said["aria_invalid"] = "true" if errors else None
    return {name: value for name, value in said.items() if value}


def _seal_key():
    """Return the key of this person and sign-in; pages that a tablet keeps for later (Workgroup-Pack) hold none."""
    return None if web.is_to_keep() else seals.key_of(g.db, g.person["id"], g.tablet)


def _is_demo():
    """Tell whether the record is a demo, asked once a process and ledger: a demo can be left for a hub of one’s own."""
    head, known = g.get("head"), web.current_app.config.setdefault("IS_DEMO", {})
    if not head:
        return False
    if head["ledger"] not in known:
        known[head["ledger"]] = store.is_demo(g.db)
    return known[head["ledger"]]


def _lines(text):
    """Show somebody's words with their own line breaks, escaped."""
    return Markup("<br>").join(escape(line) for line in (text or "").split("\n"))


def _capitalize_first(text):
    """Begin a sentence with a capital and leave the rest, names among it, as it is."""
    return text[:1].upper() + text[1:]


# what a page may be about, by the names that views give it and what tells it apart, the nearest first; nothing that
# only some of a page's readers may read (the words of a gap task: not the hub)
ABOUT = (
    ("row", "words"), ("action", "words"), ("block", "title"), ("sentence", "words"), ("r", "about", "name"),
    ("review", "school_name", "on_day"), ("lesson", "topic"), ("visit", "school_name", "on_day"), ("session", "title"),
    ("task", "school_name", "due_on"), ("plan", "school_name", "version"), ("school", "name", "school_name"),
    ("person", "name"), ("report", "on_day"), ("s", "name"), ("group", "title"),
)  # fmt: skip
LONGEST = 60


@pass_context
def _of_what(context, title):
    """Return what a page's title leaves open: of which lesson, session, school, day. Two tabs are told apart by it."""
    here = ((context.get(name), columns) for name, *columns in ABOUT)
    thing, columns = next(((t, c) for t, c in here if isinstance(t, dict) and t.get(c[0])), ({}, ()))
    said = [_in_a_title(column, thing[column]) for column in columns if thing.get(column)]
    if isinstance(year := context.get("year"), str) and year[:1].isdigit():
        said.append(year.replace("-", "/"))
    more = ", ".join(words for words in said if words not in title)
    return f": {more}" if more else ""


def _in_a_title(column, value):
    if column in ("on_day", "due_on"):
        return clock.say_day(value, year=True)
    words = f"version {value}" if column == "version" else " ".join(str(value).split())
    return words if len(words) <= LONGEST else f"{words[:LONGEST].rstrip()}…"


def _say_error_first(response):
    """Begin the title of a page that took nothing in with that: it is the first thing a screen reader says.

    Done here and not in each template, so that no form can forget it: the status knows.
    """
    if response.status_code in (409, 422) and response.mimetype == "text/html" and not response.is_streamed:
        response.set_data(response.get_data().replace(b"<title>", b"<title>Error: ", 1))
    return response


def _counted(number, one, many=None):
    """Say a count with its word: 1 note, 3 notes."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def _error(problem):
    if isinstance(problem, HTTPException) and problem.code and problem.code < 400:
        return problem
    return _page(problem.code or 500)


def _broken(problem):
    if said := unkept.why(problem):
        log.error("it could not be kept", extra=telling.of(problem))
        return _unkept_page(said)
    # logged with the places it came from; the page says nothing of the inside but the reference it is logged under
    log.error("a request failed", extra=telling.of(problem))
    if web.current_app.testing:
        raise problem
    return _page(500)


def _unkept_page(said):
    """Say why nothing could be kept, with what was typed and a button that sends it again."""
    fields = []
    with suppress(OSError, HTTPException):  # what was sent may be what there is no room for
        fields = [*request.form.items(multi=True)] if request.method == "POST" and not request.files else []
    secret = any(name in SECRETS for name, _ in fields)
    return _page(said.status, said.title, said.sentence, [] if secret else fields)


def _page(code, title="", sentence="", typed=()):
    if not title:
        title, sentence = ERRORS.get(code, ERRORS[400 if code < 500 else 500])
    g.setdefault("person", None)
    if request.accept_mimetypes.best == "application/json":
        return Response(f"{title}. {sentence} Reference: {g.reference}\n", code, mimetype="text/plain")
    try:
        return render_template("errors/page.html", title=title, sentence=sentence, code=code, typed=typed), code
    except sqlite3.Error:  # it cannot even be read: a page for nobody asks nothing of it
        g.person = g.db = None
        return render_template("errors/page.html", title=title, sentence=sentence, code=code, typed=typed), code
