"""The shapes of changes to what a head is sent of a journey, and of what the head says to it."""

from workgroup.fields import Form, Pick, email, hidden, line, needed, secret, tick, words

PROOF = "Open the link in the mail again."
SEEN_BY = (
    "The leaders of the Work Group read this, with your name and the day, and so does whoever opens this link. Nobody"
    " else does, unless you tick the box below. No names of pupils."
)


class AskHeadForm(Form):
    """A head is sent a school's journey, by a link: a contact of the school, or a name and an address."""

    school_in_group = Pick(validators=needed("Say which school."))
    contact = Pick("To whom")
    name = line("Name", most=100)
    email = email("E-mail")


class JourneyAskingForm(Form):
    """One link that was sent."""

    journey_asking = Pick(validators=needed("Say which link."))


class StatementForm(Form):
    """What a head says of the year. `proof` is the link, `seen` the version of the statement that it replaces."""

    proof = secret("Link", needed(PROOF))
    words = words("What you would say of this year", needed("Write your statement first."), most=2000,
                  description=SEEN_BY)  # fmt: skip
    may_quote = tick(
        "It may be quoted",
        description="In what the Work Group reports to the Maths Hub, with the school’s name and without yours.",
    )
    name = line(
        "Your name", needed("Enter your name."), most=100, description="Your name and the day are kept with it."
    )
    seen = hidden()


class StatementPickForm(Form):
    """The statement that was left by a link."""

    proof = secret("Link", needed(PROOF))
