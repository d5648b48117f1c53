"""Pages of agenda templates: the running orders that new sessions begin with, the hub's and a Work Group's own."""

from collections import Counter

from flask import Blueprint, g, render_template, request, url_for

from workgroup import web
from workgroup.groups import queries as groups
from workgroup.groups.rights import leads as leads_group
from workgroup.people.rights import runs_hub
from workgroup.sessions import forms, queries, rights, template_queries

bp = Blueprint("agendas", __name__)
SPARE = 3  # empty rows at the end of the form


@bp.get("/agendas")
@web.open_to(runs_hub)
def of_hub():
    """Show the hub's running orders."""
    return _list()


@bp.get("/groups/<id>/agendas")
@web.open_to(leads_group, work_group="id")
def of_group(id):
    """Show the running orders of a Work Group: its own, and the hub's where it has none."""
    return _list(id)


@bp.get("/agendas/edit")
@web.open_to(runs_hub)
def edit_of_hub():
    """Offer one of the hub's running orders to change, or a new one."""
    return _edit(None)


@bp.post("/agendas/edit")
@web.open_to(runs_hub)
def save_of_hub():
    """Write one of the hub's running orders down."""
    return _save(None)


@bp.get("/groups/<id>/agendas/edit")
@web.open_to(leads_group, work_group="id")
def edit_of_group(id):
    """Offer one of a group's running orders to change, or a new one."""
    return _edit(id)


@bp.post("/groups/<id>/agendas/edit")
@web.open_to(leads_group, work_group="id")
def save_of_group(id):
    """Write one of a group's running orders down."""
    return _save(id)


@bp.post("/agendas/<id>/drop")
@web.open_to(rights.keeps_template, template="id")
def drop(id):
    """Take a running order away."""
    group = template_queries.template(g.db, id)["work_group"]
    then = _back(group, gone=id)
    return web.enter("sessions.drop_template", then, lambda form, _: _list(group, form), template=id)


@bp.post("/agendas/<id>/restore")
@web.open_to(rights.keeps_template, template="id")
def restore(id):
    """Put a running order back."""
    group = template_queries.template(g.db, id)["work_group"]
    return web.enter("sessions.restore_template", _back(group), lambda form, _: _list(group, form), template=id)


@bp.post("/sessions/<id>/agenda")
@web.open_to(rights.leads, session="id")
def deed(id):
    """Keep a session's agenda as the group's running order, take an earlier session's, or put the one before back."""
    then = url_for("sessions.page", id=id, out="agenda", _anchor="agenda")
    if request.form.get("deed") == "keep":
        group = queries.group_of(g.db, id)
        return web.enter("sessions.keep_as_template", _back(group), lambda form, _: _refused(form, id), session=id)
    if request.form.get("deed") == "restore":
        return web.enter("sessions.restore_agenda", then, lambda form, _: _refused(form, id), session=id)
    return web.enter("sessions.copy_agenda", then, lambda form, _: _refused(form, id), session=id)


def _back(group, **more):
    return url_for("agendas.of_group", id=group, **more) if group else url_for("agendas.of_hub", **more)


def _refused(form, id):
    return render_template("sessions/agenda_refused.html", form=form, session=queries.session(g.db, id))


def _list(group=None, form=None):
    own = template_queries.templates_of(g.db, group)
    kinds = {t["kind"].casefold() for t in own}
    others = [t for t in template_queries.templates_of(g.db) if t["kind"].casefold() not in kinds] if group else []
    return render_template(
        "sessions/agendas.html", group=group and groups.group(g.db, group), own=own, others=others, form=form,
        gone=_newest(template_queries.templates_of(g.db, group, gone=True)), just=request.args.get("gone"),
    )


def _newest(gone):
    """Return the three newest of each kind: more of what once stood nobody looks through."""
    seen = Counter()
    return [t for t in gone if not seen.update([t["kind"].casefold()]) and seen[t["kind"].casefold()] <= 3]


def _edit(group):
    kind = request.args.get("kind")
    owners = (group, None) if group else (None,)
    found = [template_queries.template_of(g.db, owner, kind) for owner in owners] if kind is not None else []
    source = next(filter(None, found), None)
    own = found[0] if found else None
    form = forms.TemplateForm(
        data={"kind": kind, "seen": str(own["version"]) if own else "", "blocks": source["blocks"] if source else []}
    )
    return _form_page(form, group, kind)


def _save(group):
    if "more" in request.form or "move" in request.form:  # only the form changes, nothing is kept yet
        form = forms.TemplateForm(request.form)
        rows = [row.data for row in form.blocks]
        _move(rows, request.form.get("move", ""))
        form = forms.TemplateForm(data={"kind": form.kind.data, "seen": form.seen.data, "blocks": rows})
        return _form_page(form, group, form.kind.data)

    def again(form, now):
        if now:
            form.seen.data = str(now["version"])
        return _form_page(form, group, form.kind.data, now)

    return web.enter("sessions.save_template", _back(group), again, work_group=group or "")


def _move(rows, said):
    """Put a row one place up or down; `said` is like 3-up."""
    place, _, way = said.partition("-")
    here = int(place) if place.isascii() and place.isdigit() and len(place) < 4 else -1
    there = here + (-1 if way == "up" else 1)
    if 0 <= here < len(rows) and 0 <= there < len(rows):
        rows.insert(there, rows.pop(here))


def _form_page(form, group, kind, now=None):
    for _ in range(min(SPARE, form.blocks.max_entries - len(form.blocks))):
        form.blocks.append_entry({"kind": "input"})
    return render_template(
        "sessions/agenda_edit.html", form=form, group=group and groups.group(g.db, group), kind=kind, now=now,
        kinds=forms.SESSION_KINDS, back=_back(group),
    )  # fmt: skip
