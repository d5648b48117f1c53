"""One example of every kind of gap tasks and in-school work."""

from tests.examples import Example
from tests.pictures import allow_photos, fields_of, jpeg, pieces_of
from tests.world import days, do
from workgroup import store
from workgroup.people import post
from workgroup.photos import pieces


def a_task(db, w, **over):
    """Set a gap task for the member's school and return its id."""
    fields = {"work_group": w.group, "school_in_group": w.in_group, "words": "Open with a non-example.", **over}
    return do(db, "tasks.set", w.leader, **fields).about


def an_overdue_task(db, w, **over):
    """Set a gap task that was to be back yesterday; return its id."""
    task = a_task(db, w, **over)
    do(db, "tasks.edit", w.leader, gap_task=task, words="Open with a non-example.", due_on=days(-1))
    return task


def a_return(db, w):
    """Return a gap task and give the return's id."""
    id = post.new_id()
    do(db, "tasks.return", w.participant, id=id, gap_task=a_task(db, w), went="did it", words="Wobbly one first.")
    return id


def some_work(db, w):
    """Note some in-school work and give its id."""
    fields = {"school_in_group": w.in_group, "on_day": days(-3), "kind": "staff meeting", "words": "Sorted cards."}
    return do(db, "tasks.did_at_school", w.participant, **fields).about


def _dropped(db, w):
    task = a_task(db, w)
    do(db, "tasks.drop", w.leader, gap_task=task)
    return task


def _gone_return(db, w):
    given = a_return(db, w)
    do(db, "tasks.withdraw_return", w.participant, gap_task_return=given)
    return given


def _gone_work(db, w):
    work = some_work(db, w)
    do(db, "tasks.withdraw_work", w.participant, in_school_work=work)
    return work


def a_photo(db, w, gap_task_return=None, data=None, by="participant", **over):
    """Say that a photo came with a return, where photos are allowed; its pieces have not come."""
    allow_photos(db, w)
    id, of = post.new_id(), gap_task_return or a_return(db, w)
    do(db, "tasks.photo", getattr(w, by), id=id, gap_task_return=of, **fields_of(data or jpeg(), **over))
    return id


def a_whole_photo(db, w, gap_task_return=None, data=None, **over):
    """Give a return a photo whose pieces have come."""
    photo, data = a_photo(db, w, gap_task_return, data, **over), data or jpeg()
    for position, piece in enumerate(pieces_of(data)):
        pieces.take(db, w.participant, photo, position, piece)
    return photo


def _photo(db, w):
    allow_photos(db, w)
    return {"gap_task_return": a_return(db, w), **fields_of(jpeg())}


def _all_pieces(db, w):
    photo = a_photo(db, w)
    with store.writing(db):
        store.put(db, "photo_piece", photo=photo, position=0, bytes=jpeg())
    return {"photo": photo}


EXAMPLES = {
    "tasks.photo": Example(
        "participant", _photo,
        ({"gap_task_return": post.new_id()}, {"kind": "selfie"}, {"described": ""}, {"type": "image/png"},
         {"bytes": "0"}, {"pieces": "99"}, {"digest": "no"}, {"width": "9000"}),
        not_by="colleague",
    ),
    "tasks.photo_came": Example("participant", _all_pieces, ({"photo": post.new_id()},), not_by="colleague"),
    "tasks.withdraw_photo": Example(
        "leader", lambda db, w: {"photo": a_whole_photo(db, w)}, ({"photo": post.new_id()},), not_by="colleague"
    ),
    "tasks.restore_return": Example(
        "participant", lambda db, w: {"gap_task_return": _gone_return(db, w)}, ({"gap_task_return": post.new_id()},),
        not_by="colleague",
    ),
    "tasks.restore_work": Example(
        "participant", lambda db, w: {"in_school_work": _gone_work(db, w)}, ({"in_school_work": post.new_id()},),
        not_by="neighbour",
    ),
    "tasks.set": Example(
        "leader",
        lambda db, w: {"work_group": w.group, "school_in_group": w.in_group, "words": "Try it", "due_on": days(20),
                       "owner": w.participant},
        ({"words": ""}, {"school_in_group": ""}, {"due_on": "soon"}, {"due_on": days(-1)},
         {"owner": "11111111-1111-4111-8111-111111111111"}),
        {"words": "Try another"}, "participant",
    ),
    "tasks.edit": Example(
        "leader", lambda db, w: {"gap_task": a_task(db, w), "words": "Other words"},
        ({"words": " "}, {"gap_task": post.new_id()}, {"gap_task": "x"}), {"words": "Again"}, "participant",
    ),
    "tasks.return": Example(
        "participant", lambda db, w: {"gap_task": a_task(db, w), "went": "did it", "words": "It went"},
        ({"went": "badly"}, {"gap_task": post.new_id()}, {"words": "x" * 10_001}), {"words": "Otherwise"}, "neighbour",
    ),
    "tasks.withdraw_return": Example(
        "participant", lambda db, w: {"gap_task_return": a_return(db, w)}, ({"gap_task_return": post.new_id()},),
        not_by="colleague",
    ),
    "tasks.carry": Example(
        "leader", lambda db, w: {"gap_task": a_task(db, w), "due_on": days(40)},
        ({"gap_task": post.new_id()}, {"due_on": "31/2/2027"}, {"session": post.new_id()}), {"due_on": days(41)},
        "participant",
    ),
    "tasks.drop": Example(
        "leader", lambda db, w: {"gap_task": a_task(db, w)}, ({"gap_task": post.new_id()},), not_by="participant"
    ),
    "tasks.reopen": Example(
        "leader", lambda db, w: {"gap_task": _dropped(db, w)}, ({"gap_task": post.new_id()},), not_by="participant"
    ),
    "tasks.did_at_school": Example(
        "participant",
        lambda db, w: {"school_in_group": w.in_group, "on_day": days(-1), "kind": "staff meeting", "words": "Cards.",
                       "colleagues": "19"},
        ({"on_day": days(3)}, {"kind": "party"}, {"colleagues": "-2"}, {"words": ""}, {"colleagues": "many"}),
        {"words": "Other"}, "neighbour",
    ),
    "tasks.withdraw_work": Example(
        "participant", lambda db, w: {"in_school_work": some_work(db, w)}, ({"in_school_work": post.new_id()},),
        not_by="neighbour",
    ),
}  # fmt: skip
