"""The demo year's heads: who was sent their school's year by a link, and the statement they left there."""

from workgroup import store
from workgroup.journeys.queries import LINK
from workgroup.years.telling import Told, id_of, person

# plan of the school: the day of the statement, and whether it may be quoted
SAID = {"plan-st": (-33, True), "plan-kv": (-44, True), "plan-ho": (-12, True), "plan-te": (-3, False)}
SENT = 2  # days before


def tell(year, days):
    """Yield the links and the statements, for each head who has said something."""
    emails = {p["id"]: p["email"] for p in year["people"]}
    heads = {s["id"]: s["contact"]["name"] for s in year["schools"]}
    leads, of_school = {}, {}
    for group in year["groups"]:
        leader = next(emails[r["person"]] for r in group["roles"] if r["role"] == "leader")
        of_school |= {s["school"]: id_of(s["id"]) for s in group["schools"]}
        leads |= {s["school"]: person(leader) for s in group["schools"]}
    for plan in (p for p in year["action_plans"] if p["id"] in SAID):
        (day, may_quote), school, name = SAID[plan["id"]], plan["school"], heads[plan["school"]]
        asking = id_of(f"year of {school}")
        sent = {"school_in_group": of_school[school], "name": name, "email": f"head.{school}@example.org"}
        yield Told(days.at(day - SENT, "16:30"), "journeys.ask_head", leads[school], sent, asking)
        said = {"proof": _proof(asking), "words": plan["head_statement"], "name": name, "may_quote": may_quote}
        yield Told(days.at(day, "17:15"), "journeys.say", None, said, id_of(f"statement of {school}"))


def _proof(asking):
    def find(db):
        link = store.value(db, "select link from mail where attached = ?", (f"{LINK} {asking}",))
        return link.rpartition("/")[2]

    return find
