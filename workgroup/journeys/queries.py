"""Reading what heads were sent of a school's journey, and what they said to it.

A statement is for the leaders of the Work Group and for whoever holds its link; an evaluation may quote it where its
head has ticked so.
"""

from workgroup import clock, store
from workgroup.groups import queries as groups
from workgroup.personal import ERASED
from workgroup.retention import GONE

LINK = "journey"  # what a head's link of this kind is about, before the id of the asking
_STATEMENT = (
    "select t.*, s.name as school_name, i.work_group, i.school from head_statement t"
    " join school_in_group i on i.id = t.school_in_group join school s on s.id = i.school"
)


def asked(db, viewer, school_in_group):
    """Return the links that were sent of a school, newest first, for its leaders; `works` while one opens it.

    `link` is there while no mail server took it, for its leaders to pass on: the page of the hub's mail shows none.
    `mail` tells a link that is kept from one that waits, in the seconds after it was sent.
    """
    if not groups.leads(db, viewer, groups.group_of_school(db, school_in_group), clock.today()):
        return []
    found = store.rows(
        db,
        "select k.*, p.name as by_name, m.link, m.state as mail from journey_asking k join person p on p.id = k.by"
        " left join mail m on m.attached = ? || ' ' || k.id and m.state in ('kept', 'waiting')"
        " where k.school_in_group = ? order by k.at desc, k.rowid desc",
        (LINK, school_in_group),
    )
    for row in found:
        row["works"] = not row["ended_at"] and row["expires_at"] > clock.now()
    return found


def asking(db, id):
    """Return one link that was sent, or None: for rights and changes only."""
    return store.row(db, "select * from journey_asking where id = ?", (id,)) if id else None


def by_link(db, link):
    """Return what a head's link opens: the asking with the names around it, or None when it is over or another's."""
    what, _, about = ((link and link["about"]) or "").partition(" ")
    if what != LINK:
        return None
    return store.row(
        db,
        "select k.*, i.work_group, i.school, s.name as school_name, g.title, g.academic_year from journey_asking k"
        " join school_in_group i on i.id = k.school_in_group join school s on s.id = i.school"
        " join work_group g on g.id = i.work_group where k.id = ? and k.ended_at is null",
        (about,),
    )


def said_by(db, asking):
    """Return the statement that was left by a link, taken back or not, or None: for whoever holds the link."""
    return store.row(db, f"{_STATEMENT} where t.asking = ?", (asking,))


def statements(db, viewer, school_in_group):
    """Return what heads of a school have said that stands, newest first, for the leaders of its Work Group."""
    if not groups.leads(db, viewer, groups.group_of_school(db, school_in_group), clock.today()):
        return []
    return store.rows(
        db, f"{_STATEMENT} where t.school_in_group = ? and t.withdrawn_at is null order by t.at desc, t.id",
        (school_in_group,),
    )  # fmt: skip


def statement(db, viewer, id):
    """Return one statement that stands, to whoever leads its Work Group, or None."""
    found = store.row(db, f"{_STATEMENT} where t.id = ? and t.withdrawn_at is null", (id,))
    return found if found and groups.leads(db, viewer, found["work_group"], clock.today()) else None


def quotable(db, viewer, group):
    """Return the statements in a Work Group that stand and may be quoted, oldest first, for those who lead it."""
    if not groups.leads(db, viewer, group, clock.today()):
        return []
    found = store.rows(
        db,
        f"{_STATEMENT} where i.work_group = ? and t.withdrawn_at is null and t.may_quote = 1"
        " and t.words not in (?, ?) order by t.at, t.id",
        (group, ERASED, GONE),  # what is no longer there is quoted no more
    )
    return [{**one, "on_day": clock.day_of(one["at"])} for one in found]
