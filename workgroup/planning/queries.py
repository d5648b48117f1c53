"""Reading what a year's days meet: half-terms, holidays, and what else the leaders and hosts have that day."""

from datetime import date, timedelta

from workgroup import clock, store
from workgroup.groups import queries as groups
from workgroup.planning import dates
from workgroup.sessions import queries as sessions
from workgroup.visits import queries as visits

HELD = "n.state not in ('postponed', 'cancelled')"


def clashes(db, group, days, hosts=(), but=()):
    """Return what else lies on these days, {day: [sentences]}: of this group, its leaders and these host schools.

    `hosts` are schools, or those of each day by day. `but` are sessions that are about to move and do not count. Times
    of day are not compared: a leader has one place a day, and a school one hall.
    """
    if not days:
        return {}
    marks = ", ".join("?" * len(days))
    found = store.rows(
        db,
        "select n.id, n.title, n.starts_at, n.work_group, n.host, g.title as group_title, s.name as host_name,"
        " (select p.name from membership a join membership b on b.person = a.person join person p on p.id = a.person"
        "  where a.work_group = ? and a.role = 'leader' and b.work_group = n.work_group and b.role = 'leader'"
        "  and a.from_on <= date(n.starts_at) and (a.to_on is null or a.to_on >= date(n.starts_at))"
        "  and b.from_on <= date(n.starts_at) and (b.to_on is null or b.to_on >= date(n.starts_at)) limit 1) as leader"
        " from session n join work_group g on g.id = n.work_group left join school s on s.id = n.host"
        # the first and last day find them by the index
        f" where {HELD} and n.starts_at between ? and ? and date(n.starts_at) in ({marks}) order by n.starts_at",
        (group, min(days), f"{max(days)}T99", *days),
    )
    told = {}
    for n in found:
        if n["id"] in but:
            continue
        day = clock.day_of(n["starts_at"])
        if n["work_group"] == group:
            told.setdefault(day, []).append(f"{n['title']} is on this day already")
        elif n["leader"]:
            told.setdefault(day, []).append(f"{n['leader']} leads {n['group_title']} on this day")
        elif n["host"] in (hosts.get(day, ()) if isinstance(hosts, dict) else hosts):
            told.setdefault(day, []).append(f"{n['host_name']} hosts another Work Group on this day")
    for v in visits_of_leaders(db, group, days):
        told.setdefault(v["on_day"], []).append(f"{v['name']} visits {v['school_name']} on this day")
    return told


def visits_of_leaders(db, group, days):
    """Return the visits that leaders of a group plan to make on some days, to whatever group, by day and school."""
    marks = ", ".join("?" * len(days))
    return store.rows(
        db,
        "select v.id, v.on_day, v.starts, v.ends, v.by, i.work_group, i.school, p.name, s.name as school_name"
        " from visit v join person p on p.id = v.by"
        " join school_in_group i on i.id = v.school_in_group join school s on s.id = i.school"
        f" where v.state = 'planned' and v.on_day in ({marks}) and exists (select 1 from membership m"
        " where m.person = v.by and m.work_group = ? and m.role = 'leader' and m.from_on <= v.on_day"
        " and (m.to_on is null or m.to_on >= v.on_day)) order by v.on_day, s.name",
        (*days, group),
    )


def terms_at(db, group, host=None):
    """Return the half-terms of a group's year, by the days of a host school where there is one."""
    return groups.half_terms(db, group["academic_year"], host)


def against(db, group, rows, but=()):
    """Return what speaks against each row (`day`, `host`), one list of sentences a row, in order."""
    days = sorted({r["day"] for r in rows if r["day"]})
    found = clashes(db, group["id"], days, _hosts_by_day(rows), but)
    told, seen = [], set()
    for r in rows:
        if not r["day"]:
            told.append([])
            continue
        sentences = [*dates.troubles(terms_at(db, group, r["host"]), r["day"]), *found.get(r["day"], [])]
        if r["day"] in seen:
            sentences.append("another session of this plan is on this day")
        seen.add(r["day"])
        told.append(sentences)
    return told


def _hosts_by_day(rows):
    found = {}
    for r in rows:
        if r["day"] and r["host"]:
            found.setdefault(r["day"], set()).add(r["host"])
    return found


def others(db, session):
    """Return the other planned sessions of the group of one, by time."""
    every = sessions.sessions_of(db, session["work_group"])
    return [n for n in every if n["id"] != session["id"] and n["state"] == "planned"]


def active_schools(db, group, on=None):
    """Return the schools of a group that have not left it."""
    return [s for s in groups.schools(db, group, on) if s["state"] not in groups.ENDED]


def calendar(db, viewer, group):
    """Return the months of a group's year, each with weeks of days, and what lies on each day.

    A day: `day`, `number`, `term`, `is_off` (weekend, bank holiday or holidays), `bank`, `sessions`, `visits`,
    `clashes`. Visits only for those who lead the group.
    """
    first = clock.first_day_of(group["academic_year"])
    terms = groups.half_terms(db, group["academic_year"])
    held, made = {}, {}
    for n in sessions.sessions_of(db, group["id"]):
        held.setdefault(n["day"], []).append(n)
    leads = groups.leads(db, viewer, group["id"], clock.today())
    for v in visits.visits_of_group(db, group["id"]) if leads else []:
        if v["state"] != "cancelled":
            made.setdefault(v["on_day"], []).append(v)
    ahead = [n for some in held.values() for n in some if n["state"] in ("planned", "open")]
    own = {n["id"] for some in held.values() for n in some}
    met = clashes(db, group["id"], [*{n["day"] for n in ahead}], _hosts_by_day(ahead), own) if leads else {}
    for day, sentences in _by_days_of_the_host(db, group, ahead).items():
        met[day] = [*met.get(day, []), *sentences]
    year, last = int(first[:4]), max(t["to_on"] for t in terms)
    # a year whose half-terms begin in August, or end in September, has that month as well
    months = range(7 if min(t["from_on"] for t in terms) < first else 8, 21 if last >= f"{year + 1}-09-01" else 20)
    return [_month(year + n // 12, n % 12 + 1, terms, held, made, met) for n in months]


def _by_days_of_the_host(db, group, ahead):
    """Return what the half-terms of a host that keeps days of its own say against a day of the hub's, by day."""
    own = groups.schools_with_half_terms(db, group["academic_year"])
    usual, told = groups.half_terms(db, group["academic_year"]), {}
    for n in (n for n in ahead if n["host"] in own):
        theirs = dates.half_term_at(terms_at(db, group, n["host"]), n["day"])
        if theirs is None and dates.half_term_at(usual, n["day"]):
            told.setdefault(n["day"], []).append(f"in no half-term at {n['host_name']}")
    return told


def _month(year, month, terms, held, made, met):
    first = date(year, month, 1)
    following = date(year + month // 12, month % 12 + 1, 1)
    start = first - timedelta(days=first.weekday())
    weeks = []
    while start < following:
        week = [start + timedelta(days=n) for n in range(7)]
        weeks.append([_day(d.isoformat(), d, terms, held, made, met) if d.month == month else None for d in week])
        start += timedelta(weeks=1)
    return {"name": f"{first:%B} {year}", "first": first.isoformat(), "weeks": weeks}


def _day(day, on, terms, held, made, met):
    term = dates.half_term_at(terms, day)
    bank = dates.bank_holiday(day)
    some = held.get(day, [])
    against = [*dates.troubles(terms, day), *met.get(day, [])]
    if len([n for n in some if n["state"] not in ("postponed", "cancelled")]) > 1:
        against.append("two sessions on one day")
    return {
        "day": day, "number": on.day, "term": term and term["name"], "bank": bank,
        "is_off": dates.is_weekend(day) or bool(bank) or term is None, "sessions": some, "visits": made.get(day, []),
        "against": against if [n for n in some if n["state"] in ("planned", "open")] else [],
    }  # fmt: skip
