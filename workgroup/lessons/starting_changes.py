"""Changes to the lesson clock: the taps that start it, what they do to every moment kept so far, and its end."""

from workgroup import store
from workgroup.door import Refused, change
from workgroup.lessons import forms, lesson_clock, mailing_changes, queries, rights


@change("lessons.start", forms.LessonPickForm, rights.conducts, meets="fold", capture=True)
def start(db, entry, said):
    """The lesson starts. Every tap is kept, and the earliest that stands is what all observers' clocks run from."""
    store.put(db, "lesson_start", id=entry.id, lesson=said["lesson"], by=entry.by, at=entry.at, received=entry.received)
    # also of a discussion that nobody ends the teacher is asked
    mailing_changes.plan_reminder(db, said["lesson"], entry.at)
    return _start_anew(db, entry, said["lesson"])


@change("lessons.withdraw_start", forms.StartPickForm, rights.conducts, meets="fold", capture=True)
def withdraw_start(db, entry, said):
    """It had not started yet: take a tap back, so that the next one that stands counts."""
    return _stand(db, entry, said, entry.at)


@change("lessons.restore_start", forms.StartPickForm, rights.conducts, meets="fold", capture=True)
def restore_start(db, entry, said):
    """It had started after all: let a tap stand again."""
    return _stand(db, entry, said, None)


@change("lessons.end", forms.LessonPickForm, rights.conducts)
def end(db, entry, said):
    """The lesson ends: its clock stops."""
    was = queries.lesson(db, said["lesson"])
    if not was["started_at"] or was["ended_at"]:
        raise Refused("The lesson has ended already." if was["ended_at"] else "The lesson has not started.")
    store.alter(db, "lesson", was["id"], ended_at=entry.at, changed=queries.next_number(db))
    return was["id"]


def _stand(db, entry, said, withdrawn_at):
    tap = lesson_clock.start(db, said["start"])
    if queries.lesson(db, tap["lesson"])["state"] not in ("planned", "live"):
        raise Refused("The discussion has been opened: the start stays as it is.")
    said_at = lesson_clock.say(entry)
    if said_at > (tap["last_stand"] or ""):  # of two says the later counts, whichever arrives first
        store.alter(db, "lesson_start", tap["id"], withdrawn_at=withdrawn_at, last_stand=said_at)
    return _start_anew(db, entry, tap["lesson"])


def _start_anew(db, entry, lesson):
    """Let the lesson run from the tap that counts now: the same state, in whatever order the taps arrived."""
    was, number = queries.lesson(db, lesson), queries.next_number(db)
    tap = lesson_clock.start_that_counts(lesson_clock.starts(db, lesson), was["day"])
    started_at = tap and tap["at"]
    entry.was = {name: was[name] for name in ("state", "started_at", "ended_at")}
    state = was["state"]
    if state in ("planned", "live"):
        state = "live" if tap else "planned"
    ended_at = was["ended_at"] if tap else None
    store.alter(db, "lesson", lesson, state=state, started_at=started_at, ended_at=ended_at, changed=number)
    if tap:  # whoever starts a lesson that was taken out meanwhile has it in front of them
        store.alter(db, "lesson", lesson, withdrawn_at=None)
    if started_at != was["started_at"]:
        _count_anew(db, {**was, "started_at": started_at}, number)
    return lesson


def _count_anew(db, found, number):
    """Count the second of everything that knows its own moment from the new start; what was typed stays as typed."""
    for table, also in (("noticing", {"changed": number}), ("phase_mark", {})):
        kept = store.rows(
            db, f"select id, moment, second from {table} where lesson = ? and moment is not null", (found["id"],)
        )
        for row in kept:
            second = lesson_clock.second_at(found, row["moment"])
            if second != row["second"]:
                store.alter(db, table, row["id"], second=second, **also)
