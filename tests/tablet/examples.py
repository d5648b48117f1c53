"""One example of every kind that a tablet tries out."""

from tests.examples import Example
from tests.sessions.examples import a_session
from tests.world import do
from workgroup.people import post


def a_trial(db, w):
    """Write a trial entry and return its id."""
    return do(db, "tablet.try", w.participant, session=a_session(db, w, 1)).about


EXAMPLES = {
    "tablet.try": Example(
        "participant", lambda db, w: {"session": a_session(db, w, 1)}, ({"session": ""}, {"session": post.new_id()}),
    ),
    "tablet.withdraw_try": Example(
        "participant", lambda db, w: {"trial": a_trial(db, w)}, ({"trial": ""}, {"trial": post.new_id()}),
        not_by="colleague",
    ),
}  # fmt: skip
