"""Reading what a calendar shows of sessions: title, time and place, and nothing that anybody wrote."""

from workgroup import clock, store

OFF = ("cancelled", "postponed")
_SHOWN = (
    "select n.id, n.title, n.starts_at, n.ends_at, n.state, n.mode, n.version, n.joining_link, n.work_group,"
    " g.title as group_title, s.name as host_name, s.town,"
    " coalesce((select max(l.received) from ledger l where l.about = n.id), n.starts_at) as changed_at"
    " from session n join work_group g on g.id = n.work_group left join school s on s.id = n.host"
)
ENDS_AFTER = 400 * 86_400  # seconds: what lies longer back is of no use in a calendar


def feeds(db, person):
    """Return a person's calendar addresses: `about` (a Work Group, or None for all of theirs) and its title."""
    return store.rows(
        db,
        "select l.about, g.title from link l left join work_group g on g.id = l.about"
        " where l.kind = 'feed' and l.person = ? and l.expires_at > ? order by l.about is not null, g.title",
        (person, clock.now()),
    )


def event(n):
    """Return a session as a calendar shows it: title, time and place. Each change of it has a higher sequence."""
    place = "Online" if n["mode"] == "online" else ", ".join(filter(None, (n["host_name"], n["town"])))
    return {
        "uid": f"{n['id']}@workgroup", "sequence": n["version"] - 1, "stamp": n["changed_at"], "starts": n["starts_at"],
        "ends": n["ends_at"], "title": f"{n['group_title']}: {n['title']}", "place": place,
        "is_off": n["state"] in OFF,
    }  # fmt: skip


def of_session(db, session_id):
    """Return one session as `shown` does, whoever asks: for the invitations to it."""
    return store.row(db, f"{_SHOWN} where n.id = ?", (session_id,))


def shown(db, person, work_group=None):
    """Return the sessions in a person's calendar, of one Work Group or of all they take part in, by time.

    Those of the days on which they belong to the group; called off ones too, so that the calendar takes them out.
    """
    return store.rows(
        db,
        f"{_SHOWN} where (:group is null or n.work_group = :group) and n.starts_at > :since and exists ("
        " select 1 from membership m where m.work_group = n.work_group and m.person = :person"
        " and m.from_on <= date(n.starts_at) and (m.to_on is null or m.to_on >= date(n.starts_at)))"
        " order by n.starts_at, n.id",
        {"group": work_group, "person": person, "since": clock.after(-ENDS_AFTER)},
    )
