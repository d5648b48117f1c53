"""What each strand comes with: the figures that visits are set against and a year is proposed from, for the hub."""

from flask import Blueprint, g, render_template, url_for

from workgroup import clock, web
from workgroup.groups import forms, queries
from workgroup.people.rights import runs_hub

bp = Blueprint("strands", __name__)


@bp.get("/hub/strands")
@web.open_to(runs_hub)
def page():
    """Show the figures of each strand, each line to change, and one more to add."""
    return _page()


@bp.post("/hub/strands")
@web.open_to(runs_hub)
def save():
    """Set the figures of a strand from an academic year on."""
    then = lambda outcome: url_for("strands.page", saved=outcome.about, _anchor=f"s-{outcome.about}")  # noqa: E731
    return web.enter("groups.set_shape", then, _page)


def _page(form=None, now=None):
    if now:
        form.seen.data = str(now["version"])
    year = clock.academic_year(clock.today())
    lines = queries.shapes(g.db)
    typed = form and form.seen.data and next(
        (x for x in lines if (x["strand"].casefold(), x["from_year"]) == (
            (form.strand.data or "").casefold(), form.from_year.data)), None)  # fmt: skip
    new = forms.ShapeForm(formdata=None, data={"from_year": year}) if typed or not form else form
    return render_template(
        "groups/strands.html", lines=lines, new=new, form=form, typed=typed and typed["id"], now=now, year=year,
        strands=forms.STRANDS,
    )  # fmt: skip
