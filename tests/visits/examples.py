"""One example of every kind of visits."""

from tests.examples import Example
from tests.world import days, do
from workgroup.people import post

NO = post.new_id()


def a_visit(db, w, made=False, **over):
    """Plan a visit to the member's school, and make it when asked; return its id."""
    fields = {"school_in_group": w.in_group, "on_day": days(-5), "purpose": "Are the sentences used?", **over}
    visit = do(db, "visits.plan", w.leader, **fields).about
    if made:
        do(db, "visits.make", w.leader, visit=visit, head_met="y", people_met="Both teachers", seen="1")
    return visit


def a_note(db, w):
    """Keep a raw note and return its id."""
    fields = {"visit": a_visit(db, w), "kind": "walk", "year_group": "Year 2", "words": "Four times"}
    return do(db, "visits.note", w.leader, **fields).about


def _gone_note(db, w):
    note = a_note(db, w)
    do(db, "visits.withdraw_note", w.leader, visit_note=note)
    return note


def _cancelled(db, w):
    visit = a_visit(db, w)
    do(db, "visits.cancel", w.leader, visit=visit)
    return visit


EXAMPLES = {
    "visits.restore_note": Example("leader", lambda db, w: {"visit_note": _gone_note(db, w)}, ({"visit_note": NO},),
                                   not_by="participant"),
    "visits.plan": Example(
        "leader", lambda db, w: {"school_in_group": w.in_group, "on_day": days(7), "starts": "09:00", "ends": "12:00"},
        ({"on_day": "soon"}, {"ends": "08:00"}, {"days": "0.3"}, {"school_in_group": NO}, {"days": "-1"}),
        {"purpose": "Other"}, "participant",
    ),
    "visits.make": Example(
        "leader", lambda db, w: {"visit": a_visit(db, w), "people_met": "Head", "head_met": "y", "seen": "1"},
        ({"seen": "4"}, {"visit": NO}, {"days": "9"}), {"people_met": "Nobody"}, "participant",
    ),
    "visits.edit": Example(
        "leader", lambda db, w: {"visit": a_visit(db, w), "on_day": days(9), "starts": "09:00", "days": "1",
                                 "seen": "1"},
        ({"seen": "4"}, {"visit": NO}, {"on_day": ""}, {"starts": "noon"}, {"ends": "08:00"}, {"days": "0.3"}),
        {"on_day": days(10)}, "participant",
    ),
    "visits.unmake": Example("leader", lambda db, w: {"visit": a_visit(db, w, made=True)}, ({"visit": NO},),
                             not_by="participant"),
    "visits.cancel": Example("leader", lambda db, w: {"visit": a_visit(db, w), "why": "Snow"}, ({"visit": NO},),
                             {"why": "Other"}, "participant"),
    "visits.plan_again": Example("leader", lambda db, w: {"visit": _cancelled(db, w)}, ({"visit": NO},),
                                 not_by="participant"),
    "visits.note": Example(
        "leader", lambda db, w: {"visit": a_visit(db, w), "kind": "walk", "words": "Heard from pupils"},
        ({"kind": "spy"}, {"words": ""}, {"visit": NO}), {"words": "Other"}, "participant",
    ),
    "visits.add_words": Example(
        "leader", lambda db, w: {"visit_note": a_note(db, w), "words": "Four times in three minutes", "after": ""},
        ({"words": ""}, {"visit_note": NO}), {"words": "Other"}, "participant",
    ),
    "visits.withdraw_note": Example("leader", lambda db, w: {"visit_note": a_note(db, w)}, ({"visit_note": NO},),
                                    not_by="participant"),
}  # fmt: skip
