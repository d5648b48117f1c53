"""The shapes of changes to reflections."""

from workgroup.fields import Choice, Form, Pick, hidden, needed, tick, words

VISIBILITIES = [
    ("me", "Only me"),
    ("specialist", "Me and my specialist"),
    ("group", "My Work Group"),
]
STATES = [("draft", "Draft"), ("final", "Final")]


class WriteForm(Form):
    """A reflection, or another version of it written from the version or versions that `after` names."""

    reflection = Pick()
    session = Pick()
    lesson = Pick()
    gap_task = Pick()
    words = words(
        "Your words", needed("Write something first."), description="Pupils by code: Pupil A, Table 3. Never a name."
    )
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
