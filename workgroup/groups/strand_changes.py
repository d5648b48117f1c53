"""Changes to what strands come with: meetings and visits, from an academic year on."""

from workgroup import clock, store
from workgroup.door import Refused, Stale, change
from workgroup.groups import forms, queries
from workgroup.people.rights import runs_hub

FIGURES = ("meetings", "visits", "visit_days")


@change("groups.set_shape", forms.ShapeForm, runs_hub, meets="stale")
def set_shape(db, entry, said):
    """Say what a strand comes with from an academic year on; Work Groups that have said their own keep it."""
    try:
        clock.first_day_of(said["from_year"])
    except ValueError:
        raise Refused("Enter an academic year like 2026/27.", "from_year") from None
    if (said["visit_days"] or 0) * 4 % 1:
        raise Refused("Count days in quarters, like 0.25 or 0.5.", "visit_days")
    was = queries.shape_from(db, said["strand"], said["from_year"])
    if (said["seen"] or "") != (str(was["version"]) if was else ""):
        if was is None:
            raise Refused("This line has changed since. Look at it again.", "strand")
        raise Stale(was)
    figures = {name: said[name] for name in FIGURES}
    if was is None:
        store.put(db, "strand_shape", id=entry.id, strand=said["strand"], from_year=said["from_year"], **figures)
        return entry.id
    entry.was = {name: was[name] for name in FIGURES}
    store.alter(db, "strand_shape", was["id"], **figures, version=was["version"] + 1)
    return was["id"]
