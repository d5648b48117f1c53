"""A school's visits against what the Work Group plans for each school, said in words. Pure."""

from workgroup import clock


def against(group, visits):
    """Return what `say` says: the visits and days that a group plans for each school, and these visits by day."""
    made = [v for v in visits if v["state"] == "made"]
    return {
        "visits": group["visits_per_school"], "days": group["visit_days_per_school"], "made": len(made),
        "used": sum(v["days"] for v in made), "planned": [v["on_day"] for v in visits if v["state"] == "planned"],
    }  # fmt: skip


def say(has):
    """Say it: 2 of 3 visits made; 1 planned, for Tue 9 Mar. 1 of 1.5 days used.

    `has`: visits and days planned for each school (None when nobody has said), made, used (days), planned (days).
    """
    many = _visits(has["visits"] if has["visits"] is not None else has["made"])
    said = f"{has['made']} of {many} made" if has["visits"] is not None else f"{many} made"
    if has["visits"] is not None and has["made"] > has["visits"]:
        said = f"{_visits(has['made'])} made, {has['visits']} were meant"
    said += _planned(has["planned"]) + "."
    if has["days"] is not None:
        said += f" {has['used']:g} of {has['days']:g} {'day' if has['days'] == 1 else 'days'} used."
    return said


def _visits(number):
    return f"{number} {'visit' if number == 1 else 'visits'}"


def _planned(days):
    if not days:
        return ""
    coming = [day for day in days if day >= clock.today()]
    past = len(days) - len(coming)
    said = f"; {past} planned for a day that is past" if past else ""
    if coming:
        said += f"; {len(coming)} planned, {'the next ' if len(coming) > 1 else ''}for {clock.say_day(coming[0])}"
    return said
