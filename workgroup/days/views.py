"""My days of an academic year: what waits to be taken in, what was entered, and how it stands against the allowance."""

from flask import Blueprint, abort, g, request, url_for

from workgroup import clock, web
from workgroup.days import forms, queries, reckoning, rights, suggesting
from workgroup.days import suggestion_queries as suggested
from workgroup.fields import is_day, is_id, options
from workgroup.groups import queries as groups
from workgroup.people import queries as people
from workgroup.people.rights import runs_hub

bp = Blueprint("days", __name__)
NO_TERM = "Between half-terms"


@bp.get("/days")
@web.open_to(rights.keeps)
def index():
    """Lead to this year's days."""
    return web.go(url_for("days.page", year=address_of(clock.academic_year(clock.today()))))


@bp.get("/days/<year>")
@web.open_to(rights.keeps)
def page(year):
    """Show one's own days of a year, written 2026-27 in the address."""
    return show(web.viewer(), year_of(year))


@bp.get("/days/<year>/new")
@web.open_to(rights.keeps)
def new(year):
    """Offer an entry by hand, or what was suggested to correct before it is taken in."""
    source = suggesting.read(request.args.get("source"))
    known = source and suggested.sources(g.db, web.viewer()).get((source.kind, source.id))
    if not known:
        return _new_page(year_of(year), forms.EnterForm(data={"on_day": clock.today()}))
    activity = queries.activity_for(g.db, source.kind)
    said = {"days": known["quarters"], "source": suggesting.write(known), "activity": activity["id"]}
    return _new_page(year_of(year), forms.EnterForm(data={**known, **said}))


@bp.post("/days/<year>/new")
@web.open_to(rights.keeps)
def enter(year):
    """Enter it."""
    return web.enter("days.enter", lambda done: after(done.about), lambda form, _: _new_page(year_of(year), form))


@bp.post("/days/<year>/take")
@web.open_to(rights.keeps)
def take(year):
    """Take in what was suggested."""
    return web.enter("days.take", _mine(year), lambda form, _: show(web.viewer(), year_of(year), trouble=form))


@bp.post("/days/<year>/decline")
@web.open_to(rights.keeps)
def decline(year):
    """Say that it is not a day of mine."""
    return web.enter("days.decline", _mine(year), lambda form, _: show(web.viewer(), year_of(year), trouble=form))


@bp.post("/days/<year>/declined/<id>")
@web.open_to(rights.own_declined, declined="id")
def suggest_again(year, id):
    """Let it be suggested again."""
    again = lambda form, _: show(web.viewer(), year_of(year), trouble=form)  # noqa: E731
    return web.enter("days.suggest_again", _mine(year), again, declined=id)


@bp.get("/people/<id>/days/<year>")
@web.open_to(runs_hub)
def of_person(id, year):
    """Show the hub somebody's days, with what a number of the overview counted."""
    return show(id, year_of(year))


def show(person, year, trouble=None, allowance=None):
    """Return the page of somebody's days: their own with what waits, or the hub's to read with its allowances."""
    viewer, db = web.viewer(), g.db
    who = web.found_or_404(people.person(db, person) if is_id(person) else None)
    mine = viewer == person and web.may(rights.keeps)
    asked = {name: request.args.get(name) for name in ("show", "against")}
    entries, allowances = queries.entries_of(db, viewer, person, year), queries.allowances_of(db, person, year)
    known = suggested.sources(db, person)
    for one in entries:
        one["changed"] = suggested.changed_since(one, known)
    waiting = suggested.suggestions(db, person, year)
    for one in waiting:
        one["beside"] = [e for e in entries if e["on_day"] == one["on_day"] and not e["withdrawn_at"]]
    return web.show(
        "days/page.html", who=who, mine=mine, year=year, years=suggested.years_of(db, person), trouble=trouble,
        totals=reckoning.totals(allowances, entries), entries=_by_term(reckoning.narrowed(entries, **asked)),
        narrow=any(asked.values()), all=reckoning.sums([e for e in entries if not e["withdrawn_at"]]),
        gone=[e for e in entries if e["withdrawn_at"]], changed=[e for e in entries if e["changed"]],
        waiting=waiting, declined=suggested.declined_of(db, viewer, year) if mine else [], address=address_of(year),
        allowances=queries.allowances_of(db, person, year, also_withdrawn=True), runs=web.may(runs_hub),
        exports=web.may(runs_hub) or queries.leads_on(db, viewer, clock.today()),
        allowance=allowance or forms.NewAllowanceForm(data={"stage": who["stage"]}),
    )  # fmt: skip


def _by_term(entries):
    """Return the entries that stand by the half-term their day lies in, in the order of their days."""
    found = {}
    for one in entries:
        if not one["withdrawn_at"]:
            found.setdefault(groups.half_term_of(g.db, one["on_day"]) or NO_TERM, []).append(one)
    return list(found.items())


def _new_page(year, form):
    choose(form, web.viewer(), year_said(form, year))
    source = suggesting.read(form.source.data)
    return web.show("days/edit.html", form=form, address=address_of(year), source=source)


def year_said(form, year):
    """Return the academic year of the day in a form, else the year given."""
    return clock.academic_year(form.on_day.data) if is_day(form.on_day.data) else year


def choose(form, person, year, entry=None):
    """Give the form of an entry its choices; what an entry has already stays among them."""
    kept = entry or {}
    words = {one["id"]: one["name"] for one in queries.activities(g.db)}
    if kept:
        words[kept["activity"]] = kept["word"]
    form.activity.choices = options(words.items(), "Choose what it was for")
    of_group = [(one["id"], f"{one['title']}, {one['academic_year']}") for one in queries.led_groups(g.db, person)]
    form.work_group.choices = options(of_group, "No Work Group")
    near = {one["id"]: one["name"] for one in queries.near_schools(g.db, person)}
    if kept.get("school"):
        near.setdefault(kept["school"], kept["school_name"])
    form.school.choices = options(near.items(), "No school")
    allowances = queries.allowances_of(g.db, person, year)
    form.allowance.choices = options([(one["id"], one["stage"]) for one in allowances], "As usual")
    form.has_choice = len(allowances) > 1


def after(entry):
    """Return the address of the year's page that an entry stands on."""
    found = queries.entry(g.db, entry)
    return url_for("days.page", year=address_of(found["academic_year"])) + f"#day-{entry}"


def year_of(text):
    """Return the academic year written 2026-27 in an address, or answer 404."""
    year = text.replace("-", "/", 1)
    try:
        clock.first_day_of(year)
    except ValueError:
        abort(404)
    return year


def address_of(year):
    """Return an academic year as an address has it: 2026/27 → 2026-27."""
    return year.replace("/", "-")


def _mine(year):
    return url_for("days.page", year=address_of(year_of(year)))
