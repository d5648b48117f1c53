"""Reading the days log: allowances, activities, entries with what they come to. What is suggested lies beside it.

An entry counts against the allowance it names, as long as that stands, else against its person's first of the year.
Claimed, it keeps the stage, rate and amount of its claim.
"""

from workgroup import clock, money, store
from workgroup.people import queries as people

_AGAINST = (
    "coalesce((select x.id from allowance x where x.id = e.allowance and x.person = e.person"
    " and x.academic_year = e.academic_year and x.withdrawn_at is null), (select x.id from allowance x"
    " where x.person = e.person and x.academic_year = e.academic_year and x.withdrawn_at is null"
    " order by x.at, x.id limit 1))"
)
# d: the claim it is in; o: the claim of what it corrects, whose rate a correction goes by
_ENTRY = (
    "select e.*, p.name, a.id as counts_against, g.title as group_title, s.name as school_name, s.urn,"
    " n.title as session_title, d.claim, c.reference, c.claimed_on, d.amount_pence as claimed_pence,"
    " case when d.claim is not null then d.stage when o.claim is not null then o.stage else a.stage end as stage,"
    " case when d.claim is not null then d.rate_pence when o.claim is not null then o.rate_pence else a.rate_pence end"
    " as rate_pence from day_entry e join person p on p.id = e.person"
    f" left join allowance a on a.id = {_AGAINST}"
    " left join work_group g on g.id = e.work_group left join school s on s.id = e.school"
    " left join session n on n.id = e.session"
    " left join claimed_day d on d.day_entry = e.id and d.undone_at is null left join day_claim c on c.id = d.claim"
    " left join claimed_day o on o.day_entry = e.corrects and o.undone_at is null"
)


def entry(db, id):
    """Return an entry with the names around it and what it comes to, or None."""
    found = _entries(db, "e.id = ?", (id,))
    return found[0] if found else None


def entries_of(db, viewer, person, year):
    """Return a person's entries of a year by day, those taken away too: for that person and whoever runs the hub."""
    if not may_see(db, viewer, person):
        return []
    return _entries(db, "e.person = ? and e.academic_year = ?", (person, year))


def entries_of_all(db, viewer, year):
    """Return everybody's entries of a year that stand, for whoever runs the hub."""
    return _entries(db, "e.academic_year = ? and e.withdrawn_at is null", (year,)) if may_see(db, viewer) else []


def to_claim(db, viewer, person=None, from_on=None, to_on=None):
    """Return the entries that stand and are in no claim, of a person or all, by person and day; for the hub."""
    if not may_see(db, viewer):
        return []
    return _entries(
        db,
        "e.withdrawn_at is null and d.claim is null and (:person is null or e.person = :person)"
        " and (:from_on is null or e.on_day >= :from_on) and (:to_on is null or e.on_day <= :to_on)",
        {"person": person, "from_on": from_on, "to_on": to_on}, "p.name, p.id, ",
    )  # fmt: skip


def corrections(db, id):
    """Return the corrections of a claimed entry that stand, oldest first."""
    return _entries(db, "e.corrects = ? and e.withdrawn_at is null", (id,))


def _entries(db, where, values, first=""):
    found = store.rows(db, f"{_ENTRY} where {where} order by {first}e.on_day, e.at, e.id", values)
    for one in found:
        own = money.amount(one["quarters"], one["rate_pence"])
        one["amount_pence"] = one["claimed_pence"] if one["claim"] else own
    return found


def may_see(db, viewer, person=None):
    """Tell whether somebody may read a person's days, or everybody's: their own, or whoever runs the hub."""
    own = viewer is not None and viewer == person
    return own or people.has_hub_role(db, viewer, clock.today(), people.RUNNING)


def history(db, id):
    """Return every way an entry has stood, oldest first, with the names of those who changed it."""
    return store.rows(
        db,
        "select h.*, p.name from day_history h join person p on p.id = h.by where h.day_entry = ?"
        " order by h.at, h.rowid",
        (id,),
    )


def claims_of(db, id):
    """Return the claims an entry was ever in, oldest first, with when and by whom it was taken out."""
    return store.rows(
        db,
        "select d.*, c.reference, c.claimed_on, c.at, p.name as undone_name from claimed_day d join day_claim c"
        " on c.id = d.claim left join person p on p.id = d.undone_by where d.day_entry = ? order by c.at",
        (id,),
    )


def keeps_days(db, person, on):
    """Tell whether somebody keeps days: they lead or led a Work Group by that day, or have an allowance."""
    return store.value(
        db,
        "select 1 where exists (select 1 from membership where person = :person and role = 'leader' and from_on <= :on)"
        " or exists (select 1 from allowance where person = :person and withdrawn_at is null)",
        {"person": person, "on": on},
    ) is not None  # fmt: skip


def leads_on(db, person, on):
    """Tell whether somebody leads any Work Group on a day."""
    led = "select 1 from membership where person = ? and role = 'leader' and from_on <= ?"
    return store.value(db, f"{led} and (to_on is null or to_on >= ?)", (person, on, on)) is not None


def led_groups(db, person):
    """Return the Work Groups that a person leads or led, newest year first."""
    return store.rows(
        db,
        "select distinct g.id, g.title, g.academic_year from membership m join work_group g on g.id = m.work_group"
        " where m.person = ? and m.role = 'leader' order by g.academic_year desc, g.title",
        (person,),
    )


def near_schools(db, person):
    """Return the schools of the groups that a person leads or led, and their own, by name."""
    return store.rows(
        db,
        "select distinct s.id, s.name from school s where s.id in (select i.school from school_in_group i"
        " join membership m on m.work_group = i.work_group where m.person = :person and m.role = 'leader')"
        " or s.id in (select school from membership where person = :person) order by s.name",
        {"person": person},
    )


def activities(db, also_ended=False):
    """Return the activities in use in their order; those out of use too when asked for."""
    return store.rows(
        db, "select * from day_activity where ended_at is null or ? order by position, name", (also_ended,)
    )


def activity(db, id):
    """Return one activity, or None."""
    return store.row(db, "select * from day_activity where id = ?", (id,))


def activity_for(db, kind):
    """Return the activity that sessions or visits are suggested as."""
    return store.row(db, "select * from day_activity where meant = ?", (kind,))


def allowance(db, id):
    """Return one allowance with its person's name, or None."""
    return store.row(db, "select a.*, p.name from allowance a join person p on p.id = a.person where a.id = ?", (id,))


def allowances_of(db, person, year, also_withdrawn=False):
    """Return a person's allowances of a year, the oldest first; those taken away too when asked for."""
    return store.rows(
        db,
        "select * from allowance where person = ? and academic_year = ? and (withdrawn_at is null or ?)"
        " order by at, id",
        (person, year, also_withdrawn),
    )


def allowances_of_year(db, viewer, year):
    """Return everybody's allowances of a year by person, the oldest first, for whoever runs the hub."""
    found = {}
    if may_see(db, viewer):
        for one in store.rows(
            db, "select * from allowance where academic_year = ? and withdrawn_at is null order by at, id", (year,)
        ):
            found.setdefault(one["person"], []).append(one)
    return found


def people_of(db, viewer, year):
    """Return who has to do with days in a year, by name: with an allowance, with entries, or leading; for the hub."""
    if not may_see(db, viewer):
        return []
    return store.rows(
        db,
        "select p.id, p.name from person p where p.id in (select person from allowance where academic_year = :year"
        " and withdrawn_at is null union select person from day_entry where academic_year = :year and withdrawn_at is"
        " null union select m.person from membership m join work_group g on g.id = m.work_group"
        " where m.role = 'leader' and g.academic_year = :year) order by p.name, p.id",
        {"year": year},
    )


def everybody(db, viewer):
    """Return everybody who is not erased, by name: whoever runs the hub may give any of them an allowance."""
    if not may_see(db, viewer):
        return []
    return store.rows(db, "select id, name from person where erased_at is null order by name, id")


def years(db):
    """Return the academic years that anybody has days or allowances in, and this one, newest first."""
    rows = store.rows(
        db,  # from one year to the next by the index, however many days there are in each
        "with recursive next (year) as (select min(academic_year) from day_entry union all"
        " select (select min(academic_year) from day_entry where academic_year > year) from next"
        " where year is not null) select year from next where year is not null"
        " union select academic_year from allowance where withdrawn_at is null",
    )
    return sorted({r["year"] for r in rows} | {clock.academic_year(clock.today())}, reverse=True)
