"""One example of every kind of reviews."""

from tests.examples import Example
from tests.visits.examples import a_visit
from tests.world import days, do
from workgroup.people import post
from workgroup.reviews import queries

NO = post.new_id()


def fields(db, w, step=2, aspect=0, **over):
    """Return fields of a review of the member's school that rests on a visit."""
    framework = queries.framework(db)
    return {
        "school_in_group": w.in_group, "aspect": framework["aspects"][aspect]["id"],
        "step": framework["steps"][step - 1]["id"], "on_day": days(-2), "words": "Equal is on a wall.",
        "next_step": "One sentence a unit.", "evidence": [f"visit:{a_visit(db, w, made=True)}"], **over,
    }  # fmt: skip


def a_review(db, w, agreed=False, **over):
    """Review the member's school, agree it when asked, and return the review's id."""
    id = do(db, "reviews.review", w.leader, **fields(db, w, **over)).about
    if agreed:
        do(db, "reviews.agree", w.leader, review=id, agreed_on=days(-1), agreed_with="Mrs Breck")
    return id


def _review_away(db, w):
    review = a_review(db, w)
    do(db, "reviews.withdraw", w.leader, review=review)
    return review


EXAMPLES = {
    "reviews.review": Example(
        "leader", fields,
        ({"words": ""}, {"step": NO}, {"aspect": NO}, {"on_day": days(2)}, {"on_day": days(-400)}, {"evidence": []},
         {"no_evidence": "y"}, {"evidence": [f"visit:{NO}"]}, {"evidence": ["gossip:x"]}, {"school_in_group": NO}),
        {"words": "Other"}, "participant",
    ),
    "reviews.agree": Example(
        "leader", lambda db, w: {"review": a_review(db, w), "agreed_on": days(-1), "agreed_with": "Mrs Breck"},
        ({"agreed_on": days(3)}, {"agreed_on": days(-9)}, {"agreed_with": ""}, {"review": NO}), {"agreed_with": "Mr B"},
        "participant",
    ),
    "reviews.not_agreed": Example(
        "leader", lambda db, w: {"review": a_review(db, w, agreed=True)}, ({"review": NO},), not_by="participant"
    ),
    "reviews.withdraw": Example(
        "leader", lambda db, w: {"review": a_review(db, w)}, ({"review": NO},), not_by="co_leader"
    ),
    "reviews.restore": Example(
        "leader", lambda db, w: {"review": _review_away(db, w)}, ({"review": NO},), not_by="co_leader"
    ),
}  # fmt: skip
