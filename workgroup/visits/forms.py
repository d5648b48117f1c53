"""The shapes of changes to support visits."""

from workgroup.fields import Choice, Day, Form, Pick, Time, hidden, line, needed, tick, words
from workgroup.number_fields import Amount

KINDS = [
    ("walk", "Walking through lessons"),
    ("talk", "A conversation"),
    ("head", "The headteacher’s words"),
]
CODES = "Pupils by code: Pupil A, Table 3. Never a name."
PURPOSE = "The leaders of the Work Group see this. No names of pupils."
A_NOTE = "Enter a note."


class PlanForm(Form):
    """A visit to a school."""

    school_in_group = Pick(validators=needed("Say which school."))
    on_day = Day("Day", needed("Enter the day."))
    starts = Time("From")
    ends = Time("To")
    days = Amount("Days", most=5, description="A quarter day is 0.25.")
    purpose = words("What for", most=2000, description=PURPOSE)


class EditForm(Form):
    """Another day, other times or another purpose of a visit."""

    visit = Pick(validators=needed("Say which visit."))
    on_day = Day("Day", needed("Enter the day."))
    starts = Time("From")
    ends = Time("To")
    days = Amount("Days", most=5, description="A quarter day is 0.25.")
    purpose = words("What for", most=2000, description=PURPOSE)
    seen = hidden()


class MakeForm(Form):
    """The visit was made."""

    visit = Pick(validators=needed("Say which visit."))
    people_met = line("Whom you met", most=500, description="The leaders of the Work Group see this.")
    head_met = tick("The headteacher too")
    days = Amount("Days", most=5, description="A quarter day is 0.25.")
    purpose = words("What for", most=2000)
    seen = hidden()


class VisitPickForm(Form):
    """One visit."""

    visit = Pick(validators=needed("Say which visit."))


class CancelForm(Form):
    """A visit that does not take place, and why."""

    visit = Pick(validators=needed("Say which visit."))
    why = line("Why", most=300, description="The leaders of the Work Group see this.")


class NoteForm(Form):
    """A raw note of a visit; only the leaders see it. `stamped` by a tap on a pad, its words may come later."""

    visit = Pick(validators=needed("Say which visit."))
    kind = Choice("Kind", needed("Choose a kind."), KINDS)
    year_group = line("Year group", most=40, description="Never a teacher’s name.")
    words = words("Note", most=4000, description=CODES)
    stamped = tick("Stamped by a tap")


class WrittenNoteForm(NoteForm):
    """The same as a page offers it to be written: there must be something to read."""

    words = words("Note", needed(A_NOTE), most=4000, description=CODES)


class AddWordsForm(Form):
    """Words for a note, written from the version or versions that `after` names."""

    visit_note = Pick(validators=needed("Say which note."))
    words = words("Words", needed("Enter some words."), most=4000, description=CODES)
    after = hidden()


class NotePickForm(Form):
    """One note."""

    visit_note = Pick(validators=needed("Say which note."))
