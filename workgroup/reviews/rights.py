"""Who may review a school and read where it is."""

from workgroup.door import Waiting
from workgroup.groups import queries as groups
from workgroup.groups.rights import LEADERS_ONLY
from workgroup.reviews import queries


def leads(db, by, said, on):
    """A leader of the group that the school is in."""
    school = said.get("school_in_group") or queries.school_of(db, said.get("review"))
    group = school and groups.group_of_school(db, school)
    if not group:
        raise Waiting("The school or review this belongs to has not arrived yet.")
    return groups.leads(db, by, group, on) or LEADERS_ONLY


def reads(db, by, said, on):
    """Whoever may see this review."""
    return queries.review(db, by, said["review"]) is not None or "This is not for you yet."


def owns(db, by, said, on):
    """The leader who wrote it."""
    return (by is not None and queries.author_of(db, said["review"]) == by) or "Only whoever wrote it can take it away."
