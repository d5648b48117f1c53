"""Pages of gap tasks and of what schools did of their own. Setting them stands on the session’s page."""

from flask import Blueprint, g, render_template, request, url_for

from workgroup import clock, sketching, web
from workgroup.fields import is_id, options
from workgroup.groups import queries as groups
from workgroup.groups.rights import leads as leads_group
from workgroup.tasks import forms, queries, rights

bp = Blueprint("tasks", __name__)
bp.add_app_template_global(queries.stands, "task_stands")


@bp.get("/gap-tasks/<id>")
@web.open_to(rights.sees_task, gap_task="id")
def page(id):
    """Show a gap task and what came back."""
    return _page(id)


@bp.post("/gap-tasks/<id>/return")
@web.open_to(rights.returns_task, gap_task="id")
def return_task(id):
    """Say how it went."""
    return web.enter("tasks.return", url_for("tasks.page", id=id), lambda f, _: _page(id, f), gap_task=id)


@bp.get("/gap-tasks/<id>/sketch")
@web.open_to(rights.returns_task, gap_task="id")
def sketch(id):
    """Offer paper beside the form that gives a task back."""
    web.found_or_404(queries.task(g.db, id)["state"] in ("set", "returned") or None)
    return sketch_page(id)


@bp.post("/gap-tasks/<id>/sketch")
@web.open_to(rights.returns_task, gap_task="id")
def return_sketched(id):
    """Say how it went, with a sketch."""
    then = url_for("tasks.page", id=id)
    return web.enter("tasks.return", then, lambda form, _: sketch_page(id, form), gap_task=id)


@bp.post("/gap-tasks/<id>/edit")
@web.open_to(rights.leads_task, gap_task="id")
def edit(id):
    """Change a gap task."""
    return web.enter("tasks.edit", url_for("tasks.page", id=id), lambda f, _: _page(id, edit=f), gap_task=id)


@bp.post("/gap-tasks/<id>/<deed>")
@web.open_to(rights.leads_task, gap_task="id")
def deed(id, deed):
    """Carry a gap task on, drop it, or take it up again: also one that should not have been carried on."""
    kind = {"carry": "tasks.carry", "drop": "tasks.drop", "reopen": "tasks.reopen"}.get(deed)
    web.found_or_404(kind)
    return web.enter(kind, lambda o: url_for("tasks.page", id=o.about), lambda f, _: _page(id, trouble=f), gap_task=id)


@bp.post("/gap-task-returns/<id>/<deed>")
@web.open_to(rights.own_return, gap_task_return="id")
def stand_return(id, deed):
    """Take one's own return back, or bring it back."""
    kind = web.kind_of(deed, "tasks.{}_return")
    task = queries.gap_task_return(g.db, id)["gap_task"]
    then = url_for("tasks.page", id=task)
    return web.enter(kind, then, lambda f, _: _page(task, trouble=f), gap_task_return=id)


@bp.get("/school-work/new")
@web.open_to(web.signed_in)
def new_work():
    """Offer *We did this at school*."""
    id = request.args.get("school_in_group", "")
    if not is_id(id) or not groups.school_in_group(g.db, id) or not web.may(rights.notes_work, school_in_group=id):
        web.abort(404)
    return _work_page(id, forms.WorkForm(data={"on_day": clock.today()}))


@bp.post("/schools-in-group/<id>/work")
@web.open_to(rights.notes_work, school_in_group="id")
def did_at_school(id):
    """Note what a school did of its own."""
    then = url_for("tasks.new_work", school_in_group=id, kept="yes")
    return web.enter("tasks.did_at_school", then, lambda f, _: _work_page(id, f), school_in_group=id)


@bp.post("/school-work/<id>/<deed>")
@web.open_to(rights.own_work, in_school_work="id")
def stand_work(id, deed):
    """Take an entry back, or bring it back."""
    kind = web.kind_of(deed, "tasks.{}_work")
    school = queries.work(g.db, id)["school_in_group"]
    then = url_for("tasks.new_work", school_in_group=school)
    return web.enter(kind, then, lambda f, _: _work_page(school, forms.WorkForm()), in_school_work=id)


def sketch_page(id, form=None, link=None):
    """Draw the page with the paper beside the form that gives a task back; `link` is the form behind a mail's link."""
    return render_template(
        "tasks/sketch.html", task=queries.task(g.db, id), form=form or forms.ReturnForm(), width=sketching.WIDTH,
        height=sketching.HEIGHT, most=sketching.MOST_BYTES, back=link or url_for("tasks.page", id=id),
        by_link=bool(link),
    )  # fmt: skip


def _page(id, form=None, edit=None, trouble=None):
    task = queries.task(g.db, id)
    edit = edit or forms.EditForm(data=task)
    people = [p for p in groups.people(g.db, task["work_group"]) if not p["to_on"] or p["to_on"] >= clock.today()]
    of_school = [p for p in people if p["school_in_group"] == task["school_in_group"]]
    edit.owner.choices = options([(p["id"], p["name"]) for p in of_school], "The school")
    # the hub reads that there is a return, not its words
    in_group = groups.takes_part(g.db, web.viewer(), task["work_group"], clock.today())
    return render_template(
        "tasks/page.html", task=task, form=form or forms.ReturnForm(), edit=edit, trouble=trouble, me=web.viewer(),
        story=[{**t, "opens": web.may(rights.sees_task, gap_task=t["id"])} for t in queries.story(g.db, id)],
        history=queries.history(g.db, id), next=_next(id), in_group=in_group,
        returns=queries.returns(g.db, id, web.viewer()) if in_group else [],
        may_return=web.may(rights.returns_task, gap_task=id), leads=web.may(leads_group, work_group=task["work_group"]),
    )  # fmt: skip


def _next(id):
    """Return what a gap task was carried on as, and whether the reader may open it: they may not be of that year."""
    found = queries.followed_by(g.db, id)
    return found and {**found, "opens": web.may(rights.sees_task, gap_task=found["id"])}


def _work_page(id, form):
    return render_template(
        "tasks/work.html", form=form, school=groups.school_in_group(g.db, id),
        done=queries.in_school_work(g.db, id, web.viewer()), me=web.viewer(), kept=request.args.get("kept"),
    )  # fmt: skip
