"""Pages of visit reports: drafting and writing, the look before it is sent, the sent one for the school's people."""

from flask import Blueprint, g, render_template, request, url_for

from workgroup import web
from workgroup.reports import exports, forms, queries, rights
from workgroup.reviews import queries as reviews
from workgroup.visits import queries as visits

bp = Blueprint("reports", __name__)


@bp.app_template_global()
def report_of_visit(visit_id):
    """Return what a visit's page says of its report: `text`, `sent` newest first, for the viewer."""
    viewer = web.viewer()
    return {"text": queries.text(g.db, viewer, visit_id), "sent": queries.sent_of(g.db, viewer, visit_id)}


@bp.get("/visits/<id>/report")
@web.open_to(rights.leads, visit="id")
def edit(id):
    """Show the notes to draft from, and the text to write."""
    return _edit_page(id)


@bp.post("/visits/<id>/report/draft")
@web.open_to(rights.leads, visit="id")
def draft(id):
    """Draft it from the notes that are chosen."""
    then = url_for("reports.edit", id=id, _anchor="text")
    return web.enter("reports.draft", then, lambda form, now: _edit_page(id, drafted=form, now=now), visit=id)


@bp.post("/visits/<id>/report")
@web.open_to(rights.leads, visit="id")
def write(id):
    """Keep the text, and go on to how the school will see it."""
    then = url_for("reports.preview", id=id) if request.form.get("then") else url_for("reports.edit", id=id, kept="yes")
    return web.enter("reports.write", then, lambda form, now: _edit_page(id, form, now=now), visit=id)


@bp.get("/visits/<id>/report/preview")
@web.open_to(rights.leads, visit="id")
def preview(id):
    """Show the text as the school will see it, and to whom it can go."""
    return _preview_page(id)


@bp.get("/visits/<id>/report/preview.pdf")
@web.open_to(rights.leads, visit="id")
def preview_pdf(id):
    """Give the text as the PDF that would go."""
    return _download(web.found_or_404(_as_it_would_go(id)))


@bp.post("/visits/<id>/report/send")
@web.open_to(rights.leads, visit="id")
def send(id):
    """Send it to the school."""
    then = lambda outcome: url_for("reports.page", id=outcome.id, went="yes")  # noqa: E731
    return web.enter("reports.send", then, lambda form, now: _preview_page(id, form, now), visit=id)


@bp.get("/reports/<id>")
@web.open_to(rights.reads, report_sent="id")
def page(id):
    """Show a sent report to its school's people and its leaders."""
    return _sent_page(id)


@bp.get("/reports/<id>/report.pdf")
@web.open_to(rights.reads, report_sent="id")
def pdf(id):
    """Give a sent report as PDF."""
    return _download(queries.sent(g.db, web.viewer(), id))


@bp.post("/report-links/<id>/end")
@web.open_to(rights.leads, report_to="id")
def end_link(id):
    """End the links of one address, on the page of the newest version."""
    visit = queries.visit_of_recipient(g.db, id)
    newest = queries.sent_of(g.db, web.viewer(), visit)[0]["id"]
    again = lambda form, _: _sent_page(newest, trouble=form)  # noqa: E731
    return web.enter("reports.end_link", url_for("reports.page", id=newest), again, report_to=id)


@bp.post("/reports/<id>/withdraw")
@web.open_to(rights.leads, report_sent="id")
def withdraw(id):
    """Take it back from the school, with a reason."""
    return web.enter("reports.withdraw", url_for("reports.page", id=id), lambda f, _: _sent_page(id, f), report_sent=id)


@bp.post("/reports/<id>/restore")
@web.open_to(rights.leads, report_sent="id")
def restore(id):
    """Let it stand again."""
    return web.enter(
        "reports.restore", url_for("reports.page", id=id), lambda f, _: _sent_page(id, trouble=f), report_sent=id
    )


def _edit_page(id, form=None, drafted=None, now=None):
    viewer, visit = web.viewer(), visits.visit(g.db, id)
    every = queries.texts(g.db, viewer, id)
    text = every[0] if every else None
    seen = text["id"] if text else ""
    again = next((t for t in every if t["id"] == request.args.get("from")), None)
    form = form or forms.WriteForm(data={"words": (again or text or {}).get("words", ""), "seen": seen})
    if now:
        form.seen.data = seen
    aspects = reviews.framework(g.db, visit["work_group"])["aspects"]
    said = {p["visit_note"]: p for p in drafted.data["notes"]} if drafted else {}
    return render_template(
        "reports/edit.html", visit=visit, form=form, drafted=drafted, now=now, text=text, earlier=every[1:],
        again=again, kept=request.args.get("kept"), seen=seen,
        notes=[{**n, **{k: said[n["id"]][k] for k in ("used", "aspect") if n["id"] in said}}
               for n in queries.to_place(g.db, viewer, id)],
        aspects=[("", "No aspect yet"), *((a["id"], a["name"]) for a in aspects)],
        agreed=queries.agreed(g.db, viewer, visit["school_in_group"]), names={a["thread"]: a["name"] for a in aspects},
    )  # fmt: skip


def _as_it_would_go(id):
    """Return the newest text of a visit with the facts that a sent report has, or None."""
    text = queries.text(g.db, web.viewer(), id)
    number = queries.next_number(g.db, id)
    return text and {**visits.visit(g.db, id), "words": text["words"], "number": number, "name": g.person["name"],
                     "seen": text["id"]}  # fmt: skip


def _preview_page(id, form=None, now=None):
    report = _as_it_would_go(id)
    if report is None:
        return web.go(url_for("reports.edit", id=id))
    contacts = queries.contacts(g.db, report["school"])
    last = queries.sent_of(g.db, web.viewer(), id)
    heads = [c["id"] for c in contacts if c["role"] == "head"]
    form = form or forms.SendForm(data={"seen": report["seen"], "contacts": heads})
    form.contacts.choices = [(c["id"], f"{c['name']}, {c['email']}") for c in contacts]
    if now:
        form.seen.data = report["seen"]
    return render_template(
        "reports/preview.html", visit=visits.visit(g.db, id), report=report, letter=exports.sheet(report), form=form,
        now=now, contacts=contacts, last=last[0] if last else None,
    )  # fmt: skip


def _sent_page(id, form=None, trouble=None):
    report = queries.sent(g.db, web.viewer(), id)
    of_visit = next(r for r in queries.sent_of(g.db, web.viewer(), report["visit"]) if r["id"] == id)
    return render_template(
        "reports/page.html", report=of_visit, letter=exports.sheet(report), form=form or forms.WithdrawForm(),
        trouble=trouble, went=request.args.get("went"), links=queries.kept_links(g.db, web.viewer(), id),
        recipients=queries.recipients(g.db, web.viewer(), report["visit"]),
    )  # fmt: skip


def _download(report):
    made, name = exports.pdf(report)
    return web.download([made], name, "application/pdf")
