"""What Today and the Work Group's page put together from the features' own queries."""

from workgroup import clock, handing
from workgroup.days import suggestion_queries as suggested
from workgroup.groups import queries as groups
from workgroup.home import behind
from workgroup.lessons import queries as lessons
from workgroup.plans import agreeing_queries as agreeing
from workgroup.plans import queries as plans
from workgroup.reflections import queries as reflections
from workgroup.reports import queries as reports
from workgroup.schools import queries as schools
from workgroup.sessions import attendance_queries as attendance
from workgroup.sessions import hosting_queries as hosting
from workgroup.sessions import inviting_queries as inviting
from workgroup.sessions import queries as sessions
from workgroup.tasks import queries as tasks
from workgroup.tasks import waiting_queries
from workgroup.visits import queries as visits

REPORTED_WITHIN = 60  # days after a visit that Today asks for its report
AHEAD = 20  # sessions that Today looks at


def coming(db, mine):
    """Return the sessions of one's own groups from this day's midnight on, soonest first."""
    return sessions.sessions_from(db, [g["id"] for g in mine], clock.at_london(clock.today(), "00:00"), AHEAD)


def next_sessions(coming):
    """Return of the sessions that come the one that is running or comes next, and those after it."""
    # a session of today stays first until it is closed, however late it gets
    coming = [n for n in coming if n["state"] != "closed"][:6]
    today = [n for n in coming if n["day"] == clock.today()]
    first = (today or coming or [None])[0]
    return first, [n for n in coming if n is not first]


def led(mine):
    """Return the ids of the Work Groups that one leads today, out of one's own."""
    return {x["id"] for x in mine if x["role"] == "leader"}


def on_the_day(db, viewer, session, mine):
    """Return what is wanted on the way to a session: host facts, lessons, how many there are, whether one leads."""
    return {
        **session,
        "facts": schools.host_facts(db, session["host"]) if session["host"] else None,
        "wifi_last": schools.wifi_last(db, session["host"]) if session["host"] else [],
        "lessons": lessons.lessons_of(db, session["id"]),
        "of": sessions.count(db, session["work_group"]),
        "runs": session["work_group"] in led(mine) or handing.is_handed_to(session, viewer, clock.today()),
        "is_today": session["day"] == clock.today(),
    }


def waiting(db, viewer, mine, coming):
    """Return what waits for somebody, as (count, words, address, a little more)."""
    found = [
        (1, f"lesson waits for your yes or no: {x['topic']}", f"/lessons/{x['id']}/sharing", "No answer: not shared.")
        for x in lessons.waiting_for(db, viewer)
    ]
    found += _left_open(db, mine) + _invitations(db, viewer, mine, coming) + _hosts(db, mine, coming)
    unread = reflections.to_read(db, viewer)
    if unread:
        newest = f"the newest from {unread[0]['name']}, {clock.say_moment(unread[0]['changed_at'])}"
        words = "reflection shared with you" if len(unread) == 1 else "reflections shared with you"
        found.append((len(unread), words, "/reflections", newest))
    replies = reflections.unseen_replies(db, viewer)
    if replies:
        words = "reply to your reflection" if len(replies) == 1 else "replies to your reflections"
        more = f"from {replies[0]['name']}, {clock.say_moment(replies[0]['at'])}"
        found.append((len(replies), words, f"/reflections/{replies[0]['reflection']}", more))
    if drafts := reflections.drafts(db, viewer):
        words = "reflection still a draft" if len(drafts) == 1 else "reflections still drafts"
        found.append((len(drafts), words, f"/reflections/{drafts[0]['id']}", drafts[0]["about"][:60]))
    days = suggested.suggestions(db, viewer) if led(mine) else []
    if days:
        year = clock.academic_year(days[-1]["on_day"]).replace("/", "-")
        words = "day suggested for your days log" if len(days) == 1 else "days suggested for your days log"
        found.append((len(days), words, f"/days/{year}", f"the newest from {clock.say_day(days[-1]['on_day'])}"))
    found += _reports_to_write(db, viewer)
    for group in mine:
        found += _tasks_waiting(db, viewer, group)
        here = groups.schools(db, group["id"], clock.today())
        found += _plans_waiting(db, viewer, group, here)
        if group["role"] == "leader":
            found += _unvisited(db, group, here)
    return found


def _left_open(db, mine):
    """Return the sessions that a leader has not closed: until then their guests and their code are in."""
    left = sessions.left_open(db, list(led(mine)))
    if not left:
        return []
    words = "session still open: close it" if len(left) == 1 else "sessions still open: close them"
    more = ", ".join(f"{n['title']}, {clock.say_day(n['day'])}" for n in left)
    return [(len(left), words, f"/sessions/{left[0]['id']}", more)]


def _invitations(db, viewer, mine, coming):
    """What one has not answered yet, and, for leaders, what the invited have not been told."""
    roles = {g["id"]: g["role"] for g in mine}
    found = [
        (n["people"], f"{'person does' if n['people'] == 1 else 'people do'} not know that a session is {n['state']}",
         f"/sessions/{n['id']}/invitations", f"{clock.say_day(clock.day_of(n['starts_at']))}, {n['title']}")
        for n in (inviting.off_untold(db, sorted(led(mine))) if led(mine) else [])
    ]  # fmt: skip
    everybody = inviting.invited_to(db, [n["id"] for n in coming])
    for n in (n for n in coming if not inviting.is_over(n)):
        leads = roles[n["work_group"]] == "leader"
        day = f"{clock.say_day(n['day'])}, {n['title']}"
        invited = everybody[n["id"]]
        if leads and invited and (left := inviting.left_to_tell(db, n, invited)):
            words = "person does not know how a session stands now" if len(left) == 1 else (
                "people do not know how a session stands now")  # fmt: skip
            found.append((len(left), words, f"/sessions/{n['id']}/invitations", day))
        if not leads and viewer in invited and not inviting.answer_of(db, n["id"], viewer):
            found.append((1, "invitation to answer: are you coming?", f"/sessions/{n['id']}", day))
    return found


def _hosts(db, mine, coming):
    """Return the sessions that one leads to which their host has said no."""
    ahead = [n for n in coming if n["work_group"] in led(mine) and n["state"] == "planned" and n["host"]]
    return [
        (1, f"host has said no: {n['host_name']}", f"/sessions/{n['id']}/hosting",
         f"{clock.say_day(n['day'])}, {n['title']}")
        for n in hosting.refused(db, ahead)
    ]  # fmt: skip


def _reports_to_write(db, viewer):
    """Return the visits one made lately of which the school has no report."""
    left = reports.unreported(db, viewer, clock.day_of(clock.after(-REPORTED_WITHIN * 86_400)))
    if not left:
        return []
    words = "visit whose report the school has not had" if len(left) == 1 else (
        "visits whose reports the schools have not had")  # fmt: skip
    names = ", ".join(f"{v['school_name']}, {clock.say_day(v['on_day'])}" for v in left)
    return [(len(left), words, f"/visits/{left[0]['id']}", names)]


def visits_near(coming):
    """Return of the visits that come those of today and tomorrow, by day and in order of time."""
    today, tomorrow = clock.today(), clock.day_of(clock.after(86_400))
    found = {}
    for v in coming:
        if v["on_day"] <= tomorrow:
            found.setdefault("Visits today" if v["on_day"] == today else "Visits tomorrow", []).append(v)
    return found


def _tasks_waiting(db, viewer, group):
    soon = clock.day_of(clock.after(14 * 86_400))
    own = None if group["role"] == "leader" else groups.school_of(db, viewer, group["id"], clock.today())
    if group["role"] != "leader" and not own:
        return []
    found = []
    if due := tasks.due(db, group["id"], soon, own):
        words = "gap task not back yet" if len(due) == 1 else "gap tasks not back yet"
        found.append((len(due), words, _where(db, group, due), _schools_of(due)))
    # of the year before: with the first session that is planned they have a day, and are due like any other
    if came := waiting_queries.without_a_day(db, group["id"], own):
        words = "gap task of last year waits" if len(came) == 1 else "gap tasks of last year wait"
        more = f"for the first session. {_schools_of(came)}"
        at = f"/gap-tasks/{came[0]['id']}" if len(came) == 1 else f"/groups/{group['id']}"
        found.append((len(came), words, at, more))
    return found


def _where(db, group, due):
    """Return where gap tasks stand that are due: the one itself, or with the others of its session."""
    if len(due) == 1:
        return f"/gap-tasks/{due[0]['id']}"
    session = due[0]["session"] or (waiting_queries.waits_on(db, tasks.task(db, due[0]["id"])) or {}).get("id")
    return f"/sessions/{session}/gap-tasks" if session else f"/groups/{group['id']}"


def _schools_of(some):
    return ", ".join(dict.fromkeys(t["school_name"] for t in some))


def _plans_waiting(db, viewer, group, schools_here):
    """What a head would change in a draft, and the actions whose day has passed without a word that they are done."""
    here = {s["id"]: s["name"] for s in schools_here if s["state"] not in groups.ENDED}
    own = None if group["role"] == "leader" else groups.school_of(db, viewer, group["id"], clock.today())
    found = [
        (1, f"action plan that {x['name']} would change", f"/action-plans/{x['id']}", x["school_name"])
        for x in (agreeing.to_look_at(db, [group["id"]]) if group["role"] == "leader" else [])
    ]
    past = plans.past(db, [s for s in here if group["role"] == "leader" or s == own])
    if past:
        words = "action whose day has passed" if len(past) == 1 else "actions whose day has passed"
        more = ", ".join(dict.fromkeys(here[a["school_in_group"]] for a in past))
        found.append((len(past), words, f"/schools-in-group/{past[0]['school_in_group']}/plan", more))
    return found


def _unvisited(db, group, here):
    """Return the schools without a visit made or planned this term (two half-terms make one)."""
    terms = groups.half_terms(db, group["academic_year"])
    today = clock.today()
    season = next((t["name"].split()[0] for t in terms if t["from_on"] <= today <= t["to_on"]), None)
    if not season:
        return []
    span = [t for t in terms if t["name"].startswith(season)]
    seen = visits.visited(db, group["id"], span[0]["from_on"], span[-1]["to_on"])
    left = [s for s in here if s["state"] == "active" and s["id"] not in seen]
    if not left or groups.entitlement(db, group["id"])["visits"] == 0:
        return []
    words = "school without a visit this term" if len(left) == 1 else "schools without a visit this term"
    return [(len(left), words, f"/groups/{group['id']}", ", ".join(s["name"] for s in left))]


def year(db, group):
    """Return the sessions of a group by half-term, each with its lessons; sessions outside stand under their month."""
    found, planned = {}, sessions.sessions_of(db, group["id"])
    terms = groups.half_terms_of(db, {n["day"] for n in planned})
    of = {n["id"]: [] for n in planned}
    for lesson in lessons.lessons_of(db, *of):
        of[lesson["session"]].append(lesson)
    for n in planned:
        found.setdefault(terms[n["day"]] or "Outside the half-terms", []).append({**n, "lessons": of[n["id"]]})
    return found


def grid(db, viewer, group, own=None):
    """Return the sessions of a group, and its schools side by side (see `behind`), each with `cells`: came, and task.

    `own` limits it to one school_in_group: what a participant sees.
    """
    meetings = attendance.meetings(db, [group["id"]])
    held, of = meetings.get(group["id"], []), tasks.by_session(db, group["id"])
    rows = behind.schools(db, viewer, [group["id"]], own, meetings)
    for s in rows:
        s["cells"] = [(n["came"].get(s["school"]), _cell(of.get((s["id"], n["id"]), []))) for n in held]
    return held, rows


def _cell(some):
    """Say in a word or two what became of the gap tasks that a school was set at one session."""
    if not some:
        return None
    if len(some) > 1:
        back = [bool(t["returns"]) for t in some]
        return "tasks back" if all(back) else "some tasks back" if any(back) else "tasks set"
    task = some[0]
    if tasks.came_back(task):
        return "task back, carried" if task["state"] == "carried" else "task back"
    return "task set" if task["state"] == "set" and not task["not_yet"] else tasks.stands(task)
