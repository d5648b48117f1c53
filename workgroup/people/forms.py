"""The shapes of changes to people."""

import re
from itertools import pairwise

from wtforms.validators import EqualTo, Length, Optional, Regexp, ValidationError

from workgroup.fields import Choice, Form, Pick, email, hidden, line, needed, secret, tick, words

SEVERAL_PEOPLE = "This tablet is used by several people"
HUB_ROLES = [("lead", "Hub lead"), ("administrator", "Hub administrator")]


class SetUpForm(Form):
    """The first change of a new database: the hub and its lead."""

    hub = line("Name of the Maths Hub", needed("Enter the name of the hub."))
    name = line("Your name", needed("Enter your name."))
    email = email("Your e-mail", needed("Enter your e-mail."))


class InviteForm(Form):
    """Somebody of the hub itself; people of a Work Group are invited from their group."""

    name = line("Name", needed("Enter a name."))
    email = email("E-mail", needed("Enter an e-mail address."))
    role = Choice("Role", needed("Choose a role."), HUB_ROLES)


class EndRoleForm(Form):
    """A hub role comes to its end."""

    role = hidden("Role")


class AskForLinkForm(Form):
    """Somebody wants to sign in. Whose it is the change says; an address that is nobody's here is kept nowhere."""

    not_kept = ("email",)

    email = email("Your e-mail", needed("Enter your e-mail."))
    then = hidden()


class UseLinkForm(Form):
    """A link was opened and its button pressed, or the code beside it typed; `token` is the browser's new cookie."""

    proof = secret("Code from the e-mail", needed("Enter the code from the e-mail."))
    token = secret("Cookie")
    shared = tick(SEVERAL_PEOPLE)


class SignInForm(Form):
    """Signing in with a password; the view has checked it."""

    person = hidden()
    token = secret("Cookie")
    shared = tick(SEVERAL_PEOPLE)


class PasswordSignInForm(Form):
    """What the sign-in page asks when somebody prefers a password."""

    email = email("Your e-mail", needed("Enter your e-mail."))
    password = secret("Password", needed("Enter your password."), render_kw={"autocomplete": "current-password"})
    shared = tick(SEVERAL_PEOPLE)
    then = hidden()


class SetPasswordForm(Form):
    """An optional password. NIST 800-63B: long, no rules of composition, paste allowed."""

    current = secret("The password you have now", render_kw={"autocomplete": "current-password"})
    password = secret(
        "New password",
        [*needed("Enter a password."), Length(min=10, message="Use 10 characters or more.")],
        description="10 characters or more. Three words you remember are good.",
        render_kw={"autocomplete": "new-password"},
    )
    again = secret(
        "The same again", [EqualTo("password", message="The two are not the same.")],
        render_kw={"autocomplete": "new-password"},
    )  # fmt: skip


class AccountForm(Form):
    """What a person may change about themselves."""

    name = line("Name", needed("Enter your name."))
    phone = line("Phone", most=40, description="Shown to the leaders of your Work Groups.")


class NumberForm(Form):
    """Somebody's teacher reference number; left blank, it goes."""

    person = Pick(validators=needed("Say whose."))
    trn = line(
        "Teacher reference number (TRN)", [Optional(), Regexp("^[0-9]{7}$", message="A TRN has seven digits.")],
        description="Seven digits, as on a payslip. Leave it blank to take it away.",
        render_kw={"inputmode": "numeric", "autocomplete": "off"},
    )  # fmt: skip

    def filter_trn(self, text):
        """Take away what papers write round the seven digits: RP 12/34567."""
        return re.sub(r"^RP|[\s/-]", "", text.strip(), flags=re.IGNORECASE) if isinstance(text, str) else text


class KeepNumbersForm(Form):
    """Whether the hub keeps teacher reference numbers."""

    keeps = Choice(
        "Shall they be kept?", needed("Choose one."),
        [("no", "No|Numbers that were typed before go for good."), ("yes", "Yes|People may type theirs.")],
    )  # fmt: skip


class SignOutForm(Form):
    """A tablet is signed out; the person's own."""

    tablet = hidden()


class SignOthersOutForm(Form):
    """All of a person's devices but the one that asks are signed out."""


class EndSignInsForm(Form):
    """Somebody is signed out on every device."""

    person = Pick(validators=needed("Say whom."))


# not kept by the browser: on a shared tablet it would offer the PIN to the next person
PIN_BOX = {"autocomplete": "off", "inputmode": "numeric"}


def _without_spaces(text):
    return "".join(text.split()) if isinstance(text, str) else text


def _is_a_pin(form, field):
    """Ask for six to twelve digits that are not the first that somebody else would try."""
    pin = field.data
    if not (pin.isascii() and pin.isdigit() and 6 <= len(pin) <= 12):
        raise ValidationError("Use six to twelve digits.")
    steps = {(int(b) - int(a)) % 10 for a, b in pairwise(pin)}
    if steps in ({0}, {1}, {9}):
        raise ValidationError("This one is tried first by everybody. Choose other digits.")


class SetPinForm(Form):
    """The PIN that unlocks shared tablets; typed or pasted, spaces do not matter."""

    pin = secret(
        "New PIN", [*needed("Enter a PIN."), _is_a_pin], filters=[_without_spaces],
        description="Six to twelve digits. Not a run like 123456, and not the same digit throughout.",
        render_kw=PIN_BOX,
    )  # fmt: skip
    again = secret(
        "The same PIN again", [EqualTo("pin", message="The two are not the same.")], filters=[_without_spaces],
        render_kw=PIN_BOX,
    )  # fmt: skip


class UnlockForm(Form):
    """What the lock screen asks."""

    pin = secret("PIN", needed("Enter your PIN."), filters=[_without_spaces], render_kw=PIN_BOX)


class TabletForm(Form):
    """A device one is signed in on."""

    tablet = hidden()
    name = line("Name of this device", most=60, description="Such as: silver tablet, Room 4.")
    shared = tick(SEVERAL_PEOPLE, description="It locks after ten minutes, and you unlock it with your PIN.")


class LockForm(Form):
    """A tablet is locked or unlocked; the person's own."""

    tablet = hidden()


class HubForm(Form):
    """The hub's own page."""

    name = line("Name of the Maths Hub", needed("Enter the name of the hub."))
    purpose = words(
        "What this is for", most=500, description="Shown wherever people write, so that they know who it is for."
    )
    privacy = words(
        "Privacy notice", description="Who is responsible, and whom to ask. A short line of its own is a heading.",
        render_kw={"rows": 14},
    )
    contact = words(
        "How anybody reaches the hub", most=500, render_kw={"rows": 3},
        description="An e-mail, a phone, when it is answered: the hub’s, not one person’s. Anybody may read it.",
    )  # fmt: skip
    seen = hidden()


class EraseForm(Form):
    """Somebody whose own words and facts are to go."""

    person = Pick(validators=needed("Say whom."))


class LinkForForm(Form):
    """A sign-in link made at the command line for somebody who cannot receive mail."""

    email = email("E-mail", needed("Enter an e-mail address."))
    proof = secret("Proof")
    code = secret("Code")
