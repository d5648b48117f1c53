"""The shapes of changes to reviews: on screen, *Where we are*."""

import re

from wtforms import SelectMultipleField
from wtforms.validators import StopValidation

from workgroup.fields import Day, Form, Pick, is_id, line, needed, tick, words

EVIDENCE = ("noticing", "reflection", "gap task", "visit", "visit note", "in-school work", "session", "aim")


class _Evidence(SelectMultipleField):
    """Pieces of evidence, each written kind:id."""

    def pre_validate(self, form):
        """Hold the kinds, the writing of ids, and a bound."""
        if len(self.data or []) > 60:
            raise StopValidation("Choose 60 pieces of evidence or fewer.")
        for one in self.data or []:
            kind, _, id = re.sub(r"\s+", " ", one).partition(":")
            if kind not in EVIDENCE or not is_id(id):
                raise StopValidation("Choose evidence from the list.")


class ReviewForm(Form):
    """Where a school is in one aspect, why we think so, and one next step."""

    school_in_group = Pick(validators=needed("Say which school."))
    aspect = Pick("Aspect", needed("Choose an aspect."))
    step = Pick("Where we are", needed("Choose where the school is."))
    on_day = Day("Day", needed("Enter the day."))
    words = words(
        "Why we think so", needed("Say why."), most=2000, description="What was seen; never about one teacher."
    )
    next_step = line("One next step", most=500)
    evidence = _Evidence("What it rests on", validate_choice=False, choices=[])
    no_evidence = tick("No evidence yet")

    def validate_evidence(self, field):
        """Hold that a review rests on something, or says honestly that nothing shows it yet; never both."""
        if not field.data and not self.no_evidence.data:
            raise StopValidation("Choose the evidence, or say that there is none yet.")
        if field.data and self.no_evidence.data:
            raise StopValidation("There is evidence chosen: untick “No evidence yet”.")


class AgreeForm(Form):
    """Agreed with the school."""

    review = Pick(validators=needed("Say which review."))
    agreed_on = Day("Agreed on", needed("Enter the day."))
    agreed_with = line("Agreed with", needed("Enter with whom."), most=100)


class ReviewPickForm(Form):
    """One review."""

    review = Pick(validators=needed("Say which review."))
