"""Schools side by side, in alphabetical order and never ranked: the hub's overview, and the records behind a number."""

from flask import Blueprint, abort, g, request

from workgroup import clock, web
from workgroup.days import queries as days
from workgroup.days import reckoning
from workgroup.groups import engaged, meant
from workgroup.groups import queries as groups
from workgroup.groups import rights as group_rights
from workgroup.home import behind
from workgroup.journeys.rights import of_school, sees_records
from workgroup.people.rights import runs_hub
from workgroup.sessions import attendance_queries as attendance
from workgroup.tasks import queries as tasks

bp = Blueprint("side_by_side", __name__)
STATES = ("registered", "active", "completed", "withdrawn")
PAGE = 40  # schools on one page


@bp.get("/hub/overview")
@web.open_to(runs_hub)
def overview():
    """Show the schools of a year side by side, and days used against the allowances."""
    year = _year(request.args.get("year"))
    all_groups = engaged.groups_of_year(g.db, web.viewer(), year)
    chosen, state = request.args.get("group"), request.args.get("state")
    shown = [one for one in all_groups if chosen in (None, "", one["id"])]
    if (state and state not in STATES) or (not shown and chosen):
        abort(404)
    found = behind.schools(g.db, web.viewer(), [one["id"] for one in shown])
    found = [s for s in found if not state or (s["state"] and s["state"]["state"] == state)]
    start = _number(request.args.get("from"))
    return web.show(
        "home/overview.html", year=year, start=start, page=PAGE, all=len(found), years=engaged.years(g.db),
        groups=all_groups, chosen=chosen, state=state, schools=found[start : start + PAGE],
        stages=_by_stage(year), states=STATES,
    )  # fmt: skip


@bp.get("/schools-in-group/<id>/records/<kind>")
@web.open_to(sees_records, school_in_group="id")
def records(id, kind):
    """Show the records behind a number of a school, as far as the viewer may see each."""
    if kind not in behind.KINDS:
        abort(404)
    only, session = request.args.get("only"), request.args.get("session")
    if only and only not in behind.ONLY.get(kind, ()):
        abort(404)
    group = groups.group(g.db, groups.group_of_school(g.db, id))
    [school] = behind.schools(g.db, web.viewer(), [group["id"]], own=id)
    school["register"] = [
        m for m in (attendance.present(g.db, group["id"], school["school"]) if kind == "register" else ())
        if session in (None, m["session"])
    ]  # fmt: skip
    if kind == "gap-tasks" and session:  # as its cell of the grid has them: also what was carried on from there
        school[kind] = [{**t, "back": None} for t in tasks.tasks_of(g.db, group["id"], session, id)]
    reads = web.may(of_school, school_in_group=id)
    words = {w["id"]: w["words"] for w in tasks.in_school_work(g.db, id)} if reads and kind == "work" else {}
    meant_here = groups.entitlement(g.db, group["id"])
    return web.show(
        "home/records.html", s=school, kind=kind, heading=behind.ONLY[kind][only][0] if only else behind.KINDS[kind],
        group=group, reads=reads, words=words, rows=behind.records(school, kind, only), only=only,
        of_one=session,
        meant=meant.say(meant_here["visits"], meant_here["days"]), of_strand=meant_here["of_strand"],
        leads=groups.leads(g.db, web.viewer(), group["id"], clock.today()),
    )  # fmt: skip


@bp.get("/groups/<id>/sessions")
@web.open_to(group_rights.sees, work_group="id")
def sessions(id):
    """Show the sessions that a number of the hub counts: those of a year that stand, or those that were held."""
    held = request.args.get("only") == "held"
    rows = attendance.meetings(g.db, [id]).get(id, [])
    return web.show(
        "home/held.html", group=groups.group(g.db, id), held=held, rows=[n for n in rows if n["is_held"] or not held]
    )  # fmt: skip


def _year(asked):
    """Return the academic year asked for, written 2026-27 in an address, or this one."""
    if not asked:
        return clock.academic_year(clock.today())
    try:
        return clock.academic_year(clock.first_day_of(asked.replace("-", "/", 1)))
    except ValueError:
        abort(404)


def _number(asked):
    return int(asked) if asked and asked.isascii() and asked.isdigit() and len(asked) < 6 else 0


def _by_stage(year):
    """Return the stages in alphabetical order, each with (person, days against their allowance); and who has none."""
    viewer = web.viewer()
    entries = {who: its for who, _, its in reckoning.by_person(days.entries_of_all(g.db, viewer, year))}
    allowed = days.allowances_of_year(g.db, viewer, year)
    found = {}
    for person in days.people_of(g.db, viewer, year):
        its = entries.get(person["id"], [])
        for row in reckoning.totals(allowed.get(person["id"], []), its) or [{"allowance": None, "used": 0}]:
            stage = row["allowance"]["stage"] if row["allowance"] else None
            found.setdefault(stage, []).append((person, row))
    return sorted(found.items(), key=lambda item: (item[0] is None, (item[0] or "").casefold()))
