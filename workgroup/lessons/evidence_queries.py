"""Noticings as evidence of a school’s journey: which its leaders may rest a review or an evaluation on."""

from workgroup import clock, store
from workgroup.lessons.noticing_queries import later_words


def evidence_for(db, viewer, school_in_group):
    """Return noticings by a school's people that its leaders may use as evidence: `id`, `on_day`, `words`, `topic`.

    The newest first. Only what the viewer wrote, or what the lesson's teacher has shared with the group or the hub; the
    words that stand. Each says who it is `by`: what the viewer noticed is of no school.
    """
    rows = store.rows(
        db,
        "select v.id, v.by, v.lesson, substr(n.starts_at, 1, 10) as on_day, v.words, v.code, l.topic, l.shared_to"
        " from noticing v join lesson l on l.id = v.lesson join session n on n.id = l.session"
        " join school_in_group i on i.id = :school and i.work_group = n.work_group"
        " where v.withdrawn_at is null and (v.by = :viewer or (v.hidden_at is null and l.state = 'shared'"
        " and l.shared_with in ('group', 'hub') and v.number <= l.shared_to and exists (select 1 from membership m"
        " where m.person = v.by and m.work_group = n.work_group and m.school = i.school)))"
        " order by n.starts_at desc, v.second",
        {"viewer": viewer, "school": school_in_group},
    )
    stand = {}
    for id, to in {(r["lesson"], r["shared_to"]) for r in rows}:
        stand.update(later_words(db, [id], viewer, to or 0))
    for r in rows:
        if r["id"] in stand:
            r["words"] = "\n".join(v["words"] for v in stand[r["id"]])
    return [r for r in rows if r["words"]]


def let_go(db, viewer, ids):
    """Return of these noticings, for the leaders of their groups, `id`, `by`, and whether it `is_shared`; no word.

    Shared is what the teacher has let the group or the hub see. What its author withdrew is left out.
    """
    marks = ", ".join("?" * len(ids))
    return store.rows(
        db,
        "select v.id, v.by, (v.hidden_at is null and l.state = 'shared' and l.shared_with in ('group', 'hub')"
        " and v.number <= l.shared_to) as is_shared from noticing v join lesson l on l.id = v.lesson"
        f" join session n on n.id = l.session where v.id in ({marks}) and v.withdrawn_at is null and exists ("
        " select 1 from membership m where m.work_group = n.work_group and m.person = ? and m.role = 'leader'"
        " and m.from_on <= ? and (m.to_on is null or m.to_on >= ?))",
        (*ids, viewer, clock.today(), clock.today()),
    )
