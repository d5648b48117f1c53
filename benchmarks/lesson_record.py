"""A small hub with a lesson that runs, and what two of its tablets send: the leader's, and an observer's.

Made through the door, on the people of tests/world.py. No time is measured here.
"""

import random
from types import SimpleNamespace

from tests import world
from workgroup import clock, guard, store
from workgroup.lessons import queries
from workgroup.people import post

CODES = ("Pupil A", "Pupil B", "Pupils C, D", "Table 2", "Table 3", "Whole class", None)
PHASES = ("whole class", "pairs", "groups", "independent")
WORDS = (
    "Counted the parts without looking at their size; then folded the strip, lined both edges up and said that"
    " a quarter of this bar cannot be the same as a quarter of that one, because the wholes are not the same."
    " Her partner drew it again, larger, and shaded the second part before answering."
)
BRIEFING = {
    "class_name": "Year 3", "topic": "Quarters of different wholes", "difficult_points": "Parts that look different",
    "predicted": "Counts the parts\nFolds to compare\nSays the whole has changed\nShades any two parts",
    "minutes": "50",
}  # fmt: skip
# of 200 entries, how many of a kind: a lesson's observer, and the leader who also keeps the register and the notes
OBSERVER = {"notice": 156, "add_words": 24, "tag": 12, "mark_phase": 4, "check_in": 1, "discuss": 3}
LEADER = {"notice": 120, "add_words": 16, "tag": 8, "mark_phase": 8, "mark": 24, "note": 16, "decide": 4, "discuss": 4}


def build(db):
    """Fill a new database and return its ids; 300 noticings stand in the lesson already."""
    w = world.build(db)
    day = clock.today()
    w.session = world.do(
        db, "sessions.plan", w.leader, work_group=w.group, kind="TRG", title="Bars that start together", day=day,
        starts="00:01", ends="23:59", mode="room", host=w.school, anyway="y", agenda="usual",
    ).about  # fmt: skip
    world.do(db, "sessions.set_state", w.leader, session=w.session, state="open")
    w.people = [w.participant, w.colleague, w.neighbour]
    for person in (*w.people, w.leader):
        world.do(db, "sessions.mark", w.leader, session=w.session, person=person, status="present")
    w.lesson = world.do(
        db, "lessons.plan", w.leader, session=w.session, teacher=w.participant, chair=w.co_leader, **BRIEFING
    ).about
    world.do(db, "lessons.start", w.leader, lesson=w.lesson)
    world.do(db, "lessons.open_discussion", w.leader, lesson=w.lesson)
    w.predicted = [p["id"] for p in queries.predicted(db, w.lesson)]
    w.tags = [r["id"] for r in store.rows(db, "select id from tag where work_group = ? order by position", (w.group,))]
    w.block = store.value(db, "select id from agenda_block where session = ? order by position", (w.session,))
    for one in entries(w, w.colleague, {"notice": 300}, random.Random(1)):
        world.do(db, one["kind"], w.colleague, one["at"], one["id"], **one["fields"])
    return w


def sign_in(db, person):
    """Put a signed-in tablet straight into the table and return its id and cookie."""
    token, id = post.new_token(), post.new_id()
    with store.writing(db):
        store.put(
            db, "tablet", id=id, person=person, token_hash=guard.hash_of(token), shared=0,
            signed_in_at=clock.after(-60), seen_at=clock.after(86_400),
        )  # fmt: skip
    return SimpleNamespace(id=id, cookie=f"{guard.COOKIE}={token}")


def entries(w, by, mix, chance):
    """Return a batch's entries as the wire has them: so many of each kind, shuffled, parents before what hangs on."""
    order = [name for name, count in mix.items() if name not in ("add_words", "tag") for _ in range(count)]
    chance.shuffle(order)
    later = [name for name in ("add_words", "tag") for _ in range(mix.get(name, 0))]
    ids, made = [], []
    for seq, name in enumerate([*order, *later]):
        id = post.new_id()
        kind, fields = _FIELDS[name](w, by, chance, ids)
        if name == "notice":
            ids.append(id)
        made.append(
            {"id": id, "kind": kind, "by": by, "at": clock.now(), "seq": seq, "boot": w.lesson, "ticks": seq * 1500.5,
             "fields": fields}
        )  # fmt: skip
    return made


def _words(chance):
    return WORDS[: chance.choice((0, 40, 90, 160, 300))]


def _notice(w, by, chance, ids):
    fields = {
        "lesson": w.lesson, "second": str(chance.randrange(3000)), "code": chance.choice(CODES),
        "predicted": chance.choice([*w.predicted, None]), "phase": chance.choice(PHASES), "words": _words(chance),
        "tags": chance.sample(w.tags, chance.choice((0, 0, 0, 1, 2))),
    }  # fmt: skip
    return "lessons.notice", {k: v for k, v in fields.items() if v}


def _mark(w, by, chance, ids):
    fields = {"session": w.session, "person": chance.choice(w.people), "status": chance.choice(("present", "absent"))}
    return "sessions.mark", fields


_FIELDS = {
    "notice": _notice,
    "mark": _mark,
    "check_in": lambda w, by, c, ids: ("sessions.mark", {"session": w.session, "person": by, "status": "present"}),
    "add_words": lambda w, by, c, ids: ("lessons.add_words", {"noticing": c.choice(ids), "words": WORDS[:120]}),
    "tag": lambda w, by, c, ids: ("lessons.tag", {"noticing": c.choice(ids), "tags": c.sample(w.tags, 2)}),
    "mark_phase": lambda w, by, c, ids: (
        "lessons.mark_phase", {"lesson": w.lesson, "second": str(c.randrange(3000)), "phase": c.choice(PHASES)}
    ),
    "discuss": lambda w, by, c, ids: ("lessons.discuss", {"lesson": w.lesson, "step": "evidence", "words": WORDS}),
    "note": lambda w, by, c, ids: ("sessions.note", {"session": w.session, "block": w.block, "words": WORDS[:80]}),
    "decide": lambda w, by, c, ids: ("sessions.decide", {"session": w.session, "words": WORDS[:60]}),
}  # fmt: skip
