"""Today, the Work Group's year, and a school's page."""

from flask import Blueprint, g, render_template

from workgroup import web
from workgroup.groups import queries as groups

bp = Blueprint("home", __name__)


@bp.get("/")
@web.open_to(web.signed_in)
def today():
    """Show what is next and what waits."""
    return render_template("home/today.html", groups=groups.groups_for(g.db, web.viewer()))
