"""Who may do what with schools. Their public facts are for everybody who is signed in."""

from workgroup.people.rights import HUB_ONLY, runs_hub
from workgroup.schools import queries

NEAR_ONLY = "Only the school’s own people, the leaders of its Work Group and the hub may do this."


def adds(db, by, said, on):
    """Whoever runs the hub, or leads any Work Group."""
    return runs_hub(db, by, said, on) is True or queries.leads_any(db, by, on) or HUB_ONLY


def edits(db, by, said, on):
    """Whoever runs the hub, or a leader, of a school that is in no Work Group yet or that they are near."""
    if adds(db, by, said, on) is not True:
        return HUB_ONLY
    is_free = runs_hub(db, by, said, on) is True or not queries.is_in_a_group(db, said["school"])
    return is_free or queries.is_near(db, by, said["school"], on) or NEAR_ONLY


def near(db, by, said, on):
    """Whoever runs the hub, a leader of a group the school is in or hosts, or a participant of the school."""
    school = said.get("school") or queries.school_of_contact(db, said.get("contact"))
    runs = runs_hub(db, by, said, on) is True and queries.school(db, school) is not None
    return runs or queries.is_near(db, by, school, on) or NEAR_ONLY
