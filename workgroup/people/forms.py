"""The shapes of changes to people."""

from wtforms.validators import EqualTo, Length

from workgroup.fields import Choice, Form, email, hidden, line, needed, secret, tick, words

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
    """Somebody wants to sign in."""

    email = email("Your e-mail", needed("Enter your e-mail."))
    then = hidden()


class UseLinkForm(Form):
    """A link was opened and its button pressed, or the code beside it typed; `token` is the browser's new cookie."""

    proof = secret("Code from the e-mail", needed("Enter the code from the e-mail."))
    token = secret("Cookie")
    shared = tick("This tablet is used by several people")


class SignInForm(Form):
    """Signing in with a password; the view has checked it."""

    person = hidden()
    token = secret("Cookie")


class PasswordSignInForm(Form):
    """What the sign-in page asks when somebody prefers a password."""

    email = email("Your e-mail", needed("Enter your e-mail."))
    password = secret("Password", needed("Enter your password."), render_kw={"autocomplete": "current-password"})
    then = hidden()


class SetPasswordForm(Form):
    """An optional password. NIST 800-63B: long, no rules of composition, paste allowed."""

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
    phone = line("Phone", most=40, description="Optional. Shown to the leaders of your Work Groups.")


class SignOutForm(Form):
    """A tablet is signed out; the person's own."""

    tablet = hidden()


class HubForm(Form):
    """The hub's own page."""

    name = line("Name of the Maths Hub", needed("Enter the name of the hub."))
    purpose = words(
        "What this is for", most=500, description="Shown wherever people write, so that they know who it is for."
    )
    privacy = words("Privacy notice", description="Who is responsible, and whom to ask.")
    seen = hidden()


class LinkForForm(Form):
    """A sign-in link made at the command line for somebody who cannot receive mail."""

    email = email("E-mail", needed("Enter an e-mail address."))
    proof = secret("Proof")
    code = secret("Code")
