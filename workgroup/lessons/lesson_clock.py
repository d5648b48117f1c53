"""Reading the lesson clock: when it started, the second of a moment, and the phases along it.

Nothing here is private, and nothing depends on the order in which tablets sent it.
"""

from workgroup import clock, store


def phases(db, lesson_id):
    """Return the phase marks that stand, by second; of two at one second the newer."""
    marks = store.rows(
        db,
        "select second, phase, title, at from phase_mark where lesson = ? and withdrawn_at is null"
        " order by second, at, id",
        (lesson_id,),
    )
    return list({m["second"]: m for m in marks}.values())


def phase_at(db, lesson_id, second):
    """Return the phase of a second of the lesson clock, or None before the first mark."""
    return store.value(db, marked(":lesson", ":second"), {"lesson": lesson_id, "second": second})


def marked(lesson, second):
    """Return the SQL for the phase of a second: the last mark before it, the newest of two on one second."""
    return (
        f"select m.phase from phase_mark m where m.lesson = {lesson} and m.second <= {second}"
        " and m.withdrawn_at is null order by m.second desc, m.at desc, m.id desc limit 1"
    )


def starts(db, lesson_id):
    """Return every tap on *The lesson starts*, also those taken back, by time, with who tapped."""
    return store.rows(
        db,
        "select t.*, p.name from lesson_start t join person p on p.id = t.by where t.lesson = ? order by t.at, t.id",
        (lesson_id,),
    )


def start(db, id):
    """Return one tap on *The lesson starts*, or None."""
    return store.row(db, "select * from lesson_start where id = ?", (id,))


def start_that_counts(taps, day):
    """Return the earliest tap that stands: on the lesson's own day where there is one, for a tablet's clock may err."""
    stand = [t for t in taps if not t["withdrawn_at"]]
    on_day = [t for t in stand if clock.day_of(t["at"]) == day]
    return min(on_day or stand, key=say, default=None)


def say(entry):
    """Return what puts two says of one thing in order, whichever arrived first: moment, then id."""
    at, id = (entry["at"], entry["id"]) if isinstance(entry, dict) else (entry.at, entry.id)
    return f"{at} {id}"


def second_at(found, moment):
    """Return the second of the lesson clock at a moment; 0 before the start or while nobody has started it."""
    if not found["started_at"]:
        return 0
    gone = clock.read_moment(moment) - clock.read_moment(found["started_at"])
    return max(0, int(gone.total_seconds()))
