"""What of an evaluation leaves as paper or a table: its sentences with numbered footnotes, as plain values."""

from workgroup import clock
from workgroup.evaluations import forms, queries
from workgroup.groups import queries as groups

# what a footnote calls what a sentence rests on, where the record's own word is no plain one
ONE = {"engagement": "a school that left"}
# whose school is not said: of two teachers of a school it would all but say who wrote
OF_SOMEBODY = ("reflection", "noticing")


def footnotes(sentences):
    """Number the sentences that rest on something, as they stand: `{sentence: number}`."""
    order = [name for name, _ in forms.HEADINGS]
    resting = [s for s in sorted(sentences, key=lambda s: order.index(s["heading"])) if s["evidence"]]
    return {s["id"]: number for number, s in enumerate(resting, 1)}


def in_words(evidence):
    """Say what a sentence rests on by kind, count and days, and schools where it is about them: no word of it.

    To whoever reads it, for a leader's paper goes on to the hub: a leader finds the school where they open the record.
    """
    by_kind = {}
    for e in evidence:
        by_kind.setdefault(e["kind"], []).append(e)
    return "; ".join(_kind_in_words(kind, some) for kind, some in by_kind.items())


def _kind_in_words(kind, some):
    days = sorted(e["kept_on"] for e in some)
    first, last = clock.say_day(days[0], year=True), clock.say_day(days[-1], year=True)
    schools = sorted({e["kept_school"] for e in some if e["kept_school"] and kind not in OF_SOMEBODY})
    many = ONE.get(kind, kind) if len(some) == 1 else f"{len(some)} {_plural(kind)}"
    when = first if first == last else f"{first} to {last}"
    return f"{many}, {when}" + (f" ({', '.join(schools)})" if schools else "")


def _plural(kind):
    return {"in-school work": "pieces of in-school work", "engagement": "schools that left"}.get(kind, f"{kind}s")


def _counted(number, one):
    return f"{number} {one}{'' if number == 1 else 's'}"


def counts(db, found):
    """Return how many schools and teachers the group had at the end of the half-term: the denominators.

    Once sent they stay as they were then, whatever becomes of the group.
    """
    if found["state"] == "sent":
        return {"schools": found["schools"], "teachers": found["teachers"]}
    end = min(found["to_on"], clock.today())
    schools = [s for s in groups.schools(db, found["work_group"], end) if s["state"] not in (None, "withdrawn")]
    teachers = {p["id"] for p in groups.people(db, found["work_group"], on=end, role="participant")}
    return {"schools": len(schools), "teachers": len(teachers)}


def sheet(db, found):
    """Return an evaluation as the print template takes it; whoever asks may read it."""
    sentences = queries.sentences(db, found["id"])
    notes, many = footnotes(sentences), counts(db, found)
    state = f"Sent on {clock.say_day(clock.day_of(found['sent_at']), year=True)}" if found["sent_at"] else "Draft"
    return {
        "title": f"{found['group_title']}, {found['half_term']}",
        "lead": f"{found['academic_year']}. {_counted(many['schools'], 'school')},"
        f" {_counted(many['teachers'], 'teacher')}. {state}, version {found['version']}.",
        "foot": f"{found['group_title']}, {found['half_term']} {found['academic_year']}",
        "parts": [
            {
                "name": name,
                "sentences": [
                    {"words": s["words"], "note": notes.get(s["id"], 0)} for s in sentences if s["heading"] == heading
                ],
            }
            for heading, name in forms.HEADINGS
        ],
        "notes": [
            {"number": notes[s["id"]], "words": in_words(s["evidence"])}
            for s in sorted((s for s in sentences if s["id"] in notes), key=lambda s: notes[s["id"]])
        ],
    }  # fmt: skip
