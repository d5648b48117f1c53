"""Hosting: asking a school, its word behind a link, and the list of visitors for its office."""

from flask import Blueprint, g, render_template, request, url_for

from workgroup import web
from workgroup.fields import options
from workgroup.people.linked import by_link, keep_nowhere
from workgroup.schools import queries as schools
from workgroup.sessions import hosting_queries, inviting_forms, queries, rights

bp = Blueprint("hosting", __name__)
linked = Blueprint("host", __name__)
linked.after_request(keep_nowhere)


@bp.get("/sessions/<id>/hosting")
@web.open_to(rights.leads, session="id")
def page(id):
    """Show what the host has said, whom to ask, and who comes."""
    return _page(id)


@bp.post("/sessions/<id>/hosting")
@web.open_to(rights.leads, session="id")
def ask(id):
    """Ask the host."""
    then = url_for("hosting.page", id=id, asked="yes")
    return web.enter("sessions.ask_host", then, lambda form, _: _page(id, form), session=id)


@bp.post("/sessions/<id>/hosting/end")
@web.open_to(rights.leads, session="id")
def end(id):
    """End the link that the host was sent."""
    then = url_for("hosting.page", id=id, ended="yes")
    return web.enter("sessions.end_host_link", then, lambda form, _: _page(id, trouble=form), session=id)


@linked.get("/hosting/<token>")
@web.open_to(web.anyone)
@by_link("host", "sessions/host_over.html")
def asked(link, token):
    """Ask the host whether we can come."""
    return _asked(hosting_queries.asked_about(g.db, link), token)


@linked.post("/hosting/<token>")
@web.open_to(web.anyone)
@by_link("host", "sessions/host_over.html")
def say(link, token):
    """Take the host's word."""
    session = hosting_queries.asked_about(g.db, link)
    then = url_for("host.asked", token=token, kept="yes")
    return web.enter("sessions.host_word", then, lambda form, now: _asked(session, token, form, now), proof=token)


@bp.post("/sessions/<id>/wifi")
@web.open_to(rights.leads, session="id")
def say_wifi(id):
    """Take how the wifi was."""
    then = url_for("hosting.page", id=id, told="yes", _anchor="wifi")
    return web.enter("sessions.wifi_word", then, lambda form, _: _page(id, wifi=form), session=id)


@linked.post("/hosting/<token>/wifi")
@web.open_to(web.anyone)
@by_link("host", "sessions/host_over.html")
def say_own_wifi(link, token):
    """Take from the host how the wifi was."""
    session = hosting_queries.asked_about(g.db, link)
    then = url_for("host.asked", token=token, told="yes", _anchor="wifi")
    return web.enter("sessions.host_wifi", then, lambda form, _: _asked(session, token, wifi=form), proof=token)


def _asked(session, token, form=None, now=None, wifi=None):
    facts = (schools.host_facts(g.db, session["host"]) if session["is_asked"] else None) or {"version": 0}
    form = form or inviting_forms.HostWordForm(data={**facts, "seen": str(facts["version"])})
    if now:
        form.seen.data = str(now["version"])
    return web.show(
        "sessions/host_asked.html", session=session, token=token, form=form, now=now, kept=request.args.get("kept"),
        word=hosting_queries.word(g.db, session) if session["is_asked"] else None,
        # reception wants it most while they arrive: until the session is closed
        visitors=hosting_queries.visitors(g.db, session)
        if session["is_asked"] and session["state"] in ("planned", "open") else None,
        is_open=session["state"] == "planned" and session["is_asked"],
        wifi=_wifi(session, wifi, by_host=True) if session["is_asked"] else None,
        last=schools.wifi_last(g.db, session["host"]) if session["is_asked"] else [],
    )  # fmt: skip


def _wifi(session, form=None, by_host=False):
    """Return the form that asks how the wifi was, with what was said of it so far; None before the session begins."""
    if not hosting_queries.has_wifi_to_tell(session):
        return None
    said = hosting_queries.wifi_of(g.db, session, by_host)
    kind = inviting_forms.HostWifiForm if by_host else inviting_forms.WifiForm
    return {"form": form or kind(data=said), "said": said}


def _page(id, form=None, wifi=None, trouble=None):
    session = queries.session(g.db, id)
    contacts = [c for c in schools.contacts(g.db, session["host"]) if c["email"]] if session["host"] else []
    form = form or inviting_forms.AskHostForm()
    form.contact.choices = options([(c["id"], f"{c['name']}, {c['email']}") for c in contacts])
    return render_template(
        "sessions/hosting.html", session=session, form=form, contacts=contacts, just=request.args.get("asked"),
        works=hosting_queries.link_works(g.db, session), trouble=trouble, ended=request.args.get("ended"),
        asked=hosting_queries.asked(g.db, session),
        word=hosting_queries.word(g.db, session), visitors=hosting_queries.visitors(g.db, session),
        wifi=_wifi(session, wifi), last=schools.wifi_last(g.db, session["host"]) if session["host"] else [],
    )  # fmt: skip
