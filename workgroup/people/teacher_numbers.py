"""Teacher reference numbers: whether the hub keeps any, one's own, and somebody's as the hub was told it."""

from flask import Blueprint, g, url_for

from workgroup import web
from workgroup.people import forms, queries, rights

bp = Blueprint("teacher_numbers", __name__)


@bp.get("/hub/teacher-numbers")
@web.open_to(rights.runs_hub)
def settings():
    """Say whether they are kept, and why one would."""
    return _settings(forms.KeepNumbersForm(data={"keeps": "yes" if queries.keeps_trn(g.db) else "no"}))


@bp.post("/hub/teacher-numbers")
@web.open_to(rights.runs_hub)
def keep():
    """Begin to keep them, or keep none."""
    return web.enter("people.keep_trns", url_for("teacher_numbers.settings"), lambda form, _: _settings(form))


@bp.get("/account/teacher-number")
@web.open_to(web.signed_in)
def own():
    """Show one's own."""
    return _page(web.viewer())


@bp.post("/account/teacher-number")
@web.open_to(web.signed_in)
def set_own():
    """Note one's own, or take it away."""
    me = web.viewer()
    return web.enter("people.set_trn", url_for("people.account"), lambda form, _: _page(me, form), person=me)


@bp.get("/people/<id>/teacher-number")
@web.open_to(rights.runs_hub)
def of_somebody(id):
    """Show somebody's."""
    return _page(id)


@bp.post("/people/<id>/teacher-number")
@web.open_to(rights.runs_hub)
def set_of_somebody(id):
    """Note somebody's, or take it away."""
    return web.enter("people.set_trn", f"/people/{id}/record", lambda form, _: _page(id, form), person=id)


def _page(id, form=None):
    who = web.found_or_404(queries.person(g.db, id) if web.is_id(id) else None)
    if who["erased_at"] or who["joined_to"]:
        web.found_or_404(None)
    return web.show(
        "people/teacher_number.html", who=who, is_own=id == web.viewer(), form=form or forms.NumberForm(data=who),
        keeps=queries.keeps_trn(g.db),
    )  # fmt: skip


def _settings(form):
    return web.show(
        "people/teacher_numbers.html", form=form, keeps=queries.keeps_trn(g.db), many=queries.count_trns(g.db)
    )
