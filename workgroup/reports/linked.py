"""A visit's report behind a link in a mail: read, saved as PDF and acknowledged without an account.

The link is the school's: it always shows the newest version, and says plainly when that was withdrawn.
"""

from flask import Blueprint, g, request, url_for

from workgroup import web
from workgroup.people.linked import by_link, keep_nowhere
from workgroup.reports import exports, forms, queries

bp = Blueprint("report_link", __name__)
bp.after_request(keep_nowhere)
OVER = "reports/over.html"


@bp.get("/visit-report/<token>")
@web.open_to(web.anyone)
@by_link("head", OVER)
def read(link, token):
    """Show the newest report."""
    return _page(link, token)


@bp.get("/visit-report/<token>/report.pdf")
@web.open_to(web.anyone)
@by_link("head", OVER)
def pdf(link, token):
    """Give the newest report as PDF."""
    report = queries.by_link(g.db, link)
    if report is None or report["withdrawn_at"]:
        return _page(link, token)
    made, name = exports.pdf(report)
    return web.download([made], name, "application/pdf")


@bp.post("/visit-report/<token>")
@web.open_to(web.anyone)
@by_link("head", OVER)
def acknowledge(link, token):
    """Keep that it was read."""
    if queries.by_link(g.db, link) is None:
        return web.show(OVER, status=410)
    then = url_for("report_link.read", token=token, kept="yes")
    return web.enter("reports.acknowledge", then, lambda form, _: _page(link, token, form), proof=token)


def _page(link, token, form=None):
    report = queries.by_link(g.db, link)
    if report is None:
        return web.show(OVER, status=410)
    form = form or forms.AcknowledgeForm()
    form.seen.data = report["id"]
    if report["withdrawn_at"]:
        return web.show("reports/withdrawn.html", report=report, status=410)
    return web.show(
        "reports/linked.html", report=report, letter=exports.sheet(report), token=token, form=form,
        kept=request.args.get("kept"), expires=link["expires_at"],
    )  # fmt: skip
