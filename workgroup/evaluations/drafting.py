"""The rules that draft an evaluation from what was gathered: each makes sentences, with the records they rest on.

Rules and templates, and no guess: a count comes with what it is out of, words are quoted only where their author ticked
that they may be, and nothing is said that no record says. Pure: plain values in, sentences out.
"""

import re
from functools import partial
from typing import NamedTuple

from workgroup import clock
from workgroup.evaluations.gathering import Piece

MOST_QUOTES = 4
QUOTE = 240  # characters of a quotation at the most
STILL = "policies"  # where an aspect is told that a framework puts under no outcome


class Sentence(NamedTuple):
    """A drafted sentence: its heading, the rule and thing it comes from, its words, and its evidence."""

    heading: str
    key: str
    words: str
    evidence: tuple


def draft(g, there=()):
    """Return the sentences that the rules make of a half-term, in the order in which they stand.

    `there` are the keys of what is in the evaluation already: its quotations stay while they may be quoted.
    """
    made = []
    quotes = partial(_quotes, there=there)
    for rule in (_lessons, _shared_lessons, _sessions, _reflected, _tasks, _work, _visits, _moved, _steps, quotes,
                 _not_held, _not_back, _withdrew, _no_visit, _next_steps, _heads):  # fmt: skip
        made += [s for s in rule(g) if s.evidence]
    return made


# pupils' learning


def _lessons(g):
    if g.lessons:
        topics = _list([f"{x['topic']} ({x['class']})" if x["class"] else x["topic"] for x in g.lessons])
        held_in = len({x["session"] for x in g.lessons})
        words = f"{_count(len(g.lessons), 'open lesson')} {_was(len(g.lessons))} watched and discussed,"
        words += f" in {_of_the(held_in, len(g.sessions), 'session').lower()} held: {topics}."
        yield Sentence("pupils", "lessons", words, tuple(_lesson(x) for x in g.lessons))


def _shared_lessons(g):
    for x in g.lessons:
        new = sum(1 for n in x["told"] if not n["predicted_response"])
        if x["told"]:
            many = len(x["told"])
            words = (
                f"In {x['topic']}, observers wrote down {_count(many, 'thing')} that pupils said or did; "
                f"{new} of {many} {_was(new)} predicted by nobody."
            )
            yield Sentence("pupils", f"lesson:{x['id']}", words, (_lesson(x),))


# teachers' professional learning


def _sessions(g):
    held = g.sessions
    if not held:
        return
    people, elsewhere, by_school = set(), set(), {}
    for s in held:
        for m in s["came"]:
            if m["school"] in g.in_group:
                people.add(_who(m))
                by_school.setdefault(m["school"], {}).setdefault(s["id"], set()).add(_who(m))
            else:
                elsewhere.add(_who(m))
    elsewhere -= people
    both = [s for s in by_school.values() if len(s) == len(held) and all(len(who) > 1 for who in s.values())]
    days = _list([clock.say_day(s["day"]) for s in held])
    words = (
        f"{_of_the(len(held), g.sessions_planned, 'session')} planned {_was(len(held))} held ({days}){_off(g)}."
        f" {_took_part(g, people)},"
        f" from {_of_the(len(by_school), len(g.schools), 'school').lower()};"
        f" {_were(len(both), len(g.schools))} there with two teachers {'each time' if len(held) > 1 else 'or more'}."
    )
    others = people - g.teachers if g.teachers else set()
    words += f" {len(others)} more came in somebody’s place or {_has(others)} left since." if others else ""
    # a school that has withdrawn since is none of these schools: its teachers are told, and apart
    words += f" {len(elsewhere)} more came from elsewhere." if elsewhere else ""
    yield Sentence("teachers", "sessions", words, tuple(Piece("session", s["id"], s["day"]) for s in held))


def _took_part(g, people):
    """Say how many took part of those who belong to the group at the end of the half-term, if anybody still does."""
    if not g.teachers:
        return f"{_count(len(people), 'teacher')} took part"
    return f"{_of_the(len(people & g.teachers), len(g.teachers), 'teacher')} took part"


def _off(g):
    return f"; {g.sessions_off} {_was(g.sessions_off)} called off" if g.sessions_off else ""


def _reflected(g):
    here = {_who(m) for s in g.sessions for m in s["came"]}
    wrote = here & g.reflected
    if wrote:
        words = f"{_of_the(len(wrote), len(here), 'teacher')} who came wrote a reflection."
        yield Sentence("teachers", "reflected", words, tuple(Piece("session", s["id"], s["day"]) for s in g.sessions))


def _who(mark):
    """Return who came, by id: two people may have one name. A visitor has only a name."""
    return mark["person"] or mark["name"]


def _quotes(g, there):
    stay = {r["id"] for r in g.quotes if f"quote:{r['id']}" in there}
    new = [r["id"] for r in g.quotes if r["id"] not in stay]
    told = stay | set(new[: max(0, MOST_QUOTES - len(stay))])
    for r in g.quotes:
        if r["id"] in told:
            words = f"A participant: “{_short(r['words'])}”"
            yield Sentence("teachers", f"quote:{r['id']}", words, (Piece("reflection", r["id"], r["on_day"]),))


# teachers' practice


def _tasks(g):
    back = [t for t in g.tasks if t["given"]]
    if back:
        schools = {t["school_in_group"] for t in back}
        words = (
            f"{_of_the(len(back), len(g.tasks), 'gap task')} that {_was(len(g.tasks))} due came back with"
            f" something tried, from {_of_the(len(schools), len(g.schools), 'school').lower()}."
        )
        yield Sentence("practice", "tasks", words, tuple(_task(t) for t in back))


def _steps(g):
    for r in g.reviews:
        was = r["was"]["step_name"].lower() if r["was"] and r["was"]["step_thread"] != r["step_thread"] else None
        words = f"{r['school_name']}, {r['aspect_name'].lower()}: {r['step_name'].lower()}"
        words += f" ({was} before). " if was else ". "
        yield Sentence(r["outcome"] or STILL, f"review:{r['id']}", words + _one_line(r["words"]), (_review(r),))


def _moved(g):
    """Compare where a school stands at last with where it stood before the half-term began."""
    # an aspect goes on under the name it had last
    for thread, aspect in {r["thread"]: r["aspect_name"] for r in g.reviews}.items():
        last = {r["school"]: r for r in g.reviews if r["thread"] == thread}
        known = {school: r for school, r in last.items() if r["began"]}
        on = [r for r in known.values() if r["step_place"] > r["began"]["step_place"]]
        back = [r for r in known.values() if r["step_place"] < r["began"]["step_place"]]
        if on or back:
            words = f"In {aspect.lower()}, of the {len(known)} schools looked at again {len(on)} {_has(on)} moved on"
            words += f" by a step or more and {len(back)} {_has(back)} gone back." if back else " by a step or more."
            if len(known) == 1:
                deed = "moved on by a step or more" if on else "gone back"
                words = f"In {aspect.lower()}, the one school looked at again has {deed}."
            heading = (on or back)[0]["outcome"] or STILL
            yield Sentence(heading, f"moved:{aspect}", words, tuple(_review(r) for r in known.values()))


# policies and approaches


def _work(g):
    if g.work:
        schools = {w["school_in_group"] for w in g.work}
        colleagues = sum(w["colleagues"] or 0 for w in g.work)
        words = (
            f"{_of_the(len(schools), len(g.schools), 'school')} took it further themselves:"
            f" {_count(len(g.work), 'meeting')} in school"
        )
        words += f", with {_count(colleagues, 'colleague')} in all." if colleagues else "."
        yield Sentence("policies", "work", words, tuple(_piece("in-school work", w, w["on_day"]) for w in g.work))


def _visits(g):
    some = _here(g)
    if some:
        schools = {v["school_in_group"] for v in some}
        heads = {v["school_in_group"] for v in some if v["head_met"]}
        met = f"met at {len(heads)} of {len(schools)}" if len(schools) > 1 else "met there" if heads else "not met"
        words = (
            f"{_of_the(len(some), g.visits_planned, 'support visit')} planned {_was(len(some))} made, to"
            f" {_of_the(len(schools), len(g.schools), 'school').lower()}; the headteacher was {met}."
        )
        yield Sentence("policies", "visits", words, tuple(_piece("visit", v, v["on_day"]) for v in some))


def _here(g):
    """Return the visits to the schools that are in the group: one that withdrew is not among those counted."""
    return [v for v in g.visits if v["school_in_group"] in g.schools]


# challenges and next steps


def _not_held(g):
    """Say that nothing came about of what was planned; where some of it did, that is told with what it is out of."""
    if g.not_held and not g.sessions:
        off = _off(g) if g.sessions_planned > 1 else "; it was called off" if g.sessions_off else ""
        words = f"{_none_of(g.sessions_planned, 'session', 'held')}{off}."
        yield Sentence("challenges", "not held", words, tuple(Piece("session", s["id"], s["day"]) for s in g.not_held))
    if g.not_made and not _here(g):
        words = f"{_none_of(g.visits_planned, 'support visit', 'made')}."
        pieces = tuple(_piece("visit", v, v["on_day"]) for v in g.not_made)
        yield Sentence("challenges", "not visited", words, pieces)


def _not_back(g):
    out = [t for t in g.tasks if not t["given"]]
    if out:
        schools = sorted({t["school_name"] for t in out})
        words = f"{_of_the(len(out), len(g.tasks), 'gap task')} did not come back, of {_list(schools)}."
        yield Sentence("challenges", "not back", words, tuple(_piece("gap task", t, t["due_on"]) for t in out))


def _withdrew(g):
    for s in g.withdrawn:
        words = f"{s['name']} withdrew on {clock.say_day(s['since_on'])}: {_one_line(s['reason'])}"
        piece = Piece("engagement", s["id"], s["since_on"], s["name"])
        yield Sentence("challenges", f"withdrew:{s['id']}", words, (piece,))


def _no_visit(g):
    some = _here(g)
    without = [name for id, name in g.schools.items() if id not in {v["school_in_group"] for v in some}]
    if some and without:
        words = f"{_of_the(len(without), len(g.schools), 'school')} had no support visit: {_list(without)}."
        yield Sentence("challenges", "no visit", words, tuple(_piece("visit", v, v["on_day"]) for v in some))


def _next_steps(g):
    newest = {(r["school"], r["thread"]): r for r in g.reviews if r["next_step"]}
    for r in newest.values():
        yield Sentence("next", f"next:{r['id']}", f"{r['school_name']}: {_one_line(r['next_step'])}", (_review(r),))


# what headteachers say


def _heads(g):
    for s in g.heads:
        words = f"The headteacher of {s['school_name']}: “{_short(s['words'])}”"
        yield Sentence("heads", f"head:{s['id']}", words, (_piece("head statement", s, s["on_day"]),))


def _lesson(x):
    return Piece("open lesson", x["id"], x["on_day"], x["host_name"])


def _task(t):
    return _piece("gap task", t, clock.day_of(t["given"][-1]["at"]))


def _review(r):
    return _piece("review", r, r["on_day"])


def _piece(kind, row, on_day):
    return Piece(kind, row["id"], on_day, row["school_name"])


def _count(number, one):
    return f"{number} {one}{'' if number == 1 else 's'}"


def _of_the(number, total, one):
    """Begin a sentence with how many of how many: one of one is simply the one."""
    return f"The one {one}" if number == total == 1 else f"{number} of the {_count(total, one)}"


def _none_of(total, one, deed):
    """Say that none of how many came about."""
    if total == 1:
        return f"The one {one} planned was not {deed}"
    return f"None of the {_count(total, one)} planned was {deed}"


def _were(number, total):
    """Say that so many of so many were; of one it is said that it was, or was not."""
    if total == 1:
        return "it was" if number else "it was not"
    return f"{number} of {total} {_was(number)}"


def _has(some):
    return "has" if len(some) == 1 else "have"


def _was(number):
    return "was" if number == 1 else "were"


def _list(some):
    return some[0] if len(some) == 1 else f"{', '.join(some[:-1])} and {some[-1]}"


def _one_line(text):
    """Return words as one sentence or more, on one line, with a full stop."""
    text = " ".join(text.split())
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def _short(text):
    """Return the first whole sentences of a text that are short enough to quote, or its first words."""
    text = " ".join(text.split())
    if len(text) <= QUOTE:
        return text
    sentences = re.findall(r".+?[.!?](?=\s)", text[:QUOTE])
    return "".join(sentences).strip() if sentences else text[:QUOTE].rsplit(" ", 1)[0] + " …"
