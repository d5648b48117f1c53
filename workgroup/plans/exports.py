"""An action plan on paper, as plain values for a printed sheet: aims, actions and how they stand, nothing else."""

from workgroup import clock
from workgroup.plans import queries

SAYS = {None: "", "going on": "going on", "done": "done", "dropped": "dropped", "carried": "goes on next year"}


def sheet(db, plan):
    """Return a version as values for print/action_plan.typ; for whoever may read it."""
    found = queries.by_outcome(queries.aims(db, plan["id"]))
    return {
        "title": "Action plan", "foot": f"{plan['school_name']}, {plan['group_title']}, {plan['academic_year']}",
        "lead": f"{plan['school_name']}, {plan['academic_year']}.", "note": standing(plan),
        "outcomes": [{"name": name, "aims": [_aim(a) for a in aims]} for _, name, aims in found if aims],
        "lines": [f"{name}:" for name in ("Agreed by", "Day")] if plan["state"] == "draft" else [],
    }  # fmt: skip


def standing(plan):
    """Say in a sentence where a version stands."""
    if plan["state"] == "draft":
        return "A draft, not agreed yet."
    how = "" if plan["agreed_how"] == "by link" else ", in person"
    day = clock.say_day(plan["agreed_on"], year=True)
    said = f"Version {plan['version']}, agreed with {plan['agreed_with']} on {day}{how}."
    return said if plan["state"] == "in force" else f"{said} A newer version is in force."


def still_to_say(aims):
    """Say how many open actions of a draft have no name or no day, before it is agreed so; or nothing."""
    some = [a for m in aims if not m["withdrawn_at"] for a in m["actions"] if a["is_open"]]
    number = sum(not a["owner"] or not a["due_on"] for a in some)
    if not number:
        return ""
    of = f"{number} of {len(some)} open action{'' if len(some) == 1 else 's'}"
    return f"{of} {'has' if number == 1 else 'have'} no name or no day yet."


def _aim(aim):
    return {"words": aim["words"], "actions": [_action(a) for a in aim["actions"]]}


def _action(action):
    by = f"by {clock.say_day(action['due_on'], year=True)}" if action["due_on"] else "no day yet"
    return {
        "who": action["owner"] or "nobody yet", "by": by, "words": action["words"],
        "progress": [
            ": ".join(filter(None, (clock.say_day(p["on_day"], year=True), SAYS[p["stands"]])))
            + (f". {p['words']}" if p["words"] else "") for p in action["progress"]
        ],
    }  # fmt: skip
