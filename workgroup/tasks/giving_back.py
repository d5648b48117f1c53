"""The form behind the link of a reminder: how a gap task went, in two taps and a sentence, and nothing to read."""

from flask import Blueprint, g, request, url_for

from workgroup import web
from workgroup.groups import queries as groups
from workgroup.people.linked import by_link, keep_nowhere
from workgroup.tasks import forms, queries, rights

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
    known = {t["id"] for t in queries.due_back(g.db, *_of(link))}
    task = web.found_or_404(next((id for id in known if id == request.form.get("gap_task")), None))
    then = url_for("giving_back.page", token=token, kept="yes")
    return web.enter("tasks.return", then, lambda form, _: _page(link, token, form), gap_task=task)


def _of(link):
    """Return the school and the day that a link is about; how many days before it was sent stands behind them."""
    return link["about"].split()[:2]


def _tasks(link):
    """Return what is to come back, for as long as whoever holds the link is of the school."""
    return [t for t in queries.to_come_back(g.db, *_of(link))
            if web.may(rights.returns_task, gap_task=t["id"])]  # fmt: skip


def _page(link, token, form=None):
    school = groups.school_in_group(g.db, _of(link)[0])
    return web.show(
        "tasks/back.html", tasks=_tasks(link), school=school, token=token, form=form or forms.ReturnForm(),
        kept=request.args.get("kept"),
    )  # fmt: skip
