"""Addresses of photos: the picture itself, and taking it away. What tablets send is in tablet/photos.py."""

from flask import Blueprint, abort, g, request, url_for

from workgroup import web
from workgroup.lessons import photo_forms, photo_queries, queries, rights
from workgroup.lessons.noticing import looks_like_a_name
from workgroup.photos.forms import SHOWN
from workgroup.photos.queries import RULES
from workgroup.photos.showing import shown

bp = Blueprint("photos", __name__)


@bp.app_template_global("own_photos")
def own_photos(lesson):
    """Return what quiet notes show of photos: one's own, those taken away, what may be taken, and its form."""
    standing = queries.standing(g.db, web.viewer(), lesson)
    rule = photo_queries.rule(g.db, lesson["id"])
    form = photo_forms.PhotoForm()
    form.kind.choices = [c for c in SHOWN if rule == "work" or c[0] == "board"]
    taken = photo_queries.seen(g.db, web.viewer(), lesson, standing, own_only=True)
    return {
        "taken": [{**p, "looks_like_a_name": looks_like_a_name(p["described"])} for p in taken],
        "gone": photo_queries.taken_away(g.db, web.viewer(), lesson["id"]),
        "form": form, "says": RULES.get(rule),
    }  # fmt: skip


@bp.get("/photos/<id>")
@web.open_to(rights.sees, photo="id")
def picture(id):
    """Show the picture to whoever may see it, and to no cache; a script in it could not run."""
    data = web.found_or_404(photo_queries.picture(g.db, web.viewer(), id))
    return shown(data)


@bp.post("/photos/<id>/withdraw")
@web.open_to(rights.own_photo_or_teaches, photo="id")
def withdraw(id):
    """Take a photo away for everyone, for good."""
    lesson = photo_queries.photo(g.db, id)["lesson"]
    page = "noticing.mine" if request.form.get("from") == "mine" else "lessons.sharing"
    then = url_for(page, id=lesson, _anchor="photos")
    return web.enter("lessons.withdraw_photo", then, lambda form, _: abort(404), photo=id)
