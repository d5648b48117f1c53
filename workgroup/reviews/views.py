"""Pages of reviews: noting where a school is, and agreeing it."""

from flask import Blueprint, g, render_template, request, url_for

from workgroup import clock, web
from workgroup.fields import options
from workgroup.groups import queries as groups
from workgroup.reviews import forms, queries, rights

bp = Blueprint("reviews", __name__)


@bp.get("/schools-in-group/<id>/reviews/new")
@web.open_to(rights.leads, school_in_group="id")
def new(id):
    """Offer a review of one aspect."""
    asked = request.args.get("aspect")
    return _form_page(id, forms.ReviewForm(data={"on_day": clock.today(), "aspect": asked}))


@bp.post("/schools-in-group/<id>/reviews/new")
@web.open_to(rights.leads, school_in_group="id")
def review(id):
    """Note where the school is."""
    then = lambda outcome: url_for("reviews.page", id=outcome.about)  # noqa: E731
    return web.enter("reviews.review", then, lambda form, _: _form_page(id, form), school_in_group=id)


@bp.get("/reviews/<id>")
@web.open_to(rights.reads, review="id")
def page(id):
    """Show a review with what it rests on."""
    return _page(id)


@bp.post("/reviews/<id>/agree")
@web.open_to(rights.leads, review="id")
def agree(id):
    """Agree it with the school."""
    return web.enter("reviews.agree", url_for("reviews.page", id=id), lambda form, _: _page(id, form), review=id)


@bp.post("/reviews/<id>/<deed>")
@web.open_to(rights.owns, review="id")
def stand(id, deed):
    """Take one's own review away, or bring it back."""
    kind = web.kind_of(deed, "reviews.{}")
    return web.enter(kind, url_for("reviews.page", id=id), lambda form, _: _page(id, trouble=form), review=id)


def _form_page(id, form):
    framework = queries.framework(g.db)
    form.aspect.choices = options([(a["id"], a["name"]) for a in framework["aspects"]], "Choose an aspect")
    form.step.choices = options([(s["id"], f"{s['name'].capitalize()}|{s['about']}") for s in framework["steps"]])
    name = next((a["name"] for a in framework["aspects"] if a["id"] == form.aspect.data), None)
    last = queries.latest(g.db, web.viewer(), id).get(name)
    return render_template(
        "reviews/edit.html", form=form, school=groups.school_in_group(g.db, id), last=last, framework=framework,
        gathered=queries.gathered(g.db, web.viewer(), id, since=last["on_day"] if last else None),
        older=queries.gathered(g.db, web.viewer(), id) if last else [],
    )  # fmt: skip


def _page(id, form=None, trouble=None):
    found = web.found_or_404(queries.review(g.db, web.viewer(), id))
    leads = web.may(rights.leads, review=id)
    # the words behind a piece of evidence are shown only to those who may see the piece itself
    gathered = queries.gathered(g.db, web.viewer(), found["school_in_group"]) if leads else []
    words = {(e["kind"], e["id"]): e["words"] for e in gathered}
    return render_template(
        "reviews/page.html", review=found, leads=leads, trouble=trouble, evidence=queries.evidence(g.db, id),
        words=words, form=form or forms.AgreeForm(data={"agreed_on": clock.today()}),
        own=found["by"] == web.viewer(),
    )  # fmt: skip
