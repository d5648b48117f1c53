"""What was agreed with a school in Work Groups of years before: the last time, when a new one begins.

Whoever reads what was agreed with it in a group reads these steps too, with their next step and `academic_year`; the
reasons and what they rested on stay with the group in which it was agreed.
"""

from workgroup import store
from workgroup.reviews.queries import REVIEW, agreed_is_read, sees

# of schools in groups, `here`, the newest review of each aspect that was agreed in a Work Group of a year before theirs
_EARLIER = (
    "with newest as (select * from (select r.id, h.id as here, w.academic_year, row_number() over ("
    "partition by h.id, coalesce(a.thread, a.id) order by r.on_day desc, r.at desc) as place"
    " from school_in_group h join work_group g on g.id = h.work_group"
    " cross join school_in_group i on i.school = h.school"
    " join work_group w on w.id = i.work_group and w.academic_year < g.academic_year"
    " cross join review r on r.school_in_group = i.id and r.withdrawn_at is null and r.agreed_on is not null"
    " join aspect a on a.id = r.aspect where {where}) where place = 1) "
    + REVIEW.replace("select r.*,", "select r.*, newest.here, newest.academic_year,")
    .replace("from review r join", "from newest cross join review r on r.id = newest.id join")
    + " order by r.on_day, r.at, a.position"
)


def of_viewer(db, viewer, school_in_group):
    """Return by thread what was agreed with a school in years before, to whoever may see its reviews in this group."""
    return of_school(db, school_in_group) if sees(db, viewer, school_in_group) else {}


def of_school(db, school_in_group):
    """Return the same whoever asks: for the link that its head was sent."""
    return {r["thread"]: r for r in _earlier(db, "h.id = ?", (school_in_group,))}


def in_groups(db, viewer, groups_seen):
    """Return by school_in_group, then thread, what was agreed in years before with the schools that a viewer reads."""
    found = {}
    for r in _earlier(db, *agreed_is_read("h", db, viewer, groups_seen)):
        found.setdefault(r["here"], {})[r["thread"]] = r
    return found


def _earlier(db, where, values):
    return [{**r, "words": None} for r in store.rows(db, _EARLIER.replace("{where}", where), values)]
