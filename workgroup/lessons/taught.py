"""The teacher's own page by link, for who taught and has no account: everything recorded about that one lesson.

The link works for 14 days, for this lesson alone, and opens nothing else. Opened, it shows a button (mail scanners
open links); pressed, a cookie for these addresses holds it. The same rights and queries decide as for a teacher who
is signed in; only how the browser proves who it is differs.
"""

from functools import wraps

from flask import Blueprint, abort, g, redirect, render_template, request, url_for

from workgroup import cookies, web
from workgroup.lessons import noticing_queries, photo_queries, queries, sketch_queries
from workgroup.lessons.views import sharing_values
from workgroup.people import post, trying
from workgroup.people import queries as people
from workgroup.photos.showing import shown

bp = Blueprint("taught", __name__)
COOKIE, PATH, LASTS = "taught", "/taught", 14 * 86_400


@bp.after_request
def _keep_nowhere(response):
    response.headers["Cache-Control"] = "no-store"
    return response


def _link(token):
    return people.link_of(g.db, post.hash_of(token), "teacher") if token else None


def _by_link(view):
    """Let the holder of the link in as the lesson's teacher on this page, whoever else is signed in here."""

    @wraps(view)
    def proved(**said):
        link = _link(cookies.read(COOKIE, PATH))
        g.person, g.tablet, g.is_signed_out = None, None, False
        lesson = link and queries.lesson(g.db, link["about"])
        if not lesson or lesson["teacher"] != link["person"]:
            return web.show("lessons/taught_over.html", status=410)
        g.proved = link["person"]
        return view(lesson, **said)

    return proved


@bp.get("/taught/<token>")
@web.open_to(web.anyone)
def open_link(token):
    """Show the button."""
    link = _link(token)
    if link is None:
        return web.show("lessons/taught_over.html", status=410)
    lesson = queries.lesson(g.db, link["about"])
    return web.show("lessons/taught_open.html", lesson=lesson, token=token)


@bp.post("/taught/<token>")
@web.open_to(web.anyone)
def use_link(token):
    """Hold the link in a cookie of these addresses, and show the lesson."""
    if _link(token) is None:
        if not trying.may_try("link"):
            abort(429)
        return web.show("lessons/taught_over.html", status=410)
    response = redirect(url_for("taught.page"), 303)
    return cookies.put(response, COOKIE, token, LASTS, PATH)


@bp.get("/taught")
@web.open_to(web.anyone)
@_by_link
def page(lesson):
    """Show everything recorded about the lesson."""
    return _page(lesson)


@bp.post("/taught")
@web.open_to(web.anyone)
@_by_link
def share(lesson):
    """Share, or not."""
    then = url_for("taught.page")
    return web.enter("lessons.share", then, lambda form, _: _page(lesson, form), lesson=lesson["id"])


@bp.post("/taught/screen")
@web.open_to(web.anyone)
@_by_link
def agree_screen(lesson):
    """Say whether it may be shown on the room's screen."""
    then = url_for("taught.page", _anchor="screen")
    return web.enter("lessons.agree_screen", then, lambda f, _: _page(lesson, refused=f), lesson=lesson["id"])


@bp.post("/taught/comments")
@web.open_to(web.anyone)
@_by_link
def comment(lesson):
    """Say something to it."""
    then = url_for("taught.page")
    return web.enter("lessons.comment", then, lambda f, _: _page(lesson, comment=f), lesson=lesson["id"])


@bp.post("/taught/hidden/<id>")
@web.open_to(web.anyone)
@_by_link
def hide(lesson, id):
    """Hide a moment, or show it again."""
    noticing = noticing_queries.noticing(g.db, id)
    web.found_or_404(noticing if noticing and noticing["lesson"] == lesson["id"] else None)
    kind = "lessons.hide" if request.form.get("hidden") == "yes" else "lessons.show_again"
    then = url_for("taught.page", _anchor=f"n-{id}")
    return web.enter(kind, then, lambda form, _: _page(lesson, refused=form), noticing=id)


@bp.get("/taught/photos/<id>")
@web.open_to(web.anyone)
@_by_link
def picture(lesson, id):
    """Show a picture of this lesson."""
    photo = photo_queries.photo(g.db, id)
    data = photo and photo["lesson"] == lesson["id"] and photo_queries.picture(g.db, web.viewer(), id)
    return shown(web.found_or_404(data or None))


@bp.post("/taught/photos/<id>/withdraw")
@web.open_to(web.anyone)
@_by_link
def withdraw(lesson, id):
    """Take a picture of this lesson away for everyone."""
    photo = photo_queries.photo(g.db, id)
    web.found_or_404(photo if photo and photo["lesson"] == lesson["id"] else None)
    return web.enter("lessons.withdraw_photo", url_for("taught.page"), lambda form, _: abort(404), photo=id)


@bp.post("/taught/sketches/<id>/<deed>")
@web.open_to(web.anyone)
@_by_link
def stand_sketch(lesson, id, deed):
    """Take a sketch of this lesson away for everyone, or bring it back."""
    kind = web.kind_of(deed, "lessons.{}_sketch")
    sketch = sketch_queries.sketch(g.db, id)
    web.found_or_404(sketch if sketch and sketch["lesson"] == lesson["id"] else None)
    return web.enter(kind, url_for("taught.page", _anchor="sketches"), lambda form, _: abort(404), sketch=id)


def _page(lesson, form=None, comment=None, refused=None):
    to = {
        "screen": url_for("taught.agree_screen"), "comment": url_for("taught.comment"),
        "hide": lambda id: url_for("taught.hide", id=id),
        "picture": lambda id: url_for("taught.picture", id=id),
        "withdraw": lambda id: url_for("taught.withdraw", id=id),
        "sketch": lambda id, deed="withdraw": url_for("taught.stand_sketch", id=id, deed=deed),
    }  # fmt: skip
    values = sharing_values(lesson["id"], form, comment)
    return render_template("lessons/sharing.html", **values, to=to, refused=refused, by_link=True)
