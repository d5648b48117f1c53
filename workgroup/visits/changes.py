"""Changes to support visits: planned, moved, made, cancelled. Their notes are in note_changes.py."""

from workgroup import clock, store
from workgroup.door import Refused, Stale, change
from workgroup.groups import queries as groups
from workgroup.visits import forms, queries, rights

PLANNED = ("on_day", "starts", "ends", "days", "purpose")


@change("visits.plan", forms.PlanForm, rights.leads)
def plan(db, entry, said):
    """Plan a visit to a school."""
    _check_day(db, said["school_in_group"], said["on_day"])
    _check_times(said)
    store.put(
        db, "visit", id=entry.id, school_in_group=said["school_in_group"], by=entry.by, on_day=said["on_day"],
        starts=said["starts"], ends=said["ends"], days=_quarter(said["days"]), purpose=said["purpose"], state="planned",
    )  # fmt: skip
    _remember(db, entry, entry.id)
    return entry.id


@change("visits.edit", forms.EditForm, rights.leads, meets="stale")
def edit(db, entry, said):
    """Move a visit, or change its times, days and purpose."""
    was = _current(db, said)
    if was["state"] == "cancelled":
        raise Refused("This visit was cancelled. Plan it again first.")
    if was["state"] == "made" and said["on_day"] > clock.today():
        raise Refused("It was made: this day has not come yet.", "on_day")
    if said["on_day"] != was["on_day"]:
        _check_day(db, was["school_in_group"], said["on_day"])
    _check_times(said)
    entry.was, days = {name: was[name] for name in PLANNED}, _quarter(said["days"], was["days"])
    store.alter(
        db, "visit", was["id"], on_day=said["on_day"], starts=said["starts"], ends=said["ends"], days=days,
        purpose=said["purpose"], version=was["version"] + 1,
    )  # fmt: skip
    if days != was["days"] or any(said[name] != was[name] for name in ("on_day", "starts", "ends")):
        _remember(db, entry, was["id"])
    return was["id"]


@change("visits.make", forms.MakeForm, rights.leads, meets="stale")
def make(db, entry, said):
    """Say that the visit was made, and whom one met: by whoever says so, though another leader planned it."""
    was = _current(db, said)
    if was["state"] == "cancelled":
        raise Refused("This visit was cancelled.")
    if was["on_day"] > clock.today():
        day = clock.say_day(was["on_day"], year=True)
        raise Refused(f"It is planned for {day}, which has not come yet. Change its day first.")
    entry.was = {k: was[k] for k in ("state", "by", "people_met", "head_met", "days", "purpose")}
    now = {
        "state": "made", "by": entry.by if was["state"] == "planned" else was["by"], "head_met": int(said["head_met"]),
        "days": _quarter(said["days"], was["days"]),
    }  # fmt: skip
    store.alter(
        db, "visit", was["id"], **now, people_met=said["people_met"], purpose=said["purpose"] or was["purpose"],
        version=was["version"] + 1,
    )  # fmt: skip
    if any(was[name] != value for name, value in now.items()):
        _remember(db, entry, was["id"])
    return was["id"]


@change("visits.unmake", forms.VisitPickForm, rights.leads)
def unmake(db, entry, said):
    """Say that a visit was not made after all: it is planned as before, by whoever did; its notes stay."""
    was = queries.visit(db, said["visit"])
    if was["state"] != "made":
        raise Refused(f"This visit is {was['state']}, not made.")
    if queries.is_reported(db, was["id"]):
        raise Refused("A report of this visit has gone to the school, so it was made.")
    if planner := queries.planned_by(db, was["id"]):
        store.alter(db, "visit", was["id"], by=planner)
    _stand(db, entry, was, "planned")
    return was["id"]


@change("visits.cancel", forms.CancelForm, rights.leads)
def cancel(db, entry, said):
    """Cancel a visit that was only planned."""
    was = queries.visit(db, said["visit"])
    if was["state"] != "planned":
        raise Refused(f"This visit is {was['state']} already.")
    _stand(db, entry, was, "cancelled", said["why"])
    return was["id"]


@change("visits.plan_again", forms.VisitPickForm, rights.leads)
def plan_again(db, entry, said):
    """Plan a visit after all that was cancelled."""
    was = queries.visit(db, said["visit"])
    if was["state"] != "cancelled":
        raise Refused(f"This visit is {was['state']}, not cancelled.")
    _stand(db, entry, was, "planned")
    return was["id"]


def _current(db, said):
    was = queries.visit(db, said["visit"])
    if said["seen"] != str(was["version"]):
        raise Stale(was)
    return was


def _stand(db, entry, was, state, why=None):
    entry.was = {"state": was["state"]}
    store.alter(db, "visit", was["id"], state=state, version=was["version"] + 1)
    _remember(db, entry, was["id"], why)


def _remember(db, entry, visit, why=None):
    """Keep how the visit stands now, its day, state and length, by whom and why."""
    db.conn.execute(
        "insert into visit_history (visit, at, by, state, on_day, starts, ends, days, head_met, why)"
        " select id, ?, ?, state, on_day, starts, ends, days, head_met, ? from visit where id = ?",
        (entry.at, entry.by, why, visit),
    )


def _check_day(db, school_in_group, day):
    began = groups.began_on(db, school_in_group)
    if day < began:
        raise Refused(
            f"The Work Group began on {clock.say_day(began, year=True)}. Choose that day or a later one.", "on_day"
        )
    states = [e for e in groups.engagement_history(db, school_in_group) if e["since_on"] <= clock.today()]
    if states and states[-1]["state"] == "withdrawn" and day > states[-1]["since_on"]:
        since = clock.say_day(states[-1]["since_on"], year=True)
        raise Refused(f"This school has withdrawn from the Work Group on {since}.", "on_day")


def _check_times(said):
    if said["starts"] and said["ends"] and said["ends"] <= said["starts"]:
        raise Refused("It ends before it starts.", "ends")


def _quarter(days, was=0.5):
    """Days are counted in quarters; as they were, or half a day, when nothing was said."""
    days = was if days is None else days
    if days * 4 != int(days * 4):
        raise Refused("Count days in quarters, like 0.25 or 0.5.", "days")
    return float(days)
