"""Who may do what with people. A right is asked as `right(db, by, said, on)` and answers True or a sentence."""

from workgroup import guests
from workgroup.people import queries

HUB_ONLY = "Only the hub lead or a hub administrator may do this."


def leads_hub(db, by, said, on):
    """A hub lead, on that day."""
    return queries.has_hub_role(db, by, on, ("lead",)) or "Only the hub lead may do this."


def leads_whole_hub(db, by, said, on):
    """A hub lead of every strand, on that day."""
    return queries.has_every_strand(db, by, on, ("lead",)) or "Only a hub lead of every strand may do this."


def runs_hub(db, by, said, on):
    """A hub lead or a hub administrator, on that day."""
    return queries.has_hub_role(db, by, on, queries.RUNNING) or HUB_ONLY


def nobody_yet(db, by, said, on):
    """Only while the database is new."""
    return queries.is_empty(db) or "This hub has been set up already. Ask its lead for an invitation."


def at_the_command_line(db, by, said, on):
    """Nobody who is signed in: whoever has the machine itself."""
    return by is None or "This is done at the command line."


def is_oneself(db, by, said, on):
    """The person the change is about."""
    return (by is not None and said.get("person", by) == by) or "You can only do this for yourself."


def is_oneself_or_hub(db, by, said, on):
    """The person the change is about, or whoever runs the hub."""
    return is_oneself(db, by, said, on) is True or runs_hub(db, by, said, on)


def own_tablet(db, by, said, on):
    """The tablet is signed in as this person."""
    return (by is not None and queries.tablet_of(db, said["tablet"]) == by) or "This is another person's tablet."


@guests.may_use(lambda db, by, said: guests.on_tablet(db, said["tablet"])[0])
def leaves(db, by, said, on):
    """The tablet is signed in as this person, who leaves it; a guest leaves a guest's."""
    return own_tablet(db, by, said, on)
