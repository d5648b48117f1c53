"""Photos that come back with a gap task: the page on which one is taken, the picture itself, taking it away."""

from flask import Blueprint, abort, g, render_template, url_for

from workgroup import web
from workgroup.photos import queries as photos
from workgroup.photos.forms import SHOWN
from workgroup.photos.showing import shown
from workgroup.tasks import forms, photo_forms, photo_queries, queries, rights

bp = Blueprint("task_photos", __name__)


@bp.app_template_global("task_photo_rule")
def rule(task):
    """Return what may be photographed at the school of a gap task: board, work, or None for nothing."""
    said = photo_queries.rule(g.db, task)
    return said if said in photos.RULES else None


@bp.get("/gap-tasks/<id>/photo")
@web.open_to(rights.returns_task, gap_task="id")
def return_photographed(id):
    """Offer the camera beside the form that gives a task back."""
    web.found_or_404(queries.task(g.db, id)["state"] in ("set", "returned") or None)
    return photo_page(id)


@bp.get("/gap-task-returns/<id>/photo")
@web.open_to(rights.own_return, gap_task_return="id")
def add(id):
    """Offer the camera beside one's own return."""
    given = queries.gap_task_return(g.db, id)
    web.found_or_404(None if given["withdrawn_at"] else given)
    return photo_page(given["gap_task"], given=id)


@bp.get("/gap-task-photos/<id>")
@web.open_to(rights.sees_photo, photo="id")
def picture(id):
    """Show a picture that has come to whoever reads the return it belongs to."""
    found = photo_queries.photo(g.db, id)
    web.found_or_404(found["came_at"] if not found["withdrawn_at"] else None)
    return shown(photos.whole(g.db, id))


@bp.post("/gap-task-photos/<id>/withdraw")
@web.open_to(rights.own_photo_or_leads, photo="id")
def withdraw(id):
    """Take a photo away for everyone, for good."""
    then = url_for("tasks.page", id=photo_queries.photo(g.db, id)["gap_task"])
    return web.enter("tasks.withdraw_photo", then, lambda form, _: abort(404), photo=id)


def photo_page(id, given=None, said=None, link=None):
    """Draw the page on which a photo of a gap task is taken: beside its form, or beside the return `given`.

    `link` is the form behind a mail's link.
    """
    task = queries.task(g.db, id)
    may_be = photo_queries.rule(g.db, task)
    form = photo_forms.PhotoForm()
    form.described.label.text = "The photo in words"  # beside "In your own words"
    form.kind.choices = [c for c in SHOWN if may_be == "work" or c[0] == "board"]
    return render_template(
        "tasks/photo.html", task=task, given=given, form=form, said=said or forms.ReturnForm(), by_link=bool(link),
        says=photos.RULES.get(may_be), against=photos.against(may_be, "board", "The school"),
        back=link or url_for("tasks.page", id=id),
    )  # fmt: skip
