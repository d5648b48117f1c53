"""Reading open lessons, and what somebody is to one. What was noticed in them is read in noticing_queries.py.

Who may see what others noticed: the lesson's teacher, everything; those who were checked in and the leaders, while the
discussion is open; afterwards whoever the teacher has shared it with, up to the ledger number of that yes.
"""

from workgroup import clock, store
from workgroup.groups import queries as groups
from workgroup.sessions import queries as sessions

# `number` is the ledger number of the last change to the lesson or to anything noticed in it
_LESSON = (
    "select l.*, max(l.changed, coalesce((select max(v.changed) from noticing v where v.lesson = l.id), 0)) as number,"
    " coalesce(t.name, l.teacher_name) as taught_by, c.name as chair_name, n.work_group, n.host,"
    " n.title as session_title, n.starts_at as session_starts_at, n.state as session_state, g.title as group_title,"
    " g.leader_word, g.participant_word, g.meeting_word, s.name as host_name from lesson l"
    " join session n on n.id = l.session join work_group g on g.id = n.work_group"
    " left join person t on t.id = l.teacher left join person c on c.id = l.chair left join school s on s.id = n.host"
)


def lesson(db, id):
    """Return a lesson with its session, group and names, or None."""
    found = store.row(db, f"{_LESSON} where l.id = ?", (id,))
    return _named(found) if found else None


def outline(db, id):
    """Return a lesson without its briefing, or None: what rights and captures ask of it, for every noticing anew."""
    return store.row(
        db,
        "select l.id, l.session, l.teacher, l.chair, l.state, l.started_at, n.work_group from lesson l"
        " join session n on n.id = l.session where l.id = ?",
        (id,),
    )


def _named(found):
    """Give a lesson its day, and one `teacher_name` whether they have an account or not."""
    found["day"] = clock.day_of(found["session_starts_at"])
    found["teacher_name"] = found.pop("taught_by")
    return found


def lessons_of(db, *session_ids):
    """Return the lessons of one session or some, in the order they are planned; not those that were taken out."""
    among = ", ".join("?" * len(session_ids))
    sql = f"{_LESSON} where l.session in ({among}) and l.withdrawn_at is null order by l.planned_at, l.id"
    return [_named(r) for r in store.rows(db, sql, session_ids)]


def taken_out(db, session_id):
    """Return the lessons that were taken out of a session, `id` and `topic`, in the order they were."""
    sql = "select id, topic from lesson where session = ? and withdrawn_at is not null order by withdrawn_at, id"
    return store.rows(db, sql, (session_id,))


def is_begun(db, lesson):
    """Tell whether a lesson has started, or holds something that somebody kept of it, taken away or not."""
    kept = " union all ".join(f"select 1 from {t} where lesson = :id" for t in ("noticing", "photo", "sketch"))
    return bool(lesson["started_at"]) or store.value(db, kept, {"id": lesson["id"]}) is not None


def waiting_for(db, teacher):
    """Return the lessons that wait for their teacher's yes or no, also where the session just ended."""
    sql = (
        f"{_LESSON} where l.teacher = ? and l.shared_at is null and (l.state = 'with teacher'"
        " or (l.state in ('live', 'discussion') and n.state = 'closed'))"
    )
    return [_named(r) for r in store.rows(db, sql, (teacher,))]


def teachers_email(db, viewer, lesson_id):
    """Return the e-mail of the teacher who taught, where they are known here, to a leader; others know it or ask."""
    if not groups.leads(db, viewer, outline(db, lesson_id)["work_group"], clock.today()):
        return None
    sql = "select p.email from lesson l join person p on p.id = l.teacher where l.id = ?"
    return store.value(db, sql, (lesson_id,))


def difficult_points(db, lesson_id):
    """Return the difficult points in order."""
    return [
        r["words"]
        for r in store.rows(db, "select words from difficult_point where lesson = ? order by position", (lesson_id,))
    ]


def predicted(db, lesson_id, also_ended=False):
    """Return the predicted responses in order, each with its `number` from 1 on."""
    found = store.rows(
        db, "select * from predicted_response where lesson = ? and (ended = 0 or ?) order by ended, position",
        (lesson_id, also_ended),
    )  # fmt: skip
    return [{**p, "number": index} for index, p in enumerate(found, 1)]


def is_predicted(db, lesson_id, response):
    """Tell whether a response was predicted for a lesson, now or in an earlier briefing."""
    sql = "select 1 from predicted_response where id = ? and lesson = ?"
    return store.value(db, sql, (response, lesson_id)) is not None


def watching(db, lesson_id):
    """Return who watches whom, by name."""
    return store.rows(
        db,
        "select w.observer, w.words, p.name from watch w join person p on p.id = w.observer"
        " where w.lesson = ? and w.words <> '' order by p.name",
        (lesson_id,),
    )


def watch_of(db, lesson_id, observer):
    """Return whom somebody watches, in their own words, or None."""
    return store.value(db, "select words from watch where lesson = ? and observer = ?", (lesson_id, observer))


class _Standing(dict):
    """What a viewer is to a lesson; what nobody asks for is not looked up, because timelines ask every few seconds."""

    def __init__(self, asks):
        super().__init__()
        self._asks = asks

    def __missing__(self, name):
        self[name] = self._asks[name](self)
        return self[name]


def standing(db, viewer, found, on=None):
    """Return what a viewer is to a lesson: is_teacher, leads, present, in_group, hub_lead, sees_all, number, why.

    `sees_all` tells whether the others' noticings may be read at all, `number` up to which ledger number (None: all),
    `why` says it in words when they may not.
    """
    on = on or clock.today()
    return _Standing({
        "is_teacher": lambda s: viewer is not None and found["teacher"] == viewer,
        "leads": lambda s: groups.leads(db, viewer, found["work_group"], on),
        "in_group": lambda s: groups.takes_part(db, viewer, found["work_group"], on),
        "present": lambda s: sessions.is_present(db, viewer, found["session"]),
        "hub_lead": lambda s: groups.leads_hub_of(db, viewer, found["work_group"], on),
        "sees_all": lambda s: _sees_all(found, s),
        "number": lambda s: _covered(found, s),
        "why": lambda s: "" if s["sees_all"] else _why_not(found),
    })  # fmt: skip


def _covered(found, s):
    """Return the ledger number up to which a viewer reads the others, by the teacher's yes; None for all."""
    capped = s["sees_all"] and not s["is_teacher"] and not _is_discussed(found)
    return found["shared_to"] if capped else None


def _is_discussed(found):
    """The room's own hour: on the day, until the session closes. Opening the session again later opens nothing."""
    is_open = found["state"] == "discussion" and found["session_state"] != "closed"
    return is_open and found["day"] == clock.today()


def _sees_all(found, s):
    if s["is_teacher"]:
        return True
    if _is_discussed(found):
        return s["present"] or s["leads"]
    if found["state"] != "shared":
        return False
    reach = {"room": ("present",), "group": ("present", "in_group"), "hub": ("present", "in_group", "hub_lead")}
    return any(s[name] for name in reach.get(found["shared_with"], ()))


def _why_not(found):
    if found["state"] in ("planned", "live"):
        return "Everybody’s notes come together here when the discussion is opened."
    if _is_discussed(found):
        return "The discussion is open to those who are checked in."
    if found["state"] == "shared":
        return f"{found['teacher_name']} has shared this with the {found['shared_with']}."
    return f"{found['teacher_name']} decides what is shared. So far nothing has been."


def visible_to(db, viewer, lesson_id):
    """Tell whether words about a lesson, others' reflections say, may be shown to this viewer."""
    found = lesson(db, lesson_id)
    return found is not None and standing(db, viewer, found)["sees_all"]


def next_number(db):
    """Return the number that the ledger row of the running change gets: it is written next, in its transaction."""
    return store.value(db, "select coalesce(max(number), 0) + 1 from ledger")
