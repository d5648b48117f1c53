"""The demo year's days log: allowances, entries from sessions and visits and by hand, and claims in batches.

The newest sessions and visits stay suggestions, so that the demo shows some waiting.
"""

from workgroup import clock
from workgroup.days import claim_queries
from workgroup.days import queries as days_log
from workgroup.days import suggestion_queries as suggested
from workgroup.years.demo_house import BEGAN
from workgroup.years.telling import Told, id_of, person

WAITS_FROM = -14  # days; sessions and visits since then wait to be taken in
KEPT_FROM = ("session", "visit")


def tell(year, days):
    """Yield the allowances, then the days as they were entered, then what was claimed of them."""
    emails = {p["id"]: p["email"] for p in year["people"]}
    office = person(emails[year["hub"]["administrator"]])
    for one in year["people"]:
        if "specialist" in one:
            yield from _allowances(year, one, days, office)
    schools = {s["id"]: id_of(s["id"]) for s in [*year["schools"], *year["other_schools"]]}
    for entry in year["days_log"]:
        if entry["activity"] not in KEPT_FROM or entry["day"] < WAITS_FROM:
            yield _entry(year, entry, days, person(emails[entry["person"]]), schools)
    batches = {(d["reference"], d["claimed"], d["person"]) for d in year["days_log"] if "reference" in d}
    for reference, on, who in sorted(batches):
        yield _claim(reference, on, person(emails[who]), days, office)


def _allowances(year, one, days, office):
    """An allowance for every academic year that the demo's days fall into: from today on they may be two."""
    said = one["specialist"]
    found = {clock.academic_year(days.day(d["day"])) for d in year["days_log"] if d["person"] == one["id"]}
    for academic_year in sorted(found | {clock.academic_year(days.today.isoformat())}):
        fields = {"person": person(one["email"]), "academic_year": academic_year, "stage": said["stage"]}
        fields.update(days=str(said["allowance_days"]), rate=str(said["rate"]))
        yield Told(days.at(BEGAN + 78, "10:00"), "days.set_allowance", office, fields)


def _entry(year, entry, days, by, schools):
    on = days.day(entry["day"])

    def activity(db):
        return next(one["id"] for one in days_log.activities(db) if one["name"] == entry["activity"])

    def leads(db):
        """The demo's visitor to another group's session led none of it."""
        wanted = id_of(entry["group"]) if "group" in entry else None
        return wanted if wanted in {one["id"] for one in days_log.led_groups(db, by(db))} else None

    def source(db):
        """The session or visit of that day that it is about, if there is one."""
        waiting = suggested.suggestions(db, by(db)) if entry["activity"] in KEPT_FROM else []
        return next((s["text"] for s in waiting if (s["kind"], s["on_day"]) == (entry["activity"], on)), None)

    fields = {
        "on_day": on, "activity": activity, "days": str(entry["days"]), "work_group": leads, "source": source,
        "school": schools.get(entry.get("school")), "travel": f"{entry['travel']:.2f}" if "travel" in entry else None,
        "words": entry.get("note"),
    }  # fmt: skip
    return Told(days.at(entry["day"], "18:30"), "days.enter", by, fields, id_of(entry["id"]))


def _claim(reference, on, who, days, office):
    def ready(db):
        return [claim_queries.seen_of(one) for one in days_log.to_claim(db, office(db), who(db), None, days.day(on))]

    day = days.day(on)
    fields = {"person": who, "to_on": day, "entries": ready, "reference": reference, "claimed_on": day}
    # after the entries of that day: over a weekend two days may fall on one
    return Told(days.at(on, "18:45"), "days.claim", office, fields, id_of(f"claim-{reference}"))
