"""Guests: let into one session at its door, on a device of their own, and signed in for that session alone.

What a guest may use is closed unless the right beside it says that guests may use it too, and for which session. The
door, the pages and what a template offers all ask `allowed`, so nothing new is open to guests by being forgotten.
"""

from workgroup import store

ANY_SESSION = "*"  # what a right answers that is the same for the guests of every session
NOT_FOR_GUESTS = "This is not for guests of a session. Sign in with your own account."


def may_use(session_of):
    """Declare that guests may use a right too; hang it onto the right as a decorator.

    `session_of(db, by, said)` returns the session that what is asked belongs to, or None where it is not for them.
    """

    def declare(right):
        right.guests_session = session_of
        return right

    return declare


everywhere = may_use(lambda db, by, said: ANY_SESSION)


def runs(db, person, session):
    """Tell whether a guest was handed the running of a session that is open.

    Its leader saw them, let that phone in and chose them. Whoever has an account signs in with it instead: a name said
    at the door is no proof of that.
    """
    sql = (
        "select 1 from session n join person p on p.id = n.run_by where n.id = ? and n.run_by = ?"
        " and n.state = 'open' and p.email is null"
    )
    return person is not None and store.value(db, sql, (session, person)) is not None


def session_run_by(db, by, session):
    """Return a session, if a guest was handed the running of it and it is open, or None: for `may_use`."""
    return session if runs(db, by, session) else None


def allowed(db, right, by, said, on, guest_of=None):
    """Ask a right, for somebody who is signed in, or for a guest of one session. Returns True or a sentence."""
    if guest_of is not None:
        session_of = getattr(right, "guests_session", None)
        if session_of is None or session_of(db, by, said) not in (guest_of, ANY_SESSION):
            return NOT_FOR_GUESTS
    return right(db, by, said, on)


def on_tablet(db, tablet):
    """Return the session whose guest a device is signed in as, and whose the guest's words are by now.

    Both are None for a device that somebody is signed in on as usual; the second also while a guest is only a guest.
    """
    found = tablet and store.row(
        db,
        "select t.guest_of, p.joined_to from tablet t left join person p on p.id = t.person where t.id = ?", (tablet,),
    )  # fmt: skip
    return (found["guest_of"], found["joined_to"]) if found and found["guest_of"] else (None, None)
