"""Bringing schools in from a file: the national register or a list of one's own, a preview, and one press.

What was read lies beside the database meanwhile (incoming.py); of the record nothing is touched before the press.
"""

import json

from flask import Blueprint, g, render_template, request, url_for

from workgroup import cells, web, working
from workgroup.formats import as_csv
from workgroup.people.rights import runs_hub
from workgroup.schools import importing, incoming, long_work, own_list, queries, register

bp = Blueprint("bringing", __name__)
WORDS = {
    "la": "Local authority", "la_code": "Code of the local authority", "number": "Number", "type": "Kind of school",
    "opened_on": "Opened", "closed_on": "Closed",
}  # fmt: skip


@bp.get("/schools/import")
@web.open_to(runs_hub)
def page():
    """Offer to bring schools in."""
    return _page()


@bp.get("/schools/import/template.csv")
@web.open_to(runs_hub)
def template():
    """Give an empty list with its heading and one school as an example."""
    return web.download(list(as_csv.chunks(own_list.HEADING, [own_list.EXAMPLE])), "schools.csv", "text/csv")


@bp.post("/schools/import")
@web.open_to(runs_hub)
def preview():
    """Read the file and show what would be added, changed and refused."""
    web.take_up_to(80)
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        return _page(trouble="Choose the file first."), 422
    try:
        return _look(sent)
    except (register.NotTheRegister, cells.NotASheet, working.Busy) as wrong:
        return _page(trouble=str(wrong)), 422


@bp.get("/schools/import/<id>")
@web.open_to(runs_hub)
def standing(id):
    """Show how far a file is looked through or brought in, what it would come to, or what came of it."""
    web.found_or_404(id if web.is_id(id) else None)
    bring, look = (working.find(name, id, web.viewer()) for name in ("bring", "look"))
    for work, doing in ((bring, "The register is coming in"), (look, "The register is being looked through")):
        if work and not work.over.is_set():
            return web.show_how_far(work, doing, url_for("bringing.page"))
    if web.wants_part():
        return web.whole_page_now()
    if bring and bring.came:
        return _page(result=bring.came)
    if look and look.trouble:
        return _page(trouble=look.trouble), 422
    if incoming.about(g.db, id, web.viewer()) is None:
        return _over(id)
    return _preview(id, look and look.came, bring and bring.trouble)


@bp.post("/schools/import/<id>")
@web.open_to(runs_hub)
def bring(id):
    """Bring in what the preview showed: the register in a thread, for it is long, a list at once."""
    web.found_or_404(id if web.is_id(id) else None)
    told = incoming.about(g.db, id, web.viewer())
    if told and told["kind"] == "list":
        return _bring_list(id)
    if told:
        try:
            long_work.bring(g.db, web.viewer(), id, told)
        except working.Busy as busy:
            return _preview(id, trouble=str(busy)), 422
    elif not working.find("bring", id, web.viewer()):
        return _over(id)
    return web.go(url_for("bringing.standing", id=id))


def _bring_list(id):
    with incoming.taken(g.db, id) as kept:
        if kept.rows is None:
            return _over(id)
        found = [row for _, row in kept.rows if isinstance(row, dict)]
        ready = json.dumps([{k: v for k, v in row.items() if k != "line"} for row in found])
        then = url_for("bringing.page", brought="yes")
        answer = web.enter("schools.import_list", then, lambda f, _: _page(trouble=web.first_error(f)), rows=ready)
        kept.is_in = answer.status_code == 303
        return answer


def _over(id):
    """Say of a preview that is not here whether it came in, by the first tap on the button say, or is just gone."""
    if incoming.is_going_in(g.db, id):
        return web.go(url_for("bringing.page", brought="soon"))
    if incoming.has_come_in(g.db, id):
        return web.go(url_for("bringing.page", brought="yes"))
    return _page(trouble="This preview is no longer here, and nothing came in by it. Choose the file again."), 410


def _look(sent):
    """Show what a file would come to, at once or on a page of its own; NotTheRegister or NotASheet when it is none."""
    about = {"name": sent.filename[:200]}
    if register.is_register(sent.stream):
        if long_work.is_large(sent.stream):
            return web.go(url_for("bringing.standing", id=long_work.look(g.db, web.viewer(), sent.stream, **about)))
        digest = importing.digest_of(sent.stream)
        kept = register.read(sent.stream)
        return _preview(incoming.keep(g.db, web.viewer(), kept, kind="register", digest=digest, **about))
    rows = own_list.read(sent.stream.read(own_list.MOST_BYTES + 1))
    looked = own_list.looked_at(g.db, rows)
    kept = [(r["line"], register.Problem(r["why"]) if r["becomes"] == "refused" else plain)
            for r, plain in zip(looked, rows, strict=True)]  # fmt: skip
    return _preview(incoming.keep(g.db, web.viewer(), kept, kind="list", **about))


def _preview(id, result=None, trouble=None):
    told = incoming.about(g.db, id, web.viewer())
    rows = incoming.rows(g.db, id)
    result = result or (importing.look(g.db, rows) if told["kind"] == "register" else _of_list(rows))
    return _page(trouble, preview={"id": id, **told, "result": result})


def _of_list(rows):
    """Return what a list comes to in the shape of an import of the register."""
    result = importing.Result()
    rows = list(rows)
    result.problems = [(line, str(row)) for line, row in rows if isinstance(row, register.Problem)]
    result.refused = len(result.problems)
    looked = own_list.looked_at(g.db, [row for _, row in rows if isinstance(row, dict)])
    result.names = [r["name"] for r in looked if r["becomes"] == "added"]
    result.changes = [(r["name"], [(n, r["was"][n], r["now"][n]) for n in r["now"]]) for r in looked
                      if r["becomes"] == "changed"]  # fmt: skip
    result.added, result.changed = len(result.names), len(result.changes)
    result.same = sum(r["becomes"] == "same" for r in looked)
    return result


def _page(trouble=None, preview=None, result=None):
    return render_template(
        "schools/import.html", result=result, trouble=trouble, preview=preview, known=queries.count(g.db), words=WORDS,
        heading=own_list.HEADING, example=own_list.EXAMPLE, brought=request.args.get("brought") and not preview,
    )  # fmt: skip
