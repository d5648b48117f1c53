"""The shapes of changes to gap tasks and in-school work."""

from workgroup.fields import Choice, Count, Day, Form, Pick, line, needed, words

WENT = [
    ("did it", "We did it"),
    ("did part", "We did part of it"),
    ("not yet", "Not yet"),
]
KINDS = [
    ("in-school TRG", "An in-school TRG|Colleagues watched a lesson together."),
    ("department meeting", "A department meeting"),
    ("staff meeting", "A staff meeting"),
    ("planning together", "Planning together"),
    ("other", "Something else"),
]
CODES = "Pupils by code: Pupil A, Table 3. Never a name."


class SetForm(Form):
    """What a school will try before next time."""

    work_group = Pick(validators=needed("Say which Work Group."))
    session = Pick("Session")
    school_in_group = Pick("School", needed("Choose a school."))
    owner = Pick("Who sees to it")
    words = words("What they will try", needed("Enter what they will try."), most=2000)
    due_on = Day("Back by")


class EditForm(Form):
    """A gap task, changed."""

    gap_task = Pick(validators=needed("Say which gap task."))
    owner = Pick("Who sees to it")
    words = words("What they will try", needed("Enter what they will try."), most=2000)
    due_on = Day("Back by")


class ReturnForm(Form):
    """How it went, in the school's own words."""

    gap_task = Pick(validators=needed("Say which gap task."))
    went = Choice("How did it go?", needed("Choose one."), WENT)
    words = words("In your own words", description=f"A sentence is enough. {CODES}")


class ReturnPickForm(Form):
    """One return."""

    gap_task_return = Pick(validators=needed("Say which return."))


class CarryForm(Form):
    """A gap task goes on to the next session."""

    gap_task = Pick(validators=needed("Say which gap task."))
    session = Pick("Set at")
    due_on = Day("Back by")


class DropForm(Form):
    """A gap task that will not be done."""

    gap_task = Pick(validators=needed("Say which gap task."))
    why = line("Why", description="Optional.")


class TaskPickForm(Form):
    """One gap task."""

    gap_task = Pick(validators=needed("Say which gap task."))


class WorkForm(Form):
    """We did this at school."""

    school_in_group = Pick("School", needed("Choose a school."))
    on_day = Day("When", needed("Enter the day."))
    kind = Choice("What was it?", needed("Choose one."), KINDS)
    colleagues = Count("How many colleagues", most=500)
    topic = line("What about")
    words = words("In a sentence or two", needed("Enter a sentence."), description=CODES)


class WorkPickForm(Form):
    """One piece of in-school work."""

    in_school_work = Pick(validators=needed("Say which entry."))
