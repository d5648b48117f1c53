"""The shapes of changes to action plans. The four outcomes are the same in every Work Group (domain.md)."""

from workgroup.fields import Choice, Day, Form, Pick, email, hidden, line, needed, secret, words

OUTCOMES = [
    ("pupils", "Pupils’ learning"),
    ("learning", "Teachers’ professional learning"),
    ("practice", "Teachers’ practice"),
    ("policy", "Whole-school or department policies and approaches"),
]
STANDS = [("going on", "Going on"), ("done", "Done"), ("dropped", "Dropped")]
WAYS = [("up", "Earlier"), ("down", "Later")]
CODES = "Never a pupil’s name, and never about one teacher."
PLAN, AIM, ACTION = "Say which plan.", "Say which aim.", "Say which action."


class SchoolForm(Form):
    """A school in a Work Group whose plan is begun."""

    school_in_group = Pick(validators=needed("Say which school."))


class PlanForm(Form):
    """One version of a plan."""

    action_plan = Pick(validators=needed(PLAN))


class AimForm(Form):
    """What the school aims for, under one of the four outcomes."""

    action_plan = Pick(validators=needed(PLAN))
    outcome = Choice("Outcome", needed("Choose one of the four outcomes."), OUTCOMES)
    words = words("What you aim for", needed("Enter what you aim for."), most=1000, description=CODES)


class EditAimForm(Form):
    """An aim, changed."""

    aim = Pick(validators=needed(AIM))
    outcome = Choice("Outcome", needed("Choose one of the four outcomes."), OUTCOMES)
    words = words("What you aim for", needed("Enter what you aim for."), most=1000, description=CODES)
    seen = hidden()


class AimPickForm(Form):
    """One aim."""

    aim = Pick(validators=needed(AIM))


class MoveAimForm(Form):
    """An aim, one place earlier or later under its outcome."""

    aim = Pick(validators=needed(AIM))
    direction = Choice("Where to", needed("Say where it goes."), WAYS)


class ActionForm(Form):
    """What is done for an aim, by whom and by when."""

    aim = Pick(validators=needed(AIM))
    words = words("What is done", needed("Enter what is done."), most=1000, description=CODES)
    owner = line("Who sees to it", most=100, description="A colleague, or a role. Never a pupil’s name.")
    due_on = Day("By")


class EditActionForm(Form):
    """An action, changed."""

    action = Pick(validators=needed(ACTION))
    words = words("What is done", needed("Enter what is done."), most=1000, description=CODES)
    owner = line("Who sees to it", most=100, description="A colleague, or a role. Never a pupil’s name.")
    due_on = Day("By")
    seen = hidden()


class ActionPickForm(Form):
    """One action."""

    action = Pick(validators=needed(ACTION))


class MoveActionForm(Form):
    """An action, one place earlier or later under its aim."""

    action = Pick(validators=needed(ACTION))
    direction = Choice("Where to", needed("Say where it goes."), WAYS)


class AskForm(Form):
    """The head is asked to agree a plan, by a link: a contact of the school, or a name and an address."""

    action_plan = Pick(validators=needed(PLAN))
    contact = Pick("Whom to ask")
    name = line("Name", most=100)
    email = email("E-mail")


class AskingForm(Form):
    """One link that was sent."""

    plan_asking = Pick(validators=needed("Say which link."))


class AnswerForm(Form):
    """A head's answer. `proof` is the link they were asked by, `seen` what they read."""

    proof = secret("Link", needed("Open the link in the mail again."))
    answer = Choice(
        "Your answer", needed("Choose one."),
        [("agree", "I agree this plan"), ("change", "I would change something|Say what, in a sentence.")],
    )  # fmt: skip
    name = line(
        "Your name", needed("Enter your name."), most=100, description="Your name and the day are kept with the plan."
    )
    words = words("What you would change", most=2000)
    seen = hidden()


class InPersonForm(Form):
    """A plan was agreed in person."""

    action_plan = Pick(validators=needed(PLAN))
    agreed_with = line("Agreed with", needed("Enter with whom."), most=100)
    agreed_on = Day("On", needed("Enter the day."))
    seen = hidden()


class ProgressForm(Form):
    """How an action stands, at a visit or on a day."""

    action = Pick(validators=needed(ACTION))
    visit = Pick("Visit")
    on_day = Day("On")
    stands = Choice("How it stands", needed("Choose how it stands."), STANDS)
    words = words("In a sentence", most=1000, description=CODES, render_kw={"rows": 2})


class ProgressPickForm(Form):
    """One word of progress."""

    action_progress = Pick(validators=needed("Say which word."))
