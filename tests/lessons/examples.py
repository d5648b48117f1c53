"""One example of every kind of open lessons, and lessons in each of their states for the tests."""

from tests.examples import Example
from tests.pictures import allow_photos, fields_of, jpeg, pieces_of
from tests.sessions.examples import open_session
from tests.tasks.examples import a_task
from tests.world import days, do
from workgroup import clock, store
from workgroup.lessons import queries
from workgroup.people import post
from workgroup.photos import pieces

NO = post.new_id()
PREDICTED = "Counts the parts without checking\nFolds to compare"


DRAWN = (
    '{"things": [{"kind": "bar", "shapes": [["rect", 100, 100, 200, 60, 1], ["line", 150, 100, 150, 160]]},'
    ' {"kind": "ink", "shapes": [["poly", 1, [10, 10, 20.5, 12, 15, 30]]]},'
    ' {"kind": "number line", "shapes": [["circle", 500, 300, 8, 0], ["text", 500, 340, 24, "1/2"]]}]}'
)


def a_lesson(db, w, session=None, **over):
    """Plan a lesson of an open session, taught by the member, chaired by the co-leader; the colleague is checked in."""
    session = session or open_session(db, w)
    for person in (w.participant, w.colleague, w.leader):
        do(db, "sessions.mark", w.leader, session=session, person=person, status="present")
    fields = {
        "session": session, "teacher": w.participant, "chair": w.co_leader, "class_name": "Year 3", "topic": "Quarters",
        "difficult_points": "Parts that look different", "predicted": PREDICTED, **over,
    }  # fmt: skip
    return do(db, "lessons.plan", w.leader, **fields).about


def _taken_out(db, w):
    do(db, "lessons.withdraw", w.leader, lesson=(lesson := a_lesson(db, w)))
    return lesson


def a_live_lesson(db, w):
    """Plan a lesson and start it."""
    lesson = a_lesson(db, w)
    do(db, "lessons.start", w.leader, lesson=lesson)
    return lesson


def in_discussion(db, w):
    """Start a lesson, notice something, and open the discussion, in which the colleague has the pen."""
    lesson = a_live_lesson(db, w)
    do(db, "lessons.notice", w.colleague, lesson=lesson, second="125", code="A", words="Half is fair")
    do(db, "lessons.open_discussion", w.leader, lesson=lesson)
    do(db, "lessons.pen", w.leader, at=clock.after(-1), lesson=lesson, person=w.colleague, holds="yes")
    return lesson


def a_noticing(db, w, by="colleague", lesson=None, **over):
    """Notice something and return its id."""
    fields = {"lesson": lesson or a_live_lesson(db, w), "second": "65", "code": "Pupil B", "words": "Moved one", **over}
    return do(db, "lessons.notice", getattr(w, by), **fields).about


def a_sketch(db, w, by="colleague", **over):
    """Draw something and return its id."""
    fields = {"lesson": over.pop("lesson", None) or a_live_lesson(db, w), "drawn": DRAWN, "described": "Four parts"}
    return do(db, "lessons.sketch", getattr(w, by), **{**fields, **over}).about


def _gone_sketch(db, w):
    sketch = a_sketch(db, w)
    do(db, "lessons.withdraw_sketch", w.colleague, sketch=sketch)
    return sketch


def with_teacher(db, w):
    """End the discussion: the teacher decides."""
    lesson = in_discussion(db, w)
    do(db, "lessons.close", w.leader, lesson=lesson)
    return lesson


def a_start(db, w, at=None, lesson=None):
    """Tap that the lesson starts, and return the tap."""
    return do(db, "lessons.start", w.leader, at=at, lesson=lesson or a_lesson(db, w)).id


def _taken_back(db, w):
    start = a_start(db, w)
    do(db, "lessons.withdraw_start", w.leader, start=start)
    return start


def _withdrawn(db, w):
    noticing = a_noticing(db, w)
    do(db, "lessons.withdraw_noticing", w.colleague, noticing=noticing)
    return noticing


def _hidden(db, w):
    noticing = a_noticing(db, w)
    do(db, "lessons.hide", w.participant, noticing=noticing)
    return noticing


def _note(db, w):
    lesson = in_discussion(db, w)
    do(db, "lessons.discuss", w.colleague, lesson=lesson, step="evidence", words="Three tables.")
    return store.value(db, "select id from discussion_note where lesson = ?", (lesson,))


def _implication(db, w):
    fields = {"lesson": in_discussion(db, w), "school_in_group": w.in_group, "words": "Try it in Year 5."}
    return do(db, "lessons.imply", w.leader, **fields).about


def _note_away(db, w):
    note = _note(db, w)
    do(db, "lessons.withdraw_discussion", w.colleague, discussion_note=note)
    return note


def _implication_away(db, w):
    implication = _implication(db, w)
    do(db, "lessons.withdraw_implication", w.leader, implication=implication)
    return implication


def a_photo(db, w, data=None, by="colleague", lesson=None, **over):
    """Say that a photo was taken where photos are allowed, and return its id; its pieces have not come."""
    lesson = lesson or a_live_lesson(db, w)
    allow_photos(db, w)
    fields = {"lesson": lesson, **fields_of(data or jpeg()), **over}
    return do(db, "lessons.photo", getattr(w, by), **fields).about


def a_whole_photo(db, w, data=None, by="colleague", **over):
    """Take a photo whose pieces have come."""
    photo = a_photo(db, w, data, by, **over)
    for position, piece in enumerate(pieces_of(data or jpeg())):
        pieces.take(db, getattr(w, by), photo, position, piece)
    return photo


def _photo(db, w):
    allow_photos(db, w)
    return {"lesson": a_live_lesson(db, w), **fields_of(jpeg())}


def _all_pieces(db, w):
    """All bytes are here, and nobody has looked at them yet."""
    photo = a_photo(db, w)
    with store.writing(db):
        store.put(db, "photo_piece", photo=photo, position=0, bytes=jpeg())
    return {"photo": photo}


def _plan(db, w):
    return {"session": open_session(db, w), "teacher": w.participant, "class_name": "Year 3", "topic": "Quarters"}


def _edit(db, w):
    return {"lesson": a_lesson(db, w), "teacher": w.participant, "class_name": "Y3", "topic": "Thirds", "seen": "1"}


def _notice(db, w):
    lesson = a_live_lesson(db, w)
    since = queries.lesson(db, lesson)["started_at"]
    return {"lesson": lesson, "second": "1:05", "since": since, "code": "a", "words": "I noticed", "tags": [w.tag],
            "predicted": queries.predicted(db, lesson)[0]["id"], "phase": "pairs"}  # fmt: skip


BAD = ({"lesson": NO}, {"lesson": "x"})
EXAMPLES = {
    "lessons.plan": Example(
        "leader", _plan,
        ({"topic": ""}, {"teacher": NO}, {"teacher": ""}, {"teacher_name": "Also"}, {"session": NO},
         {"minutes": "0"}, {"pupils": "some"}), {"topic": "Halves"}, "participant",
    ),
    "lessons.edit": Example(
        "leader", _edit, ({"topic": ""}, {"seen": "8"}, *BAD), {"topic": "Fifths"}, "neighbour"
    ),
    "lessons.watch": Example(
        "leader", lambda db, w: {"lesson": a_lesson(db, w), "observer": w.colleague, "words": "Table 1 (Pupils A, B)"},
        ({"observer": NO}, *BAD), {"words": "Table 2"}, "neighbour",
    ),
    "lessons.withdraw": Example("leader", lambda db, w: {"lesson": a_lesson(db, w)}, BAD, not_by="neighbour"),
    "lessons.restore": Example("leader", lambda db, w: {"lesson": _taken_out(db, w)}, BAD, not_by="neighbour"),
    "lessons.start": Example("leader", lambda db, w: {"lesson": a_lesson(db, w)}, BAD, not_by="neighbour"),
    "lessons.withdraw_start": Example(
        "leader", lambda db, w: {"start": a_start(db, w)}, ({"start": NO}, {"start": "x"}), not_by="colleague"
    ),
    "lessons.restore_start": Example(
        "leader", lambda db, w: {"start": _taken_back(db, w)}, ({"start": NO}, {"start": "x"}), not_by="colleague"
    ),
    "lessons.end": Example("leader", lambda db, w: {"lesson": a_live_lesson(db, w)}, BAD, not_by="neighbour"),
    "lessons.open_discussion": Example(
        "co_leader", lambda db, w: {"lesson": a_live_lesson(db, w)}, BAD, not_by="neighbour"
    ),
    "lessons.close": Example("leader", lambda db, w: {"lesson": in_discussion(db, w)}, BAD, not_by="neighbour"),
    "lessons.mark_phase": Example(
        "colleague", lambda db, w: {"lesson": a_live_lesson(db, w), "second": "0:30", "phase": "pairs"},
        ({"phase": "chaos"}, {"second": "soon"}, {"since": "noon"}, *BAD), {"phase": "groups"}, "neighbour",
    ),
    "lessons.notice": Example(
        "colleague", _notice,
        ({"code": "Emily Carter"}, {"second": "late"}, {"since": "noon"}, {"predicted": NO}, {"tags": [NO]},
         {"phase": "nap"},
         {"words": "x" * 4001}, {"tags": ["x"]}, *BAD), {"words": "Otherwise"}, "neighbour",
    ),
    "lessons.add_words": Example(
        "colleague", lambda db, w: {"noticing": a_noticing(db, w), "words": "Words later"},
        ({"words": ""}, {"noticing": NO}), {"words": "Others"}, "participant",
    ),
    "lessons.tag": Example(
        "colleague", lambda db, w: {"noticing": a_noticing(db, w), "tags": [w.tag]},
        ({"tags": [NO]}, {"noticing": NO}), None, "participant",
    ),
    "lessons.sketch": Example(
        "colleague", lambda db, w: {"lesson": a_live_lesson(db, w), "drawn": DRAWN, "described": "A bar cut in four"},
        ({"drawn": ""}, {"drawn": "<svg/>"}, {"drawn": '{"things": []}'}, {"described": ""}, *BAD),
        {"described": "A bar cut in two"}, "neighbour",
    ),
    "lessons.withdraw_sketch": Example(
        "colleague", lambda db, w: {"sketch": a_sketch(db, w)}, ({"sketch": NO},), not_by="leader"
    ),
    "lessons.restore_sketch": Example(
        "colleague", lambda db, w: {"sketch": _gone_sketch(db, w)}, ({"sketch": NO},), not_by="participant"
    ),
    "lessons.flag": Example(
        "colleague", lambda db, w: {"noticing": a_noticing(db, w), "flagged": "yes"},
        ({"flagged": "perhaps"}, {"flagged": ""}, {"noticing": NO}), {"flagged": "no"}, "participant",
    ),
    "lessons.withdraw_noticing": Example(
        "colleague", lambda db, w: {"noticing": a_noticing(db, w)}, ({"noticing": NO},), not_by="leader"
    ),
    "lessons.restore_noticing": Example(
        "colleague", lambda db, w: {"noticing": _withdrawn(db, w)}, ({"noticing": NO},), not_by="leader"
    ),
    "lessons.hide": Example(
        "participant", lambda db, w: {"noticing": a_noticing(db, w)}, ({"noticing": NO},), not_by="leader"
    ),
    "lessons.show_again": Example(
        "participant", lambda db, w: {"noticing": _hidden(db, w)}, ({"noticing": NO},), not_by="leader"
    ),
    "lessons.step": Example(
        "leader", lambda db, w: {"lesson": in_discussion(db, w), "step": "evidence"},
        ({"step": "verdict"}, {"step": ""}, *BAD), {"step": "closing"}, "colleague",
    ),
    "lessons.pen": Example(
        "leader", lambda db, w: {"lesson": in_discussion(db, w), "person": w.colleague, "holds": "yes"},
        ({"holds": "perhaps"}, {"person": NO}, *BAD), {"holds": "no"}, "colleague",
    ),
    "lessons.withdraw_implication": Example(
        "leader", lambda db, w: {"implication": _implication(db, w)}, ({"implication": NO},), None, "colleague",
    ),
    "lessons.restore_implication": Example(
        "leader", lambda db, w: {"implication": _implication_away(db, w)}, ({"implication": NO},), None, "colleague",
    ),
    "lessons.restore_discussion": Example(
        "colleague", lambda db, w: {"discussion_note": _note_away(db, w)}, ({"discussion_note": NO},),
        not_by="participant",
    ),
    "lessons.discuss": Example(
        "colleague", lambda db, w: {"lesson": in_discussion(db, w), "step": "evidence", "words": "Three tables"},
        ({"step": "verdict"}, {"words": ""}, *BAD), {"words": "Two"}, "neighbour",
    ),
    "lessons.withdraw_discussion": Example(
        "colleague", lambda db, w: {"discussion_note": _note(db, w)}, ({"discussion_note": NO},), not_by="participant"
    ),
    "lessons.imply": Example(
        "leader", lambda db, w: {"lesson": in_discussion(db, w), "school_in_group": w.in_group, "words": "Year 5",
                                 "make_task": "y", "due_on": days(30)},
        ({"words": ""}, {"school_in_group": NO}, {"due_on": "soon"}, *BAD), {"words": "Year 6"}, "neighbour",
    ),
    "lessons.link_task": Example(
        "leader", lambda db, w: {"implication": _implication(db, w), "gap_task": a_task(db, w)},
        ({"gap_task": NO}, {"implication": NO}), None, "participant",
    ),
    "lessons.agree_screen": Example(
        "participant", lambda db, w: {"lesson": a_lesson(db, w), "on_screen": "yes"},
        ({"on_screen": "perhaps"}, *BAD), {"on_screen": "no"}, "leader",
    ),
    "lessons.share": Example(
        "participant", lambda db, w: {"lesson": with_teacher(db, w), "shared_with": "group"},
        ({"shared_with": "world"}, *BAD), {"shared_with": "room"}, "leader",
    ),
    "lessons.send_plan": Example("leader", lambda db, w: {"lesson": a_lesson(db, w)}, BAD, not_by="neighbour"),
    "lessons.ask_teacher": Example(
        "leader", lambda db, w: {"lesson": with_teacher(db, w), "email": "participant@example.org"},
        ({"email": "no address"}, {"email": "colleague@example.org"}, *BAD), None, "neighbour",
    ),
    "lessons.take_out": Example("leader", lambda db, w: {"lesson": in_discussion(db, w)}, BAD, not_by="neighbour"),
    "lessons.comment": Example(
        "participant", lambda db, w: {"lesson": with_teacher(db, w), "words": "Thank you."},
        ({"words": ""}, {"noticing": NO}, *BAD), {"words": "Thanks."}, "leader",
    ),
    "lessons.photo": Example(
        "colleague", _photo,
        ({"kind": "pupil"}, {"described": " "}, {"type": "image/png"}, {"bytes": "4000000"}, {"pieces": "61"},
         {"pieces": "2", "bytes": "1"}, {"pieces": "1", "bytes": "70000"}, {"digest": "x"}, {"width": "9000"},
         {"height": "0"}, {"noticing": NO}, *BAD), {"described": "Otherwise"}, "neighbour",
    ),
    "lessons.photo_came": Example("colleague", _all_pieces, ({"photo": NO},), not_by="leader"),
    "lessons.withdraw_photo": Example(
        "participant", lambda db, w: {"photo": a_whole_photo(db, w)}, ({"photo": NO},), not_by="leader"
    ),
}  # fmt: skip
