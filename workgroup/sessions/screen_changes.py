"""Changes to the room's screen: a code that opens it without signing in, while the session lasts."""

from workgroup import clock
from workgroup.door import Refused, change
from workgroup.people import post
from workgroup.sessions import forms, queries, rights

HOUR = 3600


@change("sessions.open_screen", forms.ScreenForm, rights.runs)
def open_screen(db, entry, said):
    """Make a code for the room's screen; an earlier one of this session ends. It works until an hour after the end."""
    session = queries.session(db, said["session"])
    if session["state"] != "open":
        raise Refused("Open the session first.")
    close_screen(db, session["id"])
    lasts = max(HOUR, (clock.read_moment(session["ends_at"]) - clock.read_moment(clock.now())).total_seconds() + HOUR)
    post.keep_link(db, entry.by, "projector", lasts, said["code"], about=session["id"])
    return session["id"]


@change("sessions.close_screen", forms.SessionPickForm, rights.runs)
def end_screen(db, entry, said):
    """End the code: the screen shows nothing from now on."""
    if not close_screen(db, said["session"]):
        raise Refused("No screen is open.")
    return said["session"]


def close_screen(db, session):
    """Forget the code of a session; inside a change. Return whether there was one."""
    return bool(db.conn.execute("delete from link where kind = 'projector' and about = ?", (session,)).rowcount)
