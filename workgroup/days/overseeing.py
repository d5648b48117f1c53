"""The hub's side of the days log: everybody's days against their allowances, the allowances, the activities."""

from flask import Blueprint, g, render_template, request, url_for

from workgroup import clock, web
from workgroup.days import forms, queries, reckoning
from workgroup.days.views import address_of, show, year_of
from workgroup.people.rights import runs_hub

bp = Blueprint("days_of_hub", __name__)


@bp.get("/hub/days")
@web.open_to(runs_hub)
def index():
    """Lead to this year's days, or to those of somebody who was chosen."""
    person, year = request.args.get("person", ""), request.args.get("year") or address_of(_this_year())
    if person:
        return web.go(url_for("days.of_person", id=person, year=year))
    return web.go(url_for("days_of_hub.overview", year=year))


@bp.get("/hub/days/<year>")
@web.open_to(runs_hub)
def overview(year):
    """Show everybody's days of a year against their allowances; each number leads to the entries behind it."""
    year, viewer = year_of(year), web.viewer()
    of = {person: its for person, _, its in reckoning.by_person(queries.entries_of_all(g.db, viewer, year))}
    allowed = queries.allowances_of_year(g.db, viewer, year)
    rows = [
        (one, reckoning.totals(allowed.get(one["id"], []), of.get(one["id"], [])))
        for one in queries.people_of(g.db, viewer, year)
    ]
    return web.show(
        "days/overview.html", year=year, address=address_of(year), rows=rows, years=queries.years(g.db),
        all=reckoning.sums([one for its in of.values() for one in its]), everybody=queries.everybody(g.db, viewer),
    )  # fmt: skip


@bp.post("/people/<id>/days/<year>/allowances")
@web.open_to(runs_hub)
def set_allowance(id, year):
    """Give somebody an allowance."""
    named = year_of(year)
    then = url_for("days.of_person", id=id, year=year)
    again = lambda form, _: show(id, named, allowance=form)  # noqa: E731
    return web.enter("days.set_allowance", then, again, person=id, academic_year=named)


@bp.get("/allowances/<id>")
@web.open_to(runs_hub)
def allowance(id):
    """Offer an allowance to change."""
    return _allowance_page(id)


@bp.post("/allowances/<id>/edit")
@web.open_to(runs_hub)
def edit_allowance(id):
    """Change an allowance."""
    then = lambda outcome: _of_person(outcome.about)  # noqa: E731
    return web.enter("days.edit_allowance", then, lambda form, now: _allowance_page(id, form, now), allowance=id)


@bp.post("/allowances/<id>/<deed>")
@web.open_to(runs_hub)
def stand_allowance(id, deed):
    """Take an allowance away, or bring it back."""
    kind = web.kind_of(deed, "days.{}_allowance")
    then = lambda outcome: _of_person(outcome.about)  # noqa: E731
    return web.enter(kind, then, lambda form, _: _allowance_page(id, trouble=form), allowance=id)


@bp.get("/hub/activities")
@web.open_to(runs_hub)
def activities():
    """Show the words for what days are used for."""
    return _activities_page()


@bp.post("/hub/activities")
@web.open_to(runs_hub)
def add_activity():
    """Add a word."""
    return web.enter("days.add_activity", url_for("days_of_hub.activities"), lambda form, _: _activities_page(form))


@bp.post("/hub/activities/<id>")
@web.open_to(runs_hub)
def edit_activity(id):
    """Rename an activity, take it out of use, or use it again."""
    then = url_for("days_of_hub.activities")
    return web.enter("days.edit_activity", then, lambda f, _: _activities_page(trouble=f), activity=id)


def _activities_page(form=None, trouble=None):
    return render_template(
        "days/activities.html", form=form or forms.ActivityForm(), trouble=trouble,
        activities=queries.activities(g.db, also_ended=True),
    )  # fmt: skip


def _allowance_page(id, form=None, now=None, trouble=None):
    found = web.found_or_404(queries.allowance(g.db, id))
    said = {"stage": found["stage"], "days": found["quarters"], "rate": found["rate_pence"]}
    form = form or forms.EditAllowanceForm(data={**said, "seen": str(found["version"])})
    if now:
        form.seen.data = str(now["version"])
    return render_template(
        "days/allowance.html", allowance=found, form=form, now=now, trouble=trouble,
        address=address_of(found["academic_year"]),
    )  # fmt: skip


def _of_person(allowance):
    found = queries.allowance(g.db, allowance)
    return url_for("days.of_person", id=found["person"], year=address_of(found["academic_year"]))


def _this_year():
    return clock.academic_year(clock.today())
