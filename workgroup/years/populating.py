"""Rows of a believable hub of any size, the same from the same seed: for measuring, never for a real one.

`groups` Work Groups in each of `years` academic years, the last of them the year of `today`: each with seven schools,
two teachers from each and one leader, six sessions with an open lesson, what was noticed, promised, tried and visited.
Pure: what is yielded is `(table, columns, rows)`, in an order in which every reference finds what it names. How they
are written is in filling.py.
"""

import json
import random
import uuid
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from workgroup import clock
from workgroup.groups.changes import BIG_IDEAS
from workgroup.years import populating_sessions as sessions

WORDS = json.loads((Path(__file__).parent / "words" / "populate.json").read_text())
SCHOOLS = 7
AT = "09:00:00.000Z"


@dataclass
class Hub:
    """What the rows of one hub share: chance, and who and what there is."""

    seed: int
    groups: int
    years: int
    today: str
    aspects: list  # ids of the framework that a hub begins with, and of its steps
    steps: list
    activity: dict  # of the days log: id by name
    chance: random.Random = field(init=False)

    def __post_init__(self):
        self.chance = random.Random(self.seed)  # noqa: S311 - the same hub from the same seed, no secret

    def id(self):
        """Return the next id."""
        return str(uuid.UUID(int=self.chance.getrandbits(128), version=4))

    def words(self, name):
        """Return the words of a kind."""
        return WORDS[name]

    def pick(self, name):
        """Return one of the words of a kind."""
        return self.chance.choice(WORDS[name])

    def say(self, *names):
        """Return a sentence of words of these kinds, one after another."""
        said = " ".join(self.pick(name) for name in names)
        return f"{said[0].upper()}{said[1:]}."

    @cached_property
    def lead(self):
        """The id of whoever leads the hub."""
        return self.id()

    @cached_property
    def academic_years(self):
        """The academic years, oldest first, as `2026/27`."""
        last = int(clock.academic_year(self.today)[:4])
        return [clock.academic_year(f"{year}-09-01") for year in range(last - self.years + 1, last + 1)]


def rows(hub):
    """Yield `(table, columns, rows)` of all that a hub has beside its lead, a portion at a time."""
    _ = hub.lead  # whose id is the first, whoever asks
    places = [_place(hub, number) for number in range(hub.groups)]
    yield "school", "id urn name la phase status town", [school for place in places for school in place["schools"]]
    people = [person for place in places for person in (place["leader"], *place["teachers"])]
    yield "person", "id name email", people
    for year in hub.academic_years:
        yield "half_term", "id academic_year name from_on to_on", [
            (hub.id(), year, *term) for term in clock.usual_half_terms(year)
        ]
        for place in places:
            yield from _group(hub, year, place)


def _place(hub, number):
    """Return where a Work Group meets year after year: its schools, its leader, two teachers of each school."""
    phase = "Primary" if number % 3 else "Secondary"
    schools, teachers = [], []
    for at in range(SCHOOLS):
        urn = 900001 + number * SCHOOLS + at
        name = f"{hub.pick('place')} {hub.pick('sort')} {phase} School {number + 1}-{at + 1}"
        schools.append((hub.id(), str(urn), name, "Marram", phase, "Open", hub.pick("town")))
        teachers += [_person(hub, f"{number + 1}.{at + 1}.{who}") for who in "ab"]
    return {"number": number, "schools": schools, "teachers": teachers, "leader": _person(hub, f"{number + 1}.leads")}


def _person(hub, key):
    return hub.id(), f"{hub.pick('first')} {hub.pick('last')}", f"{key}@populated.example.org"


def _group(hub, year, place):
    """Yield a Work Group's year."""
    group, first = hub.id(), clock.first_day_of(year)
    title = f"{place['schools'][0][4]} {place['number'] + 1}"
    yield "work_group", "id title strand academic_year leader_word participant_word meeting_word visits_per_school", [
        (group, title, hub.pick("strand"), year, "Specialist", "Lead Participant", "TRG", 3)
    ]
    tags = [(hub.id(), group, at, *idea) for at, idea in enumerate(BIG_IDEAS)]
    yield "tag", "id work_group position name shape big_idea", tags
    here = [(hub.id(), group, school[0]) for school in place["schools"]]
    yield "school_in_group", "id work_group school", here
    last = f"{int(first[:4]) + 1}-07-15"
    states = [(hub.id(), one[0], "registered", first, None) for one in here]
    states += [(hub.id(), one[0], "active", clock.day_of(f"{first[:4]}-09-20T{AT}"), None) for one in here]
    ended = [(hub.id(), one[0], *_end(hub, last)) for one in here] if last < hub.today else []
    yield "engagement", "id school_in_group state since_on reason", [*states, *ended]
    members = [(hub.id(), group, place["leader"][0], None, "leader", first, last)]
    members += [(hub.id(), group, teacher[0], here[at // 2][2], "participant", first, last)
                for at, teacher in enumerate(place["teachers"])]  # fmt: skip
    yield "membership", "id work_group person school role from_on to_on", members
    of = sessions.Group(group, year, place["leader"][0], [t[0] for t in place["teachers"]],
                        [(one[0], one[2]) for one in here], [t[0] for t in tags])  # fmt: skip
    for number, (_, from_on, to_on) in enumerate(clock.usual_half_terms(year), 1):
        yield from sessions.half_term(hub, of, number, from_on, to_on)


def _end(hub, day):
    if hub.chance.random() < 0.1:
        return "withdrawn", day, "No time for it this year."
    return "completed", day, None
