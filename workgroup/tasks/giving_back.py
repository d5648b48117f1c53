"""The forms behind the link of a reminder: how a gap task went, in words, with a sketch or with a photo.

There is nothing to read but what is asked: what was sent is not shown here again, neither words nor pictures. What may
be photographed, how large a picture is and how many there are is as for whoever is signed in.
"""

from contextlib import closing
from functools import partial

from flask import Blueprint, g, jsonify, request, url_for

from workgroup import door, web
from workgroup.fields import is_id
from workgroup.groups import queries as groups
from workgroup.people.linked import by_link, keep_nowhere
from workgroup.photos import pieces, whole
from workgroup.photos.forms import MOST_BYTES
from workgroup.tasks import forms, photo_forms, photo_queries, queries, rights
from workgroup.tasks.photos import photo_page
from workgroup.tasks.views import sketch_page

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
    task = _one_of(link, request.form.get("gap_task"))
    return web.enter("tasks.return", _then(token), lambda form, _: _page(link, token, form), gap_task=task)


@bp.get("/back/<token>/<gap_task>/sketch")
@web.open_to(web.anyone)
@by_link("reminder", "tasks/back_over.html")
def sketch(link, token, gap_task):
    """Offer paper beside the form."""
    return _sketch(token, _waiting(link, gap_task))


@bp.post("/back/<token>/<gap_task>/sketch")
@web.open_to(web.anyone)
@by_link("reminder", "tasks/back_over.html")
def return_sketched(link, token, gap_task):
    """Take one gap task back in, with a sketch; or go on to the paper with what was typed so far."""
    if "begin" in request.form:
        return _sketch(token, _waiting(link, gap_task), forms.ReturnForm(request.form))
    task = _one_of(link, gap_task)
    return web.enter("tasks.return", _then(token), lambda form, _: _sketch(token, task, form), gap_task=task)


@bp.get("/back/<token>/<gap_task>/photo")
@web.open_to(web.anyone)
@by_link("reminder", "tasks/back_over.html")
def photo(link, token, gap_task):
    """Offer the camera beside the form."""
    return _photo(link, token, gap_task)


@bp.post("/back/<token>/<gap_task>/photo")
@web.open_to(web.anyone)
@by_link("reminder", "tasks/back_over.html")
def return_photographed(link, token, gap_task):
    """Take one gap task back in, with a photo: the words as a return of their own, then the picture that belongs to it.

    The page's script sends it, and is answered in a sentence where something is not right: it has the picture still.
    With `begin` nothing is sent yet: what was typed so far goes along to the camera.
    """
    if "begin" in request.form:
        return _photo(link, token, gap_task, forms.ReturnForm(request.form))
    web.take_up_to(MOST_BYTES // 1024**2 + 1)
    task, by, id = _one_of(link, gap_task), web.viewer(), request.form.get("photo")
    if (photo_queries.photo(g.db, id) or {}).get("came_at"):  # a second tap: both are here
        return jsonify(then=_then(token))
    no = partial(_no, token, task)
    if not is_id(id) or not (picture := request.files.get("picture")):
        return no("Take a picture first.")
    with closing(picture):
        data = picture.read()
    said, facts, given = {n: request.form.get(n) for n in ("kind", "described")}, whole.facts(data), web.change_id()
    if why := facts if isinstance(facts, str) else _against(task, {**said, **facts, "gap_task_return": given}):
        return no(why)
    words = {name: request.form.get(name) for name in ("went", "words")}
    outcome = door.submit(g.db, "tasks.return", {**words, "gap_task": task}, given, by)
    if not outcome.stands:
        return no(door.first_of(outcome.errors))
    if why := _with_picture(id, {**said, **facts, "gap_task_return": given}, data, by):
        return no(f"Your words are kept. {why}")
    return jsonify(then=_then(token))


def _with_picture(id, announced, data, by):
    """Put a picture beside the return that was just given; return why it could not be kept, or None."""
    outcome = door.submit(g.db, "tasks.photo", announced, id, by)
    if not outcome.stands:
        return door.first_of(outcome.errors)
    try:
        whole.take(g.db, by, id, data)
    except (door.Refused, pieces.Gone) as why:
        return str(why)
    return None


def _against(task, announced):
    """Return what speaks against a picture, as a sentence, before its words are kept; or None."""
    form = photo_forms.PhotoForm(data=announced)
    if not form.validate():
        return door.first_of(form.errors)
    return photo_queries.why_none(g.db, task, announced["kind"], web.viewer())


def _no(token, task, sentence):
    """Say what is not right: to the page's script in a sentence, to a form that came without it on the page."""
    if request.accept_mimetypes.best == "application/json":
        return jsonify(error=sentence), 422
    said = forms.ReturnForm(request.form)
    said.form_errors = [sentence]
    return photo_page(task, said=said, link=url_for("giving_back.page", token=token)), 422


def _then(token):
    return url_for("giving_back.page", token=token, kept="yes")


def _one_of(link, gap_task):
    """Return the gap task if the link is about it, whatever became of it since: what was sent again is known again."""
    known = {t["id"] for t in queries.reminded_of(g.db, link["about"])}
    return web.found_or_404(gap_task if gap_task in known else None)


def _waiting(link, gap_task):
    return web.found_or_404(next((t["id"] for t in _tasks(link) if t["id"] == gap_task), None))


def _tasks(link):
    """Return what is to come back, for as long as whoever holds the link is of the school."""
    found = [t for t in queries.reminded_of(g.db, link["about"]) if t["state"] == "set"]
    return [t for t in found if web.may(rights.returns_task, gap_task=t["id"])]


def _sketch(token, task, form=None):
    return sketch_page(task, form, link=url_for("giving_back.page", token=token))


def _photo(link, token, gap_task, said=None):
    return photo_page(_waiting(link, gap_task), said=said, link=url_for("giving_back.page", token=token))


def _page(link, token, form=None):
    school = groups.school_in_group(g.db, link["about"].split()[0])
    return web.show(
        "tasks/back.html", tasks=_tasks(link), school=school, token=token, form=form or forms.ReturnForm(),
        kept=request.args.get("kept"),
    )  # fmt: skip
