"""What was agreed with a school in Work Groups before: of an earlier year, or of this one where it has moved since.

Whoever reads what was agreed with it in a group reads these steps too, with their next step, `agreed_in` (the year, or
the other group's title where it is the same year) and where that was in words, `earlier`; the reasons and what they
rested on stay with the group in which it was agreed.
"""

from workgroup import store
from workgroup.reviews.queries import REVIEW, sees

# of schools in groups, `here`, the newest review of each aspect that was agreed in a Work Group of an earlier year, or
# in another of the same year before they came to this one
_EARLIER = (
    "with newest as (select * from (select r.id, h.id as here, case when w.academic_year < g.academic_year"
    " then w.academic_year end as year, w.title, row_number() over ("
    "partition by h.id, coalesce(a.thread, a.id) order by r.on_day desc, r.at desc) as place"
    " from school_in_group h join work_group g on g.id = h.work_group"
    " cross join school_in_group i on i.school = h.school and i.id <> h.id"
    " join work_group w on w.id = i.work_group and w.academic_year <= g.academic_year"
    " cross join review r on r.school_in_group = i.id and r.withdrawn_at is null and r.agreed_on is not null"
    " and (w.academic_year < g.academic_year or r.agreed_on < (select min(e.since_on) from engagement e"
    "  where e.school_in_group = h.id))"
    " join aspect a on a.id = r.aspect where h.id in ({marks})) where place = 1) "
    + REVIEW.replace("select r.*,", "select r.*, newest.here, newest.year, newest.title,")
    .replace("from review r join", "from newest cross join review r on r.id = newest.id join")
    + " order by r.on_day, r.at, a.position"
)


def of_viewer(db, viewer, school_in_group):
    """Return by thread what was agreed with a school before, to whoever may see its reviews in this group."""
    return of_school(db, school_in_group) if sees(db, viewer, school_in_group) else {}


def of_school(db, school_in_group):
    """Return the same whoever asks: for the link that its head was sent."""
    return of_schools(db, [school_in_group]).get(school_in_group, {})


def of_schools(db, some):
    """Return it by school_in_group, then thread: for whoever was found to read what was agreed with each of them."""
    found = {}
    for r in store.rows(db, _EARLIER.replace("{marks}", ", ".join("?" * len(some))), some) if some else ():
        year, title = r.pop("year"), r.pop("title")
        said = {"agreed_in": year or title, "earlier": f"the Work Group {f'of {year}' if year else title}"}
        found.setdefault(r["here"], {})[r["thread"]] = {**r, **said, "words": None}
    return found
