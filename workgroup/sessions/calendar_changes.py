"""Addresses for a calendar: made, and ended. The secret in one is kept as a hash alone."""

from workgroup.door import Refused, change
from workgroup.people import post
from workgroup.sessions import forms, rights

YEARS = 3 * 365 * 86_400


@change("sessions.make_feed", forms.FeedForm, rights.has_calendar)
def make_feed(db, entry, said):
    """Make a calendar address of one's own; an earlier one of the same kind ends."""
    _end(db, entry.by, said["work_group"])
    post.keep_link(db, entry.by, "feed", YEARS, said["proof"], about=said["work_group"])
    return entry.by


@change("sessions.end_feed", forms.FeedPickForm, rights.has_calendar)
def end_feed(db, entry, said):
    """End a calendar address: from now on it shows nothing."""
    if not _end(db, entry.by, said["work_group"]):
        raise Refused("There is no such address any more.")
    return entry.by


def _end(db, person, work_group):
    sql = "delete from link where kind = 'feed' and person = ? and about is ?"
    return db.conn.execute(sql, (person, work_group)).rowcount
