"""Pages of a whole year: proposing it, its calendar, moving what comes after, and the next year."""

import math
import re

from flask import Blueprint, g, render_template, request, url_for
from werkzeug.datastructures import MultiDict

from workgroup import clock, web
from workgroup.fields import options
from workgroup.groups import forms as group_forms
from workgroup.groups import queries as groups
from workgroup.planning import dates, forms, queries, rights, taking_back_queries, visit_queries
from workgroup.plans import queries as plans
from workgroup.sessions import forms as session_forms
from workgroup.sessions import queries as sessions
from workgroup.tasks import queries as tasks

bp = Blueprint("planning", __name__)
MOST_ROWS = 60
MEETINGS = 6  # one a half-term, where the strand says nothing


@bp.get("/groups/<id>/year")
@web.open_to(rights.plans, work_group="id")
def year(id):
    """Ask for the first session and how many; asked, propose them all with their days and hosts."""
    group = groups.group(g.db, id)
    if "first" not in request.args:
        return _ask_page(group, forms.AskForm(data=_defaults(group)))
    ask = forms.AskForm(request.args)
    if not ask.validate():
        return _ask_page(group, ask)
    if ask.starts.data >= ask.ends.data:
        ask.ends.errors = ["They end before they start."]
        return _ask_page(group, ask)
    try:
        proposed = _proposed(group, ask)
    except ValueError:
        ask.first.errors = [f"{clock.say_whole_day(ask.first.data)} lies in no half-term of {group['academic_year']}."
                            " Which day did you mean?"]  # fmt: skip
        return _ask_page(group, ask)
    number = sessions.next_number(g.db, id)
    rows = [
        {"day": day, "kind": ask.kind.data, "title": f"{group['meeting_word']} {number + n}", "host": host}
        for n, (day, host) in enumerate(proposed)
    ]  # fmt: skip
    data = {name: ask.data[name] for name in ("kind", "starts", "ends", "mode", "visits")}
    return _year_page(group, forms.PlanYearForm(data={**data, "rows": rows}), asked=ask.count.data)


@bp.post("/groups/<id>/year")
@web.open_to(rights.plans, work_group="id")
def plan_year(id):
    """Plan all of them; *look again* only looks at what speaks against the days that were typed."""
    group = groups.group(g.db, id)
    if request.form.get("look"):
        form = forms.PlanYearForm(MultiDict({**request.form, "work_group": id}))
        form.validate()
        return _year_page(group, form)
    return web.enter(
        "planning.plan_year", url_for("planning.calendar", id=id), lambda form, _: _year_page(group, form),
        work_group=id,
    )  # fmt: skip


@bp.get("/groups/<id>/calendar")
@web.open_to(rights.sees_calendar, work_group="id")
def calendar(id):
    """Show the year, month by month, with what speaks against a day in words below."""
    return _calendar_page(id)


@bp.post("/groups/<id>/year/<deed>")
@web.open_to(rights.plans, work_group="id")
def year_deed(id, deed):
    """Take a year that was planned in one step back, or plan it again."""
    kind, then = web.kind_of(deed, "planning.{}_year"), url_for("planning.calendar", id=id)
    return web.enter(kind, then, lambda form, _: _calendar_page(id, form), work_group=id)


@bp.app_template_global("against_day")
def against_day(session):
    """Return what speaks against the day of one session, in words."""
    group = groups.group(g.db, session["work_group"])
    return queries.against(g.db, group, [session], but={session["id"]})[0]


def _calendar_page(id, form=None):
    group = groups.group(g.db, id)
    months = queries.calendar(g.db, web.viewer(), group)
    days = [day for m in months for week in m["weeks"] for day in week if day]
    leads = web.may(rights.plans, work_group=id)
    made = [v for day in days for v in day["visits"]]  # of its leaders alone
    return render_template(
        "planning/calendar.html", group=group, months=months, leads=leads, form=form,
        back=taking_back_queries.to_take_back(g.db, id) if leads else None,
        against=[d for d in days if d["against"]], planned=[d for d in days if d["sessions"]],
        visits_against=visit_queries.against_visits(g.db, group, made),
        terms=groups.half_terms(g.db, group["academic_year"]),
    )  # fmt: skip


@bp.get("/sessions/<id>/rest")
@web.open_to(rights.moves_rest, session="id")
def rest(id):
    """Offer to move the sessions after one that was moved by as many days."""
    session = sessions.session(g.db, id)
    moved = request.args.get("days", "")
    days = int(moved) if re.fullmatch(r"-?[0-9]{1,4}", moved) else 0
    was = dates.plus(session["day"], -days)  # whatever came after that day may follow, also what it has been moved past
    rows = [
        {"session": n["id"], "moves": True, "day": dates.plus(n["day"], days), "seen": str(n["version"])}
        for n in sessions.planned_after(g.db, session, was)[:MOST_ROWS]
    ]  # fmt: skip
    return _rest_page(session, forms.MoveRestForm(data={"rows": rows}))


@bp.post("/sessions/<id>/rest")
@web.open_to(rights.moves_rest, session="id")
def move_rest(id):
    """Move those with a tick."""
    session = sessions.session(g.db, id)
    then = url_for("planning.calendar", id=session["work_group"])
    return web.enter("planning.move_rest", then, lambda form, _: _rest_page(session, form), session=id)


@bp.get("/groups/<id>/next-year")
@web.open_to(rights.makes_next_year, work_group="id")
def next_year(id):
    """Offer next year's Work Group, with everything of this one that could come along."""
    group = groups.group(g.db, id)
    year = dates.plus(clock.first_day_of(group["academic_year"]), 366)
    terms = groups.half_terms(g.db, group["academic_year"])
    form = forms.NextYearForm(
        data={
            "title": group["title"], "strand": group["strand"], "academic_year": clock.academic_year(year),
            "on_day": terms[-1]["to_on"],
            "schools": [
                {"school_in_group": s["id"], "becomes": "stays" if s["state"] in groups.ENDED else "carries"}
                for s in groups.schools(g.db, id)
            ],
            "people": [p["membership"] for p in groups.people(g.db, id, on=clock.today())],
            "gap_tasks": [t["id"] for t in _open_tasks(id)],
            "action_plans": [p["id"] for p in plans.to_carry(g.db, id)],
        }
    )  # fmt: skip
    return _next_page(group, form)


@bp.post("/groups/<id>/next-year")
@web.open_to(rights.makes_next_year, work_group="id")
def make_next_year(id):
    """Make it."""
    group = groups.group(g.db, id)
    then = lambda outcome: f"/groups/{outcome.about}"  # noqa: E731
    return web.enter("planning.next_year", then, lambda form, _: _next_page(group, form), work_group=id)


def _defaults(group):
    """Return what the form of a year begins with: what the last session had, else the usual shape of the strand."""
    last = (sessions.sessions_of(g.db, group["id"]) or [None])[-1]
    shape = groups.shape_of(g.db, group["strand"], group["academic_year"]) or {}
    count = shape.get("meetings") or MEETINGS
    terms, today = groups.half_terms(g.db, group["academic_year"]), clock.today()
    first = dates.first_school_day(terms) or clock.first_day_of(group["academic_year"])
    # a group that begins in the middle of its year: one for each half-term that is left
    left = sum(t["to_on"] >= today for t in terms)
    return {
        "first": "" if first < today else first, "count": min(count, left) if left and not last else count,
        "visits": _visits(groups.entitlement(g.db, group["id"])),
        "kind": last["kind"] if last else group["meeting_word"], "mode": last["mode"] if last else "room",
        "starts": clock.say_time(last["starts_at"]) if last else "13:00",
        "ends": clock.say_time(last["ends_at"]) if last else "16:00",
        "hosts": [s["school"] for s in queries.active_schools(g.db, group["id"])],
    }  # fmt: skip


def _visits(meant):
    """Return how many visits to propose: those that are meant, or one for each day that is."""
    return math.ceil(meant["days"]) if meant["visits"] is None and meant["days"] else meant["visits"]


def _proposed(group, ask):
    """Return the days of the sessions with their hosts, in turn; a host's own half-terms count as well."""
    terms = groups.half_terms(g.db, group["academic_year"])
    own = groups.schools_with_half_terms(g.db, group["academic_year"])
    taken = set(queries.clashes(g.db, group["id"], dates.days_of(terms), set(ask.hosts.data or [])))
    days = dates.spread(terms, ask.first.data, ask.count.data, taken)
    hosts = list(ask.hosts.data or []) if ask.mode.data != "online" else []
    found = []
    for n, day in enumerate(days):
        host = hosts[n % len(hosts)] if hosts else None
        if n and host in own:  # the first day is the leader's own choice
            theirs = queries.terms_at(g.db, group, host)
            day = dates.in_theirs(terms, theirs, day, {*taken, *days, *(d for d, _ in found)}, ask.first.data)
        found.append((day, host))
    return sorted(found, key=lambda row: row[0])


def _hosts(group):
    known = [(s["school"], s["name"]) for s in groups.schools(g.db, group["id"])]
    return options(known, "No school yet")


def _ask_page(group, form):
    schools = queries.active_schools(g.db, group["id"])
    form.hosts.choices = options([(s["school"], s["name"]) for s in schools])
    return web.show(
        "planning/ask.html", group=group, form=form, schools=schools, kinds=session_forms.SESSION_KINDS,
        terms=groups.half_terms(g.db, group["academic_year"]), had=len(sessions.sessions_of(g.db, group["id"])),
        status=422 if form.errors else 200,
    )  # fmt: skip


def _year_page(group, form, asked=0):
    rows = [row.data for row in form.rows]
    for row in form.rows:
        row.form.host.choices = _hosts(group)
    readable = [{"day": r["day"] if not row.form.day.errors else None, "host": r["host"]}
                for row, r in zip(form.rows, rows, strict=True)]  # fmt: skip
    return render_template(
        "planning/year.html", group=group, form=form, against=queries.against(g.db, group, readable),
        kinds=session_forms.SESSION_KINDS, asked=asked,
        terms=[_term(group, r) for r in readable], schools=len(queries.active_schools(g.db, group["id"])),
        visits=visit_queries.visit_days(g.db, group, form.visits.data, {r["day"] for r in readable if r["day"]}),
    )  # fmt: skip


def _term(group, row):
    found = row["day"] and dates.half_term_at(queries.terms_at(g.db, group, row["host"]), row["day"])
    return found["name"] if found else ""


def _rest_page(session, form):
    later = {n["id"]: n for n in queries.others(g.db, session)}
    group = groups.group(g.db, session["work_group"])
    for row in form.rows:  # what is shown now is what was looked at, also where somebody changed it meanwhile
        if n := later.get(row.form.session.data):
            row.form.seen.data = str(n["version"])
    rows = [row.data for row in form.rows]
    readable = [
        {"day": r["day"] if not row.form.day.errors else None, "host": later.get(r["session"], {}).get("host")}
        for row, r in zip(form.rows, rows, strict=True)
    ]  # fmt: skip
    return render_template(
        "planning/rest.html", session=session, form=form, later=later,
        against=queries.against(g.db, group, readable, but={r["session"] for r in rows if r["moves"]}),
    )  # fmt: skip


def _open_tasks(group):
    return [t for t in tasks.tasks_of(g.db, group) if t["state"] == "set"]


def _next_page(group, form):
    people = groups.people(g.db, group["id"], on=clock.today())
    return render_template(
        "planning/next.html", group=group, form=form, people=people, tasks=_open_tasks(group["id"]),
        plans=plans.to_carry(g.db, group["id"]),
        reads_words=groups.takes_part(g.db, web.viewer(), group["id"], clock.today()),
        schools={s["id"]: s for s in groups.schools(g.db, group["id"])}, strands=group_forms.STRANDS,
        made=groups.by_title(g.db, form.title.data or "", form.academic_year.data or ""),
    )  # fmt: skip
