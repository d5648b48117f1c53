"""One example of every kind of reports."""

from tests.examples import Example
from tests.visits.examples import a_visit
from tests.world import do
from workgroup import store
from workgroup.people import post

NO = post.new_id()
WORDS = "# Lesson design\n\nYear 2: the sentence was said four times.\n\nNext step: one sentence a unit."


def a_text(db, w, visit=None, words=WORDS, **over):
    """Write the report of a visit that was made, and return the visit."""
    visit = visit or a_visit(db, w, made=True, **over)
    do(db, "reports.write", w.leader, visit=visit, words=words, seen=newest(db, visit))
    return visit


def newest(db, visit):
    """Return the id of a report's newest text, or nothing."""
    return store.value(db, "select id from visit_report where visit = ? order by rowid desc limit 1", (visit,)) or ""


def a_sent(db, w, visit=None, name="Mrs Hale", email="head@staithe.example", **over):
    """Send a report, written before where no visit is given, and return the id of what was sent."""
    visit = visit or a_text(db, w, **over)
    do(db, "reports.send", w.leader, visit=visit, name=name, email=email, seen=newest(db, visit))
    return store.value(db, "select id from report_sent where visit = ? order by number desc limit 1", (visit,))


def a_proof(db):
    """Return the token of the newest link to a report."""
    sql = "select link from mail where attached like 'report %' order by rowid desc limit 1"
    return store.value(db, sql).split("/")[-1]


def to_acknowledge(db, w):
    """Return fields with which a head says that they have read it."""
    sent = a_sent(db, w)
    return {"proof": a_proof(db), "name": "Mrs Hale", "seen": sent}


def _to_draft(db, w):
    visit = a_visit(db, w, made=True)
    do(db, "visits.note", w.leader, visit=visit, kind="walk", year_group="Year 2", words="Said four times")
    return {"visit": visit, "seen": ""}


def _withdrawn(db, w):
    sent = a_sent(db, w)
    do(db, "reports.withdraw", w.leader, report_sent=sent, why="The wrong school")
    return sent


def _sent_to(db, w):
    return store.value(db, "select id from report_to where report_sent = ?", (a_sent(db, w),))


EXAMPLES = {
    "reports.draft": Example(
        "leader", _to_draft,
        ({"seen": NO}, {"visit": NO}, {"notes-0-visit_note": NO}, {"notes-0-visit_note": "none"}),
        not_by="participant",
    ),
    "reports.write": Example(
        "leader", lambda db, w: {"visit": a_visit(db, w), "words": WORDS, "seen": ""},
        ({"words": ""}, {"seen": NO}, {"visit": NO}, {"words": "x" * 20_001}), {"words": "Other"}, "participant",
    ),
    "reports.send": Example(
        "leader", lambda db, w: {"visit": (v := a_text(db, w)), "seen": newest(db, v), "name": "Mrs Hale",
                                 "email": "head@staithe.example"},
        ({"email": ""}, {"email": "nobody"}, {"seen": ""}, {"contacts": [NO]}, {"visit": NO},
         {"name": "", "email": ""}),
        {"name": "Mr Other"}, "participant",
    ),
    "reports.withdraw": Example(
        "leader", lambda db, w: {"report_sent": a_sent(db, w), "why": "The wrong school"},
        ({"why": ""}, {"report_sent": NO}), {"why": "Other"}, "participant",
    ),
    "reports.restore": Example("leader", lambda db, w: {"report_sent": _withdrawn(db, w)}, ({"report_sent": NO},),
                               not_by="participant"),
    "reports.end_link": Example("leader", lambda db, w: {"report_to": _sent_to(db, w)}, ({"report_to": NO},),
                                not_by="participant"),
    "reports.acknowledge": Example(
        None, to_acknowledge, ({"proof": "ABC"}, {"name": ""}, {"seen": NO}, {"proof": ""}), {"name": "Other"},
        anyone=True,
    ),
}  # fmt: skip
