"""Reading sessions: the plan, the agenda, the register, notes, decisions and the summary."""

import hashlib
import json

from workgroup import clock, handing, store
from workgroup.groups import queries as groups

BLOCK = ("kind", "minutes", "title", "lead", "prompt", "words", "private_words")
_SESSION = (
    "select n.*, g.title as group_title, g.leader_word, g.participant_word, g.meeting_word, g.academic_year, g.strand,"
    " s.name as host_name, p.name as runner_name from session n join work_group g on g.id = n.work_group"
    " left join school s on s.id = n.host left join person p on p.id = n.run_by"
)


def session(db, id):
    """Return a session with its group's words, host and runner, or None."""
    found = store.row(db, f"{_SESSION} where n.id = ?", (id,))
    return _with_day(found) if found else None


def sessions_of(db, group):
    """Return the sessions of a group by time."""
    return [_with_day(n) for n in store.rows(db, f"{_SESSION} where n.work_group = ? order by n.starts_at", (group,))]


def with_an_agenda(db, in_groups, limit=60):
    """Return the sessions of these groups that have an agenda, the newest first; those that were cancelled are out."""
    marks = ", ".join("?" * len(in_groups))
    sql = (
        f"{_SESSION} where n.work_group in ({marks}) and n.state <> 'cancelled' and exists ("
        "select 1 from agenda_block b where b.session = n.id and b.withdrawn_at is null)"
        " order by n.starts_at desc limit ?"
    )
    return [_with_day(n) for n in store.rows(db, sql, (*in_groups, limit))] if in_groups else []


def count(db, group):
    """Return how many sessions a group has, those that were cancelled left out."""
    return store.value(db, "select count(*) from session where work_group = ? and state <> 'cancelled'", (group,))


def sessions_from(db, groups_seen, moment, limit=10):
    """Return the sessions of these groups that end after a moment, soonest first; postponed and cancelled are out."""
    marks = ", ".join("?" * len(groups_seen))
    sql = (
        f"{_SESSION} where n.work_group in ({marks}) and n.ends_at >= ? and n.state not in ('postponed', 'cancelled')"
        " order by n.starts_at limit ?"
    )
    return [_with_day(n) for n in store.rows(db, sql, (*groups_seen, moment, limit))]


def left_open(db, some_groups):
    """Return the sessions of these groups that were opened on an earlier day and not closed, the oldest first."""
    marks, midnight = ", ".join("?" * len(some_groups)), clock.at_london(clock.today(), "00:00")
    sql = f"{_SESSION} where n.work_group in ({marks}) and n.state = 'open' and n.ends_at < ? order by n.starts_at"
    return [_with_day(n) for n in store.rows(db, sql, (*some_groups, midnight))] if some_groups else []


def _with_day(found):
    found["day"] = clock.day_of(found["starts_at"])
    return found


def group_of(db, session_id):
    """Return the id of a session's group, or None."""
    return store.value(db, "select work_group from session where id = ?", (session_id,))


def before(db, session_id):
    """Return the session of the same group held before this one, or None."""
    found = store.value(
        db,
        "select b.id from session a join session b on b.work_group = a.work_group and b.starts_at < a.starts_at"
        " and b.state not in ('postponed', 'cancelled') where a.id = ? order by b.starts_at desc limit 1",
        (session_id,),
    )
    return session(db, found) if found else None


def next_number(db, group):
    """Return the number that a new session of a group gets; one that was cancelled leaves its number free."""
    return store.value(
        db, "select coalesce(max(number), 0) + 1 from session where work_group = ? and state <> 'cancelled'", (group,)
    )


def free_number(db, session):
    """Return the number that a session keeps when it is planned again: its own, unless another has it by now."""
    taken = store.value(
        db, "select 1 from session where work_group = ? and number = ? and id <> ? and state <> 'cancelled'",
        (session["work_group"], session["number"], session["id"]),
    )  # fmt: skip
    return next_number(db, session["work_group"]) if taken else session["number"]


def may_run(db, person, session_id, on):
    """Tell whether a person may run a session: a leader that day, or whoever was handed it, until its day is over."""
    found = store.row(db, "select work_group, run_by, state, starts_at from session where id = ?", (session_id,))
    if found is None or person is None:
        return False
    if groups.leads(db, person, found["work_group"], on):
        return True
    return handing.is_handed_to(found, person, on)


def state_of(db, session_id):
    """Return the state of a session, or None."""
    return store.value(db, "select state from session where id = ?", (session_id,))


def is_present(db, person, session_id):
    """Tell whether a person is marked present on the register of a session.

    Asked for every noticing: the order of the view `register`, without ranking the whole room's marks for one person.
    """
    counts = store.value(
        db,
        "select status from register_mark where session = ? and person = ? and withdrawn_at is null"
        " order by by_leader desc, at desc, id desc limit 1",
        (session_id, person),
    )
    return counts == "present"


def register(db, session_id):
    """Return the marks that count, with names and whether they have an account here, by school and name."""
    return store.rows(
        db,
        "select r.*, coalesce(p.name, r.visitor) as name, coalesce(s.name, r.comes_from) as school_name,"
        " f.name as substitute_for_name,"
        " p.email is not null as has_account"
        " from register r left join person p on p.id = r.person left join school s on s.id = r.school"
        " left join person f on f.id = r.substitute_for where r.session = ? order by s.name, name",
        (session_id,),
    )


def mark(db, id):
    """Return one mark, or None."""
    return store.row(db, "select * from register_mark where id = ?", (id,))


def mark_of(db, session_id, person):
    """Return the mark that counts for a person at a session, or None."""
    return store.row(db, "select * from register where session = ? and person = ?", (session_id, person))


def said_from(db, session_id, person, visitor):
    """Return where somebody on the register was from, `school` or `comes_from`: said once, it holds for later marks.

    Of a visitor by name alone only without a school: with another one it is another visitor.
    """
    found = store.row(
        db,
        "select school, comes_from from register where session = ? and"
        " (person = ? or person is null and school is null and visitor = ?)",
        (session_id, person or None, visitor or None),
    )
    return found or {"school": None, "comes_from": None}


def marks_number(db, session_id):
    """Return a number that grows with every mark on the register of a session, and with every one taken back."""
    return store.value(
        db,
        "select coalesce(max(rowid), 0) + count(withdrawn_at) from register_mark indexed by register_mark_session"
        " where session = ?",
        (session_id,),
    )


def marks_of(db, session_id, person):
    """Return every mark of a person at a session that was not taken back, the newest first."""
    return store.rows(
        db,
        "select m.*, p.name as by_name from register_mark m join person p on p.id = m.by"
        " where m.session = ? and m.person = ? and m.withdrawn_at is null order by m.at desc, m.id desc",
        (session_id, person),
    )


def expected(db, session_id):
    """Return the participants of the group on the day of the session, by school; withdrawn schools have none left."""
    found = session(db, session_id)
    return groups.people(db, found["work_group"], on=found["day"], role="participant", expected=True)


def agenda(db, session_id):
    """Return the blocks in order, with who leads."""
    return store.rows(
        db,
        "select b.*, p.name as lead_name from agenda_block b left join person p on p.id = b.lead"
        " where b.session = ? and b.withdrawn_at is null order by b.position",
        (session_id,),
    )


def last_cut(db, session_id, since):
    """Return the `block` that was given another time last, since a moment: `cut_to`, and its `minutes` before; or None.

    From the ledger: an agenda keeps no minutes but those that hold.
    """
    return store.row(
        db,
        # the ledger keeps no zero
        "select w.said ->> 'block' as block, coalesce(cast(w.said ->> 'minutes' as integer), 0) as cut_to,"
        " cast(w.was ->> 'minutes' as integer) as minutes from ledger l join ledger_words w on w.number = l.number"
        " where l.about = ? and l.kind = 'sessions.cut_block' and l.at > ? order by l.number desc limit 1",
        (session_id, since),
    )


def out_of_agenda(db, session_id):
    """Return what was taken out of an agenda, the newest first: `blocks` one by one, and whole `agendas`.

    An agenda has `id`, the change by which another took its place, when that was, and its blocks.
    """
    gone = store.rows(
        db, "select * from agenda_block where session = ? and withdrawn_at is not null"
        " order by withdrawn_at desc, position", (session_id,),
    )  # fmt: skip
    agendas = {}
    for b in gone:
        if b["went_with"]:
            agendas.setdefault(b["went_with"], {"id": b["went_with"], "at": b["withdrawn_at"], "blocks": []})
            agendas[b["went_with"]]["blocks"].append(b)
    return {"blocks": [b for b in gone if not b["went_with"]], "agendas": list(agendas.values())}


def seen_of(block):
    """Return in a few letters what a block says, to see whether somebody else has changed it since."""
    said = json.dumps([block[name] for name in BLOCK])
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def block(db, id):
    """Return a block, also one that was taken out of its agenda, or None."""
    return store.row(db, "select * from agenda_block where id = ?", (id,))


def notes(db, session_id, also_withdrawn_of=None, leads=False):
    """Return the notes in order; the withdrawn ones only for whoever wrote them and for the leaders."""
    return store.rows(
        db,
        "select n.*, p.name, b.title as block_title from session_note n join person p on p.id = n.by"
        " left join agenda_block b on b.id = n.block and b.withdrawn_at is null"
        " where n.session = ? and (n.withdrawn_at is null or n.by = ? or ?) order by coalesce(b.position, 99), n.at",
        (session_id, also_withdrawn_of, leads),
    )


def note(db, id):
    """Return a note, or None."""
    return store.row(db, "select * from session_note where id = ?", (id,))


def decisions(db, session_id, also_withdrawn_of=None, leads=False):
    """Return the decisions in order; the withdrawn ones only for whoever wrote them and for the leaders."""
    return store.rows(
        db,
        "select d.*, p.name from decision d join person p on p.id = d.by"
        " where d.session = ? and (d.withdrawn_at is null or d.by = ? or ?) order by d.at",
        (session_id, also_withdrawn_of, leads),
    )


def decision(db, id):
    """Return a decision, or None."""
    return store.row(db, "select * from decision where id = ?", (id,))


def summaries(db, session_id):
    """Return the versions of the summary that stand: those that no later one was written from, oldest first."""
    versions = store.rows(
        db,
        "select v.*, p.name from session_summary v join person p on p.id = v.by where v.session = ?"
        " order by v.at, v.id",
        (session_id,),
    )
    return store.standing(versions)


def standing_summaries(db, session_id):
    """Return how many versions of the summary stand side by side."""
    return len(summaries(db, session_id))


def coming_after(db, session_id):
    """Return the next session of the same group that is not called off, `id` and `day`, or None."""
    return store.row(
        db,
        "select n.id, substr(n.starts_at, 1, 10) as day from session n join session t on t.id = ?"
        " where n.work_group = t.work_group and n.starts_at > t.starts_at and n.state in ('planned', 'open')"
        " order by n.starts_at limit 1",
        (session_id,),
    )


def planned_after(db, session, day):
    """Return the planned sessions of the same group that come after one, had it its time of day on another `day`."""
    at = clock.at_london(day, clock.say_time(session["starts_at"]))
    every = sessions_of(db, session["work_group"])
    return [n for n in every if n["id"] != session["id"] and n["starts_at"] > at and n["state"] == "planned"]


def history(db, session_id):
    """Return the days and states that a session has had, oldest first, each with who said so and why."""
    return store.rows(
        db,
        "select h.*, p.name from session_history h left join person p on p.id = h.by where h.session = ? order by h.id",
        (session_id,),
    )


def minutes(session):
    """Return how many minutes a session is planned to last."""
    length = clock.read_moment(session["ends_at"]) - clock.read_moment(session["starts_at"])
    return int(length.total_seconds() // 60)


def timed(agenda, session):
    """Give each block the time it is planned to start, `starts` as HH:MM, and the minutes it `took` where known."""
    at = session["starts_at"]
    for index, block in enumerate(agenda):
        block["starts"] = clock.say_time(at)
        at = clock.after(block["minutes"] * 60, at)
        later = next((b["began_at"] for b in agenda[index + 1 :] if b["began_at"]), None)
        block["took"] = block["is_on"] = None
        if block["began_at"]:
            block["is_on"] = not later
            if later and later > block["began_at"]:
                span = clock.read_moment(later) - clock.read_moment(block["began_at"])
                block["took"] = round(span.total_seconds() / 60)
    return agenda


def by_school(db, session_id):
    """Return the register as the page shows it: schools by name, each with people and the mark that counts, if any.

    People of the group who are expected that day come first; substitutes, visitors and leaders follow with their mark.
    """
    found = session(db, session_id)
    marks = {m["person"] or m["id"]: m for m in register(db, session_id)}
    rows = {}
    for person in expected(db, session_id):
        row = rows.setdefault(
            person["school_in_group"],
            {"school": person["school_name"], "id": person["school_in_group"], "people": [],
             "host": person["school"] == found["host"]},
        )  # fmt: skip
        row["people"].append({**person, "mark": marks.pop(person["id"], None)})
    others = sorted(marks.values(), key=lambda m: (m["attending_as"], m["name"]))
    return list(rows.values()), others
