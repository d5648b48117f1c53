"""Reading what days are suggested from: sessions somebody led that were held, visits they made.

Nothing is kept of a suggestion until it is taken or declined; neither travel nor planning is invented.
"""

from workgroup import clock, store
from workgroup.days import suggesting

# what was taken or declined; an entry that was taken away again counts: it can be brought back
_PASSED = (
    "(select 1 from day_entry e where e.person = :person and e.{kind} = {id} union all select 1 from day_declined d"
    " where d.person = :person and d.{kind} = {id} and d.withdrawn_at is null)"
)


def sources(db, person, waiting=False):
    """Return what a person's days can be suggested from, by (kind, id): sessions they led, visits they made.

    Of all years, or only what waits to be taken in: that does not grow with the years. A session was held when it is
    closed, or over with somebody present; whoever the register has as not there did not lead it. Whoever led the Work
    Group on its day led it.
    """
    found = [*_sessions_led(db, person, waiting), *_visits_made(db, person, waiting)]
    return {(one["kind"], one["id"]): one for one in found}


def _sessions_led(db, person, waiting):
    wanted = f" and not exists {_PASSED.format(kind='session', id='n.id')}" if waiting else ""
    rows = store.rows(
        db,
        "select n.id, n.title, n.starts_at, n.ends_at, n.state, n.work_group, n.host as school,"
        " g.title as group_title, s.name as school_name from membership m join session n on n.work_group = m.work_group"
        " join work_group g on g.id = n.work_group left join school s on s.id = n.host"
        " where m.person = :person and m.role = 'leader' and m.from_on <= date(n.starts_at)"
        " and (m.to_on is null or m.to_on >= date(n.starts_at)) and n.starts_at < :now"
        f" and (n.state = 'closed' or (n.state in ('planned', 'open') and n.ends_at < :now)){wanted} group by n.id",
        {"person": person, "now": clock.now()},
    )
    rows = _held(db, person, rows) if rows else []
    for one in rows:
        began, ended = clock.read_moment(one.pop("starts_at")), clock.read_moment(one.pop("ends_at"))
        one["quarters"] = suggesting.quarters_of((ended - began).total_seconds() // 60)
        one.update(kind="session", on_day=clock.day_of(clock.moment(began)))
    return rows


def _held(db, person, rows):
    """Return those of these sessions that were held, as far as the register says, with this person in them."""
    marks = store.rows(
        db, f"select session, person, status from register where session in ({', '.join('?' * len(rows))})",
        [one["id"] for one in rows],
    )  # fmt: skip
    came = {m["session"] for m in marks if m["status"] == "present"}
    missed = {m["session"] for m in marks if m["person"] == person and m["status"] != "present"}
    return [one for one in rows if one["id"] not in missed and (one.pop("state") == "closed" or one["id"] in came)]


def _visits_made(db, person, waiting):
    wanted = f" and not exists {_PASSED.format(kind='visit', id='v.id')}" if waiting else ""
    rows = store.rows(
        db,
        "select v.id, v.on_day, v.days, 'Visit to ' || s.name as title, i.work_group, i.school, g.title as group_title,"
        " s.name as school_name from visit v join school_in_group i on i.id = v.school_in_group"
        " join school s on s.id = i.school join work_group g on g.id = i.work_group"
        f" where v.by = :person and v.state = 'made' and v.days > 0 and v.on_day <= :today{wanted}",
        {"person": person, "today": clock.today()},
    )
    for one in rows:
        one.update(kind="visit", quarters=max(1, round(one.pop("days") * 4)))
    return rows


def suggestions(db, person, year=None):
    """Return what waits to be taken in, by day: of one academic year, or of all."""
    found = [
        {**one, "text": suggesting.write(one)} for one in sources(db, person, waiting=True).values()
        if year in (None, clock.academic_year(one["on_day"]))
    ]  # fmt: skip
    return sorted(found, key=lambda one: (one["on_day"], one["title"]))


def is_passed(db, person, kind, id):
    """Tell whether a person has taken or declined a session or visit already."""
    sql = f"select exists {_PASSED.format(kind=kind, id=':id')}"
    return bool(store.value(db, sql, {"person": person, "id": id}))


def declined_of(db, viewer, year):
    """Return what the viewer declined in a year, by day."""
    known = sources(db, viewer)
    rows = store.rows(db, "select * from day_declined where person = ? and withdrawn_at is null", (viewer,))
    found = [{**r, "source": source_of(r, known)} for r in rows]
    found = [r for r in found if r["source"] and clock.academic_year(r["source"]["on_day"]) == year]
    return sorted(found, key=lambda r: r["source"]["on_day"])


def declined(db, id):
    """Return one thing that was declined, or None."""
    return store.row(db, "select * from day_declined where id = ?", (id,))


def changed_since(one, known):
    """Return what has become of the session or visit behind an entry, or None when it is as it was.

    `now` is the source as it is, or None when it is none any more; `seen` is what a form carries. `known` is
    what `sources` returns for the entry's person.
    """
    if not (one["session"] or one["visit"]) or one["withdrawn_at"]:
        return None
    now = source_of(one, known)
    stands = (now["on_day"], now["quarters"]) if now else (None, None)
    if stands == (one["source_on"], one["source_quarters"]):
        return None
    kind = "session" if one["session"] else "visit"
    return {"now": now, "seen": suggesting.write(now) if now else "gone", "kind": kind}


def source_of(one, known):
    """Return the session or visit behind an entry as it is now, or None when it is none of theirs any more."""
    return known.get(_key(one))


def _key(row):
    return ("session", row["session"]) if row["session"] else ("visit", row["visit"])


def years_of(db, person):
    """Return the academic years that a person has entries, allowances or suggestions in, and this one, newest first."""
    rows = store.rows(
        db,
        "select academic_year from day_entry where person = :person union select academic_year from allowance"
        " where person = :person and withdrawn_at is null",
        {"person": person},
    )
    found = {r["academic_year"] for r in rows} | {clock.academic_year(clock.today())}
    return sorted(found | {clock.academic_year(s["on_day"]) for s in suggestions(db, person)}, reverse=True)
