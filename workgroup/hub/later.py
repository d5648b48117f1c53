"""What happens later by itself: reminders, mail, copies. What waits, since when, and what is wrong with it."""

from flask import Blueprint, g, render_template, url_for

from workgroup import due, web
from workgroup.people.rights import runs_hub

bp = Blueprint("later", __name__)


@bp.get("/later")
@web.open_to(runs_hub)
def page():
    """Show what waits and what was done last."""
    return _page()


@bp.post("/later")
@web.open_to(runs_hub)
def try_again():
    """Try a thing again."""
    return web.enter("hub.try_again", url_for("later.page"), lambda form, _: _page(form))


def _page(form=None):
    waiting, done = due.standing(g.db)
    return render_template("hub/later.html", waiting=waiting, done=done, form=form)
