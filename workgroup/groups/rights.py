"""Who may do what in a Work Group. A right is asked as `right(db, by, said, on)`; `said` names the group."""

from workgroup.groups import queries
from workgroup.people import queries as people
from workgroup.people.rights import HUB_ONLY, runs_hub
from workgroup.schools.rights import near

LEADERS_ONLY = "Only the leaders of this Work Group may do this."


def _group(db, said):
    """Return the id of the Work Group that a change is about, whatever it names."""
    if said.get("work_group"):
        return said["work_group"]
    if said.get("school_in_group"):
        return queries.group_of_school(db, said["school_in_group"])
    if said.get("membership"):
        return queries.group_of_membership(db, said["membership"])
    if said.get("grant"):
        return queries.group_of_school(db, (queries.grant(db, said["grant"]) or {}).get("school_in_group"))
    if said.get("tag"):
        return queries.group_of_tag(db, said["tag"])
    return None


def leads(db, by, said, on):
    """A leader of the group on that day."""
    return queries.leads(db, by, _group(db, said), on) or LEADERS_ONLY


def leads_or_runs(db, by, said, on):
    """A leader of the group, or whoever looks after it for the hub."""
    group = _group(db, said)
    return queries.leads(db, by, group, on) or queries.runs(db, by, group, on) or LEADERS_ONLY


def runs(db, by, said, on):
    """Whoever looks after the group for the hub."""
    return queries.runs(db, by, _group(db, said), on) or HUB_ONLY


def makes(db, by, said, on):
    """Whoever runs the hub; a lead of some strands a Work Group of these."""
    runs, own = runs_hub(db, by, said, on), people.strands_led(db, by, on)
    if runs is not True or not own:
        return runs
    of = (said.get("strand") or "").strip().casefold()
    return of in {name.casefold() for name in own} or f"Choose one of your strands: {', '.join(own)}."


def sets_half_terms(db, by, said, on):
    """Whoever runs the hub, for the hub; for a school also its own people and the leaders of its Work Groups."""
    return near(db, by, said, on) if said.get("school") else runs_hub(db, by, said, on)


def sees(db, by, said, on):
    """A leader or participant of the group on that day, or whoever looks after it for the hub."""
    group = _group(db, said)
    return (
        queries.takes_part(db, by, group, on)
        or queries.runs(db, by, group, on)
        or "This Work Group is another one."
    )


def takes_part(db, by, said, on):
    """A leader or participant of the group on that day."""
    return queries.takes_part(db, by, _group(db, said), on) or "This is for people of the Work Group."
