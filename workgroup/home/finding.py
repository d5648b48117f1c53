"""Searching across what one may see. The index says where words may be; each feature's own query says whether.

Whatever the index finds is read again with the viewer by the query that its page uses, so a search can never show what
the page would not.
"""

import re
import unicodedata

from markupsafe import Markup, escape

from workgroup import clock, store
from workgroup.groups import queries as groups
from workgroup.home import narrowing
from workgroup.lessons import discussion_queries as discussions
from workgroup.lessons import noticing_queries
from workgroup.lessons import queries as lessons
from workgroup.people import queries as people
from workgroup.plans import queries as plans
from workgroup.reflections import queries as reflections
from workgroup.reports import queries as reports
from workgroup.schools import queries as schools
from workgroup.sessions import queries as sessions
from workgroup.tasks import queries as tasks
from workgroup.visits import queries as visits

PORTION = 300  # of what the index has that are looked at at a time
MOST = 3000  # and in all: in a large hub most of what is found is somebody else's
SHOWN, OF_ONE = 4, 18  # of each kind at first, and of one alone: what is asked for with a query goes out unpacked
MOST_LESSONS = 30  # whose moments are read, of the nearest
MOST_WORDS = 8
AROUND = 60  # characters beside the first word that was found
HEADS = {
    "session": "Sessions", "noticing": "Noticings", "discussion": "Discussions", "reflection": "Reflections",
    "gap_task": "Gap tasks", "work": "Work at school", "plan": "Action plans", "visit": "Visits",
    "report": "Visit reports", "note": "Notes and decisions",
    "school": "Schools", "person": "People",
}  # fmt: skip


def words_of(text):
    """Return the words that are asked for: only ever words, the operators of the index have no meaning here."""
    return re.findall(r"\w+", (text or "")[:100], re.UNICODE)[:MOST_WORDS]


def find(db, viewer, text, only=None):
    """Return what was found by kind, the nearest first: `address`, `title`, `who` and `words`.

    Some of each kind and one more, so that a page can say that there is more; or as many as fit of `only` one kind.
    """
    asked = words_of(text)
    if not asked:
        return {}
    seen = {x["id"]: x for x in groups.groups_for(db, viewer)}
    found, read, most = {kind: [] for kind in HEADS}, {}, OF_ONE if only else SHOWN
    found["school"] = _schools(db, text)
    for hits in _hits(db, asked):
        by_kind = narrowing.narrow(db, viewer, seen, hits)
        for kind, some in _read(db, viewer, by_kind, seen, read).items():
            known = {one["address"] for one in found[kind]}
            found[kind] += [one for one in some if one["address"] not in known and _holds(one, asked)]
        wanted = [some for kind, some in found.items() if only in (kind, None) and kind != "school"]
        if all(len(some) > most for some in wanted):
            break
    return {kind: some[: most + 1] for kind, some in found.items() if some and only in (kind, None)}


def _hits(db, asked):
    """Yield where the words may be, a portion at a time: the nearest first, or of a common word the newest.

    To rank takes the longer the more there is, and among ten thousand sentences with one word none is nearer.
    """
    sql = "select r.kind, r.about from found f join found_row r on r.id = f.rowid where found match ?"
    order = "f.rowid desc" if is_common(db, asked) else "bm25(found), r.id"
    hits = store.rows(db, f"{sql} order by {order} limit ?", (_match(asked), MOST))
    yield from (hits[start : start + PORTION] for start in range(0, len(hits), PORTION))


def is_common(db, asked):
    """Tell whether the words stand in more places than are looked at, so that only the newest are."""
    sql = "select count(*) from (select 1 from found where found match ? limit ?)"
    return bool(asked) and store.value(db, sql, (_match(asked), MOST + 1)) > MOST


def _match(asked):
    return " ".join(f'"{word}"*' for word in asked)


def _read(db, viewer, by_kind, seen, read):
    return {
        "session": _sessions(db, by_kind, seen), "noticing": _noticings(db, viewer, by_kind, read),
        "reflection": _reflections(db, viewer, by_kind), "gap_task": _tasks(db, by_kind, seen),
        "discussion": _discussions(db, viewer, by_kind, read), "work": _work(db, viewer, by_kind),
        "plan": _plans(db, viewer, by_kind), "visit": _visits(db, viewer, by_kind),
        "report": _reports(db, viewer, by_kind), "note": _notes(db, viewer, by_kind, seen),
        "person": _people(db, viewer, by_kind, seen),
    }  # fmt: skip


def _holds(one, asked):
    """Tell whether what would be shown holds every word: the index knows older versions too, which are nobody's now."""
    words = [_plain(w) for w in re.findall(r"\w+", " ".join(filter(None, (one["title"], one["who"], one["words"]))))]
    return all(any(word.startswith(_plain(want)) for word in words) for want in asked)


def marked(text, asked):
    """Return a text with the words that were asked for marked, cut to what lies around the first of them; escaped."""
    wanted = [_plain(word) for word in asked]
    split = re.split(r"(\w+)", text or "")
    parts = [(p, p[:1].isalnum() and any(_plain(p).startswith(w) for w in wanted)) for p in split]
    first = next((len("".join(p for p, _ in parts[:n])) for n, (_, hit) in enumerate(parts) if hit), 0)
    start, end, at = max(0, first - AROUND), first + 2 * AROUND, 0
    said = [Markup("… ")] if start else []
    for part, hit in parts:
        if start <= at < end:
            said.append(Markup("<mark>{}</mark>").format(part) if hit else escape(part))
        at += len(part)
    return Markup("").join(said) + (Markup(" …") if at > end else "")


def _plain(word):
    return "".join(c for c in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(c))


def _one(address, title, who, words=None):
    return {"address": address, "title": title, "who": who, "words": words}


def _sessions(db, by_kind, seen):
    told = []
    for n in filter(None, (sessions.session(db, id) for id in by_kind.get("session", []))):
        if n["work_group"] in seen:
            told.append(_one(f"/sessions/{n['id']}", n["title"], f"{n['kind']}, {clock.say_day(n['day'], True)}"))
    for n in filter(None, (lessons.lesson(db, id) for id in by_kind.get("lesson", []))):
        if _takes_part(seen, n):
            who = f"Open lesson, {clock.say_day(n['day'], True)}"
            told.append(_one(f"/lessons/{n['id']}", n["topic"], who, n["key_point"]))
    return told


def _noticings(db, viewer, by_kind, read):
    ids = [*by_kind.get("noticing", []), *noticing_queries.noticings_of_words(db, by_kind.get("noticing_words", []))]
    told = []
    for id in dict.fromkeys(ids):
        lesson = (noticing_queries.noticing(db, id) or {}).get("lesson")
        if lesson and lesson not in read and len(read) < MOST_LESSONS:
            moments = noticing_queries.noticings(db, viewer, lesson)
            read[lesson] = lessons.lesson(db, lesson), {n["id"]: n for n in moments}
        of, some = read.get(lesson, (None, {}))
        if id in some and not some[id]["withdrawn_at"]:
            n = some[id]
            page = "mine" if n["by"] == viewer else "timeline"
            who = f"{n['name']}, {clock.say_clock(n['second'])}, {clock.say_day(of['day'], True)}"
            words = " ".join(filter(None, (n["code"], n["words"])))
            told.append(_one(f"/lessons/{lesson}/{page}#n-{id}", of["topic"], who, words))
    return told


def _discussions(db, viewer, by_kind, read):
    told = []
    for id in by_kind.get("discussion", []):
        lesson = (discussions.discussion_note(db, id) or {}).get("lesson")
        key = lesson and f"discussion {lesson}"
        if key and key not in read and len(read) < 2 * MOST_LESSONS:
            read[key] = lessons.lesson(db, lesson), {n["id"]: n for n in discussions.notes(db, viewer, lesson)}
        of, some = read.get(key, (None, {}))
        if id in some:
            who = f"{some[id]['name']}, {clock.say_day(of['day'], True)}"
            told.append(_one(f"/lessons/{lesson}/discussion", of["topic"], who, some[id]["words"]))
    return told


def _work(db, viewer, by_kind):
    """What a school did of its own is for its own people and the leaders of its group, as on the school's page."""
    told = []
    for work in filter(None, (tasks.work(db, id) for id in by_kind.get("work", []))):
        of, on = groups.school_in_group(db, work["school_in_group"]), clock.today()
        own = groups.school_of(db, viewer, of["work_group"], on) == of["id"]
        if not work["withdrawn_at"] and (own or groups.leads(db, viewer, of["work_group"], on)):
            words = " ".join(filter(None, (work["topic"], work["words"])))
            year = groups.group(db, of["work_group"])["academic_year"].replace("/", "-")
            address = f"/schools/{of['school']}?year={year}"  # the school's page shows this year unless it is asked
            told.append(_one(address, of["name"], clock.say_day(work["on_day"], True), words))
    return told


def _plans(db, viewer, by_kind):
    """An aim, an action or a word of progress is found in the version in force, or in the draft one works on."""
    said = [(plans.aim(db, id), "aim") for id in by_kind.get("aim", [])]
    said += [(plans.action(db, id), "action") for id in by_kind.get("action", [])]
    said += [(plans.progress(db, id), "progress") for id in by_kind.get("progress", [])]
    told = []
    for row, kind in said:
        of = plans.of_now(db, viewer, row, kind) if row and not row["withdrawn_at"] else None
        if of:
            words = " ".join(filter(None, (row["words"], row.get("owner"))))
            who = f"Action plan, {of['plan']['academic_year']}"
            told.append(_one(f"/action-plans/{of['plan']['id']}#{of['anchor']}", of["plan"]["school_name"], who, words))
    return told


def _visits(db, viewer, by_kind):
    """What a visit was for, and the notes of it, are for those who lead the school's group."""
    found = {id: [visits.visit(db, id)["purpose"]] for id in by_kind.get("visit", [])}
    ids = [*by_kind.get("visit_note", []), *visits.notes_of_words(db, by_kind.get("visit_note_words", []))]
    for note in filter(None, (visits.note(db, id) for id in dict.fromkeys(ids))):
        if not note["withdrawn_at"]:
            words = " ".join(filter(None, (note["year_group"], note["words"])))
            found.setdefault(note["visit"], []).append(words)
    told = []
    for id, said in found.items():
        visit = visits.visit(db, id)
        if groups.leads(db, viewer, visit["work_group"], clock.today()):
            day = clock.say_day(visit["on_day"], True)
            told += [_one(f"/visits/{id}", visit["school_name"], day, words) for words in said]
    return told


def _reports(db, viewer, by_kind):
    """The leaders find the text as it stands; they and the school's own people what was sent of it."""
    told = []
    for visit in reports.visits_of_texts(db, by_kind.get("visit_report", [])):
        if text := reports.text(db, viewer, visit):
            of = visits.visit(db, visit)
            who = f"not sent like this, visit of {clock.say_day(of['on_day'], True)}"
            sent = reports.sent_of(db, viewer, visit)
            if not sent or sent[0]["words"] != text["words"]:
                told.append(_one(f"/visits/{visit}/report", of["school_name"], who, text["words"]))
    for report in filter(None, (reports.sent(db, viewer, id) for id in by_kind.get("report_sent", []))):
        who = f"visit of {clock.say_day(report['on_day'], True)}"
        told.append(_one(f"/reports/{report['id']}", report["school_name"], who, report["words"]))
    return told


def _reflections(db, viewer, by_kind):
    ids, told = reflections.of_versions(db, by_kind.get("reflection", [])), []
    ids += [id for id in reflections.of_answers(db, by_kind.get("reflection_answer", [])) if id not in ids]
    for r in reflections.some(db, viewer, ids):
        if not r["withdrawn_at"]:
            who = f"{'You' if r['by'] == viewer else r['name']}, {clock.say_moment(r['changed_at'])}"
            words = "\n".join([r["words"], *(a["words"] for a in r["answers"])])
            told.append(_one(f"/reflections/{r['id']}", r["about"], who, words))
    return told


def _tasks(db, by_kind, seen):
    found = filter(None, (tasks.task(db, id) for id in by_kind.get("gap_task", [])))
    return [
        _one(f"/gap-tasks/{t['id']}", t["school_name"], t["session_title"] or "", t["words"])
        for t in found if _takes_part(seen, t)
    ]  # fmt: skip


def _notes(db, viewer, by_kind, seen):
    rows = [sessions.note(db, id) for id in by_kind.get("note", [])]
    rows += [sessions.decision(db, id) for id in by_kind.get("decision", [])]
    told = []
    for row in rows:
        session = row and not row["withdrawn_at"] and sessions.session(db, row["session"])
        if session and _takes_part(seen, session):
            day = clock.say_day(session["day"], True)
            told.append(_one(f"/sessions/{session['id']}/notes", session["title"], day, row["words"]))
    return told


def _takes_part(seen, thing):
    """The hub sees its groups, but not what is written in them."""
    return bool(seen.get(thing["work_group"], {}).get("role"))


def _schools(db, text):
    found = schools.search(db, text, OF_ONE + 1)
    return [_one(f"/schools/{s['id']}", s["name"], ", ".join(filter(None, (s["town"], s["postcode"])))) for s in found]


def _people(db, viewer, by_kind, seen):
    """Return the people of the groups one sees; whoever runs the hub finds its people too."""
    runs = people.has_hub_role(db, viewer, clock.today(), ("lead", "administrator"))
    told = []
    for id in by_kind.get("person", []):
        of = [m for m in groups.memberships_of(db, id) if m["work_group"] in seen]
        person = people.person(db, id) if of or runs else None
        if person and not person["erased_at"]:
            address = f"/groups/{of[0]['work_group']}" if of else "/people"
            told.append(_one(address, person["name"], ", ".join(dict.fromkeys(m["title"] for m in of))))
    return told
