"""The shapes of changes to support visits."""

from workgroup.fields import Amount, Choice, Day, Form, Pick, Time, hidden, line, needed, tick, words

KINDS = [
    ("walk", "Walking through lessons"),
    ("talk", "A conversation"),
    ("head", "The headteacher’s words"),
]


class PlanForm(Form):
    """A visit to a school."""

    school_in_group = Pick(validators=needed("Say which school."))
    on_day = Day("Day", needed("Enter the day."))
    starts = Time("From")
    ends = Time("To")
    days = Amount("Days", most=5, description="A quarter day is 0.25.")
    purpose = words("What for", most=2000)


class MakeForm(Form):
    """The visit was made."""

    visit = Pick(validators=needed("Say which visit."))
    people_met = line("Whom you met", most=500)
    head_met = tick("The headteacher too")
    days = Amount("Days", most=5, description="A quarter day is 0.25.")
    purpose = words("What for", most=2000)
    seen = hidden()


class VisitPickForm(Form):
    """One visit."""

    visit = Pick(validators=needed("Say which visit."))


class NoteForm(Form):
    """A raw note of a visit; only the leaders see it."""

    visit = Pick(validators=needed("Say which visit."))
    kind = Choice("Kind", needed("Choose a kind."), KINDS)
    year_group = line("Year group", most=40, description="Never a teacher’s name.")
    words = words(
        "Note", needed("Enter a note."), most=4000, description="Pupils by code: Pupil A, Table 3. Never a name."
    )


class NotePickForm(Form):
    """One note."""

    visit_note = Pick(validators=needed("Say which note."))
