"""A prepared year put into the record: what is wrong with it in this hub, its sessions with their days, its entries."""

from datetime import date, timedelta

from workgroup import clock, door
from workgroup.groups import queries as groups
from workgroup.people import post
from workgroup.schools import queries as schools

WORDS = {"leader_word": "Specialist", "participant_word": "Participant", "meeting_word": "TRG"}
SAME_IN_LESSON = (
    "pupils", "context", "topic", "aims", "key_point", "difficult_points", "predicted", "representations",
    "stem_sentences", "wanted", "question_maths", "question_pedagogy", "starts", "minutes",
)  # fmt: skip


def academic_year(year):
    """Return the academic year of a Year: as it says, else that of its first day; None when neither is there."""
    first = year.first or next((s["day"] for s in year.sessions if s.get("day")), None)
    return year.academic_year or (clock.academic_year(first) if first else None)


def problems(db, year):
    """Return what is wrong with a well-formed Year in this hub, one sentence each."""
    return [*_same_title(db, year), *_unknown_schools(db, year), *_people(year), *_days(db, year)]


def _same_title(db, year):
    same = groups.by_title(db, year.title, academic_year(year))
    return [f"There is a Work Group called {year.title} in {academic_year(year)} already."] if same else []


def _unknown_schools(db, year):
    where = {}
    for urn, facts in year.schools.items():
        if facts is None:
            where.setdefault(urn, "a school of the group")
    for one in year.specialists:
        if one["urn"]:
            where.setdefault(one["urn"], f"the school of {one['name']}")
    for session in year.sessions:
        if session["host"]:
            where.setdefault(session["host"], f"host of session {session['number']}")
    return [
        f"School {urn} ({who}) is not in the register here. Import the register, or give its name and phase."
        for urn, who in where.items()
        if not year.schools.get(urn) and schools.by_urn(db, urn) is None
    ]


def _people(year):
    wrong, seen = [], {}
    for one in (*year.specialists, *year.participants):
        if one["email"] and one["email"] in seen:
            wrong.append(f"{one['name']} has the same e-mail as {seen[one['email']]}: {one['email']}.")
        seen.setdefault(one["email"], one["name"])
    wrong += [
        f"{one['name']} comes from school {one['urn']}, which is not in the group."
        for one in year.participants
        if one["urn"] not in year.schools
    ]
    return wrong if year.specialists else [*wrong, "There is no specialist to lead the group."]


def _days(db, year):
    of, wrong = academic_year(year), []
    numbers = [s["number"] for s in year.sessions]
    wrong += [
        f"There are two sessions with the number {n}." for n in sorted({n for n in numbers if numbers.count(n) > 1})
    ]
    for session in year.sessions:
        if clock.academic_year(session["day"]) != of:
            wrong.append(f"Session {session['number']} on {clock.say_day(session['day'], True)} lies outside {of}.")
    if year.half_termly and not year.sessions:
        if clock.academic_year(year.first) != of:
            wrong.append(f"The first session on {clock.say_day(year.first, True)} lies outside {of}.")
        elif groups.half_term_of(db, year.first) is None:
            wrong.append(f"The first session on {clock.say_day(year.first, True)} lies in no half-term of {of}.")
        if year.starts >= year.ends:
            wrong.append(f"The sessions end at {year.ends}, before they start at {year.starts}.")
    return wrong


def sessions(db, year):
    """Return the sessions of a Year in order: its own list, or one for each half-term from the first day on."""
    if year.sessions:
        return sorted(year.sessions, key=lambda s: s["number"])
    word = year.words.get("meeting_word") or WORDS["meeting_word"]
    return [
        {"number": n, "day": day, "starts": year.starts, "ends": year.ends, "kind": "TRG", "title": f"{word} {n}",
         "host": None, "joining_link": None, "lesson": None}
        for n, day in enumerate(half_termly(groups.half_terms(db, academic_year(year)), year.first), 1)
    ]  # fmt: skip


def half_termly(terms, first):
    """Return one day in each half-term from `first` on: the same weekday, as many weeks into the half-term.

    A half-term that is too short for that has it on the last such weekday.
    """
    began = date.fromisoformat(first)
    place = next(n for n, term in enumerate(terms) if term["from_on"] <= first <= term["to_on"])
    weeks = (began - _first_weekday(terms[place], began.weekday())).days // 7
    found = []
    for term in terms[place:]:
        day = _first_weekday(term, began.weekday()) + timedelta(weeks=weeks)
        while day > date.fromisoformat(term["to_on"]):
            day -= timedelta(weeks=1)
        found.append(day.isoformat())
    return found


def _first_weekday(term, weekday):
    day = date.fromisoformat(term["from_on"])
    return day + timedelta(days=(weekday - day.weekday()) % 7)


def enter(db, entry, year):
    """Enter a whole Year within one submission; the group's id is the entry's. door.Refused leaves nothing."""
    of = academic_year(year)
    since = min(clock.day_of(entry.at), clock.first_day_of(of))
    words = {name: value for name, value in year.words.items() if value is not None}
    _put(db, entry, "The year", "groups.create", {**WORDS, **words, "title": year.title, "academic_year": of}, entry.id)
    ids = {urn: _school(db, entry, urn, facts) for urn, facts in year.schools.items()}
    for urn, id in ids.items():
        fields = {"work_group": entry.id, "school": id, "since_on": since}
        _put(db, entry, f"School {urn}", "groups.add_school", fields)
    for role, many in (("leader", year.specialists), ("participant", year.participants)):
        for one in many:
            fields = {n: one[n] for n in ("name", "email", "title")}
            fields.update(work_group=entry.id, role=role, school=_id_of_school(db, one["urn"]), from_on=since)
            _put(db, entry, one["name"], "groups.add_person", fields)
    for session in sessions(db, year):
        _session(db, entry, session)
    return entry.id


def _put(db, entry, what, kind, fields, id=None):
    """Enter one lower change with an id of its own; its refusal says what it was about."""
    id = id or post.new_id()
    try:
        door.within(db, entry, kind, fields, id)
    except door.Refused as no:
        raise door.Refused(f"{what}: {no}") from no
    return id


def _school(db, entry, urn, facts):
    return _id_of_school(db, urn) or _put(db, entry, f"School {urn}", "schools.add_by_hand", {**facts, "urn": urn})


def _id_of_school(db, urn):
    found = schools.by_urn(db, urn) if urn else None
    return found["id"] if found else None


def _session(db, entry, session):
    what = f"Session {session['number']}"
    mode = "room" if session["host"] or not _is_online(session) else "online"
    fields = {n: session[n] for n in ("number", "kind", "title", "day", "starts", "ends", "joining_link")}
    # the file says the day: a day in the holidays is the leader's to move
    fields.update(work_group=entry.id, mode=mode, host=_id_of_school(db, session["host"]), anyway=True, agenda="usual")
    id = _put(db, entry, what, "sessions.plan", fields)
    if session["lesson"]:
        _lesson(db, entry, session, id, what)


def _is_online(session):
    return bool(session["joining_link"]) or "online" in session["kind"].lower()


def _lesson(db, entry, session, id, what):
    said = session["lesson"]
    members = {p["name"].casefold(): p["id"] for p in groups.people(db, entry.id)}
    teacher = members.get(said["teacher"].casefold())
    fields = {n: said[n] for n in SAME_IN_LESSON}
    fields.update(
        session=id, class_name=said["class"], teacher=teacher, teacher_name=None if teacher else said["teacher"],
        chair=members.get((said["chair"] or "").casefold()),
    )  # fmt: skip
    _put(db, entry, f"{what}, lesson", "lessons.plan", fields)


def tell(db, year, group):
    """Return what was done, one line a thing."""
    made = groups.group(db, group)
    yield f"Work Group: {made['title']}, {made['academic_year']}"
    for school in groups.schools(db, group):
        yield f"School: {school['name']} ({school['urn']})"
    for one in groups.people(db, group):
        at = f", {one['school_name']}" if one["school_name"] else ""
        yield f"{made[one['role'] + '_word']}: {one['name']}{at}" + (", invited" if one["email"] else ", no e-mail yet")
    for session in sessions(db, year):
        day, host = clock.say_day(session["day"], True), schools.by_urn(db, session["host"] or "")
        at = f", at {host['name']}" if host else ""
        yield f"Session {session['number']}: {day} {session['starts']} to {session['ends']}{at}: {session['title']}"
        if groups.half_term_of(db, session["day"]) is None:
            yield f"  Session {session['number']} lies in no half-term; it was planned all the same"
        if session["lesson"]:
            yield f"  with an open lesson: {session['lesson']['class']}, {session['lesson']['topic']}"
    if year.left_out:
        yield f"Left out, as there is no place for it yet: {', '.join(year.left_out)}"
