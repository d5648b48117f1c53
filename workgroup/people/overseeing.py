"""Pages of whoever runs the hub: its people and their roles, its name and notices, the mail that went out or waits."""

from flask import Blueprint, current_app, g, render_template, url_for

from workgroup import notice, web
from workgroup.people import forms, queries, rights

bp = Blueprint("overseeing", __name__)


@bp.get("/people")
@web.open_to(rights.runs_hub)
def list_people():
    """Show the hub's people, with a form to invite one."""
    return _people_page(forms.InviteForm())


@bp.post("/people")
@web.open_to(rights.runs_hub)
def invite():
    """Invite somebody to the hub."""
    return web.enter("people.invite", url_for("overseeing.list_people"), lambda f, _: _people_page(f))


@bp.post("/people/roles/<role>/end")
@web.open_to(rights.leads_whole_hub)
def end_role(role):
    """End a hub role."""
    return web.enter(
        "people.end_role", url_for("overseeing.list_people"),
        lambda f, _: _people_page(forms.InviteForm(), trouble=f.errors), role=role,
    )  # fmt: skip


@bp.get("/hub/settings")
@web.open_to(rights.runs_hub)
def hub_settings():
    """Show the hub's name and notices."""
    return _hub_page(_hub_form())


@bp.post("/hub/settings")
@web.open_to(rights.runs_hub)
def edit_hub():
    """Change the hub's name and notices."""
    return web.enter("people.edit_hub", url_for("overseeing.hub_settings"), _hub_page)


@bp.get("/mail")
@web.open_to(rights.runs_hub)
def outbox():
    """Show the mail that went out or waits."""
    by_hand = not current_app.config["WORKGROUP"].sends_mail
    return web.show("people/mail.html", mails=queries.outbox(g.db, web.viewer(), by_hand))


def _people_page(form, trouble=None):
    return render_template(
        "people/list.html", people=queries.hub_people(g.db), form=form, trouble=trouble,
        ends=web.may(rights.leads_whole_hub),
    )  # fmt: skip


def _hub_form():
    hub = queries.hub(g.db)
    said = {"purpose": notice.purpose(g.db), "privacy": notice.privacy(g.db)}  # words to begin with, where it has none
    return forms.HubForm(data={**hub, **said, "seen": str(hub["version"])})


def _hub_page(form, now=None):
    if now:
        form.seen.data = str(now["version"])
    return render_template("people/hub.html", form=form, now=now)
