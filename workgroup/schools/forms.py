"""The shapes of changes to schools."""

from wtforms.validators import Regexp

from workgroup.fields import Choice, Form, Pick, email, hidden, line, needed, words
from workgroup.number_fields import Count

PHASES = [
    (p, p)
    for p in (
        "Primary", "Secondary", "All-through", "Middle deemed primary", "Middle deemed secondary", "Nursery", "16 plus",
        "Not applicable",
    )
]  # fmt: skip
PHOTOS = [
    ("none", "Nothing"),
    ("board", "The board|Never a pupil, never a name."),
    ("work", "The board and pupils’ work|Never a face, never a name."),
]
A_URN = Regexp(r"^\d{6}$", message="Enter the six digits of the URN.")
CONTACTS = [("head", "Headteacher"), ("office", "Office"), ("other", "Somebody else")]


class SchoolForm(Form):
    """A school entered by hand."""

    urn = line("URN", [*needed("Enter the six digits of the URN."), A_URN], most=6)
    name = line("Name", needed("Enter the name of the school."))
    phase = Choice("Phase", needed("Choose a phase."), PHASES)
    la = line("Local authority")
    type = line("Kind of school")
    trust = line("Trust")
    street = line("Street")
    town = line("Town")
    postcode = line("Postcode", most=10)


class EditSchoolForm(SchoolForm):
    """A school entered by hand, changed."""

    school = Pick(validators=needed("Say which school."))
    seen = hidden()


class HostForm(Form):
    """What a guest must know."""

    school = Pick(validators=needed("Say which school."))
    entrance = words("Entrance", most=1000, description="Which door, what to press, what to say.")
    room = words("Room", most=1000)
    parking = words("Parking", most=1000)
    wifi = words("Wifi", most=1000, description="How to get on it. How it behaved is asked after each session.")
    photos = Choice("What guests may photograph", choices=PHOTOS, description="Until this is answered: nothing.")
    photo_rule = words("More about photos", most=1000, description="What may be photographed, and what not.")
    device_rule = words("Phones and tablets", most=1000)
    late_contact = line("If somebody runs late", most=300, description="A number, and whom to ask for.")
    seen = hidden()


class ContactForm(Form):
    """Somebody at a school, entered by hand."""

    school = Pick(validators=needed("Say which school."))
    role = Choice("Role", needed("Choose a role."), CONTACTS)
    name = line("Name", needed("Enter a name."))
    email = email("E-mail")
    phone = line("Phone", most=40)


class ContactPickForm(Form):
    """One contact."""

    contact = Pick(validators=needed("Say which contact."))


class ImportForm(Form):
    """What an import of the register came to; the rows themselves went in before, a thousand at a time."""

    file = line("File", needed("Say which file."))
    digest = line("Digest of the file")
    rows_read = Count("Rows read")
    added = Count("Added")
    changed = Count("Changed")
    refused = Count("Refused")


class ImportListForm(Form):
    """The rows of a hub’s own list after its preview, as JSON: a list of the fields of a school entered by hand."""

    rows = line("Rows", needed("There is no school to bring in."), most=1_500_000)
