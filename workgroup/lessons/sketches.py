"""Addresses of sketches: the paper to draw on, taking one away, and bringing it back."""

from flask import Blueprint, abort, g, request, url_for

from workgroup import sketching, web
from workgroup.lessons import noticing_queries, queries, rights, sketch_forms, sketch_queries
from workgroup.lessons.noticing import looks_like_a_name

bp = Blueprint("sketches", __name__)


@bp.app_template_global("own_sketches")
def own_sketches(lesson):
    """Return the viewer's own sketches of a lesson, for quiet notes."""
    standing = queries.standing(g.db, web.viewer(), lesson)
    own = sketch_queries.seen(g.db, web.viewer(), lesson, standing, own_only=True)
    return [{**k, "looks_like_a_name": looks_like_a_name(k["described"])} for k in own]


@bp.get("/lessons/<id>/sketch")
@web.open_to(rights.observes, keeps=rights.in_it, lesson="id")
def page(id):
    """Offer paper."""
    return _page(id)


@bp.post("/lessons/<id>/sketch")
@web.open_to(rights.observes, lesson="id")
def keep(id):
    """Keep a sketch."""
    then = url_for("noticing.mine", id=id, _anchor="sketches")
    return web.enter("lessons.sketch", then, lambda form, _: _page(id, form), lesson=id)


@bp.app_template_global("sketches_taken_away")
def taken_away(lesson):
    """Return the sketches of a lesson that the viewer took away and can bring back."""
    return sketch_queries.taken_away(g.db, web.viewer(), lesson["id"])


@bp.post("/sketches/<id>/<deed>")
@web.open_to(rights.own_sketch_or_teaches, sketch="id")
def stand(id, deed):
    """Take a sketch away for everyone, or bring it back."""
    kind = web.kind_of(deed, "lessons.{}_sketch")
    lesson = sketch_queries.sketch(g.db, id)["lesson"]
    page = "noticing.mine" if request.form.get("from") == "mine" else "lessons.sharing"
    then = url_for(page, id=lesson, _anchor="sketches")
    return web.enter(kind, then, lambda form, _: abort(404), sketch=id)


def _page(id, form=None):
    lesson = queries.lesson(g.db, id)
    own = [n for n in noticing_queries.noticings(g.db, web.viewer(), id, own_only=True) if not n["withdrawn_at"]]
    return web.show(
        "lessons/sketch.html", lesson=lesson, form=form or sketch_forms.SketchForm(), noticings=own,
        width=sketching.WIDTH, height=sketching.HEIGHT, most=sketching.MOST_BYTES,
        at=request.args.get("noticing", ""),
    )  # fmt: skip
