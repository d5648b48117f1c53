"""A school's journey in one Work Group, put together from the features' own queries: for a page, a link, a sheet.

`of_viewer` gives what whoever is signed in may see; `for_head` what a head's link shows: what was agreed, days and
counts, and no word of a reflection or of a lesson.
"""

from workgroup import clock
from workgroup.evaluations import queries as evaluations
from workgroup.groups import queries as groups
from workgroup.home import lines
from workgroup.journeys import queries as heads
from workgroup.plans import queries as plans
from workgroup.reflections import queries as reflections
from workgroup.reports import queries as reports
from workgroup.reviews import earlier_queries
from workgroup.reviews import queries as reviews
from workgroup.sessions import attendance_queries as attendance
from workgroup.tasks import queries as tasks
from workgroup.visits import entitled
from workgroup.visits import queries as visits

DAYS = 3  # of reviews that stand side by side; those before stand below
OPENED_BY_ITS_PEOPLE = ("session", "gap task")
OPENED_BY_LEADERS = (*OPENED_BY_ITS_PEOPLE, "visit", "visit note")


def of_viewer(db, viewer, i):
    """Return what a viewer may see of a school's part in one group; `i` is as `groups_of_school` gives it."""
    on = clock.today()
    leads = groups.leads(db, viewer, i["work_group"], on)
    own = groups.school_of(db, viewer, i["work_group"], on) == i["id"]
    history, work = reviews.history(db, viewer, i["id"]), tasks.in_school_work(db, i["id"])
    made = visits.visits_of(db, viewer, i["id"])
    opens = OPENED_BY_LEADERS if leads else OPENED_BY_ITS_PEOPLE if own else ()
    return {
        **i, "leads": leads, "own": own,
        **_told(db, i, history, earlier_queries.of_viewer(db, viewer, i["id"]), made, work,
                lambda e: _address(db, viewer, e, opens)),
        "taken_away": reviews.taken_away(db, viewer, i["id"]), "work": work if leads or own else [],
        "work_count": len(work), "plan": plans.at_school(db, viewer, i["id"]), "visits": made,
        "reports": reports.newest_of_school(db, viewer, i["id"]),
        "visited": entitled.say(visits.entitlement(db, i["id"])),
        "statements": heads.statements(db, viewer, i["id"]),
    }  # fmt: skip


def for_head(db, school_in_group):
    """Return what the head's version of a school's journey shows, whoever holds the link or prints it."""
    i = groups.school_in_group(db, school_in_group)
    group = groups.group(db, i["work_group"])
    i = {**i, "school_id": i["school"], "school_name": i["name"], "academic_year": group["academic_year"]}
    work = [{**w, "words": None, "topic": None} for w in tasks.in_school_work(db, i["id"])]
    made = visits.visits_to(db, i["id"])
    force = plans.in_force(db, i["id"])
    return {
        **i, **_told(db, i, reviews.agreed_with_school(db, i["id"]), earlier_queries.of_school(db, i["id"]), made,
                     work, lambda e: None),
        "plan": force, "actions": plans.open_actions(db, i["id"]) if force else [],
        "visited": entitled.say(visits.entitlement(db, i["id"])) if made else None,
        "reports": reports.days_sent(db, i["id"]),
    }  # fmt: skip


def _told(db, i, history, before, made, work, opens):
    held = _attended(db, i)
    set_tasks = tasks.tasks_of(db, i["work_group"], school=i["id"])
    states = groups.engagement_history(db, i["id"])
    latest = {r["thread"]: r for r in history}
    newest = max(history, key=lambda r: (r["on_day"], r["at"])) if history else None
    terms, framework = groups.half_terms(db, i["academic_year"]), reviews.framework(db, i["work_group"])
    return {
        "state": states[-1] if states else None,
        "takes_part": not states or states[-1]["state"] not in groups.ENDED,
        "newest": newest, "moves": _moves(history, before), "latest": latest,
        "before": [r for r in before.values() if r["thread"] not in latest],
        "evidence": [{**e, "address": opens(e)} for e in (reviews.evidence(db, newest["id"]) if newest else [])],
        "table": _table(history, framework),
        "by_term": _by_term(history, framework, terms),
        "next": max((r for r in latest.values() if r["next_step"]), key=lambda r: (r["on_day"], r["at"]), default=None),
        "sessions": held, "tasks": set_tasks, "line": lines.line(terms, held, made, set_tasks, work, history),
    }  # fmt: skip


def _attended(db, i):
    """Return the group's sessions with how many of this school's people were there."""
    found = attendance.meetings(db, [i["work_group"]]).get(i["work_group"], [])
    for n in found:
        n["here"], n["marked"] = n["came"].get(i["school_id"], (0, 0))
    return found


def _moves(history, earlier):
    """Return the newest review of each aspect beside the one before it, `was`, the newest first.

    Before the first in this group is what was agreed with the school before, in another Work Group.
    """
    found = {}
    for r in history:
        before = found.get(r["thread"]) or earlier.get(r["thread"])
        found[r["thread"]] = {**r, "was": before, "moved": before and moved(before, r)}
    return sorted(found.values(), key=lambda r: (r["on_day"], r["at"]), reverse=True)


def _address(db, viewer, e, opens):
    """Return where a viewer opens a piece of evidence, or None where it is not theirs to open or no longer there."""
    kind, about = e["kind"], e["about"]
    if e["is_gone"]:
        return None
    if kind == "aim":
        plan = plans.aim(db, about)
        return f"/action-plans/{plan['action_plan']}" if plan and plans.read(db, viewer, plan["action_plan"]) else None
    may = kind in opens or (kind == "reflection" and reflections.reflection(db, viewer, about))
    return evaluations.address(db, kind, about) if may else None


def _table(history, framework):
    """Return the days of reviews and, by aspect, the review of each day: aspect × time, and the reviews from before.

    An aspect is one row under its name of now, whatever it was called; `was` are its other names. Those looked at now
    come first, in their order, reviewed or not; those that are no longer used are `gone`. Where none of the
    days is a row's, `before` is its newest review: what a school has reached does not go with the days shown.
    `older` is what has no cell: from before these days, or noted again on the same day.
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
    for row in rows.values():
        newest = max(row["by_day"], default=None)
        row["before"] = row["by_day"][newest] if newest and newest not in days else None
    shown = {row["by_day"][day]["id"] for row in rows.values() for day in days if day in row["by_day"]}
    older, scale = [r for r in reversed(history) if r["id"] not in shown], [s["thread"] for s in framework["steps"]]
    return {
        "days": days, "rows": list(rows.values()) if history else [], "older": older, "framework": framework,
        "other_steps": any(r["scale"] != ",".join(scale) for r in history),
    }  # fmt: skip


def _by_term(history, framework, terms):
    """Return aspect × half-term: those that have reviews and, by aspect under its name of now, the newest of each.

    What was reviewed between two half-terms stands with the one before.
    """
    names, rows = [t["name"] for t in terms], {}
    for a in framework["aspects"] if history else ():
        rows[a["thread"]] = (a["name"], {})
    for r in history:
        of = [t["name"] for t in terms if t["from_on"] <= r["on_day"]]
        rows.setdefault(r["thread"], (r["aspect_name"], {}))[1][of[-1] if of else names[0]] = r
    used = {name for _, by_term in rows.values() for name in by_term}
    return {"terms": [name for name in names if name in used], "rows": list(rows.values())}


def moved(was, now):
    """Say how a review stands to one before it: on, back, same, or None where the steps cannot be compared."""
    if was["scale"] != now["scale"]:
        return None
    before, here = was["step_place"], now["step_place"]
    return "on" if here > before else "back" if here < before else "same"
