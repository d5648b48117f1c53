"""Reading who was invited to a session, what they were told last, and what they answered."""

from workgroup import clock, store
from workgroup.groups import queries as groups
from workgroup.people import queries as people
from workgroup.sessions import calendar_queries, queries


def to_tell(n):
    """Return in one line what an invitation says, to see whether it has changed: time, place, title, link, off."""
    said = [n[name] for name in ("starts_at", "ends_at", "title", "mode", "host_name", "joining_link")]
    return "|".join(str(v or "") for v in (*said, "off" if n["state"] in calendar_queries.OFF else "on"))


def invited(db, session_id):
    """Return what everybody invited was told last, {person: row}."""
    return invited_to(db, [session_id])[session_id]


def invited_to(db, session_ids):
    """Return what everybody invited to some sessions was told last, {session: {person: row}}."""
    found = {id: {} for id in session_ids}
    for row in store.rows(
        db, f"select * from invitation where session in ({', '.join('?' * len(found))})", list(found)
    ):
        found[row["session"]][row["person"]] = row
    return found


def people_of(db, session):
    """Return the people expected of the group on the day of a session, each once, whatever parts they have."""
    found = groups.people(db, session["work_group"], on=session["day"], expected=True)
    return list({p["id"]: p for p in reversed(found)}.values())[::-1]


def left_to_tell(db, session, told=None):
    """Return the people who have not been told how the session stands now: all at first, later those it changed for.

    Of a session that is off only who was invited hears. Whoever was invited and is not in the group that day any more
    (`has_left`) has it taken out of their calendar; whoever's e-mail was put right since (`is_anew`) has had nothing.
    `told` is what `invited` returns, where it is read already.
    """
    now = to_tell(calendar_queries.of_session(db, session["id"]))
    told = invited(db, session["id"]) if told is None else told
    is_off = session["state"] in calendar_queries.OFF
    here, anew = people_of(db, session), () if is_off else _anew(db, session, told)
    return [
        {**p, "is_anew": p["id"] in anew} for p in here
        if p["email"] and (p["id"] in told or not is_off)
        and (p["id"] in anew or told.get(p["id"], {}).get("told") != now)
    ] + _left(db, told, {p["id"] for p in here})  # fmt: skip


def _anew(db, session, told):
    """Return whoever of the invited had their e-mail put right after they were told."""
    last = groups.put_right_at(db, session["work_group"])
    before = {id: row["at"] for id, row in told.items() if last and row["at"] < last}
    return {id for id, at in before.items() if (groups.put_right_at(db, session["work_group"], id) or "") > at}


def _left(db, told, here):
    gone = [people.person(db, id) for id, row in told.items() if id not in here and row["method"] == "REQUEST"]
    return sorted(({**p, "has_left": True} for p in gone if p["email"]), key=lambda p: p["name"])


def gone_from(db, group):
    """Return the sessions ahead that stand in the calendar of whoever is not expected there any more, by person."""
    ahead = [n for n in queries.sessions_of(db, group) if n["ends_at"] >= clock.now() and n["state"] != "closed"]
    found, told = {}, invited_to(db, [n["id"] for n in ahead])
    for n in (n for n in ahead if told[n["id"]]):
        for p in _left(db, told[n["id"]], {p["id"] for p in people_of(db, n)}):
            found.setdefault(p["id"], []).append(n)
    return found


def off_untold(db, in_groups):
    """Return the sessions ahead of these groups that are off, with how many `people` who were invited do not know."""
    return store.rows(
        db,
        "select n.id, n.title, n.starts_at, n.state, count(*) as people from session n"
        " join invitation i on i.session = n.id join person p on p.id = i.person"
        f" where n.work_group in ({', '.join('?' * len(in_groups))}) and n.state in ('cancelled', 'postponed')"
        " and n.ends_at >= ? and i.method = 'REQUEST' and p.email is not null group by n.id order by n.starts_at",
        (*in_groups, clock.now()),
    )


def organiser(db, session_id):
    """Return who invited to a session first, if they can still be named: every calendar entry of it is theirs.

    A calendar follows a change only of the organiser that it knows, whichever leader sends it.
    """
    first = store.value(
        db, "select by from ledger where about = ? and kind = 'sessions.invite' order by number limit 1", (session_id,)
    )
    found = people.person(db, first) if first else None
    return found if found and found["email"] else None


def answers(db, session_id):
    """Return the answer that counts of each person, {person: row}: the newest, about the time the session has now."""
    found = store.rows(
        db,
        "select a.*, p.name from invitation_answer a join person p on p.id = a.person"
        " join session n on n.id = a.session where a.session = ? and a.starts_at = n.starts_at order by a.at, a.rowid",
        (session_id,),
    )
    return {row["person"]: row for row in found}


def answer_of(db, session_id, person):
    """Return the answer of a person that counts, or None."""
    return answers(db, session_id).get(person)


def covers(db, session_id):
    """Return who comes in somebody's place and is not on the register yet: `name`, `person`, `for_name`, `school`."""
    marked = {m["name"].casefold() for m in queries.register(db, session_id) if m["substitute_for"]}
    expected = {p["id"]: p for p in queries.expected(db, session_id)}
    return [
        {"name": a["cover"], "person": id, "for_name": a["name"], "school": expected[id]["school"]}
        for id, a in answers(db, session_id).items()
        if a["answer"] == "cover" and a["cover"] and id in expected and a["cover"].casefold() not in marked
    ]  # fmt: skip


def is_over(session):
    """Tell whether a session can no longer be answered."""
    return session["state"] in ("closed", *calendar_queries.OFF) or session["ends_at"] < clock.now()
