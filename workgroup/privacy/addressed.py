"""Somebody without an account who was only ever sent links, such as a head: what is held of them, and erasing it."""

from flask import Blueprint, g, render_template, request, url_for

from workgroup import holding, web
from workgroup.privacy import addressed_queries, forms, rights, telling

bp = Blueprint("addressed", __name__)


@bp.get("/people/addressed/<id>")
@web.open_to(rights.runs_hub)
def record(id):
    """Show what is held about them: facts, and how much of the rest; their words are for them alone."""
    found = _somebody(id)
    return _page(web.found_or_404(None if found["is_erased"] else found))


@bp.post("/people/addressed/<id>/erase")
@web.open_to(rights.leads_hub)
def erase(id):
    """Erase them, once their e-mail was typed as it stands on the page."""
    found, then = _somebody(id), url_for("erasing.everybody", erased="yes")
    if found["is_erased"]:
        return web.go(then)  # said twice: what is done is shown
    form = forms.EraseAddressForm(request.form)
    if form.validate() and form.email.data.strip().casefold() != found["email"].casefold():
        form.email.errors = ["This is not the e-mail that stands above."]
        return _page(found, form), 422
    return web.enter("privacy.erase_address", then, lambda form, _: _page(found, form))


def _somebody(id):
    return web.found_or_404(addressed_queries.one(g.db, id) if web.is_id(id) else None)


def _page(found, form=None):
    told, others = telling.for_hub(g.db, exported := holding.export(g.db, found["email"]))
    return render_template(
        "privacy/addressed.html", who=found, told=told, others=others, may_erase=web.may(rights.leads_hub),
        form=form or forms.EraseAddressForm(), **telling.rest(exported),
    )  # fmt: skip
