"""Pages of the beginning: putting first steps away and back, and help."""

from flask import Blueprint, g, render_template, request, url_for

from workgroup import web
from workgroup.groups import queries as groups
from workgroup.welcome import queries

bp = Blueprint("welcome", __name__)


@bp.get("/help")
@web.open_to(web.signed_in)
def page():
    """Show the short help of every page in one place, one's own role first."""
    return _help()


@bp.post("/welcome/<way>")
@web.open_to(web.signed_in)
def put_away(way):
    """Put first steps away, or show them again."""
    kind = {"put-away": "welcome.put_away", "bring-back": "welcome.bring_back"}.get(way)
    then = "/" if request.form.get("then") != "help" else url_for("welcome.page", _anchor="first-steps")
    return web.enter(web.found_or_404(kind), then, lambda form, _: _help(form))


def _help(trouble=None):
    roles = {x["role"] for x in groups.groups_for(g.db, web.viewer())} - {None}
    role = "leader" if "leader" in roles else "hub" if g.runs_hub else "participant"
    return render_template("welcome/help.html", role=role, away=queries.away(g.db, web.viewer()), trouble=trouble)
