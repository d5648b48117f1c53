"""Pages of grants: one to change, and all of a year for the hub. One is noted on a school's page in its group."""

from flask import Blueprint, abort, g, render_template, url_for

from workgroup import clock, money, web
from workgroup.groups import forms, queries, rights
from workgroup.people.rights import runs_hub

bp = Blueprint("grants", __name__)


@bp.get("/hub/grants/<year>")
@web.open_to(runs_hub)
def of_year(year):
    """Show what the schools of a year were granted, what for and whether it is paid; the year is written 2026-27."""
    academic_year = year.replace("-", "/", 1)
    try:
        clock.first_day_of(academic_year)
    except ValueError:
        abort(404)
    schools = queries.grants_of_year(g.db, web.viewer(), academic_year)
    every = [one for school in schools for one in school["grants"]]
    return render_template(
        "groups/grants.html", year=academic_year, schools=schools, count=len(every), all=_sum(every),
        paid=_sum([one for one in every if one["paid_on"]]),
    )  # fmt: skip


@bp.get("/grants/<id>")
@web.open_to(rights.leads_or_runs, grant="id")
def page(id):
    """Offer a grant to change."""
    return _page(id)


@bp.post("/grants/<id>/edit")
@web.open_to(rights.leads_or_runs, grant="id")
def edit(id):
    """Change a grant, or note that it was paid."""
    return web.enter("groups.edit_grant", _of(id), lambda form, now: _page(id, form, now), grant=id)


@bp.post("/grants/<id>/<deed>")
@web.open_to(rights.leads_or_runs, grant="id")
def stand(id, deed):
    """Take a grant away, or bring it back."""
    kind = web.kind_of(deed, "groups.{}_grant")
    return web.enter(kind, _of(id), lambda form, _: _page(id, trouble=form), grant=id)


def _page(id, form=None, now=None, trouble=None):
    found = web.found_or_404(queries.grant(g.db, id))
    form = form or forms.EditGrantForm(data={**found, "amount": found["pence"], "seen": str(found["version"])})
    if now:
        form.seen.data = str(now["version"])
        now = {**now, "amount": money.say_pounds(now["pence"])}
    return render_template("groups/grant.html", grant=found, form=form, now=now, trouble=trouble)


def _of(id):
    found = queries.grant(g.db, id)
    return url_for("groups.school", group=found["work_group"], id=found["school_in_group"])


def _sum(grants):
    return sum(one["pence"] for one in grants)
