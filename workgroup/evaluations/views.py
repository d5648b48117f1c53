"""Pages of evaluations: drafted, edited where they stand, traced to their evidence, sent, and read by the hub."""

from flask import Blueprint, g, render_template, request, url_for

from workgroup import clock, places, purging, web
from workgroup.evaluations import exports, forms, gathering, queries, rights, tracing
from workgroup.formats import as_pdf
from workgroup.groups import queries as groups

bp = Blueprint("evaluations", __name__)


@bp.get("/groups/<id>/evaluations")
@web.open_to(rights.begins, work_group="id")
def of_group(id):
    """Show the half-terms of a group with their evaluations."""
    return _list_page(id)


@bp.post("/groups/<id>/evaluations")
@web.open_to(rights.begins, work_group="id")
def begin(id):
    """Draft the evaluation of a half-term, or another version of one that was sent."""
    then = lambda outcome: url_for("evaluations.page", id=outcome.about)  # noqa: E731
    return web.enter("evaluations.begin", then, lambda form, _: _list_page(id, form), work_group=id)


@bp.get("/evaluations")
@web.open_to(rights.reads_sent)
def of_hub():
    """Show whoever runs the hub what was sent this year, or in the year asked for."""
    try:
        year = clock.academic_year(clock.first_day_of(request.args.get("year")))
    except ValueError:
        year = clock.academic_year(clock.today())
    return render_template("evaluations/hub.html", year=year, found=queries.sent(g.db, web.viewer(), year))


@bp.get("/evaluations/<id>")
@web.open_to(rights.reads, evaluation="id")
def page(id):
    """Show an evaluation: every sentence with what it rests on."""
    return _page(id)


@bp.get("/evaluations/<id>/evaluation.pdf")
@web.open_to(rights.reads, evaluation="id")
def pdf(id):
    """Give it as a PDF."""
    found = queries.evaluation(g.db, web.viewer(), id)
    made = as_pdf.pdf(places.TEMPLATES / "print" / "evaluation.typ", exports.sheet(g.db, found))
    name = f"Evaluation {found['group_title']} {found['half_term']}"[:110]
    return web.download([made], f"{name}.pdf", "application/pdf")


@bp.post("/evaluations/<id>/draft")
@web.open_to(rights.writes, evaluation="id")
def draft_again(id):
    """Draft it anew from what has come since."""
    return web.enter("evaluations.draft_again", _at(id), lambda form, _: _page(id, form), evaluation=id)


@bp.post("/evaluations/<id>/sent")
@web.open_to(rights.writes, evaluation="id")
def send(id):
    """Send it to the hub."""
    return web.enter("evaluations.send", _at(id), lambda form, now: _page(id, form, now), evaluation=id)


@bp.get("/evaluations/<id>/sentences/new")
@web.open_to(rights.writes, evaluation="id")
def new(id):
    """Offer a sentence of one's own."""
    return _sentence_page(forms.WriteForm(data={"heading": request.args.get("heading")}), queries.bare(g.db, id))


@bp.post("/evaluations/<id>/sentences/new")
@web.open_to(rights.writes, evaluation="id")
def write(id):
    """Write a sentence of one's own."""
    found = queries.bare(g.db, id)
    then = lambda outcome: _at(id, f"s-{outcome.about}")  # noqa: E731
    return web.enter("evaluations.write", then, lambda form, _: _sentence_page(form, found), evaluation=id)


@bp.get("/evaluation-sentences/<id>")
@web.open_to(rights.writes, sentence="id")
def sentence(id):
    """Offer a sentence to change, with what it rests on."""
    found = queries.sentence(g.db, id)
    chosen = [f"{e['kind']}:{e['about']}" for e in found["evidence"]]
    form = forms.EditForm(data={**found, "evidence": chosen, "seen": str(found["version"])})
    return _sentence_page(form, queries.bare(g.db, found["evaluation"]), found)


@bp.post("/evaluation-sentences/<id>")
@web.open_to(rights.writes, sentence="id")
def edit(id):
    """Change a sentence."""
    found = queries.sentence(g.db, id)
    of = queries.bare(g.db, found["evaluation"])
    again = lambda form, now: _sentence_page(form, of, found, now)  # noqa: E731
    return web.enter("evaluations.edit", _at(of["id"], f"s-{id}"), again, sentence=id)


@bp.post("/evaluation-sentences/<id>/move")
@web.open_to(rights.writes, sentence="id")
def move(id):
    """Move a sentence up or down."""
    of = queries.sentence(g.db, id)["evaluation"]
    return web.enter("evaluations.move", _at(of, f"s-{id}"), lambda form, _: _page(of, form), sentence=id)


@bp.post("/evaluation-sentences/<id>/<deed>")
@web.open_to(rights.writes, sentence="id")
def stand(id, deed):
    """Take a sentence out, or bring it back."""
    of = queries.sentence(g.db, id)["evaluation"]
    kind = web.kind_of(deed, "evaluations.{}")
    return web.enter(kind, _at(of, f"s-{id}"), lambda form, _: _page(of, form), sentence=id)


def _at(id, anchor=None):
    return url_for("evaluations.page", id=id, _anchor=anchor)


def _list_page(id, form=None):
    group = groups.group(g.db, id)
    made = {}
    for e in queries.of_group(g.db, web.viewer(), id):
        made.setdefault(e["half_term"], []).append(e)
    terms = groups.half_terms(g.db, group["academic_year"])
    return render_template("evaluations/list.html", group=group, terms=terms, made=made, form=form, today=clock.today())


def _page(id, form=None, now=None):
    found = queries.evaluation(g.db, web.viewer(), id)
    writes = found["state"] == "draft" and web.may(rights.writes, evaluation=id)
    sentences = queries.sentences(g.db, id, also_withdrawn=writes)
    notes = exports.footnotes([s for s in sentences if not s["withdrawn_at"]])
    openable, gone = {}, set()
    for s in sentences:
        for e in s["evidence"]:
            key = (e["kind"], e["about"])
            if key not in openable:
                openable[key] = tracing.opens(found, *key)
                gone |= {key} if purging.is_gone(g.db, *key) else set()
    return render_template(
        "evaluations/page.html", e=found, writes=writes, form=form, now=now, headings=forms.HEADINGS, notes=notes,
        sentences=sentences, one_of=exports.ONE, opens=openable, counts=exports.counts(g.db, found),
        leads=web.may(rights.writes, evaluation=id), in_words=exports.in_words, seen=queries.digest(sentences),
        gone=gone,
    )  # fmt: skip


def _sentence_page(form, of, found=None, now=None):
    gathered = gathering.gather(g.db, web.viewer(), of["work_group"], of["from_on"], of["to_on"])
    there = gathering.pieces(gathered)
    keys = {(p.kind, p.about) for p in there}
    gone = [e for e in (found or {}).get("evidence", []) if (e["kind"], e["about"]) not in keys]
    if now:
        form.seen.data = str(now["version"])
    return render_template(
        "evaluations/edit.html", form=form, e=of, sentence=found, now=now, pieces=there, gone=gone,
        under=dict(forms.HEADINGS).get(found["heading"]) if found else None,
    )  # fmt: skip
