"""Who may send a head a school's journey, and take part of it away on paper."""

from workgroup.door import Waiting
from workgroup.groups import queries as groups
from workgroup.groups.rights import LEADERS_ONLY
from workgroup.journeys import queries


def leads(db, by, said, on):
    """A leader of the Work Group that the school is in."""
    return groups.leads(db, by, _group(db, said), on) or LEADERS_ONLY


def of_school(db, by, said, on):
    """A leader of the Work Group, or somebody of the school itself."""
    group = _group(db, said)
    own = by is not None and groups.school_of(db, by, group, on) == said["school_in_group"]
    return own or groups.leads(db, by, group, on) or "This is for the school and its leaders."


def sees_records(db, by, said, on):
    """A leader, somebody of the school, or whoever looks after it for the hub: each reads what is theirs."""
    of = of_school(db, by, said, on)
    return of is True or groups.runs(db, by, _group(db, said), on) or of


def reads_statement(db, by, said, on):
    """A leader of the Work Group that the head's school is in, while the statement stands."""
    return queries.statement(db, by, said["head_statement"]) is not None or LEADERS_ONLY


def _group(db, said):
    school = said.get("school_in_group")
    if not school:
        school = (queries.asking(db, said.get("journey_asking")) or {}).get("school_in_group")
    group = school and groups.group_of_school(db, school)
    if not group:
        raise Waiting("The school this belongs to has not arrived yet.")
    return group
