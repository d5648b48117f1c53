"""Reading claims: batches of entries with a reference, each keeping its own copy of what was claimed."""

from workgroup import store
from workgroup.days.queries import may_see

_CLAIM = (
    "select c.*, p.name as by_name, w.name as person_name, u.name as undone_name,"
    " (select count(*) from claimed_day d where d.claim = c.id and d.undone_at is null) as entries,"
    " (select coalesce(sum(d.quarters), 0) from claimed_day d where d.claim = c.id and d.undone_at is null)"
    " as quarters,"
    " (select coalesce(sum(d.amount_pence), 0) + coalesce(sum(d.travel_pence), 0) from claimed_day d"
    " where d.claim = c.id and d.undone_at is null) as pence from day_claim c join person p on p.id = c.by"
    " left join person w on w.id = c.person left join person u on u.id = c.undone_by"
)


def claim(db, viewer, id):
    """Return a claim with its totals in quarters and pence, for whoever runs the hub; or None."""
    return store.row(db, f"{_CLAIM} where c.id = ?", (id,)) if may_see(db, viewer) else None


def claims(db, viewer):
    """Return all claims, the newest first, for whoever runs the hub."""
    return store.rows(db, f"{_CLAIM} order by c.claimed_on desc, c.at desc") if may_see(db, viewer) else []


def is_there(db, id):
    """Return what a change must know of a claim, or None."""
    return store.row(db, "select * from day_claim where id = ?", (id,))


def days_of(db, viewer, id):
    """Return the entries of a claim as they were claimed, by person and day; those taken out of it too."""
    if not may_see(db, viewer):
        return []
    return store.rows(
        db,
        "select d.*, e.person, e.words, e.corrects, p.name, g.title as group_title, s.name as school_name,"
        " u.name as undone_name from claimed_day d join day_entry e on e.id = d.day_entry"
        " join person p on p.id = e.person"
        " left join work_group g on g.id = e.work_group left join school s on s.id = e.school"
        " left join person u on u.id = d.undone_by where d.claim = ? order by p.name, p.id, d.on_day, e.at, e.id",
        (id,),
    )


def claimed(db, claim, day_entry):
    """Return one entry of a claim, or None."""
    return store.row(db, "select * from claimed_day where claim = ? and day_entry = ?", (claim, day_entry))


def seen_of(one):
    """Return an entry as the form of a claim carries it: its id, version and pence a day, so that nothing is claimed
    otherwise than it was seen."""
    return f"{one['id']}.{one['version']}.{'' if one['rate_pence'] is None else one['rate_pence']}"
