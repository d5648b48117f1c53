"""The shapes of changes to invitations and to a host's word."""

from workgroup.fields import Choice, Day, Form, Pick, Picks, email, hidden, line, needed, secret, words

PHOTOS = [
    ("none", "Nothing"),
    ("board", "The board|Never a pupil, never a name."),
    ("work", "The board and pupils’ work|Never a face, never a name."),
]
ANSWERS = [
    ("coming", "I am coming"),
    ("apologies", "I cannot come"),
    ("cover", "Somebody comes in my place"),
]
WIFI = [
    ("held", "It held"),
    ("patchy", "It came and went"),
    ("failed", "It did not work|For guests, or for some of them."),
]

FROM = "Only where no school above is right: another school, a trust, the university."


class InviteForm(Form):
    """Who is told how a session stands: one person, or everybody who does not know."""

    session = Pick(validators=needed("Say which session."))
    person = Pick("Who")


class UninviteForm(Form):
    """Somebody who was invited and is not expected any more."""

    membership = Pick(validators=needed("Say who."))


class AnswerForm(Form):
    """An answer to an invitation: one's own, or what somebody told a leader."""

    session = Pick(validators=needed("Say which session."))
    person = Pick("Who", needed("Choose who."))
    answer = Choice("Are you coming?", needed("Choose one."), ANSWERS)
    cover = line("Who comes in your place", most=100)
    told_on = Day("When they told us")


class ClaimForm(Form):
    """Somebody says at the door who they are, on their own phone."""

    proof = secret("Code", needed("Type the code that the room shows now."))
    device = secret("Device", needed("Load this page again."))
    before = secret("Device as it said another name")
    person = Pick("Who are you?")
    visitor = line("Your name", most=100)
    school = Pick("Your school")
    comes_from = line("Where you are from", most=100, description=FROM)


class GoInForm(Form):
    """The phone that was let in at the door; `token` is what its cookie will hold."""

    device = secret("Device", needed("Load this page again."))
    token = secret("Browser", needed("Load this page again."))


class KeepAsOwnForm(Form):
    """A visitor's e-mail, so that what they wrote becomes their own account's."""

    session = Pick(validators=needed("Say which session."))
    email = email("Your e-mail", needed("Enter your e-mail."))


class AtDoorForm(Form):
    """Those at the door who are let in, or are not."""

    session = Pick(validators=needed("Say which session."))
    claims = Picks("Who", needed("Choose who."), most=100)


class AskHostForm(Form):
    """The host is asked to confirm, by a link to somebody of the school."""

    session = Pick(validators=needed("Say which session."))
    contact = Pick("Whom to ask", needed("Choose whom to ask."))


class HostLinkForm(Form):
    """The link to a session's host."""

    session = Pick(validators=needed("Say which session."))


class WifiForm(Form):
    """How the wifi behaved at a session, for whoever comes to that school next."""

    session = Pick(validators=needed("Say which session."))
    went = Choice("On the day", needed("Choose one."), WIFI)
    words = words("What to know next time", most=1000, description="Where it was good, what it asked for or blocked.")


class HostWifiForm(WifiForm):
    """The same from the host school; `proof` is the link it was asked by."""

    session = None
    proof = secret("Link", needed("Open the link in the mail again."))


class HostWordForm(Form):
    """A host's word: yes or no, and what guests must know. `proof` is the link it was asked by."""

    proof = secret("Link", needed("Open the link in the mail again."))
    answer = Choice("Can we come?", needed("Choose one."), [("yes", "Yes, come"), ("no", "No, not on that day")])
    name = line("Your name", needed("Enter your name."), most=100)
    entrance = words("Entrance", most=1000, description="Which door, what to press, what to say.")
    room = words("Room", most=1000)
    parking = words("Parking", most=1000)
    wifi = words("Wifi for guests", most=1000)
    photos = Choice("What guests may photograph", choices=PHOTOS, description="Until this is answered: nothing.")
    photo_rule = words("More about photos", most=1000)
    device_rule = words("Phones and tablets near pupils", most=1000)
    late_contact = line("If somebody runs late", most=300, description="A number, and whom to ask for.")
    words = words("Anything else", most=1000)
    seen = hidden()
