"""Bringing a sheet of participants: upload, a preview that can be corrected, and one save. No state is kept between."""

import json

from flask import Blueprint, g, render_template, request

from workgroup import web
from workgroup.formats import as_csv
from workgroup.groups import matching, queries, rights, sheet

bp = Blueprint("participants", __name__)


@bp.get("/groups/<id>/participants")
@web.open_to(rights.leads_or_runs, work_group="id")
def offer(id):
    """Offer to bring a sheet."""
    return _page(id)


@bp.get("/groups/<id>/participants/template.csv")
@web.open_to(rights.leads_or_runs, work_group="id")
def template(id):
    """Give an empty sheet with its heading and one person as an example."""
    return web.download(list(as_csv.chunks(sheet.HEADING, [sheet.EXAMPLE])), "participants.csv", "text/csv")


@bp.post("/groups/<id>/participants")
@web.open_to(rights.leads_or_runs, work_group="id")
def preview(id):
    """Read the sheet and show, row by row, what will happen."""
    web.take_up_to(6)
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        return _page(id, trouble="Choose the sheet first."), 422
    try:
        rows = sheet.read(sent.stream.read(sheet.MOST_BYTES + 1))
    except sheet.NotASheet as wrong:
        return _page(id, trouble=str(wrong)), 422
    return _page(id, rows=matching.matched(g.db, id, rows))


@bp.post("/groups/<id>/participants/save")
@web.open_to(rights.leads_or_runs, work_group="id")
def save(id):
    """Bring everybody in, or show again what needs a hand with everything typed."""
    rows = matching.matched(g.db, id, _typed())
    if matching.troubles(rows) or request.form.get("again"):
        return _page(id, rows=rows), 200 if request.form.get("again") else 422
    ready = matching.ready(rows)
    if not ready:  # a second tap on the same button: everybody is in already
        return web.go(f"/groups/{id}/people")

    def again(form, _):
        return _page(id, rows=rows, trouble=web.first_error(form))

    rows_json = json.dumps(ready, ensure_ascii=False)
    return web.enter("groups.import_participants", f"/groups/{id}/people", again, work_group=id, rows=rows_json)


def _typed():
    """Return the rows as the form holds them; what is missing or too long is cut, never an error."""
    rows = []
    for number in range(min(_count(), sheet.MOST_ROWS)):
        cell = {
            name: request.form.get(f"{name}-{number}", "").strip()[:300]
            for name in ("line", "school", "urn", "name", "email", "title", "notes", "school_id")
        }
        if not web.is_id(cell["school_id"]):
            cell["school_id"] = ""
        line = int(cell["line"]) if cell["line"].isdigit() and len(cell["line"]) < 7 else number + 1
        rows.append({**cell, "line": line, "leave_out": bool(request.form.get(f"leave_out-{number}"))})
    return rows


def _count():
    given = request.form.get("count", "")
    return int(given) if given.isdigit() and len(given) < 5 else 0


def _page(id, rows=None, trouble=None):
    sound = [r for r in rows or [] if not r["trouble"]]
    return render_template(
        "groups/participants.html", group=queries.group(g.db, id), rows=rows, trouble=trouble, heading=sheet.HEADING,
        example=sheet.EXAMPLE,
        troubles=matching.troubles(rows) if rows else [], ready=len(matching.ready(sound)),
    )  # fmt: skip
