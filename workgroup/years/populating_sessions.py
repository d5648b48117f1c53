"""Rows of one half-term of a populated Work Group: its session and lesson, and what came of it (populating.py)."""

from collections import namedtuple
from datetime import date, timedelta

from workgroup import clock

# `schools` are (school_in_group, school); the two teachers of a school stand beside each other
Group = namedtuple("Group", "id year leader teachers schools tags")
BLOCKS = (
    ("arrivals", 10, "Arrivals"), ("gap-task returns", 20, "What came back"), ("input", 25, "Input"),
    ("briefing", 15, "Briefing"), ("open lesson", 50, "The lesson"), ("quiet notes", 10, "Quiet notes"),
    ("discussion", 40, "Discussion"), ("next task", 10, "What we try next"), ("reflection", 5, "Reflection"),
)  # fmt: skip
PHASES = ("whole class", "pairs", "groups", "independent")
STEPS = ("teacher", "evidence", "evidence", "conjecture", "implications")
OBSERVED = 8  # moments of an observer
NUMBER = 1  # the ledger number of all that is populated: it comes in with one row


def half_term(hub, of, number, from_on, to_on):
    """Yield what happened in a half-term, or is planned for it."""
    day = weekday(hub, from_on, to_on)
    session, is_past = hub.id(), day < hub.today
    host = of.schools[number % len(of.schools)][1]
    yield "session", "id work_group number kind title mode host starts_at ends_at state", [
        (session, of.id, number, "TRG", hub.pick("topic"), "room", host, f"{day}T12:30:00.000Z", f"{day}T15:45:00.000Z",
         "closed" if is_past else "planned")
    ]  # fmt: skip
    yield "agenda_block", "id session position kind minutes title", [
        (hub.id(), session, at, *block) for at, block in enumerate(BLOCKS)
    ]
    if is_past:
        here = [one for one in of.teachers if hub.chance.random() < 0.9]
        yield from _register(hub, of, session, day, here)
        yield from _lesson(hub, of, session, day, here)
        yield from _tasks(hub, of, session, day)
        yield from _reflections(hub, session, day, here)
        yield from _journey(hub, of, number, session, day, min(to_on, hub.today))


def weekday(hub, from_on, to_on):
    """Return a weekday of a half-term, by chance."""
    start, end = date.fromisoformat(from_on), date.fromisoformat(to_on)
    day = start + timedelta(days=hub.chance.randrange(max(1, (end - start).days)))
    return (day - timedelta(days=max(0, day.weekday() - 4))).isoformat()


def _register(hub, of, session, day, here):
    def mark(person, school, as_, status):
        came = f"{day}T12:3{hub.chance.randrange(10)}:00.000Z" if status == "present" else None
        return (hub.id(), session, person, school, as_, status, came, of.leader, 1, f"{day}T12:40:00.000Z")

    yield "register_mark", "id session person school attending_as status in_at by by_leader at", [
        mark(of.leader, None, "leader", "present"),
        *(mark(one, of.schools[at // 2][1], "participant", "present" if one in here else "apologies")
          for at, one in enumerate(of.teachers)),
    ]  # fmt: skip
    at = f"{day}T15:40:00.000Z"
    yield "decision", "id session by at words", [(hub.id(), session, of.leader, at, hub.say("will", "so"))]
    notes = [(hub.id(), session, of.leader, at, hub.say("who", "did", "why")) for _ in range(3)]
    yield "session_note", "id session by at words", notes


def _lesson(hub, of, session, day, here):
    lesson, teacher = hub.id(), hub.chance.choice(here or of.teachers)
    began, shared = f"{day}T13:40:00.000Z", hub.chance.choice(("room", "group", "hub", None))
    yield "lesson", ("id session teacher chair class pupils topic planned_at state started_at ended_at discussion_at"
                     " shared_with shared_at shared_to version changed"), [
        (lesson, session, teacher, of.leader, hub.pick("class"), 28, hub.pick("topic"), began,
         "shared" if shared else "with teacher", began, f"{day}T14:30:00.000Z", f"{day}T14:40:00.000Z", shared,
         f"{day}T17:00:00.000Z" if shared else None, NUMBER if shared else None, 1, NUMBER)
    ]  # fmt: skip
    predicted = [(hub.id(), lesson, at, words) for at, words in enumerate(hub.chance.sample(hub.words("predicted"), 4))]
    yield "predicted_response", "id lesson position words", predicted
    yield "lesson_start", "id lesson by at received", [(hub.id(), lesson, of.leader, began, began)]
    noticed, tagged = [], []
    for one in (of.leader, *(one for one in here if one != teacher)):
        for second in sorted(hub.chance.sample(range(3000), OBSERVED)):
            id, at = hub.id(), clock.after(second, began)
            saw = hub.chance.choice(predicted)[0] if hub.chance.random() < 0.5 else None
            words = hub.say("who", "did", "then", "why") if hub.chance.random() < 0.7 else None
            noticed.append((id, lesson, one, at, at, second, hub.pick("who"), saw, hub.chance.choice(PHASES), words,
                            NUMBER, NUMBER))  # fmt: skip
            if hub.chance.random() < 0.4:
                tagged.append((id, hub.chance.choice(of.tags)))
    yield "noticing", ("id lesson by at received second code predicted_response phase words number changed"), noticed
    yield "noticing_tag", "noticing tag", tagged
    yield "discussion_note", "id lesson step by at words number", [
        (hub.id(), lesson, step, hub.chance.choice(here or [of.leader]), f"{day}T14:5{at}:00.000Z",
         hub.say("did", "then", "why"), NUMBER)
        for at, step in enumerate(STEPS)
    ]  # fmt: skip


def _tasks(hub, of, session, day):
    due, given = clock.day_of(clock.after(35 * 86_400, f"{day}T12:00:00.000Z")), []
    tasks = []
    for at, (school_in_group, _) in enumerate(of.schools):
        back = due < hub.today and hub.chance.random() < 0.8
        tasks.append((hub.id(), of.id, session, school_in_group, hub.say("will"), due, "returned" if back else "set",
                      of.leader, f"{day}T15:30:00.000Z"))  # fmt: skip
        if back:
            went = hub.chance.choice(("did it", "did it", "did part"))
            given.append((hub.id(), tasks[-1][0], of.teachers[2 * at], f"{due}T08:00:00.000Z", went,
                          hub.say("did", "then")))  # fmt: skip
    yield "gap_task", "id work_group session school_in_group words due_on state by at", tasks
    yield "gap_task_return", "id gap_task by at went words", given


def _reflections(hub, session, day, here):
    at = f"{day}T19:00:00.000Z"
    written = [(hub.id(), one, session, hub.chance.choice(("me", "specialist", "group")),
                hub.chance.randrange(2), "final", at, at) for one in here if hub.chance.random() < 0.8]  # fmt: skip
    yield "reflection", "id by session visibility may_quote state at changed_at", written
    yield "reflection_words", "id reflection words by at", [
        (hub.id(), r[0], hub.say("will", "so"), r[1], at) for r in written
    ]


def _journey(hub, of, number, session, day, until):
    """Yield what happened between two sessions: visits every second half-term, reviews, work at school, days."""
    visits, notes, reviews, evidence, work, days = [], [], [], [], [], []
    year, led = of.year, f"{day}T16:00:00.000Z"
    days.append((hub.id(), of.leader, year, day, hub.activity["session"], "session", 2, of.id, None, session, None,
                 day, 2, led))  # fmt: skip
    for at, (school_in_group, school) in enumerate(of.schools):
        on = weekday(hub, day, until) if day < until else day
        when = f"{on}T10:00:00.000Z"
        if (at + number) % 2:
            visits.append((hub.id(), school_in_group, of.leader, on, 0.5, hub.pick("visit"), "Both teachers",
                           hub.chance.randrange(2), "made"))  # fmt: skip
            notes += [(hub.id(), visits[-1][0], when, "walk", hub.pick("class"), f"{hub.pick('saw')}.", of.leader)
                      for _ in range(4)]  # fmt: skip
            days.append((hub.id(), of.leader, year, on, hub.activity["visit"], "visit", 2, of.id, school, None,
                         visits[-1][0], on, 2, when))  # fmt: skip
            aspect, step = hub.chance.choice(hub.aspects), hub.chance.choice(hub.steps)
            reviews.append((hub.id(), school_in_group, aspect, step, on, of.leader, when, f"{hub.pick('saw')}.",
                            hub.say("will"), on, "The head"))  # fmt: skip
            evidence.append((reviews[-1][0], "visit", visits[-1][0], on, None))
        if hub.chance.random() < 0.4:
            work.append((hub.id(), school_in_group, of.teachers[2 * at], when, on, "staff meeting", 6,
                         hub.pick("topic"), hub.say("did", "why")))  # fmt: skip
    yield "visit", "id school_in_group by on_day days purpose people_met head_met state", visits
    yield "visit_note", "id visit at kind year_group words by", notes
    yield "review", ("id school_in_group aspect step on_day by at words next_step agreed_on agreed_with"), reviews
    yield "review_evidence", "review kind about kept_on kept_school", evidence
    yield "in_school_work", "id school_in_group by at on_day kind colleagues topic words", work
    yield "day_entry", ("id person academic_year on_day activity word quarters work_group school session visit"
                        " source_on source_quarters at"), days  # fmt: skip
    yield "day_history", "day_entry at by academic_year on_day word quarters work_group school travel_pence", [
        (id, at, person, year, on, word, quarters, group, school, 0)
        for id, person, _, on, _, word, quarters, group, school, *_, at in days
    ]
