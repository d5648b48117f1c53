"""The room's screen, in a second window or on a device that nobody signs in to: by a short address and a code.

It shows the agenda, the clock, what is on, and how to check in; of the open lesson, while it is discussed, what its
teacher lets be shown there, without names. Nothing private, and nothing once the session is closed.
"""

from functools import wraps

from flask import Blueprint, Response, abort, current_app, g, redirect, request, url_for

from workgroup import clock, cookies, guard, seals, web
from workgroup.lessons import queries
from workgroup.lessons.discussion import talk
from workgroup.people import post
from workgroup.people import queries as people
from workgroup.people.linked import keep_nowhere
from workgroup.sessions import now, rights
from workgroup.sessions import queries as sessions
from workgroup.sessions.running import join_code

bp = Blueprint("screen", __name__)
linked = Blueprint("on_screen", __name__)
linked.after_request(keep_nowhere)
COOKIE, PATH, LASTS = "screen", "/screen", 12 * 3600
TRIES, WITHIN = 100, 900  # wrong codes from one address: 31^6 of them cannot be tried through


@bp.get("/sessions/<id>/screen")
@web.open_to(rights.runs, session="id")
def page(id):
    """Say how the room's screen is opened."""
    return _page(id)


@bp.post("/sessions/<id>/screen")
@web.open_to(rights.runs, session="id")
def make(id):
    """Make a code, and show it this once; or end the one there is."""
    if request.form.get("deed") == "end":
        return web.enter("sessions.close_screen", url_for("screen.page", id=id), lambda f, _: _page(id, f), session=id)
    shown = lambda _: _page(id, made=request.form.get("code"))  # noqa: E731
    return web.enter("sessions.open_screen", shown, lambda form, _: _page(id, form), session=id)


def _by_code(view):
    """Let whoever typed the code in, on this page alone: the cookie says so with our mark, or it says nothing."""

    @wraps(view)
    def opened():
        g.signed_in_as, g.person, g.tablet, g.is_signed_out = g.person, None, None, False
        code, _, mark = (cookies.read(COOKIE, PATH) or "").partition(".")
        return view(_link(code) if seals.is_marked(g.db, COOKIE, code, mark) else None)

    return opened


def _link(code):
    """Return what a code opens, or None."""
    return people.link_of(g.db, post.hash_of(code), "projector") if len(code) < 20 else None


def _typed(code):
    """Return what a typed code opens, or None; who has tried too many wrong ones is not told even of a right one.

    A screen that is on already goes on asking: what it holds is our own mark, and no try.
    """
    tries = f"screen-from:{request.remote_addr}"
    if guard.tried(tries, WITHIN) >= TRIES:
        abort(429)
    link = _link(code)
    if link is None:
        web.note_refusal("wrong code")
        guard.count_try(tries, WITHIN)
    return link


@linked.get("/screen")
@web.open_to(web.anyone)
@_by_code
def show(link):
    """Show the room's screen, or ask for its code."""
    session = link and sessions.session(g.db, link["about"])
    if not session or session["state"] != "open":
        if web.wants_part():  # the page that asked is another one now, and asks no more
            return Response(headers={"HX-Refresh": "true"})
        answer = web.show("lessons/screen_code.html", over=session and session["state"] != "open", wrong=False)
        if cookies.read(COOKIE, PATH) and not session:
            cookies.drop(answer, COOKIE, PATH)
        return answer
    g.proved = link["person"]  # what is read is read as whoever opened the screen, and shown without names
    told = now.of(g.db, session)
    return web.show(
        "lessons/screen.html", "lessons/_screen.html", session=session, lesson=_lesson(session), clock=clock.now(),
        **join_code(session), **told,
    )  # fmt: skip


@linked.post("/screen")
@web.open_to(web.anyone)
def type_code():
    """Take a code."""
    code = post.read_code(request.form.get("code"))
    if _typed(code) is None:
        g.person, g.tablet = None, None
        return web.show("lessons/screen_code.html", over=False, wrong=True, status=422)
    response = redirect(url_for("on_screen.show"), 303)
    return cookies.put(response, COOKIE, f"{code}.{seals.mark(g.db, COOKIE, code)}", LASTS, PATH)


def _lesson(session):
    """Return what of the lesson under discussion may be shown here, or None."""
    for lesson in queries.lessons_of(g.db, session["id"]):
        found = queries.lesson(g.db, lesson["id"])
        if found["on_screen"] and found["state"] == "discussion":
            standing = queries.standing(g.db, web.viewer(), found)
            if standing["sees_all"]:
                return talk(found, standing, authors=False)
    return None


def _page(id, form=None, made=None):
    address = f"{current_app.config['WORKGROUP'].public_address}{url_for('on_screen.show')}"
    return web.show(
        "lessons/screen_open.html", session=sessions.session(g.db, id), form=form, made=made, address=address,
        code=post.new_short_code(), is_open=people.has_link(g.db, "projector", id),
        lessons_here=queries.lessons_of(g.db, id),
    )  # fmt: skip
