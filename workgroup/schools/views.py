"""Pages of schools: the search, a school entered by hand, and what a guest must know."""

from flask import Blueprint, g, render_template, request, url_for

from workgroup import web
from workgroup.people.rights import runs_hub
from workgroup.schools import forms, queries, rights

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
    return _new_page(forms.SchoolForm(), request.args.get("group"))


@bp.post("/schools/new")
@web.open_to(rights.adds)
def add():
    """Add a school by hand."""
    group = request.form.get("group")

    def then(outcome):
        if not web.is_id(group):
            return f"/schools/{outcome.about}"
        return url_for("groups.school_list", id=group, q=outcome.form.urn.data)

    return web.enter("schools.add_by_hand", then, lambda form, _: _new_page(form, group))


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
    return _stand(id, "schools.end_contact")


@bp.post("/school-contacts/<id>/restore")
@web.open_to(rights.near, contact="id")
def restore_contact(id):
    """Say that somebody is still there after all."""
    return _stand(id, "schools.restore_contact")


def _stand(id, kind):
    school = web.found_or_404(queries.school_of_contact(g.db, id))
    then = url_for("schools.host", id=school, _anchor="contacts")
    facts = queries.host_facts(g.db, school) or {}
    form = forms.HostForm(data={**facts, "seen": str(facts.get("version", 0))})
    return web.enter(kind, then, lambda f, _: _host_page(school, form, trouble=f), contact=id)


def _new_page(form, group):
    """Offer a school to enter; `group` is the Work Group that somebody came from to add it to, and goes back to."""
    return render_template(
        "schools/edit.html", form=form, school=None, now=None, group=group if web.is_id(group) else None
    )


def _host_page(id, form, now=None, contact=None, trouble=None):
    if now:
        form.seen.data = str(now["version"])
    return render_template(
        "schools/host.html", school=web.found_or_404(queries.school(g.db, id)), form=form, now=now,
        contact=contact or forms.ContactForm(), contacts=queries.contacts(g.db, id), kept=request.args.get("kept"),
        last=queries.wifi_last(g.db, id),
        ended=queries.ended_contacts(g.db, id), trouble=trouble,
    )  # fmt: skip
