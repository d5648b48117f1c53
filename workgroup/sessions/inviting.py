"""Invitations: who is coming, for the leaders; and the page behind the link of an invitation, for whoever got it."""

from flask import Blueprint, g, render_template, request, url_for

from workgroup import clock, web
from workgroup.fields import options
from workgroup.groups import queries as groups
from workgroup.groups.rights import leads_or_runs
from workgroup.people import queries as people
from workgroup.people.linked import by_link, keep_nowhere
from workgroup.sessions import calendar_queries, inviting_forms, inviting_queries, queries, rights

bp = Blueprint("inviting", __name__)
linked = Blueprint("invited", __name__)
linked.after_request(keep_nowhere)


@bp.get("/sessions/<id>/invitations")
@web.open_to(rights.leads, session="id")
def page(id):
    """Show who was invited, who is coming, and who has not been told how it stands now."""
    return _page(id)


@bp.post("/sessions/<id>/invitations")
@web.open_to(rights.leads, session="id")
def invite(id):
    """Tell everybody who does not know yet."""
    then = url_for("inviting.page", id=id)
    return web.enter("sessions.invite", then, lambda form, _: _page(id, form), session=id)


@bp.post("/sessions/<id>/answers")
@web.open_to(rights.takes_part, session="id")
def answer(id):
    """Answer for oneself, or, as a leader, note what somebody told."""
    leads = web.may(rights.leads, session=id)
    who = request.form.get("person") if leads else web.viewer()
    then = url_for("inviting.page", id=id) if leads else url_for("sessions.page", id=id)
    return web.enter(
        "sessions.answer", then, lambda form, _: _page(id, answer=form) if leads else _own(id, form), session=id,
        person=who or "",
    )  # fmt: skip


@bp.app_template_global("in_calendars_still")
def in_calendars_still(group):
    """Return the sessions ahead that stand in the calendar of whoever has left a group by then, by person."""
    return inviting_queries.gone_from(g.db, group)


@bp.post("/memberships/<id>/uninvite")
@web.open_to(leads_or_runs, membership="id")
def uninvite(id):
    """Take what is ahead out of the calendar of somebody who has left."""
    then = url_for("groups.people", id=groups.group_of_membership(g.db, id))
    again = lambda form, _: render_template("sessions/calendar_refused.html", form=form, back=then)  # noqa: E731
    return web.enter("sessions.uninvite", then, again, membership=id)


@linked.get("/invited/<token>")
@web.open_to(web.anyone)
@by_link("answer", "sessions/invited_over.html")
def invited(link, token):
    """Show the session and ask whether they come."""
    return _invited(link, token)


@linked.post("/invited/<token>")
@web.open_to(web.anyone)
@by_link("answer", "sessions/invited_over.html")
def answer_by_link(link, token):
    """Answer for whoever the link was sent to."""
    then = url_for("invited.invited", token=token, told="yes")
    return web.enter(
        "sessions.answer", then, lambda form, _: _invited(link, token, form), session=link["about"],
        person=link["person"],
    )  # fmt: skip


@linked.post("/invited/<token>/here")
@web.open_to(web.anyone)
@by_link("answer", "sessions/invited_over.html")
def check_in(link, token):
    """Take from whoever the link was sent to that they are here, online: nobody at a door sees them."""
    session = queries.session(g.db, link["about"])
    if session["mode"] == "room":
        return web.go(url_for("invited.invited", token=token))
    then = url_for("invited.invited", token=token, here="yes")
    return web.enter(
        "sessions.mark", then, lambda form, _: _invited(link, token, wrong=form), session=session["id"],
        person=link["person"], status="present",
    )  # fmt: skip


def _invited(link, token, form=None, wrong=None):
    if not web.may(rights.is_invited, session=link["about"]):
        return web.show("sessions/invited_over.html", status=410)
    session = queries.session(g.db, link["about"])
    is_online = session["mode"] != "room" and session["state"] not in calendar_queries.OFF
    return web.show(
        "sessions/invited.html", session=session, token=token, is_online=is_online, here=request.args.get("here"),
        mark=queries.mark_of(g.db, session["id"], link["person"]), wrong=wrong,
        can_check_in=is_online and session["state"] == "open", form=form or inviting_forms.AnswerForm(),
        answer=inviting_queries.answer_of(g.db, session["id"], link["person"]), told=request.args.get("told"),
        is_over=inviting_queries.is_over(session), is_off=session["state"] in calendar_queries.OFF,
        name=people.name_of(g.db, link["person"]),
        place=calendar_queries.event(calendar_queries.of_session(g.db, session["id"]))["place"],
    )  # fmt: skip


def _own(id, form):
    return web.show(
        "sessions/invited.html", session=queries.session(g.db, id), form=form, signed_in=True, is_over=False,
        answer=inviting_queries.answer_of(g.db, id, web.viewer()), status=422,
    )  # fmt: skip


def _page(id, form=None, answer=None):
    session = queries.session(g.db, id)
    people = inviting_queries.people_of(g.db, session)
    left = inviting_queries.left_to_tell(g.db, session)
    answer = answer or inviting_forms.AnswerForm(data={"told_on": clock.today()})
    answer.person.choices = options([(p["id"], p["name"]) for p in people], "Choose who")
    return render_template(
        "sessions/invitations.html", session=session, people=people, form=form, answer=answer,
        invited=inviting_queries.invited(g.db, id), answers=inviting_queries.answers(g.db, id),
        left={p["id"] for p in left}, gone=[p["name"] for p in left if p.get("has_left")],
        is_over=inviting_queries.is_over(session), is_off=session["state"] in calendar_queries.OFF,
    )  # fmt: skip
