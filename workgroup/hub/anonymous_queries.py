"""Reading the names that an anonymous file must not tell: of the schools, people and places around Work Groups."""

import json

from workgroup import clock, store
from workgroup.groups.queries import half_terms
from workgroup.hub.queries import AT_ITS_END, SCHOOLS_TOLD, after

_GROUPS = "(select value from json_each(:groups))"
_AROUND = (
    f"(select school from school_in_group where work_group in {_GROUPS} union select host from session"
    f" where work_group in {_GROUPS} union select m.school from register_mark m join session n on n.id = m.session"
    f" where n.work_group in {_GROUPS} union select school from membership where work_group in {_GROUPS})"
)


def schools(db, groups):
    """Return the schools in or around Work Groups: in them, hosting them, or with somebody on a register."""
    return store.rows(db, f"select id, name from school where id in {_AROUND} order by id", _said(groups))


def blocks(db, kind, as_at):
    """Return what files of a kind are made of, in the whole hub as it stood on a day, whoever may export it.

    Work Groups, or evaluations: `work_group`, `year`, `half_term`, and the set of `schools` that each tells of;
    `came` says of each school since when: the end of the half-term it joined in, or the day it was first sent.
    """
    found, ends = {}, {}
    for row in store.rows(db, _ENGAGED if kind in AT_ITS_END else _SENT, {"as_at": as_at, "until": after(as_at)}):
        one = found.setdefault(row["block"], {**row, "schools": set(), "came": {}})
        one["schools"].add(row["school"])
        if row["sent_at"]:
            one["came"][row["school"]] = clock.day_of(row["sent_at"])
        else:
            year = row["year"]
            ends[year] = ends.get(year) or sorted(t["to_on"] for t in half_terms(db, year))
            one["came"][row["school"]] = next((end for end in ends[year] if end >= row["since_on"]), row["since_on"])
    return list(found.values())


def led_by(db, leader, as_at):
    """Return the Work Groups that somebody leads, or led by a day."""
    sql = "select work_group from membership where person = ? and role = 'leader' and from_on <= ?"
    return {r["work_group"] for r in store.rows(db, sql, (leader, as_at))}


_ENGAGED = (
    "select g.id as block, g.id as work_group, g.academic_year as year, null as half_term, i.school, null as sent_at,"
    " min(e.since_on) as since_on from work_group g join school_in_group i on i.work_group = g.id"
    " join engagement e on e.school_in_group = i.id and e.since_on <= :as_at group by i.id"
)
_SENT = f"""
with told as (
    select * from (
        select e.*, row_number() over (partition by e.work_group, e.half_term order by e.version desc) as place
        from evaluation e where e.state = 'sent' and e.sent_at < :until
    ) where place = 1
)
select t.evaluation_id as block, e.work_group, g.academic_year as year, e.half_term, t.school_id as school,
    (select min(x.sent_at) from evaluation x where x.work_group = e.work_group and x.half_term = e.half_term) as sent_at
from ({SCHOOLS_TOLD}) t join evaluation e on e.id = t.evaluation_id join work_group g on g.id = e.work_group"""


def every_group(db):
    """Return the ids of all Work Groups of the hub."""
    return {row["id"] for row in store.rows(db, "select id from work_group")}


def everybody(db):
    """Return the names of all people of the hub, and of those who speak for a school."""
    return _names(db, "select name from person union select name from school_contact", ())


def people(db, groups):
    """Return the names of whoever belongs to the groups or the hub, speaks or answers for a school, taught, visited."""
    held = f"join session n on n.id = x.session where n.work_group in {_GROUPS}"
    school = f"join school_in_group i on i.id = x.school_in_group where i.work_group in {_GROUPS}"
    plan = f"join action_plan x on x.id = a.action_plan {school}"
    report = f"join report_sent r on r.id = a.report_sent join visit x on x.id = r.visit {school}"
    return _names(
        db,
        f"select p.name from person p join membership m on m.person = p.id where m.work_group in {_GROUPS}"
        " union select p.name from person p join hub_role r on r.person = p.id"
        f" union select c.name from school_contact c where c.school in {_AROUND}"
        f" union select x.visitor from register_mark x {held} union select x.teacher_name from lesson x {held}"
        f" union select p.name from register_mark x join person p on p.id = x.person {held}"
        f" union select x.name from host_word x {held}"
        f" union select x.name from journey_asking x {school} union select x.name from head_statement x {school}"
        f" union select x.agreed_with from review x {school} union select x.agreed_with from action_plan x {school}"
        f" union select a.name from plan_asking a {plan} union select a.name from plan_answer a {plan}"
        f" union select a.name from report_to a {report} union select a.name from report_answer a {report}",
        groups,
    )


def places(db, groups):
    """Return the names of the hub, its Work Groups and project codes, of trusts, authorities, towns and streets."""
    told = [("name", "hub")] + [(c, f"work_group where id in {_GROUPS}") for c in ("title", "project_code")]
    told += [(c, f"school where id in {_AROUND}") for c in ("la", "trust", "town", "street")]
    return _names(db, " union ".join(f"select {column} from {rows}" for column, rows in told), groups)


def _names(db, sql, groups):
    return [next(iter(r.values())) for r in store.rows(db, sql, _said(groups)) if next(iter(r.values()))]


def _said(groups):
    return {"groups": json.dumps(sorted(groups))}
