"""The form behind the link of a reminder: how a gap task went, in two taps and a sentence, and nothing to read."""

from flask import Blueprint, g, request, url_for

from workgroup import web
from workgroup.groups import queries as groups
from workgroup.people.linked import by_link, keep_nowhere
from workgroup.tasks import forms, queries

bp = Blueprint("giving_back", __name__)
bp.after_request(keep_nowhere)


@bp.get("/back/<token>")
@web.open_to(web.anyone)
@by_link("reminder", "tasks/back_over.html")
def page(link, token):
    """Ask how it went."""
    return _page(link, token)


@bp.post("/back/<token>")
@web.open_to(web.anyone)
@by_link("reminder", "tasks/back_over.html")
def give_back(link, token):
    """Take one gap task back in, for whoever the link was sent to."""
    known = {t["id"] for t in _tasks(link)}
    task = web.found_or_404(next((id for id in known if id == request.form.get("gap_task")), None))
    then = url_for("giving_back.page", token=token, kept="yes")
    return web.enter("tasks.return", then, lambda form, _: _page(link, token, form), gap_task=task)


def _tasks(link):
    return queries.to_come_back(g.db, *link["about"].split())


def _page(link, token, form=None):
    school = groups.school_in_group(g.db, link["about"].split()[0])
    return web.show(
        "tasks/back.html", tasks=_tasks(link), school=school, token=token, form=form or forms.ReturnForm(),
        kept=request.args.get("kept"),
    )  # fmt: skip
