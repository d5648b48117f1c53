"""The shapes of changes to a whole year."""

from workgroup.fields import Choice, Day, Form, Pick, Picks, Rows, Time, hidden, line, needed, tick
from workgroup.number_fields import Count

PLACES = [("room", "In a room"), ("online", "Online"), ("mixed", "Both")]


class AskForm(Form):
    """What a year is proposed from."""

    first = Day("First session", needed("Enter the day of the first session."))
    count = Count("How many sessions", needed("Enter how many sessions."), least=1, most=30)
    kind = line("What kind of meeting", needed("Enter the kind of meeting."), most=60)
    starts = Time("Starts", needed("Enter when they start."))
    ends = Time("Ends", needed("Enter when they end."))
    mode = Choice("Where", needed("Choose one."), PLACES)
    visits = Count("Visits to each school", most=20)
    hosts = Picks("Who hosts, in turn")


class SessionRow(Form):
    """One session of the year; without a day it is left out, without a kind it has the year's."""

    day = Day("Day")
    kind = line("Kind of meeting", most=60)
    title = line("Title")
    host = Pick("Host school")


class PlanYearForm(Form):
    """The sessions of a year, and visits to each school."""

    work_group = Pick(validators=needed("Say which Work Group."))
    kind = line("What kind of meeting", needed("Enter the kind of meeting."), most=60)
    starts = Time("Starts", needed("Enter when they start."))
    ends = Time("Ends", needed("Enter when they end."))
    mode = Choice("Where", needed("Choose one."), PLACES)
    visits = Count("Visits to each school", most=20)
    rows = Rows(SessionRow, most=40)
    anyway = tick("Plan these days all the same")


class YearPickForm(Form):
    """A year that was planned in one step."""

    work_group = Pick(validators=needed("Say which Work Group."))


class MoveRow(Form):
    """One session that moves too; without a tick it stays where it is."""

    session = Pick(validators=needed("Say which session."))
    moves = tick("Move it")
    day = Day("To")
    seen = hidden()


class MoveRestForm(Form):
    """The sessions after one that was moved."""

    session = Pick(validators=needed("Say which session."))
    rows = Rows(MoveRow, most=60)
    anyway = tick("Move them all the same")


BECOMES = [
    ("carries", "Carries on|In next year’s Work Group too."),
    ("completed", "Has completed|They have done what they signed up for."),
    ("withdrawn", "Has withdrawn|They left before the end. Say why."),
    ("stays", "Nothing changes|Not in next year’s group, and nothing noted here."),
]


class SchoolRow(Form):
    """What becomes of a school."""

    school_in_group = Pick(validators=needed("Say which school."))
    becomes = Choice("What becomes of it", needed("Choose one."), BECOMES)
    reason = line("Reason", most=1000)


class NextYearForm(Form):
    """Next year's Work Group, made from this one."""

    work_group = Pick(validators=needed("Say which Work Group."))
    title = line("Title", needed("Enter a title."))
    strand = line("Strand", description="Any wording; the usual ones are offered.")
    project_code = line("Project code", most=30, description="Like NCP26-10, a local code, or nothing.")
    academic_year = line("Academic year", needed("Enter an academic year like 2026/27."))
    on_day = Day("This year ends on", needed("Enter the day."))
    schools = Rows(SchoolRow, most=200)
    people = Picks("Who comes along")
    gap_tasks = Picks("Open gap tasks that come along")
    action_plans = Picks("Action plans that come along")
