"""Reading reflections: always with a viewer, and no other way in.

Only me; me and my specialist (the leaders of that group today); my Work Group (its people today). Never a draft of
somebody else's, never the hub, never a head. Words about an open lesson travel no further than its teacher has shared
it.
"""

from workgroup import clock, store
from workgroup.groups import queries as groups
from workgroup.lessons import queries as lessons
from workgroup.retention import GONE
from workgroup.sessions import queries as sessions

_REFLECTION = (
    "select r.*, p.name, coalesce(n.work_group, ln.work_group, t.work_group) as work_group,"
    " coalesce(n.title, l.topic, t.words) as about, coalesce(n.id, ln.id) as of_session,"
    " exists (select 1 from reflection_read d where d.reflection = r.id and d.person = :viewer) as is_read"
    " from reflection r join person p on p.id = r.by left join session n on n.id = r.session"
    " left join lesson l on l.id = r.lesson left join session ln on ln.id = l.session"
    " left join gap_task t on t.id = r.gap_task"
)
_MEMBER = (
    "exists (select 1 from membership m where m.person = :viewer and m.work_group = seen.work_group"
    " and m.from_on <= :on and (m.to_on is null or m.to_on >= :on)"
)
_SEES = (
    f"(by = :viewer or (state = 'final' and withdrawn_at is null and ((visibility = 'group' and {_MEMBER}))"
    f" or (visibility = 'specialist' and {_MEMBER} and m.role = 'leader')))))"
)

# which reflections are of which Work Groups, found from the group, because there are far more of them elsewhere
_WITHIN = (
    "id in (select r.id from session n join reflection r on r.session = n.id where n.work_group {groups}"
    " union all select r.id from session n join lesson l on l.session = n.id join reflection r on r.lesson = l.id"
    " where n.work_group {groups}"
    " union all select r.id from gap_task t join reflection r on r.gap_task = t.id where t.work_group {groups})"
)
_OF_VIEWER = _WITHIN.format(
    groups="in (select m.work_group from membership m where m.person = :viewer and m.from_on <= :on"
    " and (m.to_on is null or m.to_on >= :on))"
)
_OF_LED = _WITHIN.format(
    groups="in (select m.work_group from membership m where m.person = :viewer and m.role = 'leader'"
    " and m.from_on <= :on and (m.to_on is null or m.to_on >= :on)) and r.visibility = 'specialist'"
    " and r.state = 'final' and not exists (select 1 from reflection_read d where d.reflection = r.id"
    " and d.person = :viewer)"
)
_OF_GROUP = _WITHIN.format(groups="= :group")
_VERSION = "select v.*, q.words as asked from reflection_words v left join prompt_words q on q.id = v.prompt_words"


def _visible(db, viewer, which, values, order="changed_at desc"):
    """Return the reflections a viewer may see out of `which`, with their words; two queries, however many."""
    return _with_words(db, _seen(db, viewer, which, values, order))


def _seen(db, viewer, which, values, order="changed_at desc"):
    """Return the reflections a viewer may see out of `which`, without their words."""
    found = store.rows(
        db, f"select * from ({_REFLECTION}) as seen where {_SEES} and {which} order by {order}",
        {"viewer": viewer, "on": clock.today(), **values},
    )  # fmt: skip
    open_lessons = {}
    for id in {r["lesson"] for r in found if r["lesson"] and r["by"] != viewer}:
        open_lessons[id] = lessons.visible_to(db, viewer, id)
    return [r for r in found if r["by"] == viewer or not r["lesson"] or open_lessons[r["lesson"]]]


def _with_words(db, found):
    """Give reflections the `versions` that stand, and of the newest its `words`, what was `asked`, its `answers`."""
    if not found:
        return found
    marks = ", ".join("?" * len(found))
    sql = f"{_VERSION} where v.reflection in ({marks}) order by v.at, v.id"
    versions = store.rows(db, sql, [r["id"] for r in found])
    stand = store.standing_by(versions, "reflection")
    _with_answers(db, [v for some in stand.values() for v in some])
    for r in found:
        r["versions"] = stand.get(r["id"], [])
        newest = r["versions"][-1] if r["versions"] else {"words": "", "asked": None, "answers": []}
        r.update({name: newest[name] for name in ("words", "asked", "answers")})
    return found


def _with_answers(db, versions):
    """Give versions their `answers` to further questions, in order: `words`, and what was `asked` if known."""
    marks = ", ".join("?" * len(versions))
    rows = store.rows(
        db,
        "select a.*, q.words as asked from reflection_answer a left join prompt_words q on q.id = a.prompt_words"
        f" where a.version in ({marks}) order by a.position",
        [v["id"] for v in versions],
    )
    for v in versions:
        v["answers"] = [a for a in rows if a["version"] == v["id"]]
    return versions


def reflection(db, viewer, id):
    """Return one reflection if the viewer may see it, or None."""
    return next(iter(_visible(db, viewer, "id = :id", {"id": id})), None)


def some(db, viewer, ids):
    """Return those of these reflections that the viewer may see, newest first."""
    marks = ", ".join(f":id{n}" for n in range(len(ids)))
    return _visible(db, viewer, f"id in ({marks})", {f"id{n}": id for n, id in enumerate(ids)})


def of_answers(db, ids):
    """Return the ids of the reflections that these answers belong to: where to look, not what they say."""
    marks = ", ".join("?" * len(ids))
    sql = ("select distinct v.reflection from reflection_answer a join reflection_words v on v.id = a.version"
           f" where a.id in ({marks})")  # fmt: skip
    return [row["reflection"] for row in store.rows(db, sql, ids)]


def of_versions(db, ids):
    """Return the ids of the reflections that these versions of words belong to: where to look, not what they say."""
    marks = ", ".join("?" * len(ids))
    sql = f"select distinct reflection from reflection_words where id in ({marks})"
    return [row["reflection"] for row in store.rows(db, sql, ids)]


def mine(db, viewer, year=None):
    """Return the viewer's own, drafts first, the withdrawn ones with them.

    Of an academic year, what was last changed in it, and every draft; or of all years.
    """
    if year is None:
        return _visible(db, viewer, "by = :viewer", {}, "state, changed_at desc")
    first = clock.first_day_of(year)
    span = {"since": clock.at_london(first, "00:00"), "until": clock.at_london(f"{int(first[:4]) + 1}-09-01", "00:00")}
    which = "by = :viewer and (state = 'draft' or (changed_at >= :since and changed_at < :until))"
    return _visible(db, viewer, which, span, "state, changed_at desc")


def drafts(db, viewer):
    """Return the viewer's own drafts, the last changed first, without the words."""
    which = "by = :viewer and state = 'draft' and withdrawn_at is null order by changed_at desc"
    return store.rows(db, f"select * from ({_REFLECTION}) where {which}", {"viewer": viewer})


def years_of(db, viewer):
    """Return the academic years that the viewer has reflections of, and this one, newest first."""
    found = {clock.academic_year(clock.today())}
    for row in store.rows(db, "select changed_at from reflection where by = ?", (viewer,)):
        found.add(clock.academic_year(clock.day_of(row["changed_at"])))
    return sorted(found, reverse=True)


def to_read(db, viewer):
    """Return what was shared with the viewer as a leader and has not been read, newest first, without the words."""
    return _seen(db, viewer, f"by <> :viewer and {_OF_LED}", {})


def shared_with(db, viewer, limit=200):
    """Return what others have shared with the viewer, unread first, then newest first."""
    return _visible(db, viewer, f"by <> :viewer and {_OF_VIEWER}", {}, "is_read, changed_at desc")[:limit]


def of_group(db, viewer, group, from_on, to_on):
    """Return what the people of a group have shared with a leader of it in some days, by day and id, all of it.

    Each has its `on_day`, and `by_participant`: whether its author took part in these days and led at no time.
    """
    if not groups.leads(db, viewer, group, clock.today()):
        return []
    author = "exists (select 1 from membership m where m.person = seen.by and m.work_group = seen.work_group"
    which = f"{_OF_GROUP} and by <> :viewer and state = 'final' and withdrawn_at is null"
    found = _visible(db, viewer, which, {"group": group})
    took_part = {
        row["by"] for row in store.rows(
            db,
            f"select distinct by from ({_REFLECTION}) as seen where {_OF_GROUP}"
            f" and {author} and m.role = 'participant' and m.from_on <= :to and (m.to_on is null or m.to_on >= :from))"
            f" and not {author} and m.role = 'leader')",
            {"viewer": viewer, "group": group, "from": from_on, "to": to_on},
        )
    }  # fmt: skip
    for r in found:
        r["on_day"] = clock.day_of(r["changed_at"])
        r["by_participant"] = r["by"] in took_part
    return sorted((r for r in found if from_on <= r["on_day"] <= to_on), key=lambda r: (r["on_day"], r["id"]))


def about(db, viewer, session=None, lesson=None, gap_task=None):
    """Return what the viewer may see about a session (its lessons included), a lesson or a gap task."""
    which = (
        "id in (select id from reflection where session = :session union all select id from reflection where lesson ="
        " :lesson union all select id from reflection where gap_task = :task union all select r.id from lesson l"
        " join reflection r on r.lesson = l.id where l.session = :session)"
    )
    return _visible(db, viewer, which, {"session": session, "lesson": lesson, "task": gap_task})


def last_promise(db, viewer, group):
    """Return the viewer's newest final reflection in a group, to be quoted when they write the next, or None.

    While they have written nothing in it, it is that of the Work Group that it was made from.
    """
    own = "by = :viewer and state = 'final' and withdrawn_at is null and work_group"
    for where in ("= :group", "= (select made_from from work_group where id = :group)"):
        found = _visible(db, viewer, f"{own} {where}", {"group": group})
        if kept := [one for one in found if one["words"] != GONE]:
            return kept[0]
    return None


def versions(db, viewer, id):
    """Return every version of the viewer's own reflection, newest first."""
    found = store.rows(
        db,
        f"{_VERSION} join reflection r on r.id = v.reflection where v.reflection = ? and r.by = ?"
        " order by v.at desc, v.id desc",
        (id, viewer),
    )
    return _with_answers(db, found)


def replies(db, viewer, reflection):
    """Return the replies to a reflection that a viewer may see: its author those that stand, a leader all their own."""
    return store.rows(
        db,
        "select y.*, p.name from reflection_reply y join person p on p.id = y.by"
        " join reflection r on r.id = y.reflection"
        " where y.reflection = :id and (y.by = :viewer or (r.by = :viewer and y.withdrawn_at is null)) order by y.at",
        {"id": reflection, "viewer": viewer},
    )  # fmt: skip


def reply(db, id):
    """Return one reply: for rights and changes only."""
    return store.row(db, "select * from reflection_reply where id = ?", (id,))


def unseen_replies(db, viewer):
    """Return the replies to one's own reflections that one has not seen, newest first: `reflection`, `name`, `at`."""
    return store.rows(
        db,
        "select y.reflection, p.name, y.at from reflection_reply y join reflection r on r.id = y.reflection"
        " join person p on p.id = y.by where r.by = ? and y.withdrawn_at is null and y.seen_at is null"
        " order by y.at desc",
        (viewer,),
    )


def author_of(db, id):
    """Return who wrote a reflection: for rights only."""
    return store.value(db, "select by from reflection where id = ?", (id,))


def was_begun_by_guest(db, id):
    """Tell whether a reflection was begun on a guest's device: its first version shares the id of its entry."""
    sql = "select 1 from ledger l join tablet t on t.id = l.tablet where l.id = ? and t.guest_of is not null"
    return store.value(db, sql, (id,)) is not None


def row(db, id):
    """Return the bare row of a reflection, without words: for changes only."""
    return store.row(db, "select * from reflection where id = ?", (id,))


def place(db, id):
    """Return the session and the Work Group of a reflection, `of_session` and `work_group`: for changes only."""
    sql = f"select of_session, work_group from ({_REFLECTION}) where id = :id"
    return store.row(db, sql, {"id": id, "viewer": None})


def answers(db, version):
    """Return the answers of one version: for changes only."""
    return store.rows(db, "select * from reflection_answer where version = ? order by position", (version,))


def version(db, id):
    """Return one version: for changes only."""
    return store.row(db, "select * from reflection_words where id = ?", (id,))


def standing_versions(db, id):
    """Return the ids of the versions that stand: for changes only."""
    (found,) = _with_words(db, [{"id": id}])
    return [v["id"] for v in found["versions"]]


def count_standing(db, id):
    """Return how many versions of a reflection stand side by side: for changes only."""
    return len(standing_versions(db, id))


def group_of_task(db, gap_task):
    """Return the group of a gap task, or None."""
    return store.value(db, "select work_group from gap_task where id = ?", (gap_task,))


def was_present(db, person, session):
    """Tell whether somebody was in the room."""
    return person is not None and sessions.is_present(db, person, session)
