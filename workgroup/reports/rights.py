"""Who may write and read the reports of visits."""

from workgroup.door import Waiting
from workgroup.groups import queries as groups
from workgroup.groups.rights import LEADERS_ONLY
from workgroup.reports import queries
from workgroup.visits import queries as visits


def leads(db, by, said, on):
    """A leader of the group of the visit's school."""
    visit = (
        said.get("visit")
        or queries.visit_of_sent(db, said.get("report_sent"))
        or queries.visit_of_recipient(db, said.get("report_to"))
    )
    school = visit and visits.school_of(db, visit)
    group = school and groups.group_of_school(db, school)
    if not group:
        raise Waiting("The visit this belongs to has not arrived yet.")
    return groups.leads(db, by, group, on) or LEADERS_ONLY


def reads(db, by, said, on):
    """The leaders, and the school's own people."""
    return queries.sent(db, by, said["report_sent"]) is not None or "This report is for its school and its leaders."
