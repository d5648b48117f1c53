"""Engagement and evaluations that name nobody: schools as School 1 … n, small groups hidden, words without names.

The order of the schools is drawn anew for every file, so that neither the alphabet nor another file gives one away.
"""

import json
import random
from collections import defaultdict
from itertools import groupby

from workgroup import clock
from workgroup.hub import anonymous_queries, choice_queries, columns, making, queries, redacting
from workgroup.hub.suppressing import FEW, breaks_up, hidden, hidden_counts, shown, told_from, wholes

_ENGAGED = [*(c.name for c in columns.ENGAGEMENT), "journey", "group_id", "school_id", "people"]
_TOLD = [*(c.name for c in columns.EVALUATION), "group_id", "evaluation_id", "sentence_id"]
_KEYS = ("year", "half_term", "work_group")  # by which files are narrowed


def rows(db, viewer, kind, as_at, group=None, **narrowed):
    """Return the rows of an anonymous export, each a list in the order of its columns."""
    made = _engagement if kind == "anonymous_engagement" else _evaluation
    return made(db, (viewer, kind, as_at, group), narrowed)


def is_too_few(db, viewer, kind, as_at, group=None, **narrowed):
    """Tell whether there are fewer than five schools in it."""
    if kind == "anonymous_engagement":
        schools = {one["school_id"] for one in _engaged(db, (viewer, kind, as_at, group), narrowed)}
    else:
        of = _schools(db, (viewer, kind, as_at, group), narrowed)
        schools = set().union(*of.values())
    return len(schools) < FEW


def leaves_few(db, viewer, kind, as_at, group=None, leader=None, year=None, half_term=None, to_on=None, **_):
    """Tell whether a file like this, taken from others that are given out, would leave fewer than five schools over."""
    if half_term and kind in queries.AT_ITS_END:
        as_at = min(as_at, to_on)
    blocks = _blocks(db, kind, as_at)
    groups = {g["id"] for g in choice_queries.groups_to_export(db, viewer)}
    groups &= anonymous_queries.led_by(db, leader, as_at) if leader else groups
    groups &= {group} if group else groups
    of_term = half_term if kind not in queries.AT_ITS_END else None
    asked = {
        place for place, one in enumerate(blocks)
        if one["work_group"] in groups and year in (None, one["year"]) and of_term in (None, one["half_term"])
    }  # fmt: skip
    return breaks_up(asked, blocks, [one["schools"] for one in blocks], _KEYS)


def _blocks(db, kind, as_at):
    """Return what files are made of as it stands by now: what stands together is the same for files of every day."""
    return anonymous_queries.blocks(db, kind, max(as_at, clock.today()))


def _told(db, kind, as_at):
    """Return what a file of a day may tell, as (Work Group, half-term, school): who joined lately waits for others."""
    blocks, told = _blocks(db, kind, as_at), set()
    for whole in wholes(blocks, [one["schools"] for one in blocks], _KEYS):
        came = {
            (one["work_group"], one["half_term"], school): (day, school)
            for one in (blocks[place] for place in whole) for school, day in one["came"].items()
        }  # fmt: skip
        told |= {key for key, day in told_from(came).items() if day <= as_at}
    return told


def _engaged(db, asked, narrowed):
    """Return the rows of engagement that may be told on the day asked for: of a half-term, on its last."""
    _, kind, as_at, _ = asked
    to_on = narrowed.get("to_on") if narrowed.get("half_term") else None
    told = _told(db, kind, min(as_at, to_on or as_at))
    return [one for one in _found(db, _ENGAGED, asked, narrowed) if (one["group_id"], None, one["school_id"]) in told]


def _found(db, names, asked, narrowed):
    return [dict(zip(names, row, strict=True)) for row in queries.export(db, *asked, **narrowed)]


def _labels(schools):
    """Return `{school: "School n"}`, numbered as chance has it."""
    drawn = sorted(schools)
    random.SystemRandom().shuffle(drawn)
    return {school: f"School {number}" for number, school in enumerate(drawn, 1)}


def _engagement(db, asked, narrowed):
    found = _engaged(db, asked, narrowed)
    label = _labels({one["school_id"] for one in found})
    found.sort(key=lambda one: int(label[one["school_id"]].split()[1]))
    told = shown(found, [{one["school_id"]} for one in found], ("academic_year", "strand", "state", "phase"))
    counts = _counts(found, told)
    steps = making.steps_of(db)
    names = [c.name for c in columns.ANONYMOUS_ENGAGEMENT]
    for one, said, counted in zip(found, told, counts, strict=True):
        row = {**one, **said, **counted, "school": label[one["school_id"]]}
        yield [row[name] for name in names] + [step for step, _ in steps(one["journey"])]


def _counts(found, told):
    """Return for each row how many schools and teachers are of its year and strand, and schools in its state."""
    schools, in_state, people = defaultdict(set), defaultdict(set), defaultdict(set)
    for one, said in zip(found, told, strict=True):
        group = (said["academic_year"], said["strand"])
        schools[group].add(one["school_id"])
        in_state[(*group, said["state"])].add(one["school_id"])
        people[group].update(json.loads(one["people"]))
    away = hidden(people)
    for said in told:
        group = (said["academic_year"], said["strand"])
        yield {
            "schools": len(schools[group]), "schools_in_state": len(in_state[(*group, said["state"])]),
            "teachers": None if group in away else len(people[group]),
        }  # fmt: skip


def _evaluation(db, asked, narrowed):
    of = _schools(db, asked, narrowed)
    found = [one for one in _found(db, _TOLD, asked, narrowed) if one["evaluation_id"] in of]
    label = _labels(set().union(*of.values()))
    each = {one["evaluation_id"]: one for one in found}
    told = dict(zip(each, shown(list(each.values()), [of[id] for id in each],
                                ("academic_year", "half_term", "strand")), strict=True))  # fmt: skip
    schools, teachers = _told_counts(each, "schools"), _told_counts(each, "teachers")
    names = _names(db, {one["group_id"] for one in found}, label)
    chance = {id: random.SystemRandom().random() for id in each}
    terms = [*clock.HALF_TERMS]

    def place(one):
        said = told[one["evaluation_id"]]
        term = terms.index(said["half_term"]) if said["half_term"] in terms else len(terms)
        return str(said["academic_year"]), term, chance[one["evaluation_id"]]

    found.sort(key=place)  # the sentences of each stay in their order
    for _, some in groupby(found, key=lambda one: one["sentence_id"]):
        one, *more = some
        id, kinds = one["evaluation_id"], [x["evidence_kind"] for x in (one, *more) if x["evidence_kind"]]
        row = {
            **one, **told[id], "evidence_kind": "; ".join(dict.fromkeys(kinds)) or None,
            "sentence": redacting.redacted(one["sentence"], names, schools[id], teachers[id]),
            "schools": schools[id], "teachers": teachers[id],
            "schools_counted": _counted(one["schools_counted"], one["schools"]),
        }  # fmt: skip
        yield [row[c.name] for c in columns.ANONYMOUS_EVALUATION]


def _told_counts(each, name):
    """Return a count of each evaluation, None where it is not told: those of one half-term may have a known total."""
    together = defaultdict(dict)
    for id, one in each.items():
        together[one["academic_year"], one["half_term"]][id] = one[name] or 0
    away = set().union(*(hidden_counts(counts) for counts in together.values()))
    return {id: None if id in away else one[name] for id, one in each.items()}


def _counted(some, all_of):
    """Return how many schools a sentence rests on, or None when they or all the others are few."""
    return some if some and some >= FEW and (all_of or 0) - some >= FEW else None


def _schools(db, asked, narrowed):
    """Return `{evaluation: the schools it is of}` of what is in the export and may be told on its day."""
    of = defaultdict(set)
    viewer, kind, as_at, group = asked
    told = {key[:2] for key in _told(db, kind, as_at)}
    may = {one["block"] for one in anonymous_queries.blocks(db, kind, as_at)
           if (one["work_group"], one["half_term"]) in told}  # fmt: skip
    for evaluation, school in queries.export(db, viewer, "schools_told", as_at, group, **narrowed):
        if evaluation in may:
            of[evaluation].add(school)
    return of


def _names(db, groups, label):
    """Return the names that must not be told: schools by their label, one of no label as [school].

    Who writes of one Work Group may name a school or somebody of another, whatever the file is narrowed to.
    """
    every = groups | anonymous_queries.every_group(db)
    schools = {s["name"]: label.get(s["id"], "[school]") for s in anonymous_queries.schools(db, every)}
    people, everybody = anonymous_queries.people(db, groups), anonymous_queries.everybody(db)
    return redacting.Names(schools, anonymous_queries.places(db, every), people, everybody)
