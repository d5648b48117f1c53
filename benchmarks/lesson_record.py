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
LASTS = 50 * 60  # seconds that the lesson has been going
BRIEFING = {
    "class_name": "Year 3", "topic": "Quarters of different wholes", "difficult_points": "Parts that look different",
    "predicted": "Counts the parts\nFolds to compare\nSays the whole has changed\nShades any two parts",
    "minutes": "50",
}  # fmt: skip
# of 200 entries, how many of a kind, as the capture page makes them: taps, words later for every second one, paper
# notes typed up; a leader keeps the register and the session's notes besides
OBSERVER = {"tap": 100, "add_words": 52, "typed": 20, "tag": 16, "withdraw": 4, "mark_phase": 4, "check_in": 1,
            "discuss": 3}  # fmt: skip
LEADER = {"tap": 80, "add_words": 40, "typed": 16, "tag": 8, "withdraw": 4, "mark_phase": 8, "mark": 24, "note": 12,
          "decide": 4, "discuss": 4}  # fmt: skip


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
    w.started = clock.after(-LASTS)
    world.do(db, "lessons.start", w.leader, w.started, lesson=w.lesson)
    world.do(db, "lessons.open_discussion", w.leader, lesson=w.lesson)
    for person in w.people[1:]:
        world.do(db, "lessons.pen", w.leader, lesson=w.lesson, person=person, holds="yes")
    w.predicted = [p["id"] for p in queries.predicted(db, w.lesson)]
    w.tags = [r["id"] for r in store.rows(db, "select id from tag where work_group = ? order by position", (w.group,))]
    w.block = store.value(db, "select id from agenda_block where session = ? order by position", (w.session,))
    for one in entries(w, w.colleague, {"tap": 200, "typed": 100}, random.Random(1)):
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


def batch(w, tablet, by, mix, chance):
    """Return a batch as a tablet sends it whose clock is right."""
    made = entries(w, by, mix, chance)
    ticks = made[-1]["ticks"] + 20_000
    return {"tablet": tablet, "sent": clock.now(), "boot": made[0]["boot"], "ticks": ticks, "entries": made}


def entries(w, by, mix, chance):
    """Return the entries of a lesson in order: so many of each kind, words and tags after the tap they belong to."""
    order = [name for name, count in mix.items() for _ in range(count)]
    chance.shuffle(order)
    order.sort(key=lambda name: name in ("add_words", "tag", "withdraw"))
    boot, every = post.new_id(), (LASTS - 30) / len(order)
    made, bare = [], []
    for seq, name in enumerate(order):
        id, second = post.new_id(), int(seq * every)
        kind, fields = _FIELDS[name](w, by, chance, second, bare)
        if name == "tap":
            bare.append(id)
        made.append(
            {"id": id, "kind": kind, "by": by, "at": clock.after(second, w.started), "seq": seq, "boot": boot,
             "ticks": second * 1000.0, "skew": 12, "fields": fields}
        )  # fmt: skip
    return made


def _tap(w, by, chance, second, bare):
    fields = {"lesson": w.lesson, "second": str(second), "since": w.started, "code": chance.choice(CODES),
              "predicted": chance.choice([*w.predicted, None])}  # fmt: skip
    return "lessons.notice", {k: v for k, v in fields.items() if v}


def _typed(w, by, chance, second, bare):
    fields = {"lesson": w.lesson, "second": f"{second // 60}:{second % 60:02d}", "code": chance.choice(CODES),
              "phase": chance.choice(PHASES), "rough": "y", "words": WORDS[: chance.choice((60, 160, 300))],
              "tags": chance.sample(w.tags, 2)}  # fmt: skip
    return "lessons.notice", {k: v for k, v in fields.items() if v}


def _add_words(w, by, chance, second, bare):
    # each moment gets its words once: written twice from nothing, two versions would stand
    noticing = bare.pop(chance.randrange(len(bare)))
    return "lessons.add_words", {"noticing": noticing, "words": WORDS[: chance.choice((40, 90, 160, 300))]}


def _mark(w, by, chance, second, bare):
    fields = {"session": w.session, "person": chance.choice(w.people), "status": chance.choice(("present", "absent"))}
    return "sessions.mark", fields


_FIELDS = {
    "tap": _tap, "typed": _typed, "add_words": _add_words, "mark": _mark,
    "check_in": lambda w, by, c, s, b: ("sessions.mark", {"session": w.session, "person": by, "status": "present"}),
    "tag": lambda w, by, c, s, b: ("lessons.tag", {"noticing": c.choice(b), "tags": c.sample(w.tags, 2)}),
    "withdraw": lambda w, by, c, s, b: ("lessons.withdraw_noticing", {"noticing": b.pop()}),
    "mark_phase": lambda w, by, c, s, b: (
        "lessons.mark_phase", {"lesson": w.lesson, "second": str(s), "since": w.started, "phase": c.choice(PHASES)}
    ),
    "discuss": lambda w, by, c, s, b: ("lessons.discuss", {"lesson": w.lesson, "step": "evidence", "words": WORDS}),
    "note": lambda w, by, c, s, b: ("sessions.note", {"session": w.session, "block": w.block, "words": WORDS[:80]}),
    "decide": lambda w, by, c, s, b: ("sessions.decide", {"session": w.session, "words": WORDS[:60]}),
}  # fmt: skip
