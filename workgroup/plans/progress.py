"""How actions stand: a page for one action, and its words on the page of a visit."""

from flask import Blueprint, g, render_template, request, url_for

from workgroup import clock, web
from workgroup.fields import is_id
from workgroup.plans import exports, forms, queries, rights
from workgroup.plans.views import named
from workgroup.visits import queries as visits

bp = Blueprint("progress", __name__)


@bp.get("/actions/<id>/progress")
@web.open_to(rights.leads, action="id")
def page(id):
    """Show what was said of an action, and offer a word."""
    return _page(id, forms.ProgressForm(data={"on_day": clock.today()}))


@bp.post("/actions/<id>/progress")
@web.open_to(rights.leads, action="id")
def note(id):
    """Say how it stands; from a visit's page back to it."""
    visit = request.form.get("visit")
    plan = queries.plan_of(g.db, {"action": id})["id"]
    here = visit and is_id(visit) and visits.visit(g.db, visit)
    then = url_for("visits.page", id=visit, _anchor=f"action-{id}") if here else url_for(
        "plans.page", id=plan, _anchor=f"action-{id}")  # fmt: skip
    return web.enter("plans.note_progress", then, lambda form, _: _page(id, form), action=id)


@bp.post("/action-progress/<id>/<deed>")
@web.open_to(rights.leads, action_progress="id")
def stand(id, deed):
    """Take a word of progress away, or bring it back."""
    action = queries.progress(g.db, id)["action"]
    then = url_for("progress.page", id=action)
    again = lambda form, _: _page(action, forms.ProgressForm(formdata=None), form)  # noqa: E731
    return web.enter(web.kind_of(deed, "plans.{}_progress"), then, again, action_progress=id)


@bp.app_template_global()
def plan_at_visit(visit):
    """Return the actions in force of a visit's school with a form for each, for the page of a lower floor."""
    plan = queries.in_force(g.db, visit["school_in_group"])
    aims = queries.aims(g.db, plan["id"]) if plan else []
    every = [{**a, "aim_words": m["words"]} for m in aims for a in m["actions"]]
    here = {a["id"]: next((p for p in a["progress"] if p["visit"] == visit["id"]), None) for a in every}
    shown = [a for a in every if a["is_open"] or here[a["id"]]]
    return {
        "plan": plan, "actions": shown, "here": here, "closed": len(every) - len(shown), "says": exports.SAYS,
        "forms": {a["id"]: named(forms.ProgressForm(formdata=None), a["id"]) for a in shown},
    }  # fmt: skip


def _page(id, form, trouble=None):
    action = queries.action(g.db, id)
    plan = queries.bare(g.db, action["action_plan"])
    found = [a for m in queries.aims(g.db, plan["id"], True) for a in m["actions"] if a["id"] == id]
    visit = form.visit.data and visits.visit(g.db, form.visit.data)
    return render_template(
        "plans/progress.html", action=found[0], plan=plan, form=form, trouble=trouble, visit=visit, says=exports.SAYS,
        taken_away=[p for p in queries.taken_away(g.db, web.viewer(), plan) if p["thread"] == action["thread"]],
    )  # fmt: skip
