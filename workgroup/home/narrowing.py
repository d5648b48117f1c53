"""Narrowing what a search found to somebody's Work Groups, lessons and own words, before it is read.

In a large hub most of what has a word is somebody else's. This only leaves out; what is left is read with the viewer
by each feature's own query, which says whether they may see it.
"""

from workgroup import store

_SCHOOL = "join school_in_group i on i.id = x.school_in_group"
_SESSION = "join session i on i.id = x.session"
_LESSON = "join lesson l on l.id = x.lesson join session i on i.id = l.session"
_PLAN = "join action_plan p on p.id = m.action_plan join school_in_group i on i.id = p.school_in_group"
# by kind: where a thing stands, with its Work Group in `i`, and whose it is when it is found in every Work Group
_STANDS = {
    "session": ("session x join session i on i.id = x.id", None),
    "lesson": (f"lesson x {_SESSION}", None),
    "noticing": (f"noticing x {_LESSON}", "x.by"),
    "noticing_words": ("noticing_words x join noticing n on n.id = x.noticing join lesson l on l.id = n.lesson"
                       " join session i on i.id = l.session", "n.by"),
    "discussion": (f"discussion_note x {_LESSON}", "x.by"),
    "work": (f"in_school_work x {_SCHOOL}", "x.by"),
    "gap_task": ("gap_task x join gap_task i on i.id = x.id", None),
    "aim": (f"aim x join aim m on m.id = x.id {_PLAN}", None),
    "action": (f"action x join aim m on m.id = x.aim {_PLAN}", None),
    "progress": (f"action_progress x join action c on c.id = x.action join aim m on m.id = c.aim {_PLAN}", None),
    "visit": (f"visit x {_SCHOOL}", None),
    "visit_note": ("visit_note x join visit v on v.id = x.visit join school_in_group i on i.id = v.school_in_group",
                   None),
    "note": (f"session_note x {_SESSION}", None),
    "decision": (f"decision x {_SESSION}", None),
}  # fmt: skip
HUB_TOO = ("session", "noticing", "noticing_words", "discussion")  # a lesson can be shared with the hub
# what was noticed and discussed is also for whoever taught or was in the room, though they are not in the group (now)
_WAS_THERE = (
    " or l.teacher = ? or exists (select 1 from register_mark m where m.session = l.session and m.person = ?)"
)


def narrow(db, viewer, seen, hits):
    """Return by kind the ids, in their order, of what a search found and the viewer might see.

    `seen` are the Work Groups somebody sees, by id, each with their `role` in it; the hub has none. Kinds that stand in
    no Work Group are all there.
    """
    by_kind, within = {}, [id for id, group in seen.items() if group["role"]]
    for hit in hits:
        by_kind.setdefault(hit["kind"], []).append(hit["about"])
    return {
        kind: _of(db, viewer, list(seen) if kind in HUB_TOO else within, kind, ids) if kind in _STANDS else ids
        for kind, ids in by_kind.items()
    }


def _of(db, viewer, seen, kind, ids):
    stands, by = _STANDS[kind]
    groups = ", ".join("?" * len(seen))
    own = (f" or {by} = ?" if by else "") + (_WAS_THERE if "join lesson l" in stands else "")
    sql = f"select x.id from {stands} where x.id in ({', '.join('?' * len(ids))}) and (i.work_group in ({groups}){own})"
    found = {row["id"] for row in store.rows(db, sql, [*ids, *seen, *[viewer] * own.count("?")])}
    return [id for id in ids if id in found]
