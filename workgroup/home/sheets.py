"""The head's version of a journey on paper: plain values for a printed sheet."""

from workgroup import clock, places
from workgroup.formats import as_pdf

NOTE = "What was agreed with the school, days and counts. No word of anybody’s reflections or notes of lessons."

KINDS = {"aim": "aim of the action plan"}


def pdf(found):
    """Return the bytes of a head's version as PDF, and what the file is called."""
    made = as_pdf.pdf(places.TEMPLATES / "print" / "journey.typ", sheet(found))
    return made, f"The year of {found['school_name']}"[:110] + ".pdf"


def sheet(found):
    """Return what `journeys.for_head` gives as values for print/journey.typ."""
    line, newest, step = found["line"], found["newest"], found["next"]
    year, school = found["academic_year"], found["school_name"]
    return {
        "title": f"The year of {school}", "foot": f"{school}, {found['title']}, {year}",
        "lead": f"{found['title']}, {year}.{_state(found['state'])}", "note": NOTE,
        "line": {**line, "rows": [{"name": n, "marks": [list(m) for m in marks]} for n, marks in line["rows"]]},
        "told": [[clock.say_day(day), words] for day, _, words in line["told"]],
        "changed": [move(r) for r in found["moves"][:3]] + _before(found["before"]),
        "why": [newest["words"], _rests(found["evidence"])] if newest else [],
        "next": [step["next_step"], f"{step['aspect_name']}, {clock.say_day(step['on_day'])}"] if step else [],
        "terms": found["by_term"]["terms"],
        "aspects": [[name, *(_cell(by_term.get(t)) for t in found["by_term"]["terms"])]
                    for name, by_term in found["by_term"]["rows"]],
        "visits": found["visited"] or "",
        "reports": [[clock.say_day(on, year=True), f"Report sent on {clock.say_day(sent, year=True)}"]
                    for on, sent in found["reports"]],
        "actions": [_action(a) for a in found["actions"]],
    }  # fmt: skip


def move(r):
    """Say what changed in one aspect, in a sentence with its day."""
    was, now = r["was"], r["step_name"].lower()
    where = was and was.get("agreed_in")  # where it is of a Work Group before
    if was and r["moved"] != "same":
        said = f"from {was['step_name'].lower()}{f' in {where}' if where else ''} to {now}"
    else:
        said = f"still {now}{f', as in {where}' if where else ''}" if was else f"{now}, looked at for the first time"
    return f"{r['aspect_name']}: {said} ({clock.say_day(r['on_day'])})."


def _before(rows):
    some = "; ".join(f"{r['aspect_name']}, {r['step_name'].lower()} in {r['agreed_in']}" for r in rows)
    return [f"Agreed before: {some}."] if some else []


def _state(state):
    return f" {state['state'].capitalize()} since {clock.say_day(state['since_on'], year=True)}." if state else ""


def _rests(evidence):
    some = [f"{KINDS.get(e['kind'], e['kind'])}, {clock.say_day(e['kept_on'])}" for e in evidence]
    return f"It rests on: {'; '.join(some)}." if some else "No evidence yet."


def _cell(r):
    return [r["step_name"], r["step_place"], r["steps"]] if r else []


def _action(a):
    by = f", by {clock.say_day(a['due_on'])}" if a["due_on"] else ""
    return [a["words"], f"{a['owner'] or 'nobody yet'}{by}"]
