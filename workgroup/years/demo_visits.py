"""The demo year's support visits: made, with notes and reports that went to the school; and those that are planned."""

from datetime import datetime

from workgroup import store
from workgroup.years.telling import Told, id_of, person

HALF_A_DAY = 4.5  # hours; a longer visit counts as a day
PLANNED_BEFORE = 14  # days


def tell(year, days):
    """Yield the visits of the year, what was noted at them, and what the schools were told."""
    leaders = {p["id"]: person(p["email"]) for p in year["people"]}
    heads = {s["id"]: s["contact"]["name"] for s in year["schools"]}
    for visit in year["visits"]:
        leader = leaders[visit["by"]]
        yield _planned(year, visit, days, leader)
        yield from _made(year, visit, days, leader)
        yield from _report(visit, days, leader, heads[visit["school"]])
    for visit in year["visits_ahead"]:
        yield _planned(year, visit, days, leaders[visit["by"]])


def _planned(year, visit, days, leader):
    schools = {s["school"]: id_of(s["id"]) for g in year["groups"] for s in g["schools"]}
    fields = {
        "school_in_group": schools[visit["school"]], "on_day": days.day(visit["day"]), "starts": visit["from"],
        "ends": visit["to"], "days": _length(visit), "purpose": visit["purpose"],
    }  # fmt: skip
    before = max(-186, visit["day"] - PLANNED_BEFORE)
    return Told(days.at(before, "17:00"), "visits.plan", leader, fields, id_of(visit["id"]))


def _length(visit):
    lasted = datetime.strptime(visit["to"], "%H:%M") - datetime.strptime(visit["from"], "%H:%M")
    return 0.5 if lasted.total_seconds() <= HALF_A_DAY * 3600 else 1


def _made(year, visit, days, leader):
    id, day, names = id_of(visit["id"]), visit["day"], {p["id"]: p["name"] for p in year["people"]}
    made = {
        "visit": id, "people_met": ", ".join(names[p] for p in visit["met"] if p in names),
        "head_met": "head" in visit["met"], "days": _length(visit), "purpose": visit["purpose"], "seen": "1",
    }  # fmt: skip
    yield Told(days.at(day, visit["to"]), "visits.make", leader, made)
    for n, note in enumerate(visit["walk_through"]):
        fields = {"visit": id, "kind": "walk", "year_group": note["year_group"], "words": note["words"]}
        yield Told(days.at(day, visit["to"], 5 + n), "visits.note", leader, fields, id_of(note["id"]))
    if visit["head_words"]:
        fields = {"visit": id, "kind": "head", "words": visit["head_words"]}
        yield Told(days.at(day, visit["to"], 15), "visits.note", leader, fields, id_of(f"head-{visit['id']}"))


def _report(visit, days, leader, head):
    """Yield the report: drafted and not sent yet, or written and sent, and read where the year says so."""
    id, sent = id_of(visit["id"]), visit["report_sent"]
    if sent is None:
        yield Told(days.at(visit["day"] + 1, "17:30"), "reports.draft", leader, {"visit": id, "seen": ""})
        return
    text = id_of(f"text-{visit['id']}")
    fields = {"visit": id, "words": visit["report"], "seen": ""}
    yield Told(days.at(sent, "17:00"), "reports.write", leader, fields, text)
    address = f"head.{visit['school'].removeprefix('sch-')}@example.org"
    fields, went = {"visit": id, "name": head, "email": address, "seen": text}, id_of(f"sent-{visit['id']}")
    yield Told(days.at(sent, "17:10"), "reports.send", leader, fields, went)
    if read := visit.get("report_read"):
        fields = {"name": head, "words": read["words"], "seen": went, "proof": _proof(went)}
        yield Told(days.at(read["day"], "18:40"), "reports.acknowledge", None, fields)


def _proof(sent):
    """Return what finds the token of the link to a report that was sent, as its head has it in a mail."""
    sql = "select m.link from mail m join report_to t on m.attached = 'report ' || t.id where t.report_sent = ?"
    return lambda db: store.value(db, sql, (sent,)).split("/")[-1]
