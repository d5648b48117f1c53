"""The shapes of changes to frameworks. The four outcomes are those under which evaluations tell of an aspect."""

from workgroup.fields import Choice, Form, Pick, Rows, hidden, line, needed, tick, words

OUTCOMES = [
    ("pupils", "Pupils’ learning"),
    ("teachers", "Teachers’ professional learning"),
    ("practice", "Teachers’ practice"),
    ("policies", "Whole-school or department policies and approaches"),
]
WHENS = [
    ("all", "From now on, in every Work Group that it is for|Also in the middle of a year: for what is reviewed next."),
    ("next", "From next year’s Work Groups on|This year’s go on with the version they have."),
]
FRAMEWORK = "Say which framework."


class _PartForm(Form):
    """One row of a framework: an aspect or a step as it stands in the draft; a row without words is left out."""

    part = Pick()
    name = line("Name", most=80)
    about = words("In a sentence", most=300, render_kw={"rows": 2})
    out = tick("Take it out")


class AspectRow(_PartForm):
    """An aspect, with the outcome under which it is told."""

    outcome = Choice("Reported under", choices=[("", "Choose an outcome"), *OUTCOMES])


class BeginForm(Form):
    """A draft is begun from a version; for one strand alone where one is said."""

    framework = Pick(validators=needed(FRAMEWORK))
    strand = line("Strand", description="Any wording; the usual ones are offered.")


class SaveForm(Form):
    """A draft as it is to stand: its aspects and its steps in their order."""

    framework = Pick(validators=needed(FRAMEWORK))
    aspects = Rows(AspectRow, "Aspects", most=30)
    steps = Rows(_PartForm, "Steps", most=20)
    seen = hidden()


class FrameworkForm(Form):
    """One version or draft."""

    framework = Pick(validators=needed(FRAMEWORK))


class UseForm(Form):
    """A draft is put to use, as it was read."""

    framework = Pick(validators=needed(FRAMEWORK))
    when = Choice("From when", needed("Choose from when it is used."), WHENS)
    seen = hidden()
