"""Whoever was handed the running of a session has it still: asked of its row, on every floor that lets them run it."""

from workgroup import clock


def is_handed_to(session, person, on):
    """Tell whether a person was handed the running of a session, given its row, and had it still on a day.

    What they wrote without a line arrives after it is closed, and what was closed by mistake is opened again: they have
    it until its day is over.
    """
    if person is None or session["run_by"] != person:
        return False
    if session["state"] == "closed":
        return on <= clock.day_of(session["starts_at"])
    return session["state"] in ("planned", "open")
