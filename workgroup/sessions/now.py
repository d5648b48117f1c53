"""What a running session shows by the block that is on: the agenda with its pace, and what that block is about."""

import hashlib

from workgroup import clock
from workgroup.groups import queries as groups
from workgroup.sessions import joining_queries, material_queries, pace, prompt_queries, queries, room_prompts
from workgroup.tasks import queries as tasks
from workgroup.tasks import waiting_queries


def of(db, session):
    """Return `agenda`, `pace`, the `block` that is on, its `prompt`, the `upcoming` one, and what it shows.

    `just_begun` is the block that is on, `just_cut` the one that was made shorter last with its `minutes` before, both
    while a tap takes it back. `now_stamp` changes with what is shown of the block.
    """
    agenda = queries.timed(queries.agenda(db, session["id"]), session)
    moment = clock.now()
    is_open = session["state"] == "open"
    runs = pace.pace(agenda, session, moment) if is_open else None
    block = runs["block"] if runs else None
    # what was begun by mistake can be taken back by a tap, while one still remembers it
    lately = clock.after(-900, moment)
    just_begun = block if block and block["began_at"] > lately else None
    upcoming = runs["next"] if runs else pace.next_of(agenda) if is_open else None
    marked = {m["person"] for m in queries.register(db, session["id"])} if is_open else set()
    unmarked = [p["name"] for p in queries.expected(db, session["id"]) if p["id"] not in marked] if is_open else []
    shows = _SHOWS.get(block["kind"], lambda db, session: {})(db, session) if block else {}
    materials = material_queries.materials(db, session["id"])
    at_door = joining_queries.at_door(db, session["id"]) if is_open else []
    let_in = joining_queries.let_in(db, session["id"]) if is_open else []
    return {
        "agenda": agenda, "pace": runs, "block": block, "just_begun": just_begun, "upcoming": upcoming, "now": moment,
        "materials": materials, "just_cut": _just_cut(db, session, agenda, lately) if is_open else None,
        "now_stamp": _stamp(block, shows),
        "at_door": at_door, "let_in": let_in, "door_stamp": joining_queries.stamp(at_door, let_in),
        "unmarked": unmarked,
        "prompt": room_prompts.of_block(block, shows.get("question")) if block else None, **shows,
    }  # fmt: skip


def _just_cut(db, session, agenda, since):
    """Return the block that was given another time last, with its `minutes` before, unless it is on or was changed."""
    cut = queries.last_cut(db, session["id"], since)
    block = cut and next((b for b in agenda if b["id"] == cut["block"] and not b["began_at"]), None)
    if not block or block["minutes"] != cut["cut_to"] or cut["cut_to"] == cut["minutes"]:
        return None
    return {"id": block["id"], "title": block["title"], "minutes": cut["minutes"]}


def _stamp(block, shows):
    """Return in short what is shown of a block, to see whether a page knows all of it."""
    given = [r["id"] for t in shows.get("last", ()) for r in t["given"]]
    ids = [block["id"] if block else "", *given, *(s["id"] for s in shows.get("without", ()))]
    return hashlib.sha256(" ".join(ids).encode()).hexdigest()[:12]


def _returns(db, session):
    """What each school gave back since last time, in its own words."""
    last = [t for t in waiting_queries.waiting(db, session) if t["state"] != "dropped"]
    said = tasks.returns_of(db, [t["id"] for t in last])
    return {"before": queries.before(db, session["id"]), "last": [{**t, "given": said.get(t["id"], [])} for t in last]}


def _tasks(db, session):
    """Which schools are still without a gap task of this session."""
    mine = {t["school_in_group"] for t in tasks.tasks_of(db, session["work_group"], session=session["id"])}
    schools = groups.schools(db, session["work_group"], session["day"])
    return {"without": [s for s in schools if s["state"] != "withdrawn" and s["id"] not in mine], "set": len(mine)}


def _question(db, session):
    return {"question": prompt_queries.prompts(db, session)[0]["words"]}


_SHOWS = {"gap-task returns": _returns, "implications": _tasks, "next task": _tasks, "reflection": _question}
