"""Capture during a visit: a year group, what it was, words now or later; the lesson's pads, standing, one hand."""

from flask import Blueprint, g, request

from workgroup import clock, web
from workgroup.visits import forms, queries, rights, year_groups

bp = Blueprint("visiting", __name__)
LISTED = 20  # how many of one's newest notes capture can go back through
PADS = [
    ("walk", "Seen in lessons", "learning walk"),
    ("talk", "A conversation", "who by role, never by name"),
    ("head", "The headteacher’s words", "as they were said"),
]


@bp.get("/visits/<id>/capture")
@web.open_to(rights.leads, keeps=rights.leads, visit="id")
def capture(id):
    """Show the pads."""
    return show(id)


def show(id, form=None):
    """Render the capture page of a visit; with the errors of a form that was refused."""
    visit = queries.visit(g.db, id)
    own = queries.notes(g.db, web.viewer(), id, own_only=True)
    newest = sorted(own, key=lambda n: (n["at"], n["id"]))
    asked = (request.form.get("year_group") or request.args.get("year") or "").strip()[:40]
    used = [n["year_group"] for n in own if n["year_group"]]
    years = [y for y in dict.fromkeys([*year_groups.of(visit["phase"]), *used, asked]) if y]
    return web.show(
        "visits/capture.html", visit=visit, form=form, last=newest[-1] if newest else None, count=len(own),
        years=[(y, year_groups.short(y)) for y in years], year=asked, pads=PADS, now=clock.now(),
        kinds={k: w for k, w in forms.KINDS}, listed=[_listed(n) for n in newest[-LISTED:]],
        hand="left" if request.cookies.get("hand") == "left" else "right",
    )  # fmt: skip


def _listed(n):
    """Return what the tablet needs of one's own note, to show it again once a later one is undone."""
    return {
        "id": n["id"], "at": n["at"], "kind": n["kind"], "year_group": n["year_group"], "words": n["words"],
        "versions": [v["id"] for v in n["versions"]],
    }  # fmt: skip
