"""Changes to sketches: one is kept, one is taken away for everyone."""

from workgroup import store
from workgroup.door import Refused, Waiting, change
from workgroup.lessons import queries, rights, sketch_forms, sketch_queries

MOST = 40  # sketches of one person in one lesson: a bound, and far more than anybody talks about


@change("lessons.sketch", sketch_forms.SketchForm, rights.observes, capture=True)
def sketch(db, entry, said):
    """Keep a sketch: shapes and words, an entry like any other."""
    if sketch_queries.drawn_by(db, entry.by, said["lesson"]) >= MOST:
        raise Refused(f"{MOST} sketches of one lesson are enough. Take one of yours away first.")
    if said["noticing"]:
        moment = queries.noticing(db, said["noticing"])
        if moment is None:
            raise Waiting("The moment this belongs to has not arrived yet.")
        if moment["lesson"] != said["lesson"] or moment["by"] != entry.by:
            raise Refused("Choose one of your own moments of this lesson.", "noticing")
    number = queries.next_number(db)
    store.put(db, "sketch", id=entry.id, by=entry.by, at=entry.at, number=number, changed=number, **said)
    _tell(db, said, number)
    return entry.id


@change("lessons.withdraw_sketch", sketch_forms.SketchPickForm, rights.own_sketch_or_teaches, meets="fold",
        capture=True)  # fmt: skip
def withdraw_sketch(db, entry, said):
    """Take a sketch away for everyone; of two says the first counts."""
    found = sketch_queries.sketch(db, said["sketch"])
    if not found["withdrawn_at"]:
        number = queries.next_number(db)
        store.alter(db, "sketch", found["id"], withdrawn_at=entry.at, withdrawn_by=entry.by, changed=number)
        _tell(db, found, number)
    return found["id"]


def _tell(db, found, number):
    """Let timelines that ask for what changed know of it: at the lesson, and at the moment it belongs to."""
    store.alter(db, "lesson", found["lesson"], changed=number)
    if found["noticing"]:
        store.alter(db, "noticing", found["noticing"], changed=number)
