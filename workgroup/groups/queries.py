"""Reading Work Groups: schools with their engagement, people with their roles, tags, half-terms."""

import json

from workgroup import clock, money, store

_ACTIVE = "m.from_on <= :on and (m.to_on is null or m.to_on >= :on)"
_THEIRS = f"m.person = :viewer and {_ACTIVE}"
# asked first whether they have any role at all: once, and not of every Work Group
_FOR_HUB = (
    "(exists (select 1 from hub_role where person = :viewer)"
    " and exists (select 1 from hub_role h where h.person = :viewer and h.role in ({}) and h.from_on <= :on"
    " and (h.to_on is null or h.to_on >= :on) and (h.strands is null or exists ("
    "select 1 from json_each(h.strands) x where x.value = trim(g.strand) collate nocase))))"
)
# of a Work Group `g`: whether :viewer looks after it for the hub on the day :on, and whether they lead the hub there.
# A lead may be limited to strands; a Work Group without one is for those who are not
RUNS, LEADS_HUB = _FOR_HUB.format("'lead', 'administrator'"), _FOR_HUB.format("'lead'")
_HAS_WITHDRAWN = (  # g: a school in its group
    "coalesce((select e.state from engagement e where e.school_in_group = g.id and e.since_on <= :on"
    " order by e.since_on desc, e.rowid desc limit 1), '') = 'withdrawn'"
)
ENDED = ("completed", "withdrawn")  # a school's part in a group


def group(db, id):
    """Return a Work Group by id, or None."""
    return store.row(db, "select * from work_group where id = ?", (id,))


def entitlement(db, id):
    """Return what each school of a group has: `visits` and `days` of visits (None: as agreed), and `of_strand`.

    The group's own figures where it has said any, else those its strand comes with in its year.
    """
    return store.row(db, "select visits, days, of_strand from entitlement where work_group = ?", (id,))


def shapes(db):
    """Return what each strand comes with, by strand and the academic year it counts from."""
    return store.rows(db, "select * from strand_shape order by strand, from_year")


def shape_from(db, strand, year):
    """Return the line of a strand that begins with just this academic year, or None."""
    return store.row(db, "select * from strand_shape where strand = ? and from_year = ?", (strand, year))


def shape_of(db, strand, year):
    """Return what a strand comes with in an academic year: meetings, visits, visit_days; or None."""
    return store.row(
        db, "select * from strand_shape where strand = ? and from_year <= ? order by from_year desc limit 1",
        ((strand or "").strip(), year),
    )  # fmt: skip


def is_there(db, id):
    """Tell whether there is a Work Group of this id: who runs the hub sees each, but not one that is not there."""
    return id is not None and store.value(db, "select 1 from work_group where id = ?", (id,)) is not None


def by_title(db, title, year):
    """Return the Work Group of a title and academic year, whatever its case, or None."""
    return store.row(db, "select * from work_group where title = ? collate nocase and academic_year = ?", (title, year))


def groups_for(db, viewer, on=None):
    """Return the Work Groups a person sees on a day, newest year first, each with `role` (None for the hub)."""
    return store.rows(
        db,
        f"select g.*, (select min(m.role) from membership m where m.work_group = g.id and {_THEIRS}) as role,"
        " (select count(*) from school_in_group s where s.work_group = g.id) as schools,"
        " (select count(*) from session s where s.work_group = g.id and s.state not in ('postponed', 'cancelled'))"
        f" as sessions from work_group g where g.id in (select m.work_group from membership m where {_THEIRS}"
        f" union all select g.id from work_group g where {RUNS}) order by g.academic_year desc, g.title",
        {"viewer": viewer, "on": on or clock.today()},
    )


def runs(db, person, group, on):
    """Tell whether a person looks after a Work Group for the hub on a day; one that is not there is nobody's."""
    return _is_looked_after(db, person, group, on, RUNS)


def leads_hub_of(db, person, group, on):
    """Tell whether a person leads the hub on a day where a Work Group is one of their strands, or they lead all."""
    return _is_looked_after(db, person, group, on, LEADS_HUB)


def _is_looked_after(db, person, group, on, how):
    sql = f"select 1 from work_group g where g.id = :group and {how}"
    return store.value(db, sql, {"viewer": person, "group": group, "on": on}) is not None


def looked_after(db, person, some, on, how=RUNS):
    """Return those of some Work Groups (ids) that a person looks after for the hub on a day, or by `how` leads."""
    sql = f"select g.id from work_group g where g.id in (select value from json_each(:some)) and {how}"
    values = {"viewer": person, "some": json.dumps(list(some)), "on": on}
    return {row["id"] for row in store.rows(db, sql, values)}


def strands(db):
    """Return the strands that Work Groups have, in one writing each."""
    sql = "select distinct trim(strand) as name from work_group where trim(strand) <> '' order by 1 collate nocase"
    return list({row["name"].casefold(): row["name"] for row in store.rows(db, sql)}.values())


def roles(db, person, on):
    """Return what somebody is on a day, by Work Group, a leader first: {work_group: role}."""
    sql = f"select m.work_group, min(m.role) as role from membership m where {_THEIRS} group by m.work_group"
    return {row["work_group"]: row["role"] for row in store.rows(db, sql, {"viewer": person, "on": on})}


def leads(db, person, group, on):
    """Tell whether a person leads a group on a day."""
    return _has_role(db, person, group, on, "m.role = 'leader'")


def takes_part(db, person, group, on):
    """Tell whether a person leads or takes part in a group on a day."""
    return _has_role(db, person, group, on, "1")


def _has_role(db, person, group, on, which):
    sql = f"select 1 from membership m where m.work_group = :group and m.person = :person and {which} and {_ACTIVE}"
    return store.value(db, sql, {"group": group, "person": person, "on": on}) is not None


def membership_of(db, person, group, on):
    """Return a person's membership of a group on a day (a leader's first), or None."""
    return store.row(
        db,
        f"select m.* from membership m where m.work_group = :group and m.person = :person and {_ACTIVE}"
        " order by m.role limit 1",
        {"group": group, "person": person, "on": on},
    )


def is_or_will_be_in(db, person, group, on):
    """Tell whether a person is in a group on a day or from a later one: another membership would overlap."""
    sql = "select 1 from membership where person = ? and work_group = ? and (to_on is null or to_on >= ?)"
    return store.value(db, sql, (person, group, on)) is not None


def memberships_of(db, person):
    """Return every part a person has had, newest group first: `work_group`, its title and academic year."""
    return store.rows(
        db,
        "select m.work_group, g.title, g.academic_year from membership m join work_group g on g.id = m.work_group"
        " where m.person = ? order by g.academic_year desc, g.title",
        (person,),
    )


def school_of(db, person, group, on):
    """Return the school_in_group id of a person's own school in a group on a day, or None."""
    return store.value(
        db,
        "select s.id from membership m join school_in_group s on s.work_group = m.work_group and s.school = m.school"
        f" where m.work_group = :group and m.person = :person and {_ACTIVE} limit 1",
        {"group": group, "person": person, "on": on},
    )


def people(db, group, on=None, role=None, expected=False):
    """Return the people of a group: on a day, or everybody ever, by school and name.

    `expected`: without the participants of a school that has withdrawn by that day.
    """
    return store.rows(
        db,
        "select m.id as membership, m.role, m.title, m.school, m.from_on, m.to_on, m.why, p.id, p.name, p.email,"
        " p.claimed_at, s.name as school_name, g.id as school_in_group from membership m"
        " join person p on p.id = m.person left join school s on s.id = m.school"
        " left join school_in_group g on g.work_group = m.work_group and g.school = m.school"
        f" where m.work_group = :group and (:on is null or ({_ACTIVE})) and (:role is null or m.role = :role)"
        f" and not (:expected and m.role = 'participant' and {_HAS_WITHDRAWN})"
        " order by m.role, s.name, m.from_on, p.name",
        {"group": group, "on": on, "role": role, "expected": expected},
    )


def schools(db, group, on=None):
    """Return the schools of a group by name, each with its engagement `state`, `since_on` and `reason` on a day."""
    return store.rows(
        db,
        "select i.id, i.school, s.name, s.urn, s.town, s.phase, s.status, e.state, e.since_on, e.reason"
        " from school_in_group i join school s on s.id = i.school left join engagement e on e.id = ("
        " select x.id from engagement x where x.school_in_group = i.id and x.since_on <= ?"
        " order by x.since_on desc, x.rowid desc limit 1) where i.work_group = ? order by s.name",
        (on or "9999", group),
    )


def engagement_history(db, school_in_group):
    """Return the states of a school in a group, oldest first."""
    return store.rows(
        db, "select * from engagement where school_in_group = ? order by since_on, rowid", (school_in_group,)
    )


def began_on(db, school_in_group):
    """Return the first day of a school's part in a group: 1 September of its year, or when it joined if earlier."""
    year = store.value(
        db, "select g.academic_year from school_in_group i join work_group g on g.id = i.work_group where i.id = ?",
        (school_in_group,),
    )  # fmt: skip
    joined = [row["since_on"] for row in engagement_history(db, school_in_group)[:1]]
    return min([clock.first_day_of(year), *joined])


def school_in_group(db, id):
    """Return a school in a group with both names, or None."""
    return store.row(
        db,
        "select i.*, s.name, s.urn, g.title, g.participant_word, g.meeting_word from school_in_group i"
        " join school s on s.id = i.school join work_group g on g.id = i.work_group where i.id = ?",
        (id,),
    )


def in_group(db, group, school):
    """Return the school_in_group id of a school in a group, or None."""
    return store.value(db, "select id from school_in_group where work_group = ? and school = ?", (group, school))


def groups_of_school(db, school):
    """Return the groups a school is or was in, newest first, as (school_in_group, work_group, title, year)."""
    return store.rows(
        db,
        "select i.id, i.school as school_id, i.work_group, g.title, g.academic_year, g.strand, g.meeting_word,"
        " g.participant_word"
        " from school_in_group i join work_group g on g.id = i.work_group where i.school = ?"
        " order by g.academic_year desc",
        (school,),
    )


def group_of_school(db, school_in_group):
    """Return the id of the group a school_in_group belongs to, or None."""
    return store.value(db, "select work_group from school_in_group where id = ?", (school_in_group,))


def group_of_membership(db, membership):
    """Return the id of the group a membership belongs to, or None."""
    return store.value(db, "select work_group from membership where id = ?", (membership,))


def group_of_tag(db, tag):
    """Return the id of the group a tag belongs to, or None."""
    return store.value(db, "select work_group from tag where id = ?", (tag,))


def membership(db, id):
    """Return a membership by id with the person's name, or None."""
    return store.row(db, "select m.*, p.name from membership m join person p on p.id = m.person where m.id = ?", (id,))


def put_right_at(db, group, person=None):
    """Return when the e-mail of somebody of a group, or of one person there, was put right last in any, or None."""
    return store.value(
        db, "select max(l.at) from membership m join ledger l on l.about = m.id and l.kind = 'groups.set_email'"
        " where m.person in (select person from membership where work_group = :group)"
        " and (:person is null or m.person = :person)", {"group": group, "person": person},
    )  # fmt: skip


def tags(db, group, also_ended=False):
    """Return the tags of a group in order; those out of use only when asked for."""
    return store.rows(
        db, "select * from tag where work_group = ? and (ended = 0 or ?) order by position", (group, also_ended)
    )


def grants(db, school_in_group, also_withdrawn=False):
    """Return what a school was given, oldest first, each with its `pence`; what was taken away when asked for."""
    return _with_pence(
        store.rows(
            db,
            "select * from school_grant where school_in_group = ? and (withdrawn_at is null or ?)"
            " order by paid_on, rowid",
            (school_in_group, also_withdrawn),
        )
    )


def grant(db, id):
    """Return a grant with the names around it, or None."""
    found = store.rows(
        db,
        "select x.*, s.name as school_name, i.work_group, g.title from school_grant x"
        " join school_in_group i on i.id = x.school_in_group join school s on s.id = i.school"
        " join work_group g on g.id = i.work_group where x.id = ?",
        (id,),
    )
    return _with_pence(found)[0] if found else None


def grants_of_year(db, viewer, year):
    """Return the schools of a year by Work Group and name, each with its `grants` that stand: of those looked after."""
    found = store.rows(
        db,
        "select i.id, i.work_group, g.title, s.name from school_in_group i join work_group g on g.id = i.work_group"
        f" join school s on s.id = i.school where g.academic_year = :year and {RUNS} order by g.title, g.id, s.name",
        {"viewer": viewer, "on": clock.today(), "year": year},
    )
    return [{**one, "grants": grants(db, one["id"])} for one in found]


def _with_pence(rows):
    return [{**one, "pence": money.pence_of(one["amount"])} for one in rows]


def half_terms(db, year, school=None):
    """Return the six half-terms of an academic year as dicts: a school's own, else the hub's, else the usual ones."""
    known = store.rows(
        db,
        "select * from half_term where academic_year = ? and (school is null or school = ?)"
        " order by school is not null",
        (year, school),
    )
    own = {r["name"]: r for r in known}
    usual = [{"name": n, "from_on": a, "to_on": b} for n, a, b in clock.usual_half_terms(year)]
    return [own.get(u["name"], u) for u in usual]


def own_half_terms(db, year, school=None):
    """Return the half-terms that were set for just this school, or for the hub itself, not the usual ones."""
    return [t for t in half_terms(db, year, school) if "id" in t and t["school"] == school]


def schools_with_half_terms(db, year):
    """Return the ids of the schools that keep half-terms of their own in a year."""
    sql = "select distinct school from half_term where academic_year = ? and school is not null"
    return {row["school"] for row in store.rows(db, sql, (year,))}


def cleared_half_terms(db, year, school):
    """Return the half-terms that a school, or the hub, had set as they were when it last gave them up, or none."""
    cleared = store.rows(
        db,
        "select w.was from ledger l join ledger_words w on w.number = l.number where l.about = ?"
        " and l.kind = 'groups.clear_half_terms' and w.was is not null order by l.number desc",
        (school or year,),
    )
    found = ([t for t in json.loads(one["was"]) if t["academic_year"] == year] for one in cleared)
    return next((own for own in found if own), [])


def half_term_of(db, day, school=None):
    """Return the name of the half-term a day lies in, at a school or for the hub, or None when it lies in none.

    Days that were set come first, whatever academic year they were set for: a half-term may be set beyond 31 August.
    Where a school has a half-term of its own, the hub's days for it do not count.
    """
    return half_terms_of(db, [day], school)[day]


def half_terms_of(db, days, school=None):
    """Return the names of the half-terms of some days: see `half_term_of`."""
    if not days:
        return {}
    set_here = store.rows(
        db,
        "select h.name, h.from_on, h.to_on from half_term h where h.from_on <= :last and h.to_on >= :first"
        " and (h.school = :school or (h.school is null and not exists (select 1 from half_term s"
        " where s.school = :school and s.name = h.name and s.academic_year = h.academic_year)))"
        " order by h.school is null",
        {"first": min(days), "last": max(days), "school": school},
    )
    found = {day: _holding(set_here, day) for day in days}
    for year in {clock.academic_year(day) for day, name in found.items() if name is None}:
        terms = half_terms(db, year, school)
        found.update({day: _holding(terms, day) for day in days
                      if found[day] is None and clock.academic_year(day) == year})  # fmt: skip
    return found


def _holding(terms, day):
    return next((t["name"] for t in terms if t["from_on"] <= day <= t["to_on"]), None)
