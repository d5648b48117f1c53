"""Pages of reviews: noting where a school is, and agreeing it."""

from flask import Blueprint, g, render_template, request, url_for

from workgroup import clock, web
from workgroup.fields import is_id, options
from workgroup.groups import queries as groups
from workgroup.reviews import earlier_queries, forms, gathering, queries, rights

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
    """Note where the school is; or only show the aspect's last time, or all the evidence, with nothing kept yet."""
    if "look" in request.form:
        return _form_page(id, forms.ReviewForm(request.form))
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


@bp.post("/reviews/<id>/not-agreed")
@web.open_to(rights.leads, review="id")
def not_agreed(id):
    """Take back that it was agreed."""
    then = url_for("reviews.page", id=id)
    return web.enter("reviews.not_agreed", then, lambda form, _: _page(id, trouble=form), review=id)


@bp.post("/reviews/<id>/<deed>")
@web.open_to(rights.owns, review="id")
def stand(id, deed):
    """Take one's own review away, or bring it back."""
    kind = web.kind_of(deed, "reviews.{}")
    return web.enter(kind, url_for("reviews.page", id=id), lambda form, _: _page(id, trouble=form), review=id)


def _form_page(id, form):
    school = groups.school_in_group(g.db, id)
    framework = queries.framework(g.db, school["work_group"])
    latest = earlier_queries.of_viewer(g.db, web.viewer(), id) | queries.latest(g.db, web.viewer(), id)
    aspect = _as_now(framework["aspects"], form.aspect, queries.aspect)
    _as_now(framework["steps"], form.step, queries.step)
    last = latest.get(aspect["thread"]) if aspect else None
    form.aspect.choices = options([(a["id"], a["name"]) for a in framework["aspects"]], "Choose an aspect")
    form.step.choices = options([(s["id"], _say_step(s, last)) for s in framework["steps"]])
    return render_template(
        "reviews/edit.html", form=form, school=school, last=last, framework=framework, aspect=aspect, latest=latest,
        evidence=gathering.sorted_out(
            queries.gathered(g.db, web.viewer(), id), since=last and last["on_day"], aspect=aspect,
            chosen=form.evidence.data or [], every=request.form.get("look") == "all",
        ),
    )  # fmt: skip


def _as_now(parts, field, find):
    """Let a field name what is used now in the place of the same aspect or step of another version; return it."""
    was = find(g.db, field.data) if is_id(field.data) else None
    found = next((p for p in parts if was and p["thread"] == was["thread"]), None)
    if found:
        field.data = found["id"]
    return found


def _say_step(step, last):
    """Return a step as the form says it: its name, what it means, and whether the school was there last time."""
    is_then = last and last["step_thread"] == step["thread"]
    then = f"Last time, {clock.say_day(last['on_day'], year='agreed_in' in last)}." if is_then else ""
    name, about = (words.replace("|", "/") for words in (step["name"], step["about"] or ""))
    return f"{name[:1].upper()}{name[1:]}|{' '.join(filter(None, (about, then)))}".removesuffix("|")


def _page(id, form=None, trouble=None):
    found = web.found_or_404(queries.review(g.db, web.viewer(), id))
    leads, names = web.may(rights.leads, review=id), []
    if leads and not found["agreed_on"]:
        names = queries.whom_to_name(g.db, web.viewer(), found)
    first = {"agreed_on": clock.today(), "agreed_with": names[0] if names else None}
    now = queries.framework(g.db, found["work_group"])
    return render_template(
        "reviews/page.html", review=found, leads=leads, trouble=trouble, evidence=queries.evidence(g.db, id),
        words=queries.evidence_words(g.db, web.viewer(), found), form=form or forms.AgreeForm(data=first),
        own=found["by"] == web.viewer(), names=names, framework=now,
        aspect=next((a for a in now["aspects"] if a["thread"] == found["thread"]), None),
        regrets=leads and found["agreed_on"] and queries.agreed_today(g.db, id),
    )  # fmt: skip
