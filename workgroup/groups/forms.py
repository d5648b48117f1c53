"""The shapes of changes to Work Groups."""

from wtforms.validators import Regexp

from workgroup.clock import HALF_TERMS
from workgroup.fields import Choice, Day, Form, Pick, email, hidden, line, needed
from workgroup.number_fields import Amount, Count, Pounds

# Facts of the programme as public pages name it (2015-2026); a group may write any other.
STRANDS = (
    "Primary Introductory", "Primary Readiness", "Primary Development", "Primary Embedding", "Primary Sustaining",
    "Secondary Introductory", "Secondary Development", "Secondary Embedding", "Secondary Sustaining",
    "Local or research group",
)  # fmt: skip
STATES = [
    ("registered", "Registered|They have signed up."),
    ("active", "Active|They have begun to take part."),
    ("completed", "Completed|They have done what they signed up for."),
    ("withdrawn", "Withdrawn|They have left before the end. Say why."),
]
ROLES = [("participant", "Participant"), ("leader", "Leader")]
OWN = "Blank: what the strand comes with."
A_YEAR = Regexp(r"^\d{4}/\d\d$", message="Enter an academic year like 2026/27.")


class GroupForm(Form):
    """A Work Group's own page."""

    title = line("Title", needed("Enter a title."))
    strand = line("Strand", description="Any wording; the usual ones are offered.")
    project_code = line("Project code", most=30, description="Like NCP26-10, a local code, or nothing.")
    academic_year = line("Academic year", [*needed("Enter an academic year like 2026/27."), A_YEAR])
    leader_word = line("Word for a leader", needed("Enter the word for a leader."), most=40)
    participant_word = line("Word for a participant", needed("Enter the word for a participant."), most=40)
    meeting_word = line("Word for a meeting", needed("Enter the word for a meeting."), most=40)
    visits_per_school = Count("Support visits to each school", most=60, description=OWN)
    visit_days_per_school = Amount("Days of visits to each school", most=60, description=OWN)


class EditGroupForm(GroupForm):
    """A Work Group's page, changed."""

    work_group = Pick(validators=needed("Say which Work Group."))
    seen = hidden()


class GroupPickForm(Form):
    """One Work Group."""

    work_group = Pick(validators=needed("Say which Work Group."))


class AddSchoolForm(Form):
    """A school joins."""

    work_group = Pick(validators=needed("Say which Work Group."))
    school = Pick("School", needed("Choose a school."))
    since_on = Day("Registered on")


class EngagementForm(Form):
    """A school's engagement changes on a day."""

    school_in_group = Pick(validators=needed("Say which school."))
    state = Choice("Where they are now", needed("Choose one."), STATES)
    since_on = Day("Since", needed("Enter the day."))
    reason = line("Reason", most=1000, description="Needed when a school withdraws; otherwise as you like.")


class AddPersonForm(Form):
    """Somebody joins, and is invited by e-mail."""

    work_group = Pick(validators=needed("Say which Work Group."))
    name = line("Name", needed("Enter a name."))
    email = email("E-mail", description="For the invitation. Can be added later.")
    role = Choice("Role in this group", needed("Choose a role."), ROLES)
    school = Pick("School")
    title = line("Role in school", description="Like maths lead, or Year 3 teacher.")
    from_on = Day("From")


class EmailForm(Form):
    """The e-mail of somebody who has not signed in yet."""

    membership = Pick(validators=needed("Say who."))
    email = email("E-mail", needed("Enter the e-mail."))


class EndMembershipForm(Form):
    """Somebody leaves; what they wrote stays."""

    membership = Pick(validators=needed("Say who."))
    to_on = Day("Last day", needed("Enter the last day."))
    why = line("Why", description="Optional.")


class MembershipForm(Form):
    """One person's part in a group."""

    membership = Pick(validators=needed("Say who."))


class SchoolInGroupForm(Form):
    """One school of a group."""

    school_in_group = Pick(validators=needed("Say which school."))


class EngagementPickForm(SchoolInGroupForm):
    """What was noted of a school's engagement on one occasion."""

    engagement = Pick(validators=needed("Say which note."))


class _MoneyForm(Form):
    amount = Pounds("Amount in pounds", needed("Enter the amount."))
    purpose = line("What for", needed("Enter what it is for, like release time."))
    paid_on = Day("Paid on")


class GrantForm(_MoneyForm):
    """Money for a school."""

    school_in_group = Pick(validators=needed("Say which school."))


class EditGrantForm(_MoneyForm):
    """A grant, changed."""

    grant = Pick(validators=needed("Say which grant."))
    seen = hidden()


class GrantPickForm(Form):
    """One grant."""

    grant = Pick(validators=needed("Say which grant."))


class TagForm(Form):
    """A tag is named, or taken out of use."""

    tag = Pick(validators=needed("Say which tag."))
    name = line("Name", needed("Enter a name."), most=40)
    ended = Count("Out of use", most=1)


class AddTagForm(Form):
    """Another tag; at most eight are in use."""

    work_group = Pick(validators=needed("Say which Work Group."))
    name = line("Name", needed("Enter a name."), most=40)


class ShapeForm(Form):
    """What a strand comes with, from an academic year on; blank is as agreed."""

    strand = line("Strand", needed("Enter the strand."))
    from_year = line("From the academic year", [*needed("Enter an academic year like 2026/27."), A_YEAR])
    meetings = Count("Meetings", least=1, most=30)
    visits = Count("Visits to each school", most=60)
    visit_days = Amount("Days of visits to each school", most=60)
    seen = hidden()


class HalfTermForm(Form):
    """One half-term of an academic year."""

    academic_year = line("Academic year", [*needed("Say which year."), A_YEAR])
    name = Choice("Half-term", needed("Choose a half-term."), [(n, n) for n in HALF_TERMS])
    from_on = Day("First day", needed("Enter the first day."))
    to_on = Day("Last day", needed("Enter the last day."))
    school = Pick("School")


class SchoolTermsForm(Form):
    """The half-terms of an academic year, all six: a school's own, or without a school the hub's."""

    academic_year = line("Academic year", [*needed("Say which year."), A_YEAR])
    school = Pick("School")


class ImportParticipantsForm(Form):
    """The rows of a sheet after its preview, as JSON: a list of school, name, email and title."""

    work_group = Pick(validators=needed("Say which Work Group."))
    rows = line("Rows", needed("There is nobody to bring in."), most=200_000)
