"""The shapes of changes to gap tasks and in-school work."""

from wtforms.validators import ValidationError

from workgroup.fields import Choice, Day, Form, Pick, line, needed, words
from workgroup.number_fields import Count
from workgroup.sketching import MOST_BYTES, NotASketch
from workgroup.sketching import read as read_sketch

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
    """How it went, in the school's own words, with a sketch where one was drawn."""

    gap_task = Pick(validators=needed("Say which gap task."))
    went = Choice("How did it go?", needed("Choose one."), WENT)
    drawn = words("Drawn", most=MOST_BYTES)
    described = words(
        "What the sketch shows", most=500, description="For whoever cannot see it. By code: Pupil A, Table 3."
        " Never a name.",
    )  # fmt: skip
    words = words("In your own words", description=f"A sentence is enough. {CODES}")

    def validate_drawn(self, field):
        """Take shapes only, as many as a page can carry, and nothing drawn without words for it."""
        if not field.data:
            return
        try:
            read_sketch(field.data)
        except NotASketch as wrong:
            raise ValidationError(str(wrong)) from None

    def validate(self, *given, **more):
        """Ask for what a sketch shows: a field that may be empty is not asked by itself."""
        is_fine = super().validate(*given, **more)
        if self.drawn.data and not self.described.data and not self.described.errors:
            self.described.errors = ["Say in words what the sketch shows, for whoever cannot see it."]
            return False
        return is_fine


class ReturnPickForm(Form):
    """One return."""

    gap_task_return = Pick(validators=needed("Say which return."))


class CarryForm(Form):
    """A gap task goes on to the next session."""

    gap_task = Pick(validators=needed("Say which gap task."))
    session = Pick("Set at")
    due_on = Day("Back by")
    why = line("Why", description="Optional.")


class DropForm(Form):
    """A gap task that will not be done."""

    gap_task = Pick(validators=needed("Say which gap task."))
    why = line("Why", description="Optional.")


class ReopenForm(DropForm):
    """A gap task that was dropped and will be done after all."""


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
