"""A session's gap tasks: what came back from last time, and what each school will try next."""

from flask import Blueprint, g, request, url_for

from workgroup import web
from workgroup.fields import options
from workgroup.groups import queries as groups
from workgroup.sessions import queries, rights
from workgroup.tasks import forms, waiting_queries
from workgroup.tasks import queries as tasks

bp = Blueprint("session_tasks", __name__)


@bp.get("/sessions/<id>/gap-tasks")
@web.open_to(rights.follows, keeps=rights.follows, session="id")
def page(id):
    """Show the returns of last time's tasks and the new ones; a new one is due back at the next session."""
    coming = queries.coming_after(g.db, id)
    return _page(id, forms.SetForm(data={"due_on": coming["day"] if coming else ""}))


@bp.post("/sessions/<id>/gap-tasks")
@web.open_to(rights.runs, session="id")
def set_task(id):
    """Set a gap task for a school."""
    group = queries.group_of(g.db, id)
    beside = request.form.get("beside")  # the register: whoever takes it stays there
    then = url_for("running.page", id=id) if beside else url_for("session_tasks.page", id=id, _anchor="next")
    return web.enter("tasks.set", then, lambda form, _: _page(id, form), session=id, work_group=group)


def _page(id, form):
    session = queries.session(g.db, id)
    before = queries.before(g.db, id)
    schools = [s for s in groups.schools(g.db, session["work_group"], session["day"]) if s["state"] != "withdrawn"]
    mine = tasks.tasks_of(g.db, session["work_group"], session=id)
    form.school_in_group.choices = options([(s["id"], s["name"]) for s in schools], "Choose a school")
    if request.args.get("school"):
        form.school_in_group.data = request.args["school"]
    people = groups.people(g.db, session["work_group"], on=session["day"], role="participant")
    form.owner.choices = options([(p["id"], f"{p['name']}, {p['school_name']}") for p in people], "The school")
    last = waiting_queries.waiting(g.db, session)
    return web.show(
        "tasks/session.html", session=session, before=before, form=form, mine=mine,
        runs=web.may(rights.runs, session=id), last=last,
        returned=tasks.returns_of(g.db, [t["id"] for t in last]),
        without=[s for s in schools if s["id"] not in {t["school_in_group"] for t in mine}],
    )  # fmt: skip
