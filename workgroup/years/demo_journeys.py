"""The demo year's reflections, work in school, and where each school is. Its visits are in demo_visits.py."""

from workgroup.plans import queries as plans
from workgroup.reviews import queries as reviews
from workgroup.sessions import prompt_queries as prompts
from workgroup.sessions import queries as sessions
from workgroup.years.demo_house import BEGAN
from workgroup.years.demo_sessions import Sitting
from workgroup.years.telling import Told, id_of, person

VISIBILITY = {"only me": "me", "me and my specialist": "specialist", "my Work Group": "group"}
ABOUT = {"ses": "session", "les": "lesson", "gap": "gap_task"}
EVIDENCE = {
    "vn": "visit note", "vis": "visit", "gap": "gap task", "did": "in-school work", "ref": "reflection",
    "ses": "session", "n1": "noticing", "n2": "noticing", "n3": "noticing", "n4": "noticing",
}  # fmt: skip
READ_UNTIL = -10  # days; what was written later waits for its leader


def tell(year, days):
    """Yield what people wrote for themselves, and what leaders saw in schools."""
    emails = {p["id"]: p["email"] for p in year["people"]}
    schools = {s["school"]: id_of(s["id"]) for g in year["groups"] for s in g["schools"]}
    for written in year["reflections"]:
        yield from _reflection(year, written, days, emails)
    for work in year["in_school"]:
        fields = {"school_in_group": schools[work["school"]], "on_day": days.day(work["day"])}
        fields.update({n: work[n] for n in ("kind", "colleagues", "topic", "words")})
        at = days.at(work["day"], "16:45")
        yield Told(at, "tasks.did_at_school", person(emails[work["by"]]), fields, id_of(work["id"]))
    heads = {s["id"]: s["contact"]["name"] for s in year["schools"]}
    for review in year["reviews"]:
        yield from _review(year, review, days, person(emails[review["by"]]), schools, heads)


def _reflection(year, written, days, emails):
    """Yield a reflection with its versions, and that its leader has read it if it was shared a while ago."""
    by, id, about = person(emails[written["by"]]), id_of(written["id"]), written["about"]
    sitting = _sitting_of(year, about, days, emails)
    fields = {
        ABOUT[about[:3]]: id_of(about), "visibility": VISIBILITY[written["visibility"]],
        "may_quote": written["may_be_quoted"], "state": written["state"],
    }  # fmt: skip
    first, *later = written.get("versions") or [written]
    told = {**fields, **_answers(sitting.id, written), "words": first["words"]}
    yield Told(_written_at(sitting, about, first["day"], days), "reflections.write", by, told, id)
    newest = id  # the first version has the id of its reflection
    for version in later:
        again = {**told, "reflection": id, "words": version["words"], "after": newest}
        newest = id_of(version["id"])
        yield Told(days.at(version["day"], "19:30"), "reflections.write", by, again, newest)
    if fields["visibility"] == "specialist" and written["day"] < READ_UNTIL:
        # words about an open lesson reach the leader once its teacher has shared it
        read = written["day"] + (9 if about.startswith("les") else 2)
        yield Told(days.at(read, "18:00"), "reflections.mark_read", sitting.leader, {"reflection": id})


def _answers(session, written):
    """Return what a reflection answers: the first question of its session, and others by their place in the list."""

    def wording(place):
        return lambda db: prompts.prompts(db, sessions.session(db, session))[int(place)]["wording"]

    told = {} if written["about"].startswith("gap") else {"prompt": wording(0)}
    for n, (place, words) in enumerate(written.get("answers", {}).items()):
        told.update({f"answers-{n}-prompt": wording(place), f"answers-{n}-words": words})
    return told


def _sitting_of(year, about, days, emails):
    """Return the session that a reflection belongs to, whatever it is about."""
    parts = {part["id"]: part["session"] for part in (*year["lessons"], *year["gap_tasks"])}
    code = parts.get(about, about)
    return Sitting(year, next(s for s in year["sessions"] if s["id"] == code), days, emails)


def _written_at(sitting, about, day, days):
    """Return when a reflection was written: in the room's last minutes, or in the evening of another day."""
    if about.startswith("gap") or sitting.session["day"] != day:
        return days.at(day, "19:30")
    return sitting.at(sitting.begins("reflection") + 3)


def _review(year, review, days, leader, schools, heads):
    """Yield a review and, once the school had agreed, that."""
    found = [
        _aim_of_now(schools[review["school"]], code) if code.startswith("aim")
        else f"{EVIDENCE[code.split('-')[0]]}:{id_of(code)}"
        for code in review["evidence"]
    ]  # fmt: skip
    position = [a["code"] for a in year["framework"]["aspects"]].index(review["aspect"])
    id = id_of(review["id"])
    fields = {
        "school_in_group": schools[review["school"]], "aspect": _part("aspects", position),
        "step": _part("steps", review["step"] - 1), "on_day": days.day(review["day"]), "words": review["because"],
        "next_step": review["next_step"], "evidence": found, "no_evidence": not found,
    }  # fmt: skip
    entered = max(review["day"], *_open_since(year, review))
    yield Told(days.at(entered, "20:00"), "reviews.review", leader, fields, id)
    if review["agreed"] is not None:
        agreed = {"review": id, "agreed_on": days.day(review["agreed"]), "agreed_with": heads[review["school"]]}
        yield Told(days.at(max(review["agreed"], entered), "20:30"), "reviews.agree", leader, agreed)


def _aim_of_now(school_in_group, code):
    """Return an aim as evidence: the one of the plan in force, whichever version it was first written in."""

    def find(db):
        force = plans.in_force(db, school_in_group)
        return next(f"aim:{a['id']}" for a in plans.aims(db, force["id"]) if a["thread"] == id_of(code))

    return find


def _open_since(year, review):
    """Return since when the words about open lessons that a review rests on were open to the leader.

    A review may rest only on what the lesson's teacher has shared: it is entered with its own day once that is so.
    """
    shared = {lesson["id"]: lesson["sharing"]["answered"] for lesson in year["lessons"]}
    about = {written["id"]: written["about"] for written in year["reflections"]}
    return [shared[about[code]] for code in review["evidence"] if shared.get(about.get(code)) is not None] or [BEGAN]


def _part(name, position):
    return lambda db: reviews.framework(db)[name][position]["id"]
