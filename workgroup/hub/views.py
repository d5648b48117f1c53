"""Pages of the hub: its Work Groups in numbers, and its exports with a preview."""

from flask import Blueprint, abort, current_app, g, request, url_for
from werkzeug.datastructures import MultiDict

from workgroup import clock, web, working
from workgroup.fields import is_day, options
from workgroup.hub import choice_queries as choices
from workgroup.hub import columns, exports, forms, making_file, queries, rights
from workgroup.people.queries import hub, strands_led
from workgroup.people.rights import runs_hub

bp = Blueprint("hub", __name__)
PREVIEW = 20


@bp.get("/hub")
@web.open_to(runs_hub)
def page():
    """Show this year's Work Groups in numbers, with ways to what the hub looks after."""
    return web.show(
        "hub/page.html", hub=hub(g.db), year=clock.academic_year(clock.today()),
        groups=queries.this_year(g.db, web.viewer()), strands=_strands(),
    )  # fmt: skip


@bp.get("/hub/exports")
@web.open_to(rights.exports)
def all_exports():
    """Offer the exports, with a preview of the one that is asked for: at first, attendance of this academic year."""
    form = _form(request.args.get("kind") or "attendance")
    if not request.args:
        form.year.data = clock.academic_year(clock.today())
    return _page(form, 200 if form.validate() else 422)


@bp.get("/hub/exports/dictionary")
@web.open_to(rights.exports)
def dictionary():
    """Say what each column means."""
    if request.args.get("format") == "csv":
        return _file("dictionary", "csv", clock.today())
    found = [(kind, words.split("|"), exports.of_kind(g.db, kind)) for kind, words in columns.KINDS.items()]
    return web.show("hub/dictionary.html", kinds=found, types=columns.TYPES)


@bp.get("/hub/exports/<kind>")
@web.open_to(rights.exports)
def download(kind):
    """Stream an export as a file; what cannot be made is said on the page, with what was asked."""
    form, format, not_made = _asked(kind)
    return not_made or _file(kind, format, form.as_at.data, form.group.data, **_narrowed(form))


@bp.post("/hub/exports/<kind>")
@web.open_to(rights.exports)
def make(kind):
    """Begin to make an export that takes long, and go where it is said how far it is."""
    form, format, not_made = _asked(kind)
    if not_made:
        return not_made
    id, asked = web.change_id(), (kind, format, form.as_at.data, form.group.data)
    try:
        making_file.begin(current_app.config["WORKGROUP"].database, web.viewer(), id, *asked, **_narrowed(form))
    except working.Busy as busy:
        return _page(form, 422, str(busy))
    return web.go(url_for("hub.made", id=id))


@bp.get("/hub/exports/made/<id>")
@web.open_to(rights.exports)
def made(id):
    """Show how far an export is, or that it is there to be taken."""
    work = working.find("export", web.found_or_404(id if web.is_id(id) else None), web.viewer())
    if work and not work.over.is_set():
        return web.show_how_far(work, "Your file is being made", url_for("hub.all_exports"))
    if web.wants_part():
        return web.whole_page_now()
    return web.show("hub/made.html", status=200 if work and work.came else 410, work=work, id=id)


@bp.get("/hub/exports/made/<id>/file")
@web.open_to(rights.exports)
def take(id):
    """Give the file of an export that was made."""
    work = working.find("export", web.found_or_404(id if web.is_id(id) else None), web.viewer())
    if not work:
        return made(id=id)
    if not work.came:
        return web.go(url_for("hub.made", id=id))
    return web.download(work.came.chunks(), work.came.name, work.came.type)


def _asked(kind):
    """Return the form and the format that are asked for, and the page that says why there is no file, or None."""
    format = request.args.get("format", "csv")
    if kind not in columns.KINDS or format not in exports.TYPES:
        abort(404)
    form = _form(kind)
    if not form.validate():
        return form, format, _page(form, 422)
    why = exports.why_not(g.db, web.viewer(), kind, format, form.as_at.data, form.group.data, **_narrowed(form))
    return form, format, _page(form, 422, why) if why else None


def _file(kind, format, as_at, group=None, **narrowed):
    path = current_app.config["WORKGROUP"].database
    chunks = exports.chunks(path, web.viewer(), kind, format, as_at, group, **narrowed)
    return web.download(chunks, exports.file_name(kind, format, as_at), exports.TYPES[format])


def _form(kind):
    """Return what is asked for; a Work Group or person that is not theirs to export is one that does not exist."""
    asked = request.args.get
    as_at = clock.today() if asked("as_at") is None else asked("as_at")
    names = ("group", "year", "half_term", "person" if kind == "days" else "leader")
    form = forms.ExportForm(MultiDict({"kind": kind, "as_at": as_at, **{n: asked(n, "") for n in names}}))
    found = choices.groups_to_export(g.db, web.viewer())
    many = "With any Work Group or none" if kind == "days" else (
        "All Work Groups I lead" if not g.runs_hub
        else "All Work Groups of my strands" if _strands() else "All Work Groups")  # fmt: skip
    _choose(form.group, [(one["id"], f"{one['title']}, {one['academic_year']}") for one in found], many)
    people = choices.people_with_days(g.db, web.viewer()) if kind == "days" else []
    _choose(form.person, [(p["id"], p["name"]) for p in people], "Everybody" if g.runs_hub else "Myself")
    leaders = choices.leaders(g.db, web.viewer()) if kind != "days" else []
    _choose(form.leader, [(p["id"], p["name"]) for p in leaders], "Every leader")
    form.half_term.choices = options([(n, n) for n in clock.HALF_TERMS], "The whole year")
    return form


def _strands():
    """Return the strands that the viewer leads the hub in, or none where they look after all of it."""
    return strands_led(g.db, web.viewer(), clock.today())


def _choose(field, found, blank):
    """Give a field its choices; what is none of them does not exist for this viewer."""
    if field.data and field.data not in {id for id, _ in found}:
        abort(404)
    field.choices = options(found, blank)


def _narrowed(form):
    return exports.narrowed(
        g.db, form.kind.data, form.leader.data, form.person.data, form.year.data, form.half_term.data
    )  # fmt: skip


def _page(form, status, why=None):
    shown = {"total": None}
    if not form.errors and form.kind.data in columns.KINDS:
        shown = _preview(form.kind.data, (form.as_at.data, form.group.data), _narrowed(form), why)
    years = dict.fromkeys([*choices.years(g.db, web.viewer()), *filter(None, [form.year.data])])
    typed = None if is_day(form.as_at.data) else form.as_at.data
    return web.show("hub/exports.html", status=status, form=form, typed=typed, years=years, why=why, **shown)


def _preview(kind, asked, narrowed, why):
    """Return the first rows and how many there are, or why they cannot be shown."""
    viewer = web.viewer()
    cannot = exports.why_not(g.db, viewer, kind, "csv", *asked, **narrowed)
    if cannot:
        return {"total": 0, "cannot": cannot}
    return {
        "total": exports.count(g.db, viewer, kind, *asked, **narrowed), "names": exports.header(g.db, kind),
        "rows": list(exports.rows(g.db, viewer, kind, *asked, most=PREVIEW, **narrowed)),
        "title": columns.said(kind), "formats": exports.offered(), "slow": making_file.SLOW,
        "is_anonymous": columns.is_anonymous(kind),
    }  # fmt: skip
