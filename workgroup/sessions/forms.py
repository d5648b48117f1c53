"""The shapes of changes to sessions, their agenda and their register."""

from wtforms import FileField
from wtforms.validators import Length

from workgroup.fields import (
    Choice,
    Day,
    Form,
    Moment,
    Pick,
    Rows,
    Time,
    hidden,
    line,
    needed,
    secret,
    tick,
    words,
)  # fmt: skip
from workgroup.number_fields import Count

MODES = [
    ("room", "In a room"),
    ("online", "Online"),
    ("mixed", "Both|Some in the room, some by the link."),
]
STATES = [(s, s) for s in ("planned", "open", "closed", "postponed", "cancelled")]
# The usual kinds of meeting; a group may write any other.
SESSION_KINDS = (
    "TRG", "Launch", "Collaborative planning", "Online twilight", "Doing maths together",
    "In-school TRG", "Department meeting", "Pilot workshop", "Showcase lesson", "Residential", "Hub meeting",
    "Specialists’ online group",
)  # fmt: skip
BLOCKS = (
    "arrivals", "gap-task returns", "input", "briefing", "open lesson", "quiet notes", "discussion", "implications",
    "next task", "reflection", "break", "other",
)  # fmt: skip
STATUSES = [
    ("present", "Here"),
    ("apologies", "Apologies"),
    ("absent", "No word"),
    ("not expected", "Not expected"),
]
ATTENDING = [
    ("participant", "Participant"),
    ("leader", "Leader"),
    ("substitute", "Substitute"),
    ("visitor", "Visitor"),
]
MOST_BLOCKS = 60  # of a running order
PROMPT = "On the room’s screen while this is on. Empty: the usual one of its kind."
CODES = "Pupils by code: Pupil A, Table 3. Never a name."


class SessionForm(Form):
    """A session's own facts."""

    kind = line("What kind of meeting", needed("Enter the kind of meeting."), most=60)
    title = line("Title", needed("Enter a title."))
    day = Day("Day", needed("Enter the day."))
    starts = Time("Starts", needed("Enter when it starts."))
    ends = Time("Ends", needed("Enter when it ends."))
    mode = Choice("Where", needed("Choose one."), MODES)
    host = Pick("Host school")
    joining_link = line("Joining link", most=500, description="For those who join from elsewhere.")
    number = Count("Number in the year", least=1, most=99)
    anyway = tick("Keep this day although it lies in no half-term")


class PlanForm(SessionForm):
    """A new session."""

    work_group = Pick(validators=needed("Say which Work Group."))
    agenda = Choice("Agenda", choices=[("usual", "The usual running order"), ("empty", "Empty, I write my own")])


class EditForm(SessionForm):
    """A session, changed."""

    takes_usual = tick("If its kind changes, take the running order of the new kind")
    session = Pick(validators=needed("Say which session."))
    seen = hidden()


class StateForm(Form):
    """A session is opened, closed, postponed or cancelled."""

    session = Pick(validators=needed("Say which session."))
    state = Choice("State", needed("Choose one."), STATES)
    why = line("Why", description="Everybody in the group can read this.")


class ScreenForm(Form):
    """A code for the room's screen; made by the page that shows it."""

    session = Pick(validators=needed("Say which session."))
    code = secret("Code", needed("Load this page again, then make the code."))


class HandOverForm(Form):
    """Somebody else runs it."""

    session = Pick(validators=needed("Say which session."))
    person = Pick("Who runs it", needed("Choose who runs it."))


class BlockForm(Form):
    """A block of the agenda."""

    session = Pick(validators=needed("Say which session."))
    kind = Choice("Kind", needed("Choose a kind."), [(b, b.capitalize()) for b in BLOCKS])
    minutes = Count("Minutes", needed("Enter how many minutes."), most=600)
    title = line("Title", needed("Enter a title."))
    lead = Pick("Who leads")
    prompt = line("Question for the room", description=PROMPT)
    private_words = words("Leaders’ note", most=4000, description="Every leader of the Work Group reads it.")
    words = words("What happens", most=4000, description="Everybody in the group can read this.")


class EditBlockForm(BlockForm):
    """A block, changed; `seen` is what it said when the form was opened."""

    session = None
    block = Pick(validators=needed("Say which block."))
    seen = hidden()


class NoteToSelfForm(Form):
    """A leader's own note with a block."""

    block = Pick(validators=needed("Say which block."))
    mine = words("Note to myself", most=4000, description="Nobody else reads it, no other leader either.")


class MoveBlockForm(Form):
    """A block moves one place, or to a place of the agenda counted from 1."""

    block = Pick(validators=needed("Say which block."))
    direction = Choice("Direction", choices=[("up", "Earlier"), ("down", "Later")])
    place = Count("Place", least=1, most=200)


class TemplateBlockForm(Form):
    """One block of a template; without a title it is none."""

    kind = Choice("Kind", choices=[(b, b.capitalize()) for b in BLOCKS])
    minutes = Count("Minutes", most=600)
    title = line("Title")


class TemplateForm(Form):
    """A running order for a kind of meeting: the hub's, or a Work Group's own."""

    work_group = Pick("Work Group")
    kind = line("Kind of meeting", most=60, description="Empty: for every kind that has no running order of its own.")
    seen = hidden()
    blocks = Rows(TemplateBlockForm, most=MOST_BLOCKS)


class TemplatePickForm(Form):
    """One running order."""

    template = Pick(validators=needed("Say which running order."))


class SessionPickForm(Form):
    """One session."""

    session = Pick(validators=needed("Say which session."))


class MaterialForm(Form):
    """Something that is needed: a link, or a file."""

    session = Pick(validators=needed("Say which session."))
    block = Pick("Part of the session")
    title = line("What is it", description="Empty: the name of the file, or the address.")
    url = line("Link", most=1000)
    file = FileField("Or a file", description="PDF, Word, PowerPoint or Excel, up to 10 MB.")


class MaterialPickForm(Form):
    """One of the materials."""

    material = Pick(validators=needed("Say which."))


class CopyAgendaForm(Form):
    """The agenda of an earlier session takes the place of this one's."""

    session = Pick(validators=needed("Say which session."))
    source = Pick("From", needed("Choose a session."))


class RestoreAgendaForm(Form):
    """An agenda that another took the place of; `agenda` is the change by which it went."""

    session = Pick(validators=needed("Say which session."))
    agenda = Pick(validators=needed("Say which agenda."))


class CutBlockForm(Form):
    """A block takes another time than was planned."""

    block = Pick(validators=needed("Say which block."))
    minutes = Count("Minutes", needed("Enter how many minutes."), most=600)


class BlockPickForm(Form):
    """One block."""

    block = Pick(validators=needed("Say which block."))


class MarkForm(Form):
    """One tap on the register."""

    session = Pick(validators=needed("Say which session."))
    person = Pick("Who")
    visitor = line("Visitor’s name", most=100)
    school = Pick("School")
    comes_from = line("Where they are from", most=100, description="Only where no school of the list is right.")
    attending_as = Choice("Attending as", choices=ATTENDING)
    substitute_for = Pick("In place of")
    status = Choice("Status", needed("Choose one."), STATUSES)
    told_on = Day("When they told us")
    in_at = Moment("In")
    out_at = Moment("Out")
    in_time = Time("In")
    out_time = Time("Out")


class UnmarkForm(Form):
    """A tap on the register, taken back."""

    session = Pick(validators=needed("Say which session."))
    mark = Pick(validators=needed("Say which mark."))


class FeedPickForm(Form):
    """One of one's own calendar addresses: of a Work Group, or of all."""

    work_group = Pick("Which sessions")


_MAKE_ANEW = "Load this page again, then make the address."


class FeedForm(FeedPickForm):
    """A new calendar address."""

    # the address opens without a sign-in: it is as long as a page makes it, and no word of one's own
    proof = secret("Secret", [*needed(_MAKE_ANEW), Length(min=43, message=_MAKE_ANEW)])


class MarkSchoolForm(Form):
    """Everybody of a school is here."""

    session = Pick(validators=needed("Say which session."))
    school_in_group = Pick(validators=needed("Say which school."))


class NoteForm(Form):
    """A note of the session."""

    session = Pick(validators=needed("Say which session."))
    block = Pick("Part of the session")
    words = words("Note", needed("Enter a note."), description=CODES)


class NotePickForm(Form):
    """One note."""

    note = Pick(validators=needed("Say which note."))


class DecideForm(Form):
    """What was decided."""

    session = Pick(validators=needed("Say which session."))
    words = words("Decision", needed("Enter what was decided."), most=2000)


class DecisionPickForm(Form):
    """One decision."""

    decision = Pick(validators=needed("Say which decision."))


class SummariseForm(Form):
    """The summary, written from the version or versions that `after` names."""

    session = Pick(validators=needed("Say which session."))
    words = words("Summary", needed("Enter a summary."), description="It goes into the hub’s attendance file.")
    after = hidden()
