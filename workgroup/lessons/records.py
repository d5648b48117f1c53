"""Sheets of an open lesson: its plan sent ahead, its record for those who may see it, and one's own record."""

from flask import Blueprint, g, render_template, url_for

from workgroup import places, web
from workgroup.formats import as_pdf
from workgroup.lessons import exports, forms, photo_queries, queries, rights, sketch_queries
from workgroup.lessons.views import lesson_page
from workgroup.sessions.rights import leads as leads_session

bp = Blueprint("records", __name__)


@bp.get("/lessons/<id>/plan.pdf")
@web.open_to(rights.sees, lesson="id")
def plan(id):
    """Give the plan as a PDF, with a sheet for notes on paper."""
    return _sheet("plan", exports.plan(g.db, id, in_it=web.may(rights.in_it, lesson=id)), "Plan")


@bp.get("/sessions/<id>/pack.pdf")
@web.open_to(leads_session, session="id")
def pack(id):
    """Give what the session needs on paper as a PDF."""
    return _sheet("pack", exports.pack(g.db, id), "Pack")


@bp.post("/lessons/<id>/plan")
@web.open_to(rights.conducts, lesson="id")
def send_plan(id):
    """Send the plan ahead."""
    then = url_for("lessons.page", id=id, _anchor="plan")
    return web.enter("lessons.send_plan", then, lambda form, _: lesson_page(id, form), lesson=id)


@bp.get("/lessons/<id>/record")
@web.open_to(rights.sees, lesson="id")
def page(id):
    """Show the record of the lesson, as far as the viewer may see it."""
    return _page(id)


@bp.post("/lessons/<id>/record.pdf")
@web.open_to(rights.reads, lesson="id")
def take_out(id):
    """Give the record as a PDF, and write down that it left: its teacher is told when they withdraw it."""
    return web.enter(
        "lessons.take_out", lambda _: _sheet("record", exports.record(g.db, web.viewer(), id), "Record"),
        lambda form, _: _page(id, form), lesson=id,
    )  # fmt: skip


@bp.get("/lessons/<id>/mine.pdf")
@web.open_to(rights.in_it, lesson="id")
def mine(id):
    """Give what the viewer saw themselves as a PDF: their own, always."""
    return _sheet("record", exports.record(g.db, web.viewer(), id, own_only=True), "My moments")


def _page(id, trouble=None):
    lesson = queries.lesson(g.db, id)
    standing = queries.standing(g.db, web.viewer(), lesson)
    return render_template(
        "lessons/record.html", lesson=lesson, standing=standing, record=exports.record(g.db, web.viewer(), id),
        sketches=sketch_queries.seen(g.db, web.viewer(), lesson, standing),
        photos=photo_queries.seen(g.db, web.viewer(), lesson, standing), trouble=trouble, steps=forms.STEPS,
        in_it=web.may(rights.in_it, lesson=id), own=url_for("records.mine", id=id),
    )  # fmt: skip


def _sheet(name, data, called):
    made = as_pdf.pdf(places.TEMPLATES / "print" / f"{name}.typ", data)
    return web.download([made], f"{called} {data['title']}.pdf"[:120], "application/pdf")
