"""What leaves of an open lesson: its plan, its record, and one's own record, as plain values for a printed sheet.

The record holds what its reader may see and nothing else: every row comes from the viewer's own queries.
"""

from workgroup import clock, sketching, store
from workgroup.groups import queries as groups
from workgroup.lessons import (
    discussion_queries,
    forms,
    lesson_clock,
    noticing_queries,
    photo_queries,
    queries,
    sketch_queries,
)
from workgroup.schools import queries as schools
from workgroup.sessions import inviting_queries as inviting
from workgroup.sessions import prompt_queries as prompts
from workgroup.sessions import queries as sessions
from workgroup.tasks import waiting_queries as waiting

PAPER = (
    "Watch pupils, not the teacher; do not help them; write what you saw and heard. Pupils by code, never by name."
    " Type it up afterwards under My moments."
)
SEPARATE = "For learning together, separate from appraisal."
# as on the session’s page; until a school has said so, nothing
PHOTOS = {"none": "nothing", "board": "the board", "work": "the board and pupils’ work"}
STEPS = {value: words.split("|")[0] for value, words in forms.STEPS}


def plan(db, lesson_id, in_it):
    """Return the briefing as it is sent ahead; who watches whom only for those who are in it, as on its page."""
    lesson = queries.lesson(db, lesson_id)
    wants = f"What {lesson['teacher_name']} wants to learn"
    texts = (
        ("Key point", lesson["key_point"]), ("Aims", lesson["aims"]),
        ("Difficult points", "\n".join(queries.difficult_points(db, lesson_id))),
        ("Representations", lesson["representations"]), ("Stem sentences", lesson["stem_sentences"]),
        ("Research question, mathematical", lesson["question_maths"]),
        ("Research question, pedagogical", lesson["question_pedagogy"]), (wants, lesson["wanted"]),
        ("The class", lesson["context"]),
    )  # fmt: skip
    return {
        **_head(lesson), "parts": [list(t) for t in texts if t[1]],
        "predicted": [{"number": str(p["number"]), "words": p["words"]} for p in queries.predicted(db, lesson_id)],
        "watching": [[w["name"], w["words"]] for w in queries.watching(db, lesson_id)] if in_it else [],
        "paper": PAPER, "lines": 14,
    }  # fmt: skip


def pack(db, session_id):
    """Return what a session needs on paper: agenda, register, and for each a sheet to observe and one to reflect on."""
    session = sessions.session(db, session_id)
    expected = sessions.expected(db, session_id)
    place = session["host_name"] or ("online" if session["mode"] == "online" else "the place is not known yet")
    when = f"{clock.say_whole_day(session['day'])}, {clock.say_time(session['starts_at'])}"
    facts = (schools.host_facts(db, session["host"]) if session["host"] else None) or {}
    ways = (("Entrance", "entrance"), ("Room", "room"), ("Parking", "parking"), ("Wifi", "wifi"),
            ("Photos", "photo_rule"), ("Devices", "device_rule"), ("Running late", "late_contact"))  # fmt: skip
    wifi = schools.wifi_last(db, session["host"]) if session["host"] else []
    answers = inviting.answers(db, session_id)
    return {
        "title": session["title"], "foot": f"{session['group_title']}, {session['kind']} {session['number']}",
        "lead": f"{when} to {clock.say_time(session['ends_at'])}, {place}.",
        "agenda": [{"time": b["starts"], "title": b["title"], "minutes": str(b["minutes"]), "words": b["words"],
                    "lead": b["lead_name"]}
                   for b in sessions.timed(sessions.agenda(db, session_id), session)],
        "returns": [[t["school_name"], t["words"]] for t in waiting.waiting(db, session) if t["state"] == "set"],
        "host": [*([["May be photographed", PHOTOS[facts.get("photos") or "none"]]] if session["host"] else []),
                 *([words, facts[key]] for words, key in ways if facts.get(key)),
                 *(["Wifi last time", ": ".join(filter(None, (w["said"], w["words"])))] for w in wifi)],
        "register": [[p["name"], p["school_name"] or "", _not_here(answers.get(p["id"]))] for p in expected],
        "lessons": [_sheets(db, lesson["id"], expected) for lesson in queries.lessons_of(db, session_id)],
        "questions": [p["words"] for p in prompts.prompts(db, session)], "paper": PAPER,
        "reflecting": len(expected) + 2,
        "privacy": "This sheet is yours. Type it up or keep it: you say who sees it, and your head never does.",
    }  # fmt: skip


def _not_here(answer):
    """Return in a few words who comes instead of somebody, or that nobody does."""
    if not answer or answer["answer"] == "coming":
        return ""
    return f"{answer['cover']} comes" if answer["cover"] else "apologies"


def _sheets(db, lesson_id, expected):
    """Return a sheet for everybody who watches, with whom they watch, and two without a name."""
    lesson = queries.lesson(db, lesson_id)
    watch = {w["observer"]: w["words"] for w in queries.watching(db, lesson_id)}
    named = [{"name": p["name"], "watch": watch.get(p["id"])} for p in expected if p["id"] != lesson["teacher"]]
    predicted = queries.predicted(db, lesson_id)
    aims = (("Key point:", "key_point"), ("In the mathematics:", "question_maths"),
            ("In the teaching:", "question_pedagogy"))  # fmt: skip
    targets = [[words, lesson[name]] for words, name in aims if lesson[name]]
    return {
        "title": f"{lesson['class']}: {lesson['topic']}", "targets": targets,
        "predicted": [{"number": str(p["number"]), "words": p["words"]} for p in predicted],
        "sheets": [*named, *({"name": None, "watch": None} for _ in range(2))],
        "lines": max(6, 16 - len(predicted) - len(targets)),
    }  # fmt: skip


def record(db, viewer, lesson_id, own_only=False):
    """Return the record of a lesson as this viewer may see it, or only what they themselves saw."""
    lesson = queries.lesson(db, lesson_id)
    standing = queries.standing(db, viewer, lesson)
    found = noticing_queries.seen(db, viewer, lesson, standing, own_only=own_only)
    photos = photo_queries.seen(db, viewer, lesson, standing, own_only=own_only)
    notes = discussion_queries.notes(db, viewer, lesson_id)
    predicted = queries.predicted(db, lesson_id, also_ended=True)
    shows_all = standing["sees_all"] and not own_only
    in_it = standing["is_teacher"] or standing["present"] or standing["in_group"]
    return {
        **_head(lesson), "key_point": lesson["key_point"],
        "questions": [list(q) for q in (("Research question, mathematical", lesson["question_maths"]),
                                        ("Research question, pedagogical", lesson["question_pedagogy"])) if q[1]],
        "predicted": [_predicted(p, found, own_only) for p in predicted],
        "phases": [[clock.say_clock(p["second"]), p["phase"].capitalize() + (f": {p['title']}" if p["title"] else "")]
                   for p in lesson_clock.phases(db, lesson_id)],
        "moments_title": "What I noticed" if own_only else "What was noticed",
        "moments": [_moment(n, {p["id"]: p for p in predicted}, _tags(db, lesson), own_only) for n in found
                    if not n["withdrawn_at"]],
        "sketches": [{"when": clock.say_clock(k["second"]), "words": k["described"], "svg": sketching.svg(k["shapes"])}
                     for k in sketch_queries.seen(db, viewer, lesson, standing, own_only=own_only)],
        "pictures": [[clock.say_clock(p["second"]), p["described"]] for p in photos],
        "notes": [[f"{STEPS[n['step']]}\n{n['name']}", n["words"]] for n in notes if not own_only or n["by"] == viewer],
        "implications": [[i["school_name"], i["words"]] for i in discussion_queries.implications(db, lesson_id)
                         if shows_all and in_it],
        "comments": [c["words"] for c in discussion_queries.comments(db, viewer, lesson_id)] if shows_all else [],
    }  # fmt: skip


def _head(lesson):
    chair = f" {lesson['chair_name']} chairs the discussion." if lesson["chair_name"] else ""
    pupils = f", {lesson['pupils']} pupils" if lesson["pupils"] else ""
    teacher = lesson["teacher_name"]
    when = f"{clock.say_whole_day(lesson['day'])}, {clock.say_time(lesson['planned_at'])}"
    return {
        "title": lesson["topic"],
        "lead": f"{lesson['class']}{pupils}. {when}, {lesson['minutes']} minutes. {teacher} teaches.{chair}",
        "note": f"{SEPARATE} {teacher} decides what leaves the room.",
        "foot": f"{lesson['group_title']}: {lesson['session_title']}",
    }  # fmt: skip


def _predicted(p, found, own_only):
    saw = [n for n in found if n["predicted_response"] == p["id"] and not n["withdrawn_at"]]
    many = len({n["by"] or n["name"] for n in saw})
    seen = ("seen" if saw else "not seen") if own_only else f"seen by {many}" if many else "nobody marked it"
    return {"number": str(p["number"]), "words": p["words"], "seen": seen}


def _moment(n, predicted, tags, own_only):
    """Return one moment; whatever the record says of it stands in words, for nothing of a sheet can be pressed."""
    p = predicted.get(n["predicted_response"])
    said = [f"saw {p['number']}: {p['words']}" if p else "nobody predicted it"]
    said += ["to talk about"] if n["flagged"] else []
    said += [tags[tag] for tag in n["tags"] if tag in tags]
    when = clock.say_clock(n["second"]) + (" or so" if n["rough"] else "")
    return {"when": when, "who": None if own_only else n["name"], "code": n["code"], "words": n["words"] or None,
            "saw": "; ".join(said)}  # fmt: skip


def _tags(db, lesson):
    return {t["id"]: t["name"] for t in groups.tags(db, lesson["work_group"], also_ended=True)}


def taken_out(db, lesson_id):
    """Return who saved the record as a file and when, for the teacher: it cannot be called back."""
    return store.rows(
        db, "select t.at, p.name from taken_out t join person p on p.id = t.by where t.lesson = ? order by t.at",
        (lesson_id,),
    )  # fmt: skip
