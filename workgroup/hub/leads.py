"""Which strands a hub lead looks after: for whoever leads all of it."""

from flask import Blueprint, g, render_template, url_for

from workgroup import web
from workgroup.hub import forms, queries
from workgroup.people import queries as people
from workgroup.people.rights import leads_whole_hub

bp = Blueprint("leads", __name__)


@bp.get("/hub/leads/<id>")
@web.open_to(leads_whole_hub)
def page(id):
    """Show the strands to choose from."""
    return _page(id)


@bp.post("/hub/leads/<id>")
@web.open_to(leads_whole_hub)
def save(id):
    """Limit a hub lead to some, or to none."""
    return web.enter("hub.set_strands", url_for("overseeing.list_people"), lambda form, _: _page(id, form), role=id)


def _page(id, form=None):
    every = {one["role_id"]: one for one in people.hub_people(g.db) if one["role"] == "lead"}
    who = web.found_or_404(every.get(id))
    form = form or forms.StrandsForm(data={"strands": who["strands"]})
    strands = sorted(queries.strands_to_choose(g.db, who["strands"]).values(), key=str.casefold)
    return render_template("hub/lead.html", who=who, form=form, strands=strands)
