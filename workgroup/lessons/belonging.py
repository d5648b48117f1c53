"""Pictures that belong to a moment, photos and sketches: whose moment it may be, who hears of a change."""

from workgroup import store
from workgroup.door import Refused, Waiting
from workgroup.lessons import noticing_queries


def check_moment(db, entry, said):
    """Take one's own moment of the same lesson, or none; Waiting where the moment has not arrived yet."""
    if not said["noticing"]:
        return
    moment = noticing_queries.noticing(db, said["noticing"])
    if moment is None:
        raise Waiting("The moment this belongs to has not arrived yet.")
    if moment["lesson"] != said["lesson"] or moment["by"] != entry.by:
        raise Refused("Choose one of your own moments of this lesson.", "noticing")


def tell(db, found, number):
    """Let timelines that ask for what changed know of it: at the lesson, and at the moment it belongs to."""
    store.alter(db, "lesson", found["lesson"], changed=number)
    if found["noticing"]:
        store.alter(db, "noticing", found["noticing"], changed=number)
