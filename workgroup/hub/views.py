"""Pages of the hub: its Work Groups in numbers, and its exports with a preview."""

from flask import Blueprint, abort, current_app, g, request
from werkzeug.datastructures import MultiDict

from workgroup import clock, web
from workgroup.days import queries as days
from workgroup.fields import options
from workgroup.hub import columns, exports, forms, queries, rights
from workgroup.people.queries import hub
from workgroup.people.rights import runs_hub

bp = Blueprint("hub", __name__)
PREVIEW = 20


@bp.get("/hub")
@web.open_to(runs_hub)
def page():
    """Show this year's Work Groups in numbers, with ways to what the hub looks after."""
    return web.show(
        "hub/page.html", hub=hub(g.db), year=clock.academic_year(clock.today()),
        groups=queries.this_year(g.db, web.viewer()),
    )  # fmt: skip


@bp.get("/hub/exports")
@web.open_to(rights.exports)
def all_exports():
    """Offer the exports, with a preview of the one that is asked for."""
    form = _form(request.args.get("kind") or "attendance")
    return _page(form, 200 if form.validate() else 422)


@bp.get("/hub/exports/dictionary")
@web.open_to(rights.exports)
def dictionary():
    """Say what each column means."""
    aspects = queries.aspects(g.db)
    found = [(kind, words.split("|"), columns.columns(kind, aspects)) for kind, words in columns.KINDS.items()]
    return web.show("hub/dictionary.html", kinds=found)


@bp.get("/hub/exports/<kind>")
@web.open_to(rights.exports)
def download(kind):
    """Stream an export as a file."""
    format = request.args.get("format", "csv")
    if kind not in columns.KINDS or format not in exports.TYPES:
        abort(404)
    form = _form(kind)
    if not form.validate():
        return _page(form, 422)
    as_at = form.as_at.data
    chunks = exports.chunks(
        current_app.config["WORKGROUP"].database, web.viewer(), kind, format, as_at, form.group.data, **_narrowed(form)
    )
    return web.download(chunks, exports.file_name(kind, format, as_at), exports.TYPES[format])


def _form(kind):
    """Return what is asked for; a Work Group or person that is not theirs to export is one that does not exist."""
    asked = request.args.get
    as_at = clock.today() if asked("as_at") is None else asked("as_at")
    names = ("group", "person", "year", "half_term") if kind == "days" else ("group",)
    form = forms.ExportForm(MultiDict({"kind": kind, "as_at": as_at, **{n: asked(n, "") for n in names}}))
    found = queries.groups_to_export(g.db, web.viewer())
    if form.group.data and form.group.data not in {one["id"] for one in found}:
        abort(404)
    many = "With any Work Group or none" if kind == "days" else (
        "All Work Groups" if g.runs_hub else "All Work Groups I lead")  # fmt: skip
    form.group.choices = options([(one["id"], f"{one['title']}, {one['academic_year']}") for one in found], blank=many)
    if kind == "days":
        _choose_days(form)
    return form


def _choose_days(form):
    """Give the form of the days export its people, years and half-terms."""
    people = queries.people_with_days(g.db, web.viewer())
    if form.person.data and form.person.data not in {one["id"] for one in people}:
        abort(404)
    form.person.choices = options([(p["id"], p["name"]) for p in people], "Everybody" if g.runs_hub else "Myself")
    form.half_term.choices = options([(n, n) for n in clock.HALF_TERMS], "The whole year")


def _narrowed(form):
    if form.kind.data != "days":
        return {}
    return {"person": form.person.data, **exports.span(g.db, form.year.data, form.half_term.data)}


def _page(form, status):
    shown = {"total": None}
    if status == 200:
        asked, narrowed = (web.viewer(), form.kind.data, form.as_at.data, form.group.data), _narrowed(form)
        shown = {
            "total": queries.count(g.db, *asked, **narrowed), "names": exports.header(g.db, form.kind.data),
            "rows": list(exports.rows(g.db, *asked, most=PREVIEW, **narrowed)),
        }  # fmt: skip
    years = dict.fromkeys([*days.years(g.db), *filter(None, [form.year.data])])
    return web.show("hub/exports.html", status=status, form=form, years=years, **shown)
