"""Who keeps days, and who sees whose. A leader writes their own; whoever runs the hub sees all; nobody else any."""

from workgroup.days import queries
from workgroup.days import suggestion_queries as suggested
from workgroup.door import Waiting
from workgroup.people import queries as people
from workgroup.people.rights import runs_hub

OWN = "These days are somebody else’s."


def keeps(db, by, said, on):
    """Somebody who leads or led a Work Group, or has an allowance."""
    return queries.keeps_days(db, by, on) or "Days are kept by the leaders of Work Groups."


def own_entry(db, by, said, on):
    """The person whose entry it is."""
    return (by is not None and _entry(db, said)["person"] == by) or OWN


def takes_away(db, by, said, on):
    """The person whose entry it is; once they are erased whoever runs the hub, because nobody else can any more."""
    is_erased = people.person(db, _entry(db, said)["person"])["erased_at"]
    return runs_hub(db, by, said, on) if is_erased else own_entry(db, by, said, on)


def sees_entry(db, by, said, on):
    """The person whose entry it is, or whoever runs the hub."""
    return own_entry(db, by, said, on) is True or runs_hub(db, by, said, on) is True or OWN


def own_declined(db, by, said, on):
    """The person who declined it."""
    found = suggested.declined(db, said["declined"])
    if found is None:
        raise Waiting("This suggestion is not here.")
    return (by is not None and found["person"] == by) or OWN


def _entry(db, said):
    found = queries.entry(db, said["day_entry"])
    if found is None:
        raise Waiting("This entry has not arrived yet.")
    return found
