"""The addresses of one's calendar, and the calendar behind an address, for programs that ask by themselves."""

import hashlib

from flask import Blueprint, Response, current_app, g, request, url_for

from workgroup import clock, web
from workgroup.formats import as_ics
from workgroup.groups import queries as groups
from workgroup.people import post
from workgroup.people import queries as people
from workgroup.sessions import calendar_queries, forms

bp = Blueprint("calendars", __name__)


@bp.get("/calendar")
@web.open_to(web.signed_in)
def page():
    """Show one's calendar addresses."""
    return _page()


@bp.post("/calendar")
@web.open_to(web.signed_in)
def make():
    """Make an address, and show it this once: it is kept as a hash."""
    proof, about = request.form.get("proof", ""), request.form.get("work_group") or None
    return web.enter("sessions.make_feed", lambda _: _page(proof=proof, about=about), lambda form, _: _page(form))


@bp.post("/calendar/end")
@web.open_to(web.signed_in)
def end():
    """End an address."""
    return web.enter("sessions.end_feed", url_for("calendars.page"), lambda form, _: _page(form))


@bp.get("/calendar/<token>.ics")
@web.open_to(web.anyone)
def calendar(token):
    """Give the calendar of an address: title, time and place. An unchanged one costs an empty 304."""
    link = web.found_or_404(people.link_of(g.db, post.hash_of(token), "feed"))
    found = calendar_queries.shown(g.db, link["person"], link["about"])
    name = (groups.group(g.db, link["about"]) or {}).get("title") if link["about"] else "Work Groups"
    response = Response(as_ics.calendar(name, map(calendar_queries.event, found)), mimetype="text/calendar")
    response.set_etag(hashlib.sha256(response.get_data()).hexdigest()[:32])
    response.cache_control.private = response.cache_control.no_cache = True
    return response.make_conditional(request)


def _page(form=None, proof=None, about=None):
    public = current_app.config["WORKGROUP"].public_address
    address = proof and f"{public}{url_for('calendars.calendar', token=proof)}"
    return web.show(
        "sessions/calendar.html", form=form or forms.FeedForm(), feeds=calendar_queries.feeds(g.db, web.viewer()),
        mine=[x for x in groups.groups_for(g.db, web.viewer(), on=clock.today()) if x["role"]],  # not all of the hub's
        made=address, made_about=about, proof=post.new_token(),
    )  # fmt: skip
