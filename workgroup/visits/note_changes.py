"""Changes to the raw notes of a visit, stamped by a tap or written; all can come from a tablet."""

from workgroup import store
from workgroup.door import Refused, change
from workgroup.visits import forms, queries, rights


@change("visits.note", forms.NoteForm, rights.leads, capture=True)
def note(db, entry, said):
    """Keep a raw note of a visit; one that was stamped by a tap may get its words later."""
    if not said["words"] and not said["stamped"]:
        raise Refused(forms.A_NOTE, "words")
    # the year group stays pressed from note to note; what a head says is of the whole school
    of_school = said["stamped"] and said["kind"] == "head"
    store.put(
        db, "visit_note", id=entry.id, visit=said["visit"], at=entry.at, kind=said["kind"],
        year_group=None if of_school else said["year_group"], words=said["words"] or "", by=entry.by,
    )  # fmt: skip
    return entry.id


@change("visits.add_words", forms.AddWordsForm, rights.own_note, meets="versions", capture=True,
        versions=queries.count_words)  # fmt: skip
def add_words(db, entry, said):
    """Add words to one's own note. Two texts written from the same one both stand until their author joins them."""
    store.put(
        db, "visit_note_words", id=entry.id, visit_note=said["visit_note"], words=said["words"], after=said["after"],
        by=entry.by, at=entry.at,
    )  # fmt: skip
    return said["visit_note"]


@change("visits.withdraw_note", forms.NotePickForm, rights.leads, meets="fold", capture=True)
def withdraw_note(db, entry, said):
    """Take a raw note away; it can be brought back."""
    return _stand(db, entry, said, entry.at)


@change("visits.restore_note", forms.NotePickForm, rights.leads, meets="fold", capture=True)
def restore_note(db, entry, said):
    """Bring a raw note back."""
    return _stand(db, entry, said, None)


def _stand(db, entry, said, withdrawn_at):
    row = queries.note(db, said["visit_note"])
    say = f"{entry.at} {entry.id}"
    if say > (row["last_stand"] or ""):  # of two says the later counts, whichever arrives first
        entry.was = {"withdrawn_at": row["withdrawn_at"]}
        store.alter(db, "visit_note", row["id"], withdrawn_at=withdrawn_at, last_stand=say)
    return row["id"]
