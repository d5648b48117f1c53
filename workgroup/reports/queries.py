"""Reading the reports of visits: the leaders' texts, and what was sent to the school.

A text is the leaders' own until it is sent. What was sent is for them and for the school's own people, as long as it
was not withdrawn; the hub sees that a visit was made, and no more.
"""

from workgroup import clock, store
from workgroup.groups import queries as groups
from workgroup.plans import queries as plans
from workgroup.retention import still_say
from workgroup.reviews import earlier_queries as earlier_reviews
from workgroup.reviews import queries as reviews
from workgroup.schools import queries as schools
from workgroup.visits import queries as visits

_SENT = (
    "select r.*, p.name, v.on_day, v.school_in_group, i.work_group, i.school, s.name as school_name,"
    " g.title as group_title, r.number = (select max(x.number) from report_sent x where x.visit = r.visit) as is_newest"
    " from report_sent r join person p on p.id = r.by join visit v on v.id = r.visit"
    " join school_in_group i on i.id = v.school_in_group join school s on s.id = i.school"
    " join work_group g on g.id = i.work_group"
)
LINK = "report"  # what a link of the kind `head` begins with when it opens a report


def text(db, viewer, visit_id):
    """Return the newest text of a visit's report for those who lead its group, or None."""
    return next(iter(texts(db, viewer, visit_id)), None)


def texts(db, viewer, visit_id):
    """Return every text of a visit's report for those who lead its group, newest first, each with its author's name."""
    if not _leads(db, viewer, visit_id):
        return []
    return store.rows(
        db,
        "select t.*, p.name from visit_report t join person p on p.id = t.by where t.visit = ? order by t.rowid desc",
        (visit_id,),
    )


def bare_text(db, visit_id):
    """Return the newest text: for changes only."""
    return store.row(db, "select * from visit_report where visit = ? order by rowid desc limit 1", (visit_id,))


def to_place(db, viewer, visit_id):
    """Return the notes a draft may be made of: those with words, each with `aspect` and `used` as they were said last.

    Until somebody says so, what the headteacher said is not used; all else is.
    """
    found = [n for n in visits.notes(db, viewer, visit_id) if still_say(n["words"])]
    group = (visits.visit(db, visit_id) or {}).get("work_group")
    now = {a["thread"]: a["id"] for a in reviews.framework(db, group)["aspects"]} if found else {}
    marks = ", ".join("?" * len(found))
    sql = f"select * from note_place where visit_note in ({marks})"
    placed = {p["visit_note"]: p for p in store.rows(db, sql, [n["id"] for n in found])}
    for n in found:
        place = placed.get(n["id"])
        # an aspect may have been put under one of an earlier version: the same aspect of now
        was = reviews.aspect(db, place["aspect"]) if place and place["aspect"] else None
        n["aspect"] = was and now.get(was["thread"])
        n["used"] = bool(place["used"]) if place else n["kind"] != "head"
    return found


def agreed(db, viewer, school_in_group):
    """Return the latest agreed review of each aspect of a school that a viewer may see, by the aspect's thread.

    Where none has been agreed in this Work Group yet, that of an earlier year's.
    """
    history = reviews.history(db, viewer, school_in_group)
    now = {r["thread"]: r for r in history if r["agreed_on"]}
    return {**earlier_reviews.of_viewer(db, viewer, school_in_group), **now}


def said_of_plan(db, visit):
    """Return what was said at a visit of the actions of the plan in force: `action`, `stands`, `words`.

    Its leaders say it for the school, which reads it with the plan.
    """
    plan = plans.in_force(db, visit["school_in_group"])
    return [
        {"action": a["words"], "stands": p["stands"], "words": p["words"] if still_say(p["words"]) else None}
        for m in (plans.aims(db, plan["id"]) if plan else ()) for a in m["actions"] for p in a["progress"]
        if p["visit"] == visit["id"]
    ]  # fmt: skip


def sent(db, viewer, id):
    """Return a sent report if the viewer may read it, or None."""
    return next(iter(_readable(db, viewer, store.rows(db, f"{_SENT} where r.id = ?", (id,)))), None)


def sent_of(db, viewer, visit_id):
    """Return the sent reports of a visit that a viewer may read, newest first, with `to` and `answers` for leaders."""
    found = store.rows(db, f"{_SENT} where r.visit = ? order by r.number desc", (visit_id,))
    return [_with_people(db, r) for r in _readable(db, viewer, found)]


def newest_of_school(db, viewer, school_in_group):
    """Return the newest sent report of each visit to a school that a viewer may read, by visit, without its words."""
    sql = f"select * from ({_SENT}) where school_in_group = ? and is_newest"
    found = _readable(db, viewer, store.rows(db, sql, (school_in_group,)))
    return {r["visit"]: {**r, "words": None, "answers": answers(db, r["id"])} for r in found}


def days_sent(db, school_in_group):
    """Return of each visit of a school the day it was made and the day its report went, while that stands; no words.

    For the head's version of the school's year: the report itself is behind the link it was sent by.
    """
    sql = f"select * from ({_SENT}) where school_in_group = ? and is_newest and withdrawn_at is null order by on_day"
    return [(r["on_day"], clock.day_of(r["at"])) for r in store.rows(db, sql, (school_in_group,))]


def _readable(db, viewer, found):
    kept, on, known = [], clock.today(), {}
    for r in found:
        if (group := r["work_group"]) not in known:  # most often all are of one group
            known[group] = groups.leads(db, viewer, group, on), groups.school_of(db, viewer, group, on)
        leads, own = known[group][0], known[group][1] == r["school_in_group"]
        if leads or (own and r["is_newest"] and not r["withdrawn_at"]):
            kept.append({**r, "leads": leads})
    return kept


def _with_people(db, r):
    if r["leads"]:
        r["to"] = store.rows(db, "select * from report_to where report_sent = ? order by name, id", (r["id"],))
    r["answers"] = answers(db, r["id"])
    return r


def answers(db, report_sent):
    """Return who of the school has read a sent report, and when; the first of each name."""
    found = store.rows(db, "select * from report_answer where report_sent = ? order by at, rowid", (report_sent,))
    return list({a["name"].casefold(): a for a in reversed(found)}.values())[::-1]


def by_link(db, link):
    """Return what a link shows: the newest sent report of its visit, withdrawn or not, or None when it is no such link.

    The holder of the link is whoever it was sent to: `report_to`.
    """
    what, _, about = (link["about"] or "").partition(" ")
    visit, _, recipient = about.partition(" ")
    if what != LINK:
        return None
    found = store.row(db, f"{_SENT} where r.visit = ? order by r.number desc limit 1", (visit,))
    return found and {**found, "report_to": recipient, "answers": answers(db, found["id"])}


def bare_sent(db, id):
    """Return the row of a sent report with the facts around it: for changes, and for the file that goes with a mail."""
    return store.row(db, f"{_SENT} where r.id = ?", (id,))


def link_about(visit, report_to):
    """Return what a link is about that somebody was sent of a visit's report: see `by_link`."""
    return f"{LINK} {visit} {report_to}"


def visit_of_sent(db, id):
    """Return the visit of a sent report, or None."""
    return store.value(db, "select visit from report_sent where id = ?", (id,))


def visit_of_recipient(db, report_to):
    """Return the visit of the report that somebody was sent, or None."""
    sql = "select r.visit from report_to t join report_sent r on r.id = t.report_sent where t.id = ?"
    return store.value(db, sql, (report_to,))


def next_number(db, visit_id):
    """Return the number of the next report that is sent of a visit."""
    return store.value(db, "select coalesce(max(number), 0) + 1 from report_sent where visit = ?", (visit_id,))


def contacts(db, school):
    """Return the contacts of a school that a report can be sent to."""
    return [c for c in schools.contacts(db, school) if c["email"]]


def recipients(db, viewer, visit_id):
    """Return who was sent a visit's report, each address once, for its leaders: `until` is when their link ends or did.

    Every link shows the newest version, so it is of them all; None where what it opened was erased.
    """
    if not _leads(db, viewer, visit_id):
        return []
    found = {}
    for to in store.rows(
        db,
        "select t.id, t.name, t.email, l.expires_at as until from report_sent r"
        " join report_to t on t.report_sent = r.id left join link l on l.kind = 'head'"
        " and l.about = ? || t.id where r.visit = ? order by r.number, t.name, t.id",
        (link_about(visit_id, ""), visit_id),
    ):
        was = found.pop(to["email"].casefold(), None)
        until = max(filter(None, (was and was["until"], to["until"])), default=None)
        found[to["email"].casefold()] = {**to, "until": until, "works": bool(until and until > clock.now())}
    return list(found.values())[::-1]


def links_of(db, report_to):
    """Return what the links are about that an address was sent to one visit's report: for changes only."""
    return [link_about(r["visit"], r["id"]) for r in store.rows(
        db,
        "select r.visit, t.id from report_sent r join report_to t on t.report_sent = r.id where r.visit = ?"
        " and t.email = (select email from report_to where id = ?) collate nocase",
        (visit_of_recipient(db, report_to), report_to),
    )]  # fmt: skip


def kept_links(db, viewer, report_sent):
    """Return the links of a sent report that no mail server took, for its leaders to pass on: `name`, `email`, `link`.

    `state` tells one that is kept from one that waits, in the seconds after it was sent.

    The page of the hub's mail does not show them: a report is for the school and for those who lead its group.
    """
    return store.rows(
        db,
        "select t.name, t.email, m.link, m.expires_at, m.state from mail m"
        " join report_to t on 'report ' || t.id = m.attached"
        " join report_sent r on r.id = t.report_sent join visit v on v.id = r.visit"
        " join school_in_group i on i.id = v.school_in_group join membership x on x.work_group = i.work_group"
        " where t.report_sent = :sent and m.state in ('kept', 'waiting') and m.link is not null and m.expires_at > :now"
        " and x.person = :viewer and x.role = 'leader' and x.from_on <= :on and (x.to_on is null or x.to_on >= :on)"
        " group by m.id order by t.name",
        {"sent": report_sent, "viewer": viewer, "on": clock.today(), "now": clock.now()},
    )


def unreported(db, viewer, since):
    """Return the visits a viewer made since a day of which no report stands, newest first."""
    left = visits.made_by(db, viewer, since, clock.today())
    marks = ", ".join("?" * len(left))
    sql = f"select visit from report_sent where visit in ({marks}) and withdrawn_at is null"
    sent = {row["visit"] for row in store.rows(db, sql, [v["id"] for v in left])} if left else ()
    return [v for v in left if v["id"] not in sent]


def visits_of_texts(db, ids):
    """Return the visits that these texts belong to: where to look, not what they say."""
    marks = ", ".join("?" * len(ids))
    return [r["visit"] for r in store.rows(db, f"select distinct visit from visit_report where id in ({marks})", ids)]


def _leads(db, viewer, visit_id):
    found = visits.visit(db, visit_id)
    return found is not None and groups.leads(db, viewer, found["work_group"], clock.today())
