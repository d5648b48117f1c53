"""The guide for participants on one page: of the hub, and of a session with its day, its place and its code."""

from flask import Blueprint, current_app, g, render_template, url_for

from workgroup import web
from workgroup.people import queries as people
from workgroup.schools import queries as schools
from workgroup.sessions import joining_queries, rights
from workgroup.sessions import queries as sessions
from workgroup.welcome import exports

bp = Blueprint("guides", __name__)


@bp.get("/guide")
@web.open_to(web.signed_in)
def page():
    """Show the guide of the hub."""
    return _page(_general(), url_for("guides.paper"))


@bp.get("/guide.pdf")
@web.open_to(web.signed_in)
def paper():
    """Give it as one sheet of paper."""
    return _paper(_general(), "Guide")


@bp.get("/sessions/<id>/guide")
@web.open_to(rights.takes_part, session="id")
def of_session(id):
    """Show the guide of a session."""
    session = sessions.session(g.db, id)
    return _page(_special(session), url_for("guides.paper_of_session", id=id), session)


@bp.get("/sessions/<id>/guide.pdf")
@web.open_to(rights.takes_part, session="id")
def paper_of_session(id):
    """Give it as one sheet of paper."""
    session = sessions.session(g.db, id)
    return _paper(_special(session), f"Guide {session['day']} {session['title']}"[:110])


def _general():
    return exports.guide(people.hub(g.db)["name"], current_app.config["WORKGROUP"].public_address)


def _special(session):
    """Return the guide of a session; the code only while it is open, and to whoever may show it."""
    shows = session["state"] == "open" and web.may(rights.runs, session=session["id"])
    return exports.guide(
        people.hub(g.db)["name"], current_app.config["WORKGROUP"].public_address, session,
        schools.host_facts(g.db, session["host"]) if session["host"] and session["mode"] != "online" else None,
        joining_queries.code_of(g.db, session["id"]) if shows else None,
    )  # fmt: skip


def _page(guide, paper, session=None):
    return render_template("welcome/guide.html", guide=guide, paper=paper, session=session)


def _paper(guide, name):
    return web.download(exports.pdf(guide), f"{name}.pdf", "application/pdf")
