"""Pages of a school's action plan: the version in force and those before, and the draft that is worked on."""

from flask import Blueprint, g, render_template, request, url_for

from workgroup import clock, places, web
from workgroup.formats import as_pdf
from workgroup.groups import queries as groups
from workgroup.plans import agreeing_queries, comparing, exports, forms, queries, rights

bp = Blueprint("plans", __name__)


@bp.get("/schools-in-group/<id>/plan")
@web.open_to(rights.reads_school, school_in_group="id")
def of_school(id):
    """Show the plan in force; while there is none, its leaders see the draft."""
    leads = web.may(rights.leads, school_in_group=id)
    plan = queries.in_force(g.db, id) or (queries.draft(g.db, id) if leads else None)
    return _page(plan["id"]) if plan else _none(id, leads)


@bp.post("/schools-in-group/<id>/plan")
@web.open_to(rights.leads, school_in_group="id")
def begin(id):
    """Begin a version."""
    then = lambda outcome: url_for("plans.page", id=outcome.about)  # noqa: E731
    return web.enter("plans.begin", then, lambda form, _: _refused(id, form), school_in_group=id)


@bp.get("/action-plans/<id>")
@web.open_to(rights.reads, action_plan="id")
def page(id):
    """Show one version."""
    return _page(id)


@bp.get("/action-plans/<id>/plan.pdf")
@web.open_to(rights.reads, action_plan="id")
def sheet(id):
    """Give a version as a PDF."""
    return pdf_of(queries.bare(g.db, id))


@bp.post("/action-plans/<id>/<deed>")
@web.open_to(rights.leads, action_plan="id")
def stand(id, deed):
    """Take a draft away, or bring it back."""
    kind = web.kind_of(deed, "plans.{}")
    return web.enter(kind, url_for("plans.page", id=id), lambda f, _: _page(id, trouble=f), action_plan=id)


@bp.post("/action-plans/<id>/aims")
@web.open_to(rights.leads, action_plan="id")
def add_aim(id):
    """Add an aim."""
    then = lambda outcome: _at("aim", outcome.about, id)  # noqa: E731
    return web.enter("plans.add_aim", then, lambda f, _: _page(id, aim=f), action_plan=id)


@bp.get("/aims/<id>/edit")
@web.open_to(rights.leads, aim="id")
def edit_aim(id):
    """Offer an aim to change."""
    aim = queries.aim(g.db, id)
    return _edit_page(aim, forms.EditAimForm(data={**aim, "seen": str(aim["version"])}), aim=id)


@bp.post("/aims/<id>/edit")
@web.open_to(rights.leads, aim="id")
def save_aim(id):
    """Change it."""
    then = _at("aim", id, queries.aim(g.db, id)["action_plan"])
    again = lambda f, now: _edit_page(queries.aim(g.db, id), f, now, aim=id)  # noqa: E731
    return web.enter("plans.edit_aim", then, again, aim=id)


@bp.post("/aims/<id>/move")
@web.open_to(rights.leads, aim="id")
def move_aim(id):
    """Move it one place."""
    return _small("plans.move_aim", "aim", id)


@bp.post("/aims/<id>/<deed>")
@web.open_to(rights.leads, aim="id")
def stand_aim(id, deed):
    """Take it away, or bring it back."""
    return _small(web.kind_of(deed, "plans.{}_aim"), "aim", id)


@bp.post("/aims/<id>/actions")
@web.open_to(rights.leads, aim="id")
def add_action(id):
    """Add an action under it."""
    plan = queries.aim(g.db, id)["action_plan"]
    then = lambda outcome: _at("action", outcome.about, plan)  # noqa: E731
    return web.enter("plans.add_action", then, lambda f, _: _page(plan, action=f), aim=id)


@bp.get("/actions/<id>/edit")
@web.open_to(rights.leads, action="id")
def edit_action(id):
    """Offer an action to change."""
    action = queries.action(g.db, id)
    return _edit_page(action, forms.EditActionForm(data={**action, "seen": str(action["version"])}), action=id)


@bp.post("/actions/<id>/edit")
@web.open_to(rights.leads, action="id")
def save_action(id):
    """Change it."""
    then = _at("action", id, queries.action(g.db, id)["action_plan"])
    again = lambda f, now: _edit_page(queries.action(g.db, id), f, now, action=id)  # noqa: E731
    return web.enter("plans.edit_action", then, again, action=id)


@bp.post("/actions/<id>/move")
@web.open_to(rights.leads, action="id")
def move_action(id):
    """Move it one place."""
    return _small("plans.move_action", "action", id)


@bp.post("/actions/<id>/<deed>")
@web.open_to(rights.leads, action="id")
def stand_action(id, deed):
    """Take it away, or bring it back."""
    return _small(web.kind_of(deed, "plans.{}_action"), "action", id)


def pdf_of(plan):
    """Return a version as a file to keep; for whoever may read it."""
    made = as_pdf.pdf(places.TEMPLATES / "print" / "action_plan.typ", exports.sheet(g.db, plan))
    return web.download([made], f"Action plan {plan['school_name']}.pdf"[:120], "application/pdf")


def named(form, key):
    """Give the fields of a form ids of their own, so that several stand on one page; return the form."""
    for field in form:
        field.id = field.label.field_id = f"{field.name}-{key}"
    return form


def _small(kind, name, id):
    plan = queries.plan_of(g.db, {name: id})["id"]
    return web.enter(kind, _at(name, id, plan), lambda f, _: _page(plan, trouble=f), **{name: id})


def _at(name, id, plan):
    return url_for("plans.page", id=plan, _anchor=f"{name}-{id}")


def _none(id, leads, trouble=None):
    return render_template(
        "plans/none.html", school=groups.school_in_group(g.db, id), leads=leads, trouble=trouble,
        versions=queries.versions(g.db, web.viewer(), id),
    )  # fmt: skip


def _refused(id, form):
    """Show again what the leader stood before, with why no version was begun."""
    plan = queries.in_force(g.db, id) or queries.draft(g.db, id)
    return _page(plan["id"], trouble=form) if plan else _none(id, True, form)


def _page(id, trouble=None, aim=None, action=None):
    plan = web.found_or_404(queries.read(g.db, web.viewer(), id))
    leads = web.may(rights.leads, action_plan=id)
    aims = queries.aims(g.db, id, also_withdrawn=plan["state"] == "draft")
    carried = {a["id"]: queries.story(g.db, web.viewer(), a["id"])
               for m in aims for a in m["actions"] if a["carried_from"]}  # fmt: skip
    shown = {
        "plan": plan, "leads": leads, "outcomes": queries.by_outcome(aims), "carried": carried,
        "trouble": trouble, "refused": aim or action,
        "standing": exports.standing(plan), "news": news(plan, aims),
        "before": queries.bare(g.db, plan["after"]) if plan["after"] else None,
        "versions": queries.versions(g.db, web.viewer(), plan["school_in_group"]),
    }  # fmt: skip
    if plan["state"] == "draft":
        return render_template("plans/draft.html", **shown, **_drafting(plan, aims, aim, action))
    draft = queries.draft(g.db, plan["school_in_group"]) if leads else None
    return render_template(
        "plans/page.html", **shown, draft=draft, taken_away=queries.taken_away(g.db, web.viewer(), plan),
        regrets=plan["agreed_how"] == "in person" and clock.day_of(plan["agreed_at"]) == clock.today() and not draft,
    )  # fmt: skip


def news(plan, aims):
    """Return what changed in a version since the one it was begun from."""
    if not plan["after"]:
        return []
    standing = [{**m, "actions": [a for a in m["actions"] if not a["withdrawn_at"]]}
                for m in aims if not m["withdrawn_at"]]  # fmt: skip
    return comparing.compare(queries.aims(g.db, plan["after"]), standing)


def _drafting(plan, aims, aim, action):
    """Return the forms of a draft; one that was refused stands open with what was typed."""
    at = request.view_args["id"]
    return {
        "aim_forms": {
            key: named(aim if aim and aim.outcome.data == key else forms.AimForm(formdata=None), key)
            for key, _ in forms.OUTCOMES
        },
        "action_forms": {
            m["id"]: named(action if action and m["id"] == at else forms.ActionForm(formdata=None), m["id"])
            for m in aims
        },
        "owners": owners(plan), "still_to_say": exports.still_to_say(aims),
        "asked": agreeing_queries.asked(g.db, plan["id"]), "answers": agreeing_queries.answers(g.db, plan["id"]),
    }  # fmt: skip


def owners(plan):
    """Return the names to offer for who sees to an action: the school's own people, and the leaders."""
    people = groups.people(g.db, plan["work_group"], on=clock.today())
    own = [p for p in people if p["role"] == "leader" or p["school_in_group"] == plan["school_in_group"]]
    return ["Headteacher", *dict.fromkeys(p["name"] for p in own)]


def _edit_page(row, form, now=None, **said):
    plan = queries.plan_of(g.db, said)
    if now:
        form.seen.data = str(now["version"])
    return render_template(
        "plans/edit.html", plan=plan, form=form, now=now, owners=owners(plan), is_aim="aim" in said, row=row,
        outcomes=dict(forms.OUTCOMES),
    )  # fmt: skip
