"""A session's materials: put in, given out, taken away."""

from flask import Blueprint, Response, g, render_template, request, url_for

from workgroup import web
from workgroup.fields import options
from workgroup.sessions import documents, forms, material_queries, queries, rights

bp = Blueprint("materials", __name__)


@bp.get("/sessions/<id>/materials")
@web.open_to(rights.leads, session="id")
def page(id):
    """Show the materials, and offer to put one in."""
    return _page(id)


@bp.post("/sessions/<id>/materials")
@web.open_to(rights.leads, session="id")
def add(id):
    """Put a link or a file in."""
    web.take_up_to(11)
    then = url_for("materials.page", id=id)
    return web.enter("sessions.add_material", then, lambda form, _: _page(id, form), session=id)


@bp.get("/materials/<id>")
@web.open_to(rights.takes_material, keeps=rights.keeps_material, material="id")
def file(id):
    """Give a file to keep, on a tablet with the day's pages too; never to be shown as a page of ours."""
    found = material_queries.material(g.db, id)
    web.found_or_404(found["kind"])
    response = Response(material_queries.data(g.db, id), mimetype=documents.TYPES[found["kind"]])
    name = " ".join(found["title"][:120].split())
    response.headers.set("Content-Disposition", "attachment", filename=f"{name}.{found['kind']}")
    return web.never_a_page(response)


@bp.post("/materials/<id>/<deed>")
@web.open_to(rights.leads_material, material="id")
def stand(id, deed):
    """Take one away, or bring it back."""
    kind = web.kind_of(deed, "sessions.{}_material")
    session = material_queries.material(g.db, id)["session"]
    return web.enter(kind, url_for("materials.page", id=session), lambda f, _: _page(session, trouble=f), material=id)


def _page(id, form=None, trouble=None):
    form = form or forms.MaterialForm(data={"block": request.args.get("block")})
    blocks = queries.agenda(g.db, id)
    form.block.choices = options([(b["id"], b["title"]) for b in blocks], "The session as a whole")
    return render_template(
        "sessions/materials.html", session=queries.session(g.db, id), form=form, trouble=trouble,
        materials=material_queries.materials(g.db, id, also_withdrawn=True),
        titles={b["id"]: b["title"] for b in blocks},
        kept=[most // 1024**2 for most in (material_queries.KEPT, material_queries.KEPT_IN_ALL)],
    )  # fmt: skip
