"""Pages of schools: the search, the register, a school entered by hand, and what a guest must know."""

from flask import Blueprint, g, render_template, request, url_for

from workgroup import web
from workgroup.people.rights import runs_hub
from workgroup.schools import forms, importing, queries, register, rights

bp = Blueprint("schools", __name__)


@bp.get("/schools")
@web.open_to(web.signed_in)
def search():
    """Search schools as one types."""
    asked = request.args.get("q", "")
    found = queries.search(g.db, asked, 51)
    return web.show(
        "schools/list.html", "schools/_found.html", q=asked[:100], found=found[:50], more=len(found) > 50,
        known=queries.count(g.db), runs=web.may(runs_hub), adds=web.may(rights.adds),
    )  # fmt: skip


@bp.get("/schools/new")
@web.open_to(rights.adds)
def new():
    """Offer a school to enter by hand."""
    return render_template("schools/edit.html", form=forms.SchoolForm(), school=None, now=None)


@bp.post("/schools/new")
@web.open_to(rights.adds)
def add():
    """Add a school by hand."""
    return web.enter(
        "schools.add_by_hand", lambda o: f"/schools/{o.about}",
        lambda form, _: render_template("schools/edit.html", form=form, school=None, now=None),
    )  # fmt: skip


@bp.get("/schools/<id>/edit")
@web.open_to(rights.edits, school="id")
def edit(id):
    """Offer a school that was entered by hand to change."""
    school = web.found_or_404(queries.school(g.db, id))
    web.found_or_404(school["by_hand"] or None)
    form = forms.EditSchoolForm(data={**school, "seen": str(school["version"])})
    return render_template("schools/edit.html", form=form, school=school, now=None)


@bp.post("/schools/<id>/edit")
@web.open_to(rights.edits, school="id")
def save(id):
    """Change a school that was entered by hand."""
    school = web.found_or_404(queries.school(g.db, id))

    def again(form, now):
        if now:
            form.seen.data = str(now["version"])
        return render_template("schools/edit.html", form=form, school=school, now=now)

    return web.enter("schools.edit_by_hand", f"/schools/{id}", again, school=id)


@bp.get("/schools/<id>/host")
@web.open_to(rights.near, school="id")
def host(id):
    """Show what a guest must know, to change."""
    facts = queries.host_facts(g.db, id) or {}
    return _host_page(id, forms.HostForm(data={**facts, "seen": str(facts.get("version", 0))}))


@bp.post("/schools/<id>/host")
@web.open_to(rights.near, school="id")
def save_host(id):
    """Write down what a guest must know."""
    return web.enter(
        "schools.set_host_facts", url_for("schools.host", id=id, kept="yes"),
        lambda form, now: _host_page(id, form, now=now), school=id,
    )  # fmt: skip


@bp.post("/schools/<id>/contacts")
@web.open_to(rights.near, school="id")
def add_contact(id):
    """Add somebody at the school."""
    facts = queries.host_facts(g.db, id) or {}
    host_form = forms.HostForm(data={**facts, "seen": str(facts.get("version", 0))})
    then = url_for("schools.host", id=id, _anchor="contacts")
    return web.enter("schools.add_contact", then, lambda f, _: _host_page(id, host_form, contact=f), school=id)


@bp.post("/school-contacts/<id>/end")
@web.open_to(rights.near, contact="id")
def end_contact(id):
    """Say that somebody is no longer there."""
    school = web.found_or_404(queries.school_of_contact(g.db, id))
    then = url_for("schools.host", id=school, _anchor="contacts")
    return web.enter("schools.end_contact", then, lambda f, _: _host_page(school, forms.HostForm()), contact=id)


@bp.get("/schools/import")
@web.open_to(runs_hub)
def register_page():
    """Offer the import of the national register."""
    return render_template("schools/import.html", result=None, trouble=None, known=queries.count(g.db))


@bp.post("/schools/import")
@web.open_to(runs_hub)
def import_register():
    """Import the national register; what could not be read is shown with its line."""
    web.take_up_to(80)
    sent = request.files.get("file")
    result, trouble = None, None
    if sent is None or not sent.filename:
        trouble = "Choose the register’s file first."
    else:
        try:
            result = importing.import_register(g.db, sent.stream, web.viewer(), sent.filename)
        except register.NotTheRegister as wrong:
            trouble = str(wrong)
    page = render_template("schools/import.html", result=result, trouble=trouble, known=queries.count(g.db))
    return page, 422 if trouble else 200


def _host_page(id, form, now=None, contact=None):
    if now:
        form.seen.data = str(now["version"])
    return render_template(
        "schools/host.html", school=web.found_or_404(queries.school(g.db, id)), form=form, now=now,
        contact=contact or forms.ContactForm(), contacts=queries.contacts(g.db, id), kept=request.args.get("kept"),
    )  # fmt: skip
