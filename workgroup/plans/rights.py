"""Who may write, agree and read action plans: the leaders write, the school's own people read what is agreed."""

from workgroup.door import Waiting
from workgroup.groups import queries as groups
from workgroup.groups.rights import LEADERS_ONLY
from workgroup.plans import queries


def leads(db, by, said, on):
    """A leader of the Work Group that the plan's school is in."""
    return groups.leads(db, by, groups.group_of_school(db, _school(db, said)), on) or LEADERS_ONLY


def reads_school(db, by, said, on):
    """A leader, or somebody of the school itself."""
    return queries.sees(db, by, _school(db, said), on) is not None or "This is for the school and its leaders."


def reads(db, by, said, on):
    """Whoever may read this version: of a draft, the leaders only."""
    return queries.read(db, by, said["action_plan"]) is not None or "This is not for you yet."


def _school(db, said):
    if said.get("school_in_group"):
        found = said["school_in_group"] if groups.group_of_school(db, said["school_in_group"]) else None
    else:
        plan = queries.plan_of(db, said)
        found = plan and plan["school_in_group"]
    if not found:
        raise Waiting("The plan this belongs to has not arrived yet.")
    return found
