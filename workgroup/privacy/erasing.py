"""Everybody of the hub, what is held about one of them without their words, and erasing somebody."""

from flask import Blueprint, g, render_template, request, url_for

from workgroup import clock, holding, personal, web
from workgroup.people import queries as people
from workgroup.privacy import addressed_queries, forms, queries, rights, telling

bp = Blueprint("erasing", __name__)
STAYS = {
    "register_mark": ("mark on registers", "marks on registers"), "membership": ("Work Group", "Work Groups"),
    "noticing": ("noticing", "noticings"), "reflection": ("reflection", "reflections"),
    "day_entry": ("entry of days", "entries of days"), "ledger": ("line of the activity", "lines of the activity"),
}  # fmt: skip


@bp.get("/people/everybody")
@web.open_to(rights.runs_hub)
def everybody():
    """Show everybody by name, narrowed to what is asked for."""
    asked = (request.args.get("name") or "")[:100]
    return render_template(
        "privacy/everybody.html", people=queries.everybody(g.db, asked), asked=asked, most=queries.SHOWN,
        addressed=addressed_queries.addressed(g.db, asked, queries.SHOWN + 1), erased=request.args.get("erased"),
        may_erase=web.may(rights.leads_hub),
    )  # fmt: skip


@bp.get("/people/<id>/record")
@web.open_to(rights.runs_hub)
def record(id):
    """Show what is held about somebody: facts, and how much of what they wrote; the words are for them alone."""
    return _record(id)


@bp.post("/people/<id>/sign-out")
@web.open_to(rights.runs_hub)
def sign_out(id):
    """Sign them out wherever they are."""
    then = url_for("erasing.record", id=_somebody(id)["id"])
    return web.enter("people.end_sign_ins", then, lambda form, _: _record(id, form), person=id)


def _record(id, trouble=None):
    found = _somebody(id)
    if found["erased_at"]:
        return _gone(found)
    told, others = telling.for_hub(g.db, exported := holding.export(g.db, id))
    return render_template(
        "privacy/of_somebody.html", who=found, told=told, others=others, may_erase=web.may(rights.leads_hub),
        trouble=trouble, signed_in=people.devices_signed_in(g.db, id),
        keeps_trn=people.keeps_trn(g.db), **telling.rest(exported),
    )  # fmt: skip


@bp.get("/people/<id>/erase")
@web.open_to(rights.leads_hub)
def ask(id):
    """Show what would go and what would stay, and ask for the name."""
    return _ask(_somebody(id), forms.EraseForm())


@bp.post("/people/<id>/erase")
@web.open_to(rights.leads_hub)
def erase(id):
    """Erase them."""
    found = _somebody(id)
    if found["erased_at"]:
        return web.go(url_for("erasing.ask", id=id))  # said twice: what is done is shown
    # read anew: somebody else may have erased them in between, and then no name is shown any more
    again = lambda form, _: _ask(_somebody(id), form)  # noqa: E731
    return web.enter("privacy.erase", url_for("erasing.ask", id=id), again, person=id)


@bp.get("/people/named")
@web.open_to(rights.leads_hub)
def named():
    """Ask for the full name of somebody who is known by that alone, such as a visitor."""
    return _named(forms.EraseNamedForm())


@bp.post("/people/named")
@web.open_to(rights.leads_hub)
def erase_named():
    """Show where the name stands, or erase them."""
    if "look" in request.form:
        form = forms.EraseNamedForm(request.form)
        return _named(form, looked=form.validate())
    return web.enter("privacy.erase_named", url_for("erasing.named", erased="yes"), lambda form, _: _named(form))


def _named(form, looked=False):
    name = queries.known_by_name(g.db, form.name.data) if looked else None
    held = holding.export(g.db, name) if name else {}
    stands = [(telling.NAMES[table], len(rows)) for table, rows in held.items() if table in telling.NAMES and rows]
    return render_template(
        "privacy/named.html", form=form, looked=looked, name=name, stands=stands, erased="erased" in request.args
    )


def _somebody(id):
    found = web.found_or_404(people.person(g.db, id) if web.is_id(id) else None)
    return web.found_or_404(None if found["joined_to"] else found)


def _ask(found, form):
    if found["erased_at"]:
        return _gone(found)
    why_not = personal.why_not(g.db, found["id"], clock.today())
    if found["id"] == web.viewer():
        why_not = "Ask another hub lead to erase you."
    goes = [(telling.NAMES[table], many) for table, many in holding.counts(g.db, found["id"]).items()]
    # looked for on asking alone: it goes through everything that anybody wrote
    alone = holding.named_alone(g.db, found["id"]) if "look" in request.args else None
    return render_template(
        "privacy/erase.html", who=found, form=form, why_not=why_not, goes=goes, stays=_stays(found),
        alone=alone and [(telling.called(table), many) for table, many in alone.items()], looked=alone is not None,
    )  # fmt: skip


def _gone(found):
    return render_template("privacy/erased.html", who=found, stays=_stays(found))


def _stays(found):
    return [(STAYS[what], many) for what, many in holding.stays(g.db, found["id"]).items()]
