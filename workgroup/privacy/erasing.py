"""Everybody of the hub, what is held about one of them without their words, and erasing somebody."""

from flask import Blueprint, g, render_template, request, url_for

from workgroup import clock, holding, personal, web
from workgroup.people import queries as people
from workgroup.privacy import forms, queries, rights, telling

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
        "privacy/everybody.html", people=queries.everybody(g.db, asked), asked=asked, most=queries.SHOWN
    )


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
        trouble=trouble, signed_in=people.is_signed_in(g.db, id),
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
    return render_template("privacy/erase.html", who=found, form=form, why_not=why_not, goes=goes, stays=_stays(found))


def _gone(found):
    return render_template("privacy/erased.html", who=found, stays=_stays(found))


def _stays(found):
    return [(STAYS[what], many) for what, many in holding.stays(g.db, found["id"]).items()]
