"""A school's visits against what its Work Group or its strand has meant for each school, said in words. Pure."""

from workgroup import clock


def against(meant, visits):
    """Return what `say` says: the visits and days that are meant for each school, and these visits by day."""
    made = [v for v in visits if v["state"] == "made"]
    return {
        "visits": meant["visits"], "days": meant["days"], "made": len(made), "used": sum(v["days"] for v in made),
        "planned": [v["on_day"] for v in visits if v["state"] == "planned"],
    }  # fmt: skip


def say(has):
    """Say it: 2 of 3 visits made; 1 planned, for Tue 9 Mar. Or where days are meant: 1.5 of 3 days used, in 2 visits.

    `has`: visits and days meant for each school (None: as agreed), made, used (days), planned (days).
    """
    return "".join(words for words, _ in parts(has))


def parts(has):
    """Return what `say` says in parts, each with the visits it counts: made, past, coming, all; or None."""
    if has["days"] is not None and has["visits"] is None:
        found = [_used(has)]
        found += [(", in ", None), (_visits(has["made"]), "made")] if has["made"] else []
        return [*found, *_planned(has["planned"]), (".", None)]
    found = [*_made(has), *_planned(has["planned"]), (".", None)]
    return [*found, (" ", None), _used(has), (".", None)] if has["days"] is not None else found


def is_whose(visit, which):
    """Tell whether a visit is one of those that a part of what is said counts: made, past or coming."""
    if which == "made":
        return visit["state"] == "made"
    return visit["state"] == "planned" and (visit["on_day"] < clock.today()) == (which == "past")


def _made(has):
    made, of = has["made"], has["visits"]
    if of is None:
        return [(f"{_visits(made)} made", "made")]
    if made > of:
        meant = f"{of or 'none'} {'was' if of == 1 else 'were'} meant"
        return [(f"{_visits(made)} made", "made"), (", ", None), (meant, "all")]
    return [(f"{made} of {_visits(of)} made", "made")] if of else [("No visits are meant", None)]


def _used(has):
    return f"{has['used']:g} of {has['days']:g} {'day' if has['days'] == 1 else 'days'} used", "made"


def _visits(number):
    return f"{number} {'visit' if number == 1 else 'visits'}"


def _planned(days):
    coming = [day for day in days if day >= clock.today()]
    past, found = len(days) - len(coming), []
    if past:
        found += [("; ", None), (f"{past} planned for a day that is past", "past")]
    if coming:
        when = f"{'the next ' if len(coming) > 1 else ''}for {clock.say_day(coming[0])}"
        found += [("; ", None), (f"{len(coming)} planned, {when}", "coming")]
    return found
