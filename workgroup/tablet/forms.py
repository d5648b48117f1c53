"""The shapes of what a tablet tries out."""

from workgroup.fields import Form, Pick, needed


class TryForm(Form):
    """A trial entry for a session."""

    session = Pick(validators=needed("Say which session."))


class WithdrawTryForm(Form):
    """A trial entry is taken back."""

    trial = Pick(validators=needed("Say which trial."))
