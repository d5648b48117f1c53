"""The page that leaves a demo for a hub of one's own, in one step: what goes, what is kept and where."""

from flask import Blueprint, current_app, g, render_template, request, url_for

from workgroup import cookies, guard, keeping, store, web
from workgroup.people import forms
from workgroup.people import queries as people
from workgroup.people.rights import leads_hub, runs_hub
from workgroup.years import demo, leaving, queries

bp = Blueprint("own_hub", __name__)


@bp.get("/own-hub")
@web.open_to(runs_hub)
def page():
    """Say what goes and what is kept; of a record that was begun so, where the demo lies."""
    me = people.person(g.db, web.viewer())
    is_invented = store.is_demo(g.db) and me["email"] in {p["email"] for p in demo.people_of(g.db)}
    return _page(forms.SetUpForm(data={} if is_invented else {"name": me["name"], "email": me["email"]}))


@bp.post("/own-hub")
@web.open_to(leads_hub)
def leave():
    """Leave the demo."""
    token, shared = cookies.read(guard.COOKIE) or cookies.unprefixed(guard.COOKIE), bool(g.person["shared"])
    try:
        outcome = leaving.leave(
            g.db, current_app.config["WORKGROUP"], request.form, web.change_id(), token, shared
        )
    except store.Trouble as trouble:
        return _page(forms.SetUpForm(request.form), str(trouble)), 422
    if outcome.stands:
        return web.go(url_for("own_hub.page"))
    return _page(outcome.form or forms.SetUpForm(request.form), *outcome.errors.get("", [])), 422


def _page(form, trouble=None):
    invented = store.is_demo(g.db)
    return render_template(
        "years/own_hub.html", form=form, trouble=trouble, invented=invented, leads=web.may(leads_hub),
        contents=queries.contents(g.db) if invented else [], since=queries.written_since(g.db) if invented else 0,
        left=queries.left(g.db), folder=keeping.folder(current_app.config["WORKGROUP"]), hub=people.hub(g.db),
    )  # fmt: skip
