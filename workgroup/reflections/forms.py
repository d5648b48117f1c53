"""The shapes of changes to reflections."""

from workgroup.fields import Choice, Form, Pick, Rows, hidden, needed, tick, words

VISIBILITIES = [
    ("me", "Only me"),
    ("specialist", "Me and my specialist"),
    ("group", "My Work Group"),
]
STATES = [("draft", "Draft"), ("final", "Final")]


MOST_ANSWERS = 24  # beside the first: what was answered stays when other questions have come


class AnswerForm(Form):
    """Words to one more question; without words it is none. `prompt` is the wording that was on the page."""

    prompt = Pick()
    words = words("Your words")


class WriteForm(Form):
    """A reflection, or another version of it written from the version or versions that `after` names.

    `words` answer the question that was asked first, by the wording `prompt`; a page of an earlier release names none.
    """

    reflection = Pick()
    session = Pick()
    lesson = Pick()
    gap_task = Pick()
    words = words(
        "Your words", needed("Write something first."), description="Pupils by code: Pupil A, Table 3. Never a name."
    )
    prompt = Pick()
    answers = Rows(AnswerForm, most=MOST_ANSWERS)
    after = hidden()
    visibility = Choice("Who sees it", needed("Choose who sees it."), VISIBILITIES)
    may_quote = tick("May be quoted without my name")
    state = Choice("State", needed("Say whether it is a draft."), STATES)


class ChooseForm(Form):
    """The version that stands."""

    reflection = Pick(validators=needed("Say which reflection."))
    version = Pick("Version", needed("Choose a version."))


class ReplyForm(Form):
    """A leader's reply, which only whoever wrote the reflection sees."""

    reflection = Pick(validators=needed("Say which reflection."))
    words = words("Your reply", needed("Write something first."), most=4000)


class ReplyPickForm(Form):
    """One reply."""

    reply = Pick(validators=needed("Say which reply."))


class ReflectionPickForm(Form):
    """One reflection."""

    reflection = Pick(validators=needed("Say which reflection."))
