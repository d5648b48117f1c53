"""The shapes of changes to evaluations."""

import re

from wtforms import SelectMultipleField
from wtforms.validators import StopValidation

from workgroup.fields import Choice, Form, Pick, hidden, is_id, line, needed, words

# the four outcomes of every Work Group (domain.md), and what else the hub asks for
HEADINGS = (
    ("pupils", "Pupils’ learning"), ("teachers", "Teachers’ professional learning"), ("practice", "Teachers’ practice"),
    ("policies", "Whole-school or department policies and approaches"), ("challenges", "Challenges"),
    ("next", "Next steps"), ("heads", "What headteachers say"),
)  # fmt: skip
EVIDENCE = ("session", "open lesson", "reflection", "gap task", "in-school work", "visit", "review", "noticing",
            "visit note", "engagement", "head statement")  # fmt: skip
MOST_EVIDENCE = 60


class _Evidence(SelectMultipleField):
    """Pieces of evidence, each written kind:id."""

    def pre_validate(self, form):
        """Hold the kinds and the writing of ids; how many is bounded where it is known what was there before."""
        for one in self.data or []:
            kind, _, id = re.sub(r"\s+", " ", one).partition(":")
            if kind not in EVIDENCE or not is_id(id):
                raise StopValidation("Choose evidence from the list.")


def _evidence():
    return _Evidence("What it rests on", validate_choice=False, choices=[])


def _words():
    return words("Sentence", needed("Write a sentence."), most=2000, description="No pupil’s name, no teacher’s name.")


class BeginForm(Form):
    """Of which half-term."""

    work_group = Pick(validators=needed("Say which Work Group."))
    half_term = line("Half-term", needed("Choose a half-term."), most=20)


class EvaluationPickForm(Form):
    """One evaluation."""

    evaluation = Pick(validators=needed("Say which evaluation."))


class SendForm(Form):
    """One evaluation, and the sentences of it that were seen."""

    evaluation = Pick(validators=needed("Say which evaluation."))
    seen = hidden()


class WriteForm(Form):
    """A sentence of one's own, with what it rests on."""

    evaluation = Pick(validators=needed("Say which evaluation."))
    heading = Choice("Under", needed("Choose a heading."), list(HEADINGS))
    words = _words()
    evidence = _evidence()


class EditForm(Form):
    """Other words, or other evidence, for a sentence."""

    sentence = Pick(validators=needed("Say which sentence."))
    words = _words()
    evidence = _evidence()
    seen = hidden()


class MoveForm(Form):
    """A sentence goes up or down under its heading."""

    sentence = Pick(validators=needed("Say which sentence."))
    way = Choice("Where to", needed("Say where to."), [("up", "Up"), ("down", "Down")])


class SentencePickForm(Form):
    """One sentence."""

    sentence = Pick(validators=needed("Say which sentence."))
