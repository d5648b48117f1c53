"""The shapes of changes to the reports of visits."""

from workgroup.fields import Form, Pick, Picks, Rows, email, hidden, line, needed, secret, tick, words

SEES = (
    "Only the leaders of the Work Group see this until you send it; then the school does."
    " Pupils by code, never a name; never about one teacher."
)


class PlaceForm(Form):
    """Where one note goes in the draft: whether it is used, and under which aspect."""

    visit_note = Pick(validators=needed("Say which note."))
    used = tick("Use it")
    aspect = Pick("Under")


class DraftForm(Form):
    """The notes that the draft is made of; `seen` is the text that it takes the place of."""

    visit = Pick(validators=needed("Say which visit."))
    notes = Rows(PlaceForm, most=300)
    seen = hidden()


class WriteForm(Form):
    """The text of a report, written from the one that `seen` names."""

    visit = Pick(validators=needed("Say which visit."))
    words = words(
        "The report", needed("Write the report first."), most=20_000,
        description=f"{SEES} A line that begins with # and a space stands as a heading.",
    )  # fmt: skip
    seen = hidden()


class SendForm(Form):
    """To whom the text goes that `seen` names: contacts of the school, or an address that is typed."""

    visit = Pick(validators=needed("Say which visit."))
    contacts = Picks("To", most=20)
    name = line("Or to somebody else: their name", most=100)
    email = email("Their e-mail")
    seen = hidden()


class WithdrawForm(Form):
    """A sent report that is taken back, and the reason, which whoever opens its link reads."""

    report_sent = Pick(validators=needed("Say which report."))
    why = line("Why", needed("Say why: whoever opens the link reads it."), most=500,
               description="Whoever opens the link reads this instead of the report.")  # fmt: skip


class SentPickForm(Form):
    """One sent report."""

    report_sent = Pick(validators=needed("Say which report."))


class RecipientForm(Form):
    """Somebody a report was sent to."""

    report_to = Pick(validators=needed("Say to whom it was sent."))


class AcknowledgeForm(Form):
    """Somebody of the school has read the report. `proof` is the link it was sent by, `seen` the one they read."""

    proof = secret("Link", needed("Open the link in the mail again."))
    name = line("Your name", needed("Enter your name."), most=100,
                description="Your name and the day stand beside the report for all who may read it.")  # fmt: skip
    words = words("Anything you want to say to it", most=2000,
                  description="Only the leaders of the Work Group see this. No names of pupils.")  # fmt: skip
    seen = hidden()
