"""Reading evaluations: the leaders of the group all of it, whoever runs the hub what was sent."""

import hashlib

from workgroup import clock, store
from workgroup.groups import queries as groups

# where a piece of evidence is read, by those who may
PAGES = {
    "session": "/sessions/", "open lesson": "/lessons/", "reflection": "/reflections/", "gap task": "/gap-tasks/",
    "visit": "/visits/", "review": "/reviews/", "head statement": "/head-statements/",
}  # fmt: skip
# of what has no page of its own the page that it stands on, in SQL: `v` is the piece of evidence
_STANDS_ON = {
    "in-school work": "'/schools-in-group/' || (select w.school_in_group from in_school_work w where w.id = v.about)"
    " || '/records/work'",
    "engagement": "'/schools-in-group/' || v.about || '/records/engagement'",
    "visit note": "'/visits/' || (select n.visit from visit_note n where n.id = v.about) || '#n-' || v.about",
    "noticing": "'/lessons/' || (select n.lesson from noticing n where n.id = v.about) || '/timeline#n-' || v.about",
}
ADDRESS = (
    "case v.kind " + " ".join(f"when '{kind}' then '{page}' || v.about" for kind, page in PAGES.items())
    + " " + " ".join(f"when '{kind}' then {page}" for kind, page in _STANDS_ON.items()) + " end"
)  # fmt: skip
_EVALUATION = (
    "select e.*, g.title as group_title, g.academic_year, g.strand, g.project_code, p.name, s.name as sent_by_name,"
    " (select max(x.version) from evaluation x where x.work_group = e.work_group and x.half_term = e.half_term)"
    " as newest"
    " from evaluation e join work_group g on g.id = e.work_group join person p on p.id = e.by"
    " left join person s on s.id = e.sent_by"
)


def evaluation(db, viewer, id):
    """Return an evaluation that a viewer may read, or None."""
    found = bare(db, id)
    return found if found and _reads(db, viewer, found) else None


def bare(db, id):
    """Return an evaluation with the names around it: for rights and changes."""
    return store.row(db, f"{_EVALUATION} where e.id = ?", (id,))


def of_group(db, viewer, group):
    """Return the evaluations of a group that a viewer may read, the newest half-term and version first."""
    found = store.rows(db, f"{_EVALUATION} where e.work_group = ? order by e.from_on desc, e.version desc", (group,))
    return [e for e in found if _reads(db, viewer, e)]


def sent(db, viewer, year):
    """Return the newest sent version of each half-term's evaluation of a year, of Work Groups that a viewer runs."""
    return store.rows(
        db,
        f"{_EVALUATION} where g.academic_year = :year and e.state = 'sent' and {groups.RUNS} and not exists (select 1"
        " from evaluation x where x.work_group = e.work_group and x.half_term = e.half_term and x.state = 'sent'"
        " and x.version > e.version) order by g.title, e.from_on desc",
        {"viewer": viewer, "on": clock.today(), "year": year},
    )


def newest(db, group, half_term):
    """Return the newest version of a half-term's evaluation, or None: for changes."""
    sql = f"{_EVALUATION} where e.work_group = ? and e.half_term = ? order by e.version desc limit 1"
    return store.row(db, sql, (group, half_term))


def sent_before(db, group, from_on):
    """Return the last evaluation that was sent for an earlier half-term, or None: for changes.

    Of the group itself, else of the one of the year before that it was made from.
    """
    return store.row(
        db,
        f"{_EVALUATION} where e.work_group in (:group, (select made_from from work_group where id = :group))"
        " and e.from_on < :from_on and e.state = 'sent'"
        " order by e.work_group = :group desc, e.from_on desc, e.version desc limit 1",
        {"group": group, "from_on": from_on},
    )


def sentences(db, evaluation_id, also_withdrawn=False):
    """Return the sentences of an evaluation by heading, in order, each with its `evidence`.

    Whoever may read the evaluation may read them: ask for that first. What was taken away is for its writers.
    """
    found = store.rows(
        db,
        "select s.* from evaluation_sentence s where s.evaluation = ? and (s.withdrawn_at is null or ?)"
        " order by s.heading, s.position, s.id",
        (evaluation_id, also_withdrawn),
    )
    rests = {}
    for one in store.rows(
        db,
        "select v.* from sentence_evidence v join evaluation_sentence s on s.id = v.sentence where s.evaluation = ?"
        " order by v.kept_on, v.kind, v.about",
        (evaluation_id,),
    ):
        rests.setdefault(one["sentence"], []).append(one)
    return [{**s, "evidence": rests.get(s["id"], [])} for s in found]


def digest(sentences):
    """Return what tells these sentences, in these versions and this order, from any others: what somebody has seen."""
    seen = " ".join(f"{s['id']}:{s['version']}" for s in sentences if not s["withdrawn_at"])
    return hashlib.sha256(seen.encode()).hexdigest()


def sentence(db, id):
    """Return one sentence with its evidence: for rights and changes, and for the page of a leader."""
    found = store.row(db, "select * from evaluation_sentence where id = ?", (id,))
    if found:
        found["evidence"] = store.rows(db, "select * from sentence_evidence where sentence = ?", (id,))
    return found


def address(db, kind, about):
    """Return where a piece of evidence is read, or None when it is there no more; who may is asked by that page."""
    return store.value(db, f"select {ADDRESS} from (select ? as kind, ? as about) v", (kind, about))


def _reads(db, viewer, found):
    if groups.leads(db, viewer, found["work_group"], clock.today()):
        return True
    return found["state"] == "sent" and groups.runs(db, viewer, found["work_group"], clock.today())
