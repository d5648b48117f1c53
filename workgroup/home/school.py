"""A school's page: read side by side by its leader and its people, each seeing only what they may."""

from datetime import date

from flask import Blueprint, g, render_template

from workgroup import clock, web
from workgroup.groups import queries as groups
from workgroup.people.rights import runs_hub
from workgroup.plans import queries as plans
from workgroup.reports import queries as reports
from workgroup.reviews import queries as reviews
from workgroup.schools import queries as schools
from workgroup.schools import rights as school_rights
from workgroup.sessions import queries as sessions
from workgroup.tasks import queries as tasks
from workgroup.visits import entitled
from workgroup.visits import queries as visits

bp = Blueprint("school_page", __name__)
WIDTH = 1000
DAYS = 3  # of reviews that stand side by side; those before stand below


@bp.get("/schools/<id>")
@web.open_to(web.signed_in, school="id")
def page(id):
    """Show a school: facts for everybody, its journey for those it is for."""
    school = web.found_or_404(schools.school(g.db, id))
    journeys = [_journey(i) for i in groups.groups_of_school(g.db, id) if _may_see(i)]
    return render_template(
        "home/school.html", school=school, journeys=journeys, near=web.may(school_rights.near, school=id),
        adds=web.may(school_rights.adds),
    )  # fmt: skip


def _may_see(i):
    on, viewer = clock.today(), web.viewer()
    own = groups.school_of(g.db, viewer, i["work_group"], on) == i["id"]
    return own or groups.leads(g.db, viewer, i["work_group"], on) or web.may(runs_hub)


def _journey(i):
    """Return what the viewer may see of a school's part in one group."""
    viewer, on = web.viewer(), clock.today()
    leads = groups.leads(g.db, viewer, i["work_group"], on)
    own = groups.school_of(g.db, viewer, i["work_group"], on) == i["id"]
    history = reviews.history(g.db, viewer, i["id"])
    latest = {r["thread"]: r for r in history}
    newest = max(history, key=lambda r: (r["on_day"], r["at"])) if history else None
    held = _attended(i)
    set_tasks = tasks.tasks_of(g.db, i["work_group"], school=i["id"])
    work = tasks.in_school_work(g.db, i["id"])
    made = visits.visits_of(g.db, viewer, i["id"])
    states = groups.engagement_history(g.db, i["id"])
    return {
        **i, "leads": leads, "own": own, "state": states[-1] if states else None, "newest": newest,
        "latest": latest, "taken_away": reviews.taken_away(g.db, viewer, i["id"]),
        "table": _table(history, reviews.framework(g.db, i["work_group"])),
        "evidence": reviews.evidence(g.db, newest["id"]) if newest else [],
        "next": max((r for r in latest.values() if r["next_step"]), key=lambda r: (r["on_day"], r["at"]), default=None),
        "sessions": held, "tasks": set_tasks, "work": work if leads or own else [], "work_count": len(work),
        "plan": plans.at_school(g.db, viewer, i["id"]),
        "visits": made, "reports": reports.newest_of_school(g.db, viewer, i["id"]),
        "visited": entitled.say(visits.entitlement(g.db, i["id"])),
        "line": _line(i["academic_year"], held, made, set_tasks, work),
        "people": [p for p in groups.people(g.db, i["work_group"], on=on) if p["school_in_group"] == i["id"]],
    }  # fmt: skip


def _attended(i):
    """Return the group's sessions with how many of this school's people were there."""
    found = []
    for session in sessions.sessions_of(g.db, i["work_group"]):
        if session["state"] in ("postponed", "cancelled"):
            continue
        marks = [m for m in sessions.register(g.db, session["id"]) if m["school"] == i["school_id"]]
        here = sum(m["status"] == "present" for m in marks)
        found.append({**session, "here": here, "marked": bool(marks)})
    return found


def _table(history, framework):
    """Return the days of reviews and, by aspect, the review of each day: aspect × time, and the reviews from before.

    An aspect is one row under its name of now, whatever it was called; `was` are its other names. Those looked at now
    come first, in their order, reviewed or not; those that are not looked at any more are `gone`.
    """
    days, rows = sorted({r["on_day"] for r in history})[-DAYS:], {}
    for a in framework["aspects"]:
        rows[a["thread"]] = {"name": a["name"], "aspect": a["id"], "gone": False, "was": [], "by_day": {}}
    for r in history:
        row = rows.setdefault(r["thread"], {"name": r["aspect_name"], "aspect": None, "gone": True, "was": [],
                                            "by_day": {}})  # fmt: skip
        if row["gone"]:
            row["name"] = r["aspect_name"]
        elif r["aspect_name"] not in (row["name"], *row["was"]):
            row["was"].append(r["aspect_name"])
        row["by_day"][r["on_day"]] = r
    older, scale = [r for r in reversed(history) if r["on_day"] not in days], [s["thread"] for s in framework["steps"]]
    return {
        "days": days, "rows": list(rows.values()) if history else [], "older": older, "framework": framework,
        "other_steps": any(r["scale"] != ",".join(scale) for r in history),
    }  # fmt: skip


def _line(year, held, made, set_tasks, work):
    """Return the year as places on a line 1000 wide: half-terms as bands, and a row of marks for each kind."""
    terms = groups.half_terms(g.db, year)
    first, last = date.fromisoformat(terms[0]["from_on"]), date.fromisoformat(terms[-1]["to_on"])
    length = max((last - first).days, 1)

    def x(day):
        return round(WIDTH * min(max((date.fromisoformat(day) - first).days / length, 0), 1), 1)

    rows = [
        ("Sessions", [(x(n["day"]), n["here"] > 0, str(n["number"])) for n in held]),
        ("Visits", [(x(v["on_day"]), v["state"] == "made", "") for v in made if v["state"] != "cancelled"]),
        ("Gap tasks", [(x(t["due_on"]), t["state"] == "returned", "") for t in set_tasks if t["due_on"]]),
        ("In our school", [(x(w["on_day"]), True, str(w["colleagues"] or "")) for w in work]),
    ]
    places = [(t["name"], x(t["from_on"]), x(t["to_on"])) for t in terms]
    bands = [{"name": name, "x": a, "width": round(b - a, 1)} for name, a, b in places]
    today = clock.today()
    inside = terms[0]["from_on"] <= today <= terms[-1]["to_on"]
    return {"rows": rows, "bands": bands, "today": x(today) if inside else None}
