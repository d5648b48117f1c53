"""The shapes of changes to the questions that a session is reflected on by."""

from workgroup.fields import Choice, Form, Pick, hidden, line, needed

LENGTH = 200


class QuestionForm(Form):
    """The first question to reflect on, in a tap: whoever runs the session may say it."""

    session = Pick(validators=needed("Say which session."))
    words = line("The question to reflect on", description="Empty: the usual one.")


class ListForm(Form):
    """The list of questions: of a session, of a Work Group, or the hub's."""

    session = Pick()
    work_group = Pick()


class PromptForm(ListForm):
    """Another question at the end of the list."""

    words = line("The question", needed("Enter the question."), most=LENGTH)


class PromptPickForm(ListForm):
    """One question of the list, or one that the list has from the Work Group or the hub."""

    prompt = Pick(validators=needed("Say which question."))


class PromptWordsForm(PromptPickForm):
    """Other words for a question; `seen` is the wording that was on the page."""

    words = line("The question", needed("Enter the question."), most=LENGTH)
    seen = hidden()


class MovePromptForm(PromptPickForm):
    """A question moves one place."""

    direction = Choice("Direction", needed("Say where it goes."), [("up", "Earlier"), ("down", "Later")])
