"""Pages of frameworks: every line with its versions, one version or draft, and the draft as it is written."""

from flask import Blueprint, g, render_template, request, url_for

from workgroup import web
from workgroup.frameworks import comparing, forms, naming, queries, rights
from workgroup.groups import forms as group_forms
from workgroup.groups import queries as groups
from workgroup.people.rights import runs_hub

bp = Blueprint("frameworks", __name__)


@bp.get("/frameworks")
@web.open_to(runs_hub)
def every():
    """Show what schools are reviewed with, strand by strand."""
    return _list()


@bp.post("/frameworks")
@web.open_to(runs_hub)
def begin():
    """Begin a draft."""
    then = lambda outcome: url_for("frameworks.edit", id=outcome.about)  # noqa: E731
    return web.enter("frameworks.begin", then, lambda form, _: _list(form))


@bp.get("/frameworks/<id>")
@web.open_to(rights.reads, framework="id")
def page(id):
    """Show one version, or a draft."""
    return _page(id)


@bp.get("/frameworks/<id>/edit")
@web.open_to(runs_hub)
def edit(id):
    """Offer a draft to write."""
    found = web.found_or_404(queries.whole(g.db, id))
    if found["state"] != "draft" or found["withdrawn_at"]:
        return web.go(url_for("frameworks.page", id=id))
    return _edit_page(found, _form_of(found))


@bp.post("/frameworks/<id>/edit")
@web.open_to(runs_hub)
def save(id):
    """Write the draft down; or only move a row, or give more rows, with nothing kept yet."""
    found = web.found_or_404(queries.whole(g.db, id))
    if "more" in request.form or "move" in request.form:
        return _edit_page(found, _moved(forms.SaveForm(request.form)), more=request.form.get("more"))

    def again(form, now):
        if now:
            form.seen.data = str(now["edits"])
        return _edit_page(found, form, now)

    return web.enter("frameworks.save", url_for("frameworks.page", id=id), again, framework=id)


@bp.post("/frameworks/<id>/use")
@web.open_to(runs_hub)
def use(id):
    """Put a draft to use."""
    then = url_for("frameworks.page", id=id)
    return web.enter("frameworks.use", then, lambda form, now: _page(id, form=form, now=now), framework=id)


@bp.post("/frameworks/<id>/take-back")
@web.open_to(runs_hub)
def take_back(id):
    """Make a version a draft again."""
    return _small("frameworks.take_back", id)


@bp.post("/frameworks/<id>/end")
@web.open_to(runs_hub)
def end(id):
    """Let its strand use what all strands use."""
    return _small("frameworks.end", id)


@bp.post("/frameworks/<id>/<deed>")
@web.open_to(runs_hub)
def stand(id, deed):
    """Take a draft away, or bring it back."""
    return _small(web.kind_of(deed, "frameworks.{}"), id)


def _small(kind, id):
    then = url_for("frameworks.page", id=id)
    return web.enter(kind, then, lambda form, _: _page(id, trouble=form), framework=id)


def _list(form=None):
    lines = queries.lines(g.db)
    own = {queries.key(line["strand"]) for line in lines}
    known = dict.fromkeys([*groups.strands(g.db), *group_forms.STRANDS])
    return render_template(
        "frameworks/list.html", lines=lines, form=form or forms.BeginForm(), usual=queries.in_use(g.db),
        strands=[s for s in known if queries.key(s) not in own],
        away=[f for line in lines for f in line["away"]],
    )  # fmt: skip


def _page(id, form=None, trouble=None, now=None):
    found = web.found_or_404(queries.whole(g.db, id))
    before, runs = queries.before(g.db, found), web.may(runs_hub)
    line = next(x for x in queries.lines(g.db) if queries.key(x["strand"]) == queries.key(found["strand"]))
    shown = {
        "framework": found, "before": before, "line": line, "runs": runs, "trouble": trouble,
        "news": comparing.compare(before, found) if before else [], "outcomes": comparing.NAMES,
        "same_scale": not before or comparing.same_scale(before, found), "reviews": queries.reviewed(g.db, id),
    }  # fmt: skip
    if found["state"] == "draft":
        form = form or forms.UseForm()
        form.seen.data = str(found["edits"])
        return render_template(
            "frameworks/draft.html", **shown, form=form, now=now, next_year=queries.next_year(),
            would_use={when: queries.would_use(g.db, found, when) for when, _ in forms.WHENS},
            noted=queries.reviewed(g.db, before["id"]) if before else 0,
        )  # fmt: skip
    return render_template(
        "frameworks/page.html", **shown, users=queries.users(g.db, found) if runs else [],
        replaced_by=found["replaced_by"] and queries.bare(g.db, found["replaced_by"]),
    )  # fmt: skip


def _form_of(draft):
    rows = {
        name: [{**p, "part": p["id"], "out": bool(p["withdrawn_at"])} for p in draft[name] + draft["out"][name]]
        for name in queries.TABLES
    }
    return forms.SaveForm(data={"seen": str(draft["edits"]), **rows})


def _moved(form):
    """Return the form with one row a place up or down; `move` is like steps-3-up."""
    name, _, said = request.form.get("move", "").partition("-")
    place, _, way = said.partition("-")
    rows = {n: [row.data for row in form[n]] for n in queries.TABLES}
    some = rows.get(name, [])
    here = int(place) if place.isascii() and place.isdigit() and len(place) < 4 else -1
    there = here + (-1 if way == "up" else 1)
    if 0 <= here < len(some) and 0 <= there < len(some):
        some.insert(there, some.pop(here))
    return forms.SaveForm(data={"seen": form.seen.data, **rows})


def _edit_page(draft, form, now=None, more=None):
    for name in queries.TABLES:
        rows = form[name]
        spare = len(rows) == 0 or any(row.part.data or row["name"].data for row in rows.entries[-1:])
        if (more == name or spare) and len(rows) < rows.max_entries:
            rows.append_entry({})
    return render_template(
        "frameworks/edit.html", framework=draft, form=form, now=now, most=naming.MOST,
        before=queries.before(g.db, draft),
    )  # fmt: skip
