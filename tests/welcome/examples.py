"""One example of every kind of welcome."""

from tests.examples import Example
from tests.world import do
from workgroup.people import post

NO = post.new_id()


def _put_away(db, w):
    do(db, "welcome.put_away", w.leader, about="hub")
    return {"about": "hub"}


EXAMPLES = {
    "welcome.put_away": Example(
        "leader", lambda db, w: {"about": w.group}, ({"about": ""}, {"about": NO}, {"about": "everything"}),
        {"about": "visit"}, None,
    ),
    "welcome.bring_back": Example(
        "leader", _put_away, ({"about": "visit"}, {"about": ""}), {"about": "visit"}, "outsider",
    ),
}  # fmt: skip
