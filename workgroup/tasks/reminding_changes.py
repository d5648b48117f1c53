"""Reminders of gap tasks: two weeks and two days before they are to be back, to the school, with a link to one form.

What is back, dropped or has another day by then is left alone. After a closed laptop only the last of two that are
overdue is sent, and none once the day has passed.
"""

from datetime import date, timedelta

from workgroup import clock, due, store
from workgroup.groups import queries as groups
from workgroup.people import post
from workgroup.people import queries as people
from workgroup.tasks import queries

DAY = 86_400
LASTS = 14 * DAY
DAYS_BEFORE = (14, 2)
AT = "08:00"  # on the clock in London
BODY = (
    "Hello {{name}},\n\n{many} of {school} {is_are} to be back by {day}:\n\n{words}\n\n"
    "Two taps and a sentence tell your Work Group how it went. No signing in:\n\n{{link}}\n\n"
    "The link opens this form and nothing else. It works for 14 days."
)


def plan(db, school_in_group, due_on):
    """Ask for the reminders of all that a school is to have back on a day; asked again they stay two."""
    for days in DAYS_BEFORE:
        # by the calendar: across a clock change so many times 24 hours before would be another hour
        at = clock.at_london((date.fromisoformat(due_on) - timedelta(days=days)).isoformat(), AT)
        if at > clock.now():
            due.plan(db, f"remind_tasks:{school_in_group}:{due_on}:{days}", "remind_tasks",
                     f"{school_in_group} {due_on} {days}", at)  # fmt: skip


@due.kind("remind_tasks", "Reminder of gap tasks")
def remind(db, settings, about):
    """Write to those who see to it, or to all of the school; once for all tasks of that day."""
    school_in_group, due_on, days = about.split()
    left = queries.days_left(due_on)
    if left < 0 or (int(days) > DAYS_BEFORE[-1] and left <= DAYS_BEFORE[-1]):
        return
    tasks = queries.to_come_back(db, school_in_group, due_on)
    with store.writing(db):
        for person, some in _whom(db, tasks).items():
            if people.was_sent(db, person, "reminder", about):
                continue  # whatever stopped after the mail was written: nobody hears of it twice
            said = "\n".join(f"\u2022 {t['words']}" for t in some)
            many = "One gap task" if len(some) == 1 else f"{len(some)} gap tasks"
            body = BODY.format(many=many, school=some[0]["school_name"], is_are="is" if len(some) == 1 else "are",
                               day=clock.say_day(due_on), words=said)  # fmt: skip
            # by which tasks it is about the link finds them, on whatever day they are to be back by then
            of = " ".join((about, *(t["id"] for t in some)))
            post.write(db, person, "reminder", LASTS, f"Gap task, back by {clock.say_day(due_on)}", body, path="/back",
                       about=of)  # fmt: skip


def _whom(db, tasks):
    """Return who hears of which tasks, {person: [task]}: whoever sees to it, else everybody of the school."""
    found = {}
    for task in tasks:
        of_school = [
            # whoever is there on the day: next year's people belong from 1 September, and are reminded in August
            p for p in groups.people(db, task["work_group"], on=task["due_on"], expected=True)
            if p["school_in_group"] == task["school_in_group"] and p["role"] == "participant" and p["email"]
        ]  # fmt: skip
        for person in [p for p in of_school if p["id"] == task["owner"]] or of_school:
            found.setdefault(person["id"], []).append(task)
    return found
