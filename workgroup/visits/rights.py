"""Who may plan and make visits: the leaders of the school's group."""

from workgroup.door import Waiting
from workgroup.groups import queries as groups
from workgroup.groups.rights import LEADERS_ONLY
from workgroup.visits import queries


def leads(db, by, said, on):
    """A leader of the group that the school is in."""
    school = said.get("school_in_group")
    if not school:
        visit = said.get("visit") or queries.visit_of_note(db, said.get("visit_note"))
        school = queries.school_of(db, visit)
    group = school and groups.group_of_school(db, school)
    if not group:
        raise Waiting("The visit this belongs to has not arrived yet.")
    return groups.leads(db, by, group, on) or LEADERS_ONLY


def own_note(db, by, said, on):
    """The leader who wrote the note."""
    led = leads(db, by, said, on)
    if led is not True:
        return led
    return queries.author_of_note(db, said["visit_note"]) == by or "Only whoever wrote this note can put words to it."
