"""The privacy notice, which anybody may read, and what is held about oneself, as a page and as a file."""

from flask import Blueprint, g, render_template

from workgroup import holding, notice, purging, web
from workgroup.people import queries as people
from workgroup.privacy import held, telling
from workgroup.retention import KINDS

bp = Blueprint("privacy", __name__)


@bp.get("/privacy")
@web.open_to(web.anyone)
def page():
    """Show what this is for, the privacy notice, and for how long words are kept."""
    hub = people.hub(g.db)
    chosen = purging.chosen(g.db)
    return render_template(
        "privacy/page.html", hub=hub, purpose=notice.purpose(g.db), parts=notice.paragraphs(notice.privacy(g.db)),
        kept=[(kind, chosen[key]) for key, kind in KINDS.items() if key in chosen],
    )  # fmt: skip


@bp.get("/account/record")
@web.open_to(web.signed_in)
def own_record():
    """Show all that is held about oneself."""
    found = holding.export(g.db, web.viewer())
    return render_template("privacy/record.html", told=telling.sections(g.db, found), **telling.rest(found))


@bp.get("/account/record.json")
@web.open_to(web.signed_in)
def own_file():
    """Give all that is held about oneself as a file for a machine."""
    return web.download([held.file(g.db, web.viewer(), "json")], "my-record.json", held.TYPES["json"])


@bp.get("/account/record.html")
@web.open_to(web.signed_in)
def own_page():
    """Give all that is held about oneself as a page in one file."""
    return web.download([held.file(g.db, web.viewer(), "html")], "my-record.html", held.TYPES["html"])
