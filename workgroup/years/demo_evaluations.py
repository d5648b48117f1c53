"""The demo year's evaluations: of the half-term that is over sent to the hub, of the one that runs begun."""

from workgroup.evaluations import queries
from workgroup.years.telling import Told, id_of, person


def tell(year, days):
    """Yield that each group's leader drafts them; they are made from what the year has told by then."""
    over = max((t for t in year["half_terms"] if t["last"] < 0), key=lambda t: t["last"])
    running = next((t for t in year["half_terms"] if t["first"] <= 0 <= t["last"]), None)
    emails = {p["id"]: p["email"] for p in year["people"]}
    for group in year["groups"]:
        leader = person(next(emails[r["person"]] for r in group["roles"] if r["role"] == "leader"))
        evaluation = id_of(f"evaluation {group['id']} {over['name']}")
        yield _begins(days.at(over["last"] + 2, "19:00"), leader, group, over, evaluation)
        fields = {"evaluation": evaluation, "seen": _as_it_stands(evaluation)}
        yield Told(days.at(over["last"] + 3, "19:30"), "evaluations.send", leader, fields)
        if running:
            id = id_of(f"evaluation {group['id']} {running['name']}")
            yield _begins(days.at(-1, "20:00"), leader, group, running, id)


def _as_it_stands(evaluation):
    return lambda db: queries.digest(queries.sentences(db, evaluation))


def _begins(at, leader, group, term, id):
    fields = {"work_group": id_of(group["id"]), "half_term": term["name"]}
    return Told(at, "evaluations.begin", leader, fields, id)
