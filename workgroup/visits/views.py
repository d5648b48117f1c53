"""Pages of support visits."""

from flask import Blueprint, g, render_template, url_for

from workgroup import clock, web
from workgroup.groups import queries as groups
from workgroup.visits import forms, queries, rights

bp = Blueprint("visits", __name__)


@bp.get("/schools-in-group/<id>/visits/new")
@web.open_to(rights.leads, school_in_group="id")
def new(id):
    """Offer a visit to plan."""
    return _plan_page(id, forms.PlanForm(data={"on_day": clock.today(), "days": 0.5}))


@bp.post("/schools-in-group/<id>/visits/new")
@web.open_to(rights.leads, school_in_group="id")
def plan(id):
    """Plan a visit."""
    then = lambda outcome: url_for("visits.page", id=outcome.about)  # noqa: E731
    return web.enter("visits.plan", then, lambda form, _: _plan_page(id, form), school_in_group=id)


@bp.get("/visits/<id>")
@web.open_to(rights.leads, visit="id")
def page(id):
    """Show a visit to the leaders."""
    return _page(id)


@bp.post("/visits/<id>/made")
@web.open_to(rights.leads, visit="id")
def make(id):
    """Say that it was made."""
    return web.enter("visits.make", url_for("visits.page", id=id), lambda f, now: _page(id, made=f, now=now), visit=id)


@bp.post("/visits/<id>/cancel")
@web.open_to(rights.leads, visit="id")
def cancel(id):
    """Cancel it."""
    return web.enter("visits.cancel", url_for("visits.page", id=id), lambda f, _: _page(id, trouble=f), visit=id)


@bp.post("/visits/<id>/notes")
@web.open_to(rights.leads, visit="id")
def note(id):
    """Keep a raw note."""
    return web.enter("visits.note", url_for("visits.page", id=id), lambda f, _: _page(id, note=f), visit=id)


@bp.post("/visit-notes/<id>/<deed>")
@web.open_to(rights.leads, visit_note="id")
def stand_note(id, deed):
    """Take a raw note away, or bring it back."""
    kind = web.kind_of(deed, "visits.{}_note")
    visit = queries.visit_of_note(g.db, id)
    then = url_for("visits.page", id=visit)
    return web.enter(kind, then, lambda f, _: _page(visit, trouble=f), visit_note=id)


def _plan_page(id, form):
    return render_template("visits/edit.html", form=form, school=groups.school_in_group(g.db, id))


def _page(id, made=None, note=None, trouble=None, now=None):
    visit = queries.visit(g.db, id)
    made = made or forms.MakeForm(data={**visit, "seen": str(visit["version"])})
    if now:
        made.seen.data = str(now["version"])
    return render_template(
        "visits/page.html", visit=visit, made=made, note=note or forms.NoteForm(), trouble=trouble, now=now,
        notes=queries.notes(g.db, web.viewer(), id, also_withdrawn=True),
        kinds={k: w.split("|")[0] for k, w in forms.KINDS},
    )  # fmt: skip
