"""One example of every kind of the days log."""

from tests.examples import Example
from tests.visits.examples import a_visit
from tests.world import days, do
from workgroup import clock, store
from workgroup.days import claim_queries, queries
from workgroup.days import suggestion_queries as suggested
from workgroup.people import post

NO = post.new_id()
YEAR = "2026/27"


def activity(db, name="planning"):
    """Return the id of an activity by its word."""
    return store.value(db, "select id from day_activity where name = ?", (name,))


def fields_of(db, **over):
    """Return the fields of an entry by hand: half a day of planning ten days ago."""
    return {"on_day": days(-10), "activity": activity(db), "days": "0.5", **over}


def an_entry(db, w, by="leader", **over):
    """Enter a day by hand and return its id."""
    return do(db, "days.enter", getattr(w, by), **fields_of(db, **over)).about


def an_allowance(db, w, who="leader", year=None, **over):
    """Note an allowance of the academic year that ten days ago lies in, and return its id."""
    fields = {"stage": "Leading", "days": "12", "rate": "200", **over}
    fields.update(person=getattr(w, who), academic_year=year or clock.academic_year(days(-10)))
    return do(db, "days.set_allowance", w.administrator, **fields).about


def a_suggestion(db, w, **over):
    """Make a visit, and return the text that its suggestion goes by."""
    visit = a_visit(db, w, made=True, **over)
    return next(one["text"] for one in suggested.suggestions(db, w.leader) if one["id"] == visit)


def taken(db, w, **over):
    """Take in the suggestion of a visit, and return the entry's id."""
    do(db, "days.take", w.leader, sources=[a_suggestion(db, w, **over)])
    return store.value(db, "select id from day_entry where visit is not null order by rowid desc")


def declined(db, w):
    """Say that a suggestion is not a day of mine, and return the id of that."""
    return do(db, "days.decline", w.leader, source=a_suggestion(db, w)).about


def moved(db, w, by=-6, length=0.5):
    """Take in a visit, then let it turn out to have been on another day; return the entry's id."""
    entry = taken(db, w)
    with store.writing(db):
        db.conn.execute("update visit set on_day = ?, days = ?", (days(by), length))
    return entry


def ticked(db, w, **narrowed):
    """Return what a claim's form carries of all that is not claimed."""
    return [claim_queries.seen_of(one) for one in queries.to_claim(db, w.administrator, **narrowed)]


def claim_fields(db, w, **over):
    """Return the fields of a claim of all that is not claimed."""
    return {"entries": ticked(db, w), "reference": "TH-1", "claimed_on": days(0), **over}


def a_claim(db, w, **over):
    """Claim all that is not claimed and return the claim's id."""
    return do(db, "days.claim", w.administrator, **claim_fields(db, w, **over)).about


def a_claimed_entry(db, w, **over):
    """Enter a day and claim it; return the entry's id."""
    an_allowance(db, w)
    entry = an_entry(db, w, **over)
    a_claim(db, w)
    return entry


def _to_claim(db, w):
    an_entry(db, w)
    return claim_fields(db, w)


def _claim_of_one(db, w):
    an_entry(db, w)
    return a_claim(db, w)


def _in_claim(db, w):
    entry = an_entry(db, w)
    return {"claim": a_claim(db, w), "day_entry": entry, "why": "Wrong person"}


def _gone(db, w):
    entry = an_entry(db, w)
    do(db, "days.withdraw", w.leader, day_entry=entry)
    return entry


def _gone_allowance(db, w):
    allowance = an_allowance(db, w)
    do(db, "days.withdraw_allowance", w.administrator, allowance=allowance)
    return allowance


def _settle(db, w):
    entry = moved(db, w)
    found = suggested.changed_since(queries.entry(db, entry), suggested.sources(db, w.leader))
    return {"day_entry": entry, "how": "follow", "seen": found["seen"]}


EXAMPLES = {
    "days.enter": Example(
        "leader", lambda db, w: fields_of(db, work_group=w.group, school=w.school, travel="£12.40", words="Cards"),
        ({"on_day": days(1)}, {"on_day": "soon"}, {"activity": NO}, {"activity": ""}, {"days": "0.3"}, {"days": ""},
         {"days": "-1"}, {"days": "11"}, {"days": "0", "travel": ""}, {"travel": "lots"}, {"travel": "1.005"},
         {"school": NO}, {"allowance": NO}, {"source": "visit:x"}, {"words": "x" * 1001}),
        {"words": "Other"}, "participant",
    ),
    "days.take": Example(
        "leader", lambda db, w: {"sources": [a_suggestion(db, w)]},
        ({"sources": []}, {"sources": ["visit:x"]}, {"sources": [f"visit:{NO}:2026-12-01:2"]}), None, "participant",
    ),
    "days.decline": Example(
        "leader", lambda db, w: {"source": a_suggestion(db, w)},
        ({"source": ""}, {"source": "session"}, {"source": f"visit:{NO}:2026-12-01:2"}), None, "participant",
    ),
    "days.suggest_again": Example("leader", lambda db, w: {"declined": declined(db, w)}, ({"declined": NO},), None,
                                  "co_leader"),
    "days.edit": Example(
        "leader", lambda db, w: {"day_entry": an_entry(db, w), "seen": "1", **fields_of(db, days="0.75")},
        ({"seen": "7"}, {"day_entry": NO}, {"days": "half"}, {"on_day": days(2)}, {"activity": ""}), {"days": "1"},
        "hub_lead",
    ),
    "days.withdraw": Example("leader", lambda db, w: {"day_entry": an_entry(db, w)}, ({"day_entry": NO},), None,
                             "administrator"),
    "days.restore": Example("leader", lambda db, w: {"day_entry": _gone(db, w)}, ({"day_entry": NO},), None,
                            "co_leader"),
    "days.settle": Example(
        "leader", _settle, ({"how": "burn"}, {"seen": "gone"}, {"day_entry": NO}), {"how": "keep"}, "co_leader"
    ),
    "days.correct": Example(
        "leader", lambda db, w: {"day_entry": a_claimed_entry(db, w), "days": "0.25", "words": "It was shorter"},
        ({"days": "0.5"}, {"days": ""}, {"words": ""}, {"day_entry": NO}, {"travel": "x"}), {"days": "0"}, "co_leader",
    ),
    "days.set_allowance": Example(
        "administrator",
        lambda db, w: {"person": w.leader, "academic_year": YEAR, "stage": "Training", "days": "15", "rate": "200"},
        ({"person": NO}, {"academic_year": "2026/29"}, {"academic_year": "soon"}, {"stage": ""}, {"days": "1.1"},
         {"days": ""}, {"rate": "lots"}), {"rate": ""}, "leader",
    ),
    "days.edit_allowance": Example(
        "administrator",
        lambda db, w: {"allowance": an_allowance(db, w), "stage": "Leading", "days": "20", "rate": "", "seen": "1"},
        ({"seen": "3"}, {"allowance": NO}, {"stage": " "}, {"days": "x"}), {"days": "21"}, "leader",
    ),
    "days.withdraw_allowance": Example("hub_lead", lambda db, w: {"allowance": an_allowance(db, w)},
                                       ({"allowance": NO},), None, "leader"),
    "days.restore_allowance": Example("hub_lead", lambda db, w: {"allowance": _gone_allowance(db, w)},
                                      ({"allowance": NO},), None, "leader"),
    "days.add_activity": Example(
        "administrator", lambda db, w: {"name": "Book study"},
        ({"name": ""}, {"name": "Planning"}, {"name": "x" * 41}), {"name": "Reading"}, "leader",
    ),
    "days.edit_activity": Example(
        "administrator", lambda db, w: {"activity": activity(db), "name": "preparing", "ended": "0"},
        ({"activity": NO}, {"name": ""}, {"name": "VISIT"}, {"ended": "7"}), {"ended": "1"}, "leader",
    ),
    "days.claim": Example(
        "administrator", _to_claim,
        ({"entries": []}, {"entries": ["x"]}, {"entries": [f"{NO}.1.20000"]}, {"reference": ""}, {"claimed_on": ""},
         {"claimed_on": days(1)}, {"from_on": "soon"}), {"reference": "TH-2"}, "leader",
    ),
    "days.undo_claim": Example("hub_lead", lambda db, w: {"claim": _claim_of_one(db, w), "why": "Twice"},
                               ({"claim": NO}, {"why": ""}), {"why": "Other"}, "leader"),
    "days.unclaim": Example("administrator", _in_claim, ({"claim": NO}, {"day_entry": NO}, {"why": " "}),
                            {"why": "Other"}, "leader"),
}  # fmt: skip
