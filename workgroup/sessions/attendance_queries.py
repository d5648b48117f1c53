"""Reading who came, for several Work Groups at once: counts by school, and of one school who it was."""

from workgroup import clock, store

# the register as it stands, ranked for these groups alone: the view `register` would rank the whole record first
_STANDING = """(
    select m.*, row_number() over (
        partition by m.session, coalesce(m.person, m.visitor || '|' || coalesce(m.school, ''))
        order by m.by_leader desc, m.at desc, m.id desc
    ) as place
    from session n join register_mark m on m.session = n.id
    where n.work_group in ({}) and n.state not in ('postponed', 'cancelled') and m.withdrawn_at is null
) m"""
_CAME = f"""
select m.session, m.school, max(m.status = 'present') as anybody,
    sum(m.status = 'present' and m.attending_as in ('participant', 'substitute')) as here,
    sum(m.status <> 'not expected' and m.attending_as in ('participant', 'substitute')) as marked
from {_STANDING} where m.place = 1 group by m.session, m.school
"""
_PRESENT = f"""
select m.session, n.number, n.title, n.starts_at, coalesce(p.name, m.visitor) as name, m.attending_as
from {_STANDING} join session n on n.id = m.session left join person p on p.id = m.person
where m.place = 1 and m.school = ? and m.status = 'present' and m.attending_as in ('participant', 'substitute')
order by n.starts_at, n.id, name
"""


def present(db, group, school):
    """Return who of a school was present at the sessions of a group that were not called off, by day and name.

    Each has `session`, `number`, `title`, `day`, `name` and `attending_as`: those whom `meetings` counts in `came`.
    """
    found = store.rows(db, _PRESENT.format("?"), (group, school))
    return [{**m, "day": clock.day_of(m["starts_at"])} for m in found]


def meetings(db, some):
    """Return by group the sessions of some groups that were not called off, by time.

    Each has its `day`, `came` ({school: (present, marked)}: participants, and who came in their place) and `is_held`:
    it was closed, or somebody is present, as the engagement export counts it.
    """
    marks, came, anybody, today = ", ".join("?" * len(some)), {}, set(), clock.today()
    for row in store.rows(db, _CAME.format(marks), list(some)):
        if row["anybody"]:
            anybody.add(row["session"])
        if row["school"] and row["marked"]:
            came.setdefault(row["session"], {})[row["school"]] = (row["here"], row["marked"])
    found = {}
    for row in store.rows(
        db,
        "select n.id, n.work_group, n.number, n.title, n.kind, n.state, n.starts_at, n.mode from session n"
        f" where n.work_group in ({marks}) and n.state not in ('postponed', 'cancelled') order by n.starts_at, n.id",
        list(some),
    ):
        row["day"], row["came"] = clock.day_of(row["starts_at"]), came.get(row["id"], {})
        row["is_held"] = row["day"] <= today and (row["state"] == "closed" or row["id"] in anybody)
        found.setdefault(row["work_group"], []).append(row)
    return found
