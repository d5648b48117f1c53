"""A moment as the timeline's list shows it, drawn once for all who see it alike.

In a full room every note comes to thirty devices, and drawing it for each was most of what their asking cost.
"""

from flask import current_app

from workgroup import clock

MOST = 2_000  # some two megabytes; a busy hub's news of half a minute
_kept = {}  # of this process: what is shown, by all that decides how


def drawn_once(lesson, found, predicted, tags):
    """Return moments, and pictures that belong to none, in the markup of the list.

    What is kept goes by the whole of a moment as this person reads it, of what is named beside it, and the day.
    """
    moment = current_app.jinja_env.get_template("lessons/_moment.html").module.moment
    numbers = {p["id"]: p for p in predicted}
    beside = repr((clock.today(), lesson["day"], predicted, tags))
    shown = []
    for n in found:
        key = (beside, repr(n))
        if (text := _kept.get(key)) is None:
            if len(_kept) >= MOST:
                _kept.clear()
            text = _kept[key] = moment(n, lesson["day"], numbers, tags)
        shown.append(text)
    return shown
