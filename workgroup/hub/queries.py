"""Reading for the hub: its Work Groups in numbers, and one query for each export.

Each export asks for the Work Groups its viewer may export before anything else, and counts only what was so at
the end of a day in London: `:until` is the first moment of the day after.
"""

from datetime import date, timedelta

from workgroup import clock, store
from workgroup.evaluations.forms import HEADINGS
from workgroup.evaluations.queries import ADDRESS
from workgroup.groups import queries as groups
from workgroup.groups.forms import STRANDS
from workgroup.groups.queries import RUNS
from workgroup.people.queries import keeps_trn

RUNS_HUB = (
    "exists (select 1 from hub_role r where r.person = :viewer and r.role in ('lead', 'administrator')"
    " and r.from_on <= :on and (r.to_on is null or r.to_on >= :on))"
)
# who looks after Work Groups for the hub sees these, a leader those led today, others none
SEEN = f"""
seen as (
    select g.* from work_group g
    where (:group is null or g.id = :group) and (:year is null or g.academic_year = :year)
    and (:leader is null or exists (select 1 from membership l where l.work_group = g.id and l.person = :leader
        and l.role = 'leader' and l.from_on <= :as_at))
    and ({RUNS} or exists (
        select 1 from membership m where m.work_group = g.id and m.person = :viewer and m.role = 'leader'
        and m.from_on <= :on and (m.to_on is null or m.to_on >= :on)))
)"""
# the register as it stood then: a leader's mark before a person's own, then the newest, as the view `register` has it.
# `cross join` is SQLite's word for this order: from the Work Groups to their marks, not from all marks to their groups
_MARKS = """
counted as (
    select * from (
        select m.*, row_number() over (
            partition by m.session, coalesce(m.person, m.visitor || '|' || coalesce(m.school, ''))
            order by m.by_leader desc, m.at desc, m.id desc
        ) as place
        from seen cross join session n on n.work_group = seen.id cross join register_mark m on m.session = n.id
        where m.at < :until and (m.withdrawn_at is null or m.withdrawn_at >= :until)
    ) where place = 1
)"""

_HELD = """
held as (
    select n.id, n.work_group from seen join session n on n.work_group = seen.id
    where n.starts_at < :until and (n.state = 'closed' or (n.state not in ('postponed', 'cancelled')
        and exists (select 1 from counted m where m.session = n.id and m.status = 'present')))
)"""

_MEETING = """
meeting as (
    select n.*, row_number() over (order by g.academic_year, g.title, g.id, n.starts_at, n.id) as place
    from seen g join session n on n.work_group = g.id where n.state not in ('postponed', 'cancelled')
    and (:half_term is null or (n.starts_at >= :from_at and n.starts_at < :to_at))
)"""

# the headings of an evaluation in their order: our own words, never input
_HEADINGS = ", ".join(f"('{name}', '{words}', {place})" for place, (name, words) in enumerate(HEADINGS))

ATTENDANCE = f"""
with {SEEN}, {_MARKS}, {_MEETING}, summary as (
    select v.session, group_concat(v.words, char(10)) as words from (
        select * from session_summary where at < :until order by at, id
    ) v where not exists (select 1 from session_summary w where w.session = v.session and w.at < :until
        and instr(',' || w.after || ',', ',' || v.id || ',') > 0) group by v.session
)
select
    (select name from hub) as hub, g.academic_year, g.project_code, g.title as work_group, g.strand,
    n.number as session_number, n.title as session_title, n.kind as session_kind, n.starts_at as date,
    n.starts_at as half_term, n.mode, (unixepoch(n.ends_at) - unixepoch(n.starts_at)) / 60 as length,
    h.name as host_school, h.urn as host_urn, s.name as school, s.urn, s.la, s.phase,
    coalesce(p.name, m.visitor) as participant, p.email,
    coalesce((
        select b.title from membership b where b.work_group = g.id and b.person = m.person
        and b.from_on <= date(n.starts_at) and (b.to_on is null or b.to_on >= date(n.starts_at))
        order by b.title is null, b.from_on desc limit 1
    ), p.role_in_school) as role,
    m.attending_as, m.status, m.told_on, m.in_at as arrived_at, m.out_at as left_at, f.name as substitute_for,
    summary.words as session_summary
from counted m
join meeting n on n.id = m.session
join seen g on g.id = n.work_group
left join school s on s.id = m.school
left join school h on h.id = n.host
left join person p on p.id = m.person
left join person f on f.id = m.substitute_for
left join summary on summary.session = n.id"""

# where the hub keeps teacher reference numbers
_WITH_TRN = ATTENDANCE.replace("    m.attending_as, m.status,", "    p.trn, m.attending_as, m.status,")

# the visits that stood as made then, with the day and length they had then: what was said of one afterwards was not
# known. Of those that came with a record of an earlier shape no history tells, only what they are
_VISITED = """
visited as (
    select v.*, coalesce(
        (select json_array(h.state, h.on_day, h.days, h.head_met) from visit_history h where h.visit = v.id
            and (h.at is null or h.at < :until) order by h.id desc limit 1),
        case when not exists (select 1 from visit_history h where h.visit = v.id)
            then json_array(v.state, v.on_day, v.days, v.head_met) end
    ) as stood
    from seen cross join school_in_group i on i.work_group = seen.id cross join visit v on v.school_in_group = i.id
), made as (
    select school_in_group, count(*) as many, total(stood ->> 2) as days,
        max(case when stood ->> 3 = 1 then stood ->> 1 end) as head_met_on
    from visited where stood ->> 0 = 'made' and stood ->> 1 <= :as_at group by school_in_group
)"""

# a grant has no moment of its own: the ledger has it, under the same id
_NOTED = "not exists (select 1 from ledger l where l.id = x.id and l.at >= :until)"

ENGAGEMENT = f"""
with recursive {SEEN}, {_MARKS}, {_HELD}, {_VISITED}, came as (
    select held.work_group, m.school, held.id, count(*) as teachers from held join counted m on m.session = held.id
    where m.status = 'present' and m.attending_as in ('participant', 'substitute')
    group by held.work_group, m.school, held.id
), standing as (
    select * from (
        select e.*, row_number() over (partition by e.school_in_group order by e.since_on desc, e.rowid desc) as place
        from engagement e where e.since_on <= :as_at
    ) where place = 1
), task as (
    select id as first, id, school_in_group from gap_task where carried_from is null and at < :until
    union all
    select case when t.school_in_group = task.school_in_group then task.first else t.id end, t.id, t.school_in_group
    from task join gap_task t on t.carried_from = task.id
    where t.school_in_group = task.school_in_group or t.at < :until
), agreed as (
    select * from (
        select v.school_in_group, coalesce(a.thread, a.id) as aspect, t.name as step, v.on_day, row_number() over (
            partition by v.school_in_group, coalesce(a.thread, a.id) order by v.on_day desc, v.agreed_on desc, v.at desc
        ) as place
        from review v join aspect a on a.id = v.aspect join step t on t.id = v.step
        where v.agreed_on <= :as_at and (v.withdrawn_at is null or v.withdrawn_at >= :until)
    ) where place = 1
)
select
    :as_at as as_at, (select name from hub) as hub, g.academic_year, g.project_code, g.title as work_group, g.strand,
    s.name as school, s.urn, s.la, s.phase, s.type as establishment_type, s.trust,
    e.state, e.since_on as state_since, case when e.state = 'withdrawn' then e.reason end as withdrawn_reason,
    (select sum(cast(round(x.amount * 100) as integer)) / 100.0 from school_grant x where x.school_in_group = i.id
        and (x.withdrawn_at is null or x.withdrawn_at >= :until) and (x.paid_on is null or x.paid_on <= :as_at)
        and {_NOTED}) as grant_amount,
    (select max(x.paid_on) from school_grant x where x.school_in_group = i.id and x.paid_on <= :as_at
        and (x.withdrawn_at is null or x.withdrawn_at >= :until) and {_NOTED}) as grant_paid_on,
    (select count(*) from held where held.work_group = g.id) as sessions_held,
    (select count(*) from came where came.work_group = g.id and came.school = s.id) as sessions_attended,
    (select count(*) from came where came.work_group = g.id and came.school = s.id and came.teachers > 1)
        as both_teachers_sessions,
    t.visits as visits_planned,
    coalesce((select made.many from made where made.school_in_group = i.id), 0) as visits_made,
    t.days as visit_days_planned,
    coalesce((select round(made.days, 2) from made where made.school_in_group = i.id), 0.0) as visit_days_used,
    (select max(x.agreed_on) from action_plan x where x.school_in_group = i.id and x.agreed_on <= :as_at)
        as action_plan_on,
    (select count(distinct task.first) from task where task.school_in_group = i.id) as gap_tasks_set,
    (select count(distinct task.first) from task join gap_task_return r on r.gap_task = task.id
        where task.school_in_group = i.id and r.went <> 'not yet' and r.at < :until
        and (r.withdrawn_at is null or r.withdrawn_at >= :until)) as gap_tasks_returned,
    (select made.head_met_on from made where made.school_in_group = i.id) as head_met_on,
    (select json_group_object(agreed.aspect, json_array(agreed.step, agreed.on_day)) from agreed
        where agreed.school_in_group = i.id) as journey"""
# of a half-term: as it stood at its end; nothing while it has not begun
_ENGAGED = """
from seen g
join school_in_group i on i.work_group = g.id
join school s on s.id = i.school
join entitlement t on t.work_group = g.id
join standing e on e.school_in_group = i.id
where :half_term is null or :from_on <= :as_at"""
# besides for those who are to name nobody: which school it is, and the people who take part from it
_WHO = """,
    g.id as group_id, s.id as school_id, (select json_group_array(m.person) from membership m where m.work_group = g.id
        and m.school = s.id and m.role = 'participant' and m.from_on <= :as_at
        and (m.to_on is null or m.to_on >= :as_at)) as people"""

# an entry as it stood then, with the claim it was in then; quarters and pence are made days and pounds where they leave
DAYS = f"""
with stood as (
    select * from (
        select h.*, e.person, e.corrects,
            row_number() over (partition by h.day_entry order by h.at desc, h.rowid desc) as place
        from day_history h join day_entry e on e.id = h.day_entry
        where h.at < :until and (e.person = :viewer or {RUNS_HUB}) and (:person is null or e.person = :person)
    ) where place = 1 and withdrawn_at is null
), claimed as (
    select d.*, c.claimed_on, c.reference from claimed_day d join day_claim c on c.id = d.claim
    where c.at < :until and (d.undone_at is null or d.undone_at >= :until)
)
select
    (select name from hub) as hub, t.academic_year, p.name as person,
    case when c.claim is not null then c.stage when o.claim is not null then o.stage else a.stage end as stage,
    t.on_day as date, t.word as activity, t.quarters as days, g.title as work_group, s.name as school, s.urn,
    case when c.claim is not null then c.rate_pence when o.claim is not null then o.rate_pence else a.rate_pence end
        as rate,
    c.amount_pence as amount, nullif(t.travel_pence, 0) as travel, c.claimed_on, c.reference, t.words as notes
from stood t
join person p on p.id = t.person
left join work_group g on g.id = t.work_group
left join school s on s.id = t.school
left join claimed c on c.day_entry = t.day_entry
left join claimed o on o.day_entry = t.corrects
left join allowance a on a.id = coalesce((select x.id from allowance x where x.id = t.allowance
    and x.person = t.person and x.academic_year = t.academic_year and x.withdrawn_at is null), (select x.id
    from allowance x where x.person = t.person and x.academic_year = t.academic_year and x.withdrawn_at is null
    order by x.at, x.id limit 1))
where (:group is null or t.work_group = :group) and (:from_on is null or t.on_day >= :from_on)
    and (:to_on is null or t.on_day <= :to_on)"""

# of each half-term the version that was sent last by the day; the newest of two on one day
_SENT = f"""
with {SEEN}, told as (
    select * from (
        select e.*, row_number() over (partition by e.work_group, e.half_term order by e.version desc) as place
        from seen join evaluation e on e.work_group = seen.id where e.state = 'sent' and e.sent_at < :until
        and (:half_term is null or e.half_term = :half_term)
    ) where place = 1
)"""
# the school a piece of evidence `x` is of: names are kept for when nothing else is, and two schools may have the same
_ITS_SCHOOL = """coalesce(
        (select i.school from school_in_group i where i.id = case x.kind
            when 'gap task' then (select t.school_in_group from gap_task t where t.id = x.about)
            when 'in-school work' then (select w.school_in_group from in_school_work w where w.id = x.about)
            when 'visit' then (select v.school_in_group from visit v where v.id = x.about)
            when 'visit note' then (select v.school_in_group from visit_note n join visit v on v.id = n.visit
                where n.id = x.about)
            when 'review' then (select r.school_in_group from review r where r.id = x.about)
            when 'head statement' then (select t.school_in_group from head_statement t where t.id = x.about)
            when 'engagement' then x.about end),
        (select n.host from lesson l join session n on n.id = l.session
            where x.kind = 'open lesson' and l.id = x.about),
        (select m.school from membership m where m.work_group = e.work_group and m.school is not null
            and m.person = case x.kind when 'noticing' then (select n.by from noticing n where n.id = x.about)
                when 'reflection' then (select r.by from reflection r where r.id = x.about) end
            order by m.from_on desc limit 1),
        x.kept_school)"""
EVALUATION = f"""{_SENT}, heading (name, words, place) as (values {_HEADINGS})
select
    heading.words as heading, s.words as sentence, v.kind as evidence_kind, v.kept_on as evidence_date,
    {ADDRESS} as evidence_link,
    (select nullif(count(distinct {_ITS_SCHOOL}), 0) from sentence_evidence x
        where x.sentence = s.id and x.kept_school is not null) as schools_counted,
    (select name from hub) as hub, g.academic_year, g.project_code, g.title as work_group, g.strand, e.half_term,
    e.version, e.sent_at as sent_on,
    e.schools, e.teachers"""
_TOLD = """
from told e
join seen g on g.id = e.work_group
join evaluation_sentence s on s.evaluation = e.id and s.withdrawn_at is null
join heading on heading.name = s.heading
left join sentence_evidence v on v.sentence = s.id"""
# the schools that were in the group at the end of the half-term, or when it was sent before that
SCHOOLS_TOLD = """
select e.id as evaluation_id, i.school as school_id from told e
join school_in_group i on i.work_group = e.work_group
where (select x.state from engagement x where x.school_in_group = i.id and x.since_on <= min(e.to_on, date(e.sent_at))
    order by x.since_on desc, x.rowid desc limit 1) <> 'withdrawn'"""

_THIS_YEAR = f"""
with {SEEN}, {_MARKS}, {_HELD}, standing as (
    select seen.id as work_group, (select e.state from engagement e where e.school_in_group = i.id
        and e.since_on <= :on order by e.since_on desc, e.rowid desc limit 1) as state
    from seen join school_in_group i on i.work_group = seen.id
), states as (
    select work_group, sum(state = 'registered') as registered, sum(state = 'active') as active,
        sum(state = 'completed') as completed, sum(state = 'withdrawn') as withdrawn from standing group by work_group
)
select g.*, coalesce(x.registered, 0) as registered, coalesce(x.active, 0) as active,
    coalesce(x.completed, 0) as completed, coalesce(x.withdrawn, 0) as withdrawn,
    (select count(*) from session n where n.work_group = g.id and n.state not in ('postponed', 'cancelled')) as planned,
    coalesce(h.many, 0) as held
from seen g left join states x on x.work_group = g.id
left join (select work_group, count(*) as many from held group by work_group) h on h.work_group = g.id"""

SQL = {
    "attendance": ATTENDANCE, "engagement": ENGAGEMENT + _ENGAGED, "days": DAYS, "evaluation": EVALUATION + _TOLD,
    # what the anonymous ones are made from: they leave out themselves what tells who it is
    "anonymous_engagement": ENGAGEMENT + _WHO + _ENGAGED,
    "anonymous_evaluation": EVALUATION + ", g.id as group_id, e.id as evaluation_id, s.id as sentence_id" + _TOLD,
    "schools_told": _SENT + SCHOOLS_TOLD,
}
# sessions are put in order once and then by their place: sorting 100,000 long rows by words takes longer than reading
ORDER = {
    "attendance": "n.place, s.name, participant, m.id",
    "engagement": "g.academic_year, g.title, g.id, s.name, s.id",
    "days": "t.academic_year, p.name, p.id, t.on_day, t.day_entry",
    "evaluation": "g.academic_year, g.title, g.id, e.from_on, heading.place, s.position, s.id, v.kept_on, v.kind,"
    " v.about",
}
# counting needs neither names nor which mark counts: each person is one, however often they were marked
_COUNTS = {
    "attendance": f"""
with {SEEN}
select count(*) from (
    select distinct m.session, coalesce(m.person, m.visitor || '|' || coalesce(m.school, ''))
    from seen cross join session n on n.work_group = seen.id cross join register_mark m on m.session = n.id
    where n.state not in ('postponed', 'cancelled')
    and (:half_term is null or (n.starts_at >= :from_at and n.starts_at < :to_at))
    and m.at < :until and (m.withdrawn_at is null or m.withdrawn_at >= :until)
)"""
}
ORDER |= {f"anonymous_{kind}": ORDER[kind] for kind in ("engagement", "evaluation")}
ORDER["schools_told"] = "evaluation_id, school_id"
AT_ITS_END = ("engagement", "anonymous_engagement")  # what is told of a half-term as it stood at its end


def export(db, viewer, kind, as_at, group=None, on=None, most=-1, **narrowed):
    """Yield the rows of an export one at a time, as its query gives them; `most` of them, or all.

    `narrowed` says of whom and when: see `_said`.
    """
    said = {**_said(viewer, kind, as_at, group, on, **narrowed), "most": most}
    sql = _WITH_TRN if kind == "attendance" and keeps_trn(db) else SQL[kind]
    yield from db.conn.execute(f"{sql} order by {ORDER[kind]} limit :most", said)


def count(db, viewer, kind, as_at, group=None, on=None, **narrowed):
    """Return how many rows an export has."""
    sql = _COUNTS.get(kind) or f"select count(*) from ({SQL[kind]})"
    return store.value(db, sql, _said(viewer, kind, as_at, group, on, **narrowed))


def _said(
    viewer, kind, as_at, group, on, leader=None, person=None, year=None, half_term=None, from_on=None, to_on=None
):
    """Return what the queries ask by name: a `leader` of the Work Groups, a `person` of days, an academic `year`.

    Days lie `from_on` … `to_on`; so do the sessions of a `half_term`, whose name evaluations have. Engagement is told
    as it stood at the end of the half-term.
    """
    if half_term and kind in AT_ITS_END:
        as_at = min(as_at, to_on)
    return {
        "viewer": viewer, "as_at": as_at, "until": after(as_at), "group": group, "on": on or clock.today(),
        "leader": leader, "person": person, "year": year, "half_term": half_term, "from_on": from_on, "to_on": to_on,
        "from_at": from_on and clock.at_london(from_on, "00:00"), "to_at": to_on and after(to_on),
    }  # fmt: skip


def strands_to_choose(db, chosen):
    """Return the strands that a hub lead may be limited to, by what makes two the same; those `chosen` before stay."""
    return {name.casefold(): name for name in (*STRANDS, *groups.strands(db), *chosen)}


def after(day):
    """Return the first moment after a day."""
    return clock.at_london((date.fromisoformat(day) + timedelta(days=1)).isoformat(), "00:00")


def this_year(db, viewer, on=None):
    """Return this year's Work Groups in numbers: schools by state, and sessions held of those planned."""
    on = on or clock.today()
    year = clock.academic_year(on)
    return store.rows(db, f"{_THIS_YEAR} order by g.title", _said(viewer, "", on, None, on, year=year))
