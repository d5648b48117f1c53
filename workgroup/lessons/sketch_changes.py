"""Changes to sketches: one is kept, one is taken away for everyone, and comes back."""

from workgroup import store, withdrawing
from workgroup.door import Refused, change
from workgroup.lessons import queries, rights, sketch_forms, sketch_queries
from workgroup.lessons.belonging import check_moment, tell

MOST = 40  # sketches of one person in one lesson: a bound, and far more than anybody talks about


@change("lessons.sketch", sketch_forms.SketchForm, rights.observes, capture=True)
def sketch(db, entry, said):
    """Keep a sketch: shapes and words, an entry like any other."""
    if sketch_queries.drawn_by(db, entry.by, said["lesson"]) >= MOST:
        raise Refused(f"{MOST} sketches of one lesson are enough. Take one of yours away first.")
    check_moment(db, entry, said)
    number = queries.next_number(db)
    store.put(db, "sketch", id=entry.id, by=entry.by, at=entry.at, number=number, changed=number, **said)
    tell(db, said, number)
    return entry.id


@change("lessons.withdraw_sketch", sketch_forms.SketchPickForm, rights.own_sketch_or_teaches, meets="fold",
        capture=True)  # fmt: skip
def withdraw_sketch(db, entry, said):
    """Take a sketch away for everyone; of two says the first counts."""
    found = sketch_queries.sketch(db, said["sketch"])
    if not found["withdrawn_at"]:
        number = queries.next_number(db)
        store.alter(db, "sketch", found["id"], withdrawn_at=entry.at, withdrawn_by=entry.by, changed=number)
        tell(db, found, number)
    return found["id"]


@change("lessons.restore_sketch", sketch_forms.SketchPickForm, rights.took_sketch_away, meets="fold")
def restore_sketch(db, entry, said):
    """Bring a sketch back. It comes anew: a yes of the teacher's that was said meanwhile does not cover it."""
    found = sketch_queries.sketch(db, said["sketch"])
    if found["withdrawn_at"]:
        number = queries.next_number(db)
        withdrawing.bring_back(db, entry, "sketch", found, withdrawn_by=None, number=number, changed=number)
        tell(db, found, number)
    return found["id"]
