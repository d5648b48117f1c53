"""Reading what a host has said, and who comes: the list of visitors for its office."""

from workgroup import store
from workgroup.people import queries as people
from workgroup.sessions import inviting_queries, queries


def to_confirm(session):
    """Return what a host confirms, in one line: another day, time or school is to be confirmed anew."""
    return f"{session['starts_at']} {session['ends_at']} {session['host']}"


def link_about(session):
    """Return what a link to a session's host is about."""
    return f"{session['id']} {session['host']}"


def link_works(db, session):
    """Tell whether a link that was sent to a session's host works now."""
    return people.has_link(db, "host", link_about(session))


def asked_about(db, link):
    """Return the session that a host's link asks about; `is_asked` as long as it is at the school that was asked."""
    session, host = link["about"].split()
    found = queries.session(db, session)
    return found and {**found, "is_asked": found["host"] == host}


def word(db, session):
    """Return the newest word of the host, with `holds` (it is about how the session stands now), or None."""
    found = store.row(
        db, "select * from host_word where session = ? order by at desc, rowid desc limit 1", (session["id"],)
    )
    return found and {**found, "holds": found["told"] == to_confirm(session)}


def refused(db, some):
    """Return of some sessions those whose host has said no to how they stand now."""
    words = [(n, word(db, n)) for n in some]
    return [n for n, said in words if said and said["holds"] and said["answer"] == "no"]


def asked(db, session):
    """Return when and by whom the host was asked last, or None; from the ledger, which keeps no name of theirs."""
    return store.row(
        db,
        "select l.at, p.name from ledger l join person p on p.id = l.by where l.kind = 'sessions.ask_host'"
        " and l.about = ? order by l.number desc limit 1",
        (session["id"],),
    )


def wifi_of(db, session, by_host=False):
    """Return the newest word on how the wifi was at a session, of its leaders or of its host, or None."""
    return store.row(
        db,
        "select * from wifi_word where session = ? and school is ? and (by is null) = ? order by at desc, rowid desc"
        " limit 1",
        (session["id"], session["host"], by_host),
    )


def has_wifi_to_tell(session):
    """Tell whether a session can be asked how the wifi was: it has begun, at a school."""
    return session["host"] is not None and session["state"] in ("open", "closed")


def visitors(db, session):
    """Return who is to be let in: `name`, `from`, by school; not the host's own people, nor who has sent apologies.

    Once they are here also the visitors and substitutes whom nobody expected.
    """
    answers = inviting_queries.answers(db, session["id"])
    register = queries.register(db, session["id"])
    marks = {m["person"]: m for m in register if m["person"]}
    others = [
        m for m in register if m["attending_as"] in ("visitor", "substitute") and m["status"] == "present"
        and (m["school"] is None or m["school"] != session["host"])
    ]  # fmt: skip
    found = [{"name": m["name"], "from": m["school_name"] or "Another school"} for m in others]
    instead = {m["substitute_for"] for m in others}
    for p in inviting_queries.people_of(db, session):
        if p["id"] in instead:
            continue
        answer = answers.get(p["id"], {})
        is_away = answer.get("answer") == "apologies" or marks.get(p["id"], {}).get("status") in ("apologies", "absent")
        if p["school"] == session["host"] and p["role"] != "leader":
            continue
        if answer.get("answer") == "cover":
            found.append({"name": answer["cover"], "from": p["school_name"] or session["leader_word"]})
        elif not is_away:
            found.append({"name": p["name"], "from": p["school_name"] or session["leader_word"]})
    return sorted(found, key=lambda v: (v["from"], v["name"]))
