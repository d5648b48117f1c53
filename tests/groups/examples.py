"""One example of every kind of Work Groups."""

import json

from tests.examples import Example
from tests.world import days, do, school
from workgroup import store
from workgroup.people import post

NO = post.new_id()
WORDS = {"leader_word": "Specialist", "participant_word": "Advocate", "meeting_word": "TRG"}


def _edit(db, w):
    return {**WORDS, "work_group": w.group, "title": "New title", "academic_year": "2026/27", "seen": "1"}


def _tag(db, w):
    return do(db, "groups.add_tag", w.leader, work_group=w.group, name="Talk").about


def a_grant(db, w, school="in_group", **over):
    """Note a grant for a school and return its id."""
    fields = {"school_in_group": getattr(w, school), "amount": "1200", "purpose": "Release time", **over}
    id = post.new_id()
    do(db, "groups.give_grant", w.administrator, id=id, **fields)
    return id


def _gone_grant(db, w):
    grant = a_grant(db, w)
    do(db, "groups.withdraw_grant", w.administrator, grant=grant)
    return grant


def _rows(db, w):
    row = {"school": school(db, "900900", "New School"), "name": "Ada New", "email": "ada@example.org", "title": "Y3"}
    return {"work_group": w.group, "rows": json.dumps([row])}


def _own_half_term(db, w):
    year = {"academic_year": "2026/27", "school": w.school}
    do(db, "groups.set_half_term", w.leader, name="Autumn 1", from_on="2026-09-03", to_on="2026-10-20", **year)
    return year


def _ended(db, w):
    do(db, "groups.end_membership", w.leader, membership=w.colleague_membership, to_on=days(0), why="A new post")
    return {"membership": w.colleague_membership}


def _engaged(db, w):
    do(db, "groups.set_engagement", w.leader, school_in_group=w.in_group, state="active", since_on=days(-100))
    newest = "select id from engagement where school_in_group = ? order by rowid desc"
    return {"school_in_group": w.in_group, "engagement": store.value(db, newest, (w.in_group,))}


def _an_empty_group(db, w):
    words = {**WORDS, "title": "Twice", "academic_year": "2026/27"}
    return {"work_group": do(db, "groups.create", w.hub_lead, **words).about}


def _by_mistake(db, w):
    return {"school_in_group": do(db, "groups.add_school", w.leader, work_group=w.group, school=w.far_school).about}


def _cleared(db, w):
    year = _own_half_term(db, w)
    do(db, "groups.clear_half_terms", w.leader, **year)
    return year


EXAMPLES = {
    "groups.restore_membership": Example("leader", _ended, ({"membership": NO}, {"membership": ""}), None, "outsider"),
    "groups.take_back_engagement": Example(
        "leader", _engaged, ({"engagement": NO}, {"engagement": ""}, {"school_in_group": NO}), None, "participant"
    ),
    "groups.take_out": Example("hub_lead", _an_empty_group, ({"work_group": NO},), None, "leader"),
    "groups.take_out_school": Example("leader", _by_mistake, ({"school_in_group": NO},), None, "participant"),
    "groups.restore_half_terms": Example(
        "leader", _cleared, ({"school": ""}, {"school": NO}, {"academic_year": "2030/31"}), None, "outsider"
    ),
    "groups.create": Example(
        "hub_lead", lambda db, w: {**WORDS, "title": "Embedding", "academic_year": "2026/27"},
        ({"title": ""}, {"academic_year": "2026"}, {"academic_year": "2026/29"}, {"visits_per_school": "many"},
         {"participant_word": ""}), {"title": "Sustaining"}, "leader",
    ),
    "groups.edit": Example(
        "leader", _edit, ({"title": ""}, {"seen": "9"}, {"academic_year": "soon"}), {"title": "T"}, "participant"
    ),
    "groups.add_school": Example(
        "leader", lambda db, w: {"work_group": w.group, "school": w.far_school, "since_on": days(-3)},
        ({"school": NO}, {"school": ""}, {"since_on": "x"}), {"since_on": days(-4)}, "participant",
    ),
    "groups.set_engagement": Example(
        "leader", lambda db, w: {"school_in_group": w.in_group, "state": "active", "since_on": days(-100)},
        ({"state": "lost"}, {"state": "withdrawn"}, {"since_on": days(3)}, {"since_on": days(-300)},
         {"state": "registered"}), {"since_on": days(-99)}, "participant",
    ),
    "groups.add_person": Example(
        "leader",
        lambda db, w: {"work_group": w.group, "name": "Connor", "email": "c@example.org", "role": "participant",
                       "school": w.school},
        ({"name": ""}, {"email": "c@"}, {"role": "king"}, {"school": ""}, {"school": NO},
         {"email": "participant@example.org"}), {"name": "Conor"}, "participant",
    ),
    "groups.set_email": Example(
        "leader", lambda db, w: {"membership": w.neighbour_membership, "email": "right@example.org"},
        ({"email": ""}, {"email": "right"}, {"email": "colleague@example.org"}, {"membership": NO}),
        {"email": "other@example.org"}, "participant",
    ),
    "groups.end_membership": Example(
        "leader", lambda db, w: {"membership": w.colleague_membership, "to_on": days(0)},
        ({"to_on": days(-400)}, {"to_on": ""}, {"membership": NO}), {"to_on": days(1)}, "participant",
    ),
    "groups.give_grant": Example(
        "leader",
        lambda db, w: {"school_in_group": w.in_group, "amount": "£1,200", "purpose": "Release", "paid_on": days(-5)},
        ({"amount": "lots"}, {"amount": ""}, {"amount": "1.005"}, {"purpose": " "}, {"paid_on": "x"},
         {"school_in_group": NO}), {"amount": "1000"}, "participant",
    ),
    "groups.edit_grant": Example(
        "administrator", lambda db, w: {"grant": a_grant(db, w), "amount": "900.50", "purpose": "Books", "seen": "1"},
        ({"amount": ""}, {"seen": "4"}, {"grant": NO}, {"purpose": ""}), {"amount": "901"}, "participant",
    ),
    "groups.withdraw_grant": Example(
        "leader", lambda db, w: {"grant": a_grant(db, w)}, ({"grant": NO}, {"grant": ""}), None, "participant"
    ),
    "groups.restore_grant": Example(
        "leader", lambda db, w: {"grant": _gone_grant(db, w)}, ({"grant": NO},), None, "participant"
    ),
    "groups.add_tag": Example(
        "leader", lambda db, w: {"work_group": w.group, "name": "Talk"},
        ({"name": ""}, {"name": "fluency"}, {"name": "x" * 41}), {"name": "Listening"}, "participant",
    ),
    "groups.edit_tag": Example(
        "leader", lambda db, w: {"tag": _tag(db, w), "name": "Talking", "ended": "0"},
        ({"name": ""}, {"ended": "5"}, {"tag": NO}), {"name": "Words"}, "participant",
    ),
    "groups.set_half_term": Example(
        "administrator",
        lambda db, w: {"academic_year": "2026/27", "name": "Autumn 1", "from_on": "2026-09-02", "to_on": "2026-10-16"},
        ({"name": "Winter"}, {"to_on": "2026-08-01"}, {"to_on": "2026-12-01"}, {"from_on": ""}),
        {"from_on": "2026-09-03"}, "leader",
    ),
    "groups.clear_half_terms": Example(
        "leader", _own_half_term, ({"school": ""}, {"school": NO}, {"academic_year": "2030/31"}), None, "outsider",
    ),
    "groups.set_shape": Example(
        "administrator",
        lambda db, w: {"strand": "Primary Development", "from_year": "2015/16", "meetings": "6", "visits": "4",
                       "visit_days": "", "seen": "1"},
        ({"strand": ""}, {"from_year": "soon"}, {"from_year": "2026/29"}, {"visits": "many"}, {"visit_days": "0.3"},
         {"seen": "7"}, {"seen": ""}), {"visits": "5"}, "leader",
    ),
    "groups.import_participants": Example(
        "leader", _rows,
        ({"rows": "[]"}, {"rows": "no json"}, {"rows": '[{"name": "A"}]'}, {"rows": '[5]'}, {"rows": '{"a": 1}'},
         {"rows": json.dumps([{"school": NO, "name": "A", "email": None, "title": ""}])},
         {"rows": json.dumps([{"school": NO, "name": "A", "email": "a@", "title": ""}])}), None, "participant",
    ),
}  # fmt: skip
