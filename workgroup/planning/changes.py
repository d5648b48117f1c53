"""Changes to a whole year: all its sessions and visits at once, moving those that come after, and the next year."""

import re

from workgroup import clock, door, store
from workgroup.door import Refused, change
from workgroup.groups import changes as group_changes
from workgroup.groups import queries as groups
from workgroup.groups import rights as group_rights
from workgroup.people.post import new_id
from workgroup.planning import dates, forms, queries, rights, visit_queries
from workgroup.plans import progress_changes as plan_changes
from workgroup.plans import queries as plans
from workgroup.sessions import prompt_changes, template_changes
from workgroup.sessions import queries as sessions
from workgroup.tasks import changes as task_changes
from workgroup.tasks import queries as tasks


@change("planning.plan_year", forms.PlanYearForm, rights.plans)
def plan_year(db, entry, said):
    """Plan the sessions of a year, all of them or none, and visits to each school of the group."""
    group = groups.group(db, said["work_group"])
    if group is None:
        raise Refused("There is no such Work Group.")
    rows = [r for r in said["rows"] if r["day"]]
    if not rows:
        raise Refused("Give at least one session a day.", "rows")
    _look_twice(db, group, rows, said)
    number = sessions.next_number(db, group["id"])
    for place, row in enumerate(sorted(rows, key=lambda r: r["day"])):
        fields = {
            "work_group": group["id"], "kind": row["kind"] or said["kind"], "starts": said["starts"],
            "ends": said["ends"], "mode": said["mode"], "host": row["host"], "day": row["day"], "anyway": "y",
            "agenda": "usual", "number": number + place,
            "title": _title(row["title"], group["meeting_word"], number + place),
        }  # fmt: skip
        try:
            door.within(db, entry, "sessions.plan", fields)
        except Refused as no:
            raise Refused(f"{clock.say_day(row['day'], year=True)}: {no}", "rows") from no
    _plan_visits(db, entry, group, said["visits"] or 0, {r["day"] for r in rows})
    return group["id"]


def _title(said, word, number):
    """Return a session's title; one that only counts the meetings follows the order of the days."""
    counts = not said or re.fullmatch(rf"{re.escape(word)} [0-9]+", said)
    return f"{word} {number}" if counts else said


def _plan_visits(db, entry, group, each, taken):
    """Plan so many visits to each school, those it has this year among them; their days are for moving."""
    meant = groups.entitlement(db, group["id"])
    whole = meant["days"]
    for school, days in visit_queries.visit_days(db, group, each, taken):
        for day in days:
            fields = {"school_in_group": school["id"], "on_day": day}
            if whole and each:
                fields["days"] = max(0.25, int(whole / each * 4) / 4)
            door.within(db, entry, "visits.plan", fields)
    in_days = whole is not None and meant["visits"] is None  # how many visits the days make is nobody's entitlement
    if each and each != meant["visits"] and not in_days:
        store.alter(db, "work_group", group["id"], visits_per_school=each, version=group["version"] + 1)


def _look_twice(db, group, rows, said, but=()):
    """Refuse days that something speaks against until they are asked for all the same."""
    against = [
        f"{clock.say_day(r['day'], year=True)}: {'; '.join(some)}"
        for r, some in zip(rows, queries.against(db, group, rows, but), strict=True) if some
    ]  # fmt: skip
    if against and not said["anyway"]:
        raise Refused(f"Look at these days again, or tick the box below. {'. '.join(against)}.", "anyway")


@change("planning.move_rest", forms.MoveRestForm, rights.moves_rest)
def move_rest(db, entry, said):
    """Move the sessions after one that was moved: those with a tick, each to its day, at its time of day."""
    first = sessions.session(db, said["session"])
    rows = [r for r in said["rows"] if r["moves"]]
    if not rows:
        raise Refused("Tick the sessions that move.", "rows")
    entry.was = {}
    known = {n["id"]: n for n in queries.others(db, first)}
    days = [{"day": r["day"], "host": known.get(r["session"], {}).get("host")} for r in rows]
    _look_twice(db, groups.group(db, first["work_group"]), days, said, but={r["session"] for r in rows})
    for row in rows:
        n = sessions.session(db, row["session"])
        if n is None or n["work_group"] != first["work_group"] or n["state"] != "planned":
            raise Refused("Choose planned sessions of this Work Group.", "rows")
        if not row["day"]:
            raise Refused(f"{n['title']}: enter the day.", "rows")
        fields = {name: n[name] for name in ("kind", "title", "mode", "host", "joining_link", "number")}
        fields.update(session=n["id"], seen=row["seen"], day=row["day"], anyway="y",
                      starts=clock.say_time(n["starts_at"]), ends=clock.say_time(n["ends_at"]))  # fmt: skip
        try:
            door.within(db, entry, "sessions.edit", fields)
        except door.Stale as no:
            raise Refused(f"{n['title']} has changed since. Look at its day again.", "rows") from no
        except Refused as no:
            raise Refused(f"{n['title']}: {no}", "rows") from no
        entry.was[n["id"]] = n["starts_at"]
    return first["id"]


@change("planning.next_year", forms.NextYearForm, rights.makes_next_year)
def next_year(db, entry, said):
    """Make next year's Work Group from this one: its words, schools, people, open gap tasks and actions."""
    group = groups.group(db, said["work_group"])
    if group is None:
        raise Refused("There is no such Work Group.")
    if said["academic_year"] <= group["academic_year"]:
        raise Refused(f"Enter a year after {group['academic_year']}.", "academic_year")
    if groups.by_title(db, said["title"], said["academic_year"]):
        raise Refused(f"There is a Work Group of that title in {said['academic_year']} already.", "title")
    fields = {name: group[name] for name in ("leader_word", "participant_word", "meeting_word", "visits_per_school",
                                             "visit_days_per_school")}  # fmt: skip
    fields.update({name: said[name] for name in ("title", "strand", "project_code", "academic_year")})
    is_leader = groups.leads(db, entry.by, group["id"], said["on_day"])
    if not is_leader and (why := group_rights.makes(db, entry.by, fields, said["on_day"])) is not True:
        raise Refused(why, "strand")
    door.within(db, entry, "groups.create", fields, entry.id)
    store.alter(db, "work_group", entry.id, made_from=group["id"])
    group_changes.copy_tags(db, group["id"], entry.id)
    template_changes.copy_templates(db, group["id"], entry.id)
    prompt_changes.copy_prompts(db, entry, group["id"], entry.id)
    joined = _carry_schools(db, entry, group, said)
    since = max(clock.first_day_of(said["academic_year"]), dates.plus(said["on_day"], 1))
    _carry_people(db, entry, group, said, set(joined.values()), since)
    _carry_tasks(db, entry, group, said, joined)
    _carry_plans(db, entry, group, said, joined)
    return entry.id


def _carry_tasks(db, entry, group, said, joined):
    for task in said["gap_tasks"] or []:
        found = tasks.task(db, task)
        if found is None or found["work_group"] != group["id"]:
            raise Refused("Choose gap tasks of this Work Group.", "gap_tasks")
        if found["school_in_group"] not in joined:
            continue  # it stays with its school
        school = joined[found["school_in_group"]]
        task_changes.carry_into(db, entry, found, entry.id, groups.in_group(db, entry.id, school))


def _carry_plans(db, entry, group, said, joined):
    """Begin next year's plans with the open actions of this year's; a plan whose school does not carry on stays."""
    since = clock.first_day_of(said["academic_year"])
    for plan in dict.fromkeys(said["action_plans"] or []):
        found = plans.bare(db, plan)
        if found is None or found["work_group"] != group["id"]:
            raise Refused("Choose action plans of this Work Group.", "action_plans")
        if found["school_in_group"] not in joined:
            continue
        school = groups.in_group(db, entry.id, joined[found["school_in_group"]])
        plan_changes.carry_into(db, entry, found, school, since)


def _carry_schools(db, entry, group, said):
    """Note what becomes of each school, and register those that carry on; return them, {school_in_group: school}."""
    joined = {}
    states = {s["id"]: s for s in groups.schools(db, group["id"])}
    for row in said["schools"]:
        school = states.get(row["school_in_group"])
        if school is None:
            raise Refused("Choose schools of this Work Group.", "schools")
        if row["becomes"] == "carries":
            fields = {"work_group": entry.id, "school": school["school"]}
            door.within(db, entry, "groups.add_school", fields)
            joined[school["id"]] = school["school"]
        becomes = "completed" if row["becomes"] == "carries" and school["state"] == "active" else row["becomes"]
        if becomes in groups.ENDED and school["state"] != becomes:
            if becomes == "withdrawn" and not row["reason"]:
                raise Refused(f"{school['name']}: say why the school has withdrawn.", "schools")
            group_changes.end_engagement(db, school["id"], becomes, said["on_day"], row["reason"])
    return joined


def _carry_people(db, entry, group, said, schools, since):
    """Give the chosen people the same part in the new group; whoever's school does not come along stays.

    Leaders from today, because they plan it before it begins; the others from its first day.
    """
    members = {p["membership"]: p for p in groups.people(db, group["id"], on=clock.day_of(entry.at))}
    put = set()
    for id in said["people"] or []:
        member = members.get(id)
        if member is None:
            raise Refused("Choose people who are in this Work Group now.", "people")
        if member["id"] in put or (member["role"] == "participant" and member["school"] not in schools):
            continue  # they come along once, and only with their school
        put.add(member["id"])
        store.put(
            db, "membership", id=new_id(), work_group=entry.id, person=member["id"], school=member["school"],
            role=member["role"], title=member["title"],
            from_on=min(since, clock.day_of(entry.at)) if member["role"] == "leader" else since,
        )  # fmt: skip
