"""The shapes of changes to open lessons. No grade, score or rating has a field anywhere."""

import re

from wtforms.validators import ValidationError

from workgroup.fields import (
    Choice,
    Day,
    Form,
    LessonClock,
    Moment,
    Pick,
    Picks,
    Time,
    email,
    hidden,
    line,
    needed,
    options,
    tick,
    words,
)  # fmt: skip
from workgroup.number_fields import Count

PHASES = [
    ("whole class", "Whole class"),
    ("pairs", "Pairs"),
    ("groups", "Groups"),
    ("independent", "Independent"),
]
STEPS = [
    ("teacher", "The teacher first|Who taught speaks; then questions for us."),
    ("evidence", "What we saw|Predicted and not; no opinions yet."),
    ("conjecture", "Why, perhaps|Conjectures."),
    ("implications", "In our schools|What each pair will try."),
    ("closing", "Thanks, and what may be shared"),
]
SHARED = [
    ("room", "The room|Those who were there."),
    ("group", "My Work Group|Everybody in the group."),
    ("hub", "My Work Group and the hub|It may support the hub’s report, without names."),
    ("nobody", "Nobody|It stays between you and whoever wrote each note."),
]
CODES = "Pupils by code: Pupil A, Table 3. Never a name."
_CODE = re.compile(r"(?:(pupils?|p|table|t|group|g)\s*)?([a-z]|\d{1,2})(?:\s*(?:,|&|and)\s*([a-z]|\d{1,2}))*", re.I)
_KINDS = {"p": "Pupil", "t": "Table", "g": "Group"}


def read_code(text):
    """Return a code as it is kept: A → Pupil A, t3 → Table 3, all → Whole class; ValueError for anything else."""
    text = re.sub(r"\s+", " ", (text or "").strip())
    if not text:
        return None
    if text.casefold() in ("all", "whole class", "class", "everyone"):
        return "Whole class"
    match = _CODE.fullmatch(text)
    if not match:
        raise ValueError("not a code")
    kind = (match[1] or ("p" if match[2].isalpha() else "t"))[0].lower()
    who = text[match.end(1) if match[1] else 0 :].strip().upper().replace(" AND ", ", ").replace("&", ",")
    who = re.sub(r"\s*,\s*", ", ", who)
    return f"{_KINDS[kind]}{'s' if ',' in who and kind == 'p' else ''} {who}"


class _Code:
    """Take a code, never a name (domain.md: pupils are never identified)."""

    def __call__(self, form, field):
        try:
            field.data = read_code(field.data)
        except ValueError:
            raise ValidationError("Use a code like Pupil A or Table 3, never a name.") from None


class LessonForm(Form):
    """The briefing of an open lesson."""

    teacher = Pick("Who teaches")
    teacher_name = line("Or somebody without an account", most=100)
    chair = Pick("Who chairs the discussion", description="Never the teacher.")
    class_name = line("Class", needed("Enter the class, like Year 3."), most=60)
    pupils = Count("How many pupils", least=1, most=400)
    starts = Time("Starts")
    minutes = Count("Minutes", least=1, most=300)
    topic = line("Topic", needed("Enter the topic."))
    context = words("The class", most=3000, description="What they know, how they work. No names.")
    aims = words("Aims", most=2000, description="One a line.")
    key_point = words("Key point", most=1000, description="The one idea that the lesson is for.")
    difficult_points = words("Difficult points", most=4000, description="Where pupils may struggle, one a line.")
    predicted = words("Predicted responses", most=4000, description="What pupils may say or do, one a line.")
    representations = words("Representations", most=2000, description="One a line.")
    stem_sentences = words("Stem sentences", most=2000, description="One a line.")
    question_maths = words("Research question, mathematical", most=1000)
    question_pedagogy = words("Research question, pedagogical", most=1000)
    wanted = words("What the teacher wants to learn", most=2000)


class PlanForm(LessonForm):
    """A new open lesson."""

    session = Pick(validators=needed("Say which session."))


class EditForm(LessonForm):
    """An open lesson, changed."""

    lesson = Pick(validators=needed("Say which lesson."))
    seen = hidden()


class ScreenForm(Form):
    """Whether the lesson may be shown on the room's screen while it is discussed."""

    lesson = Pick(validators=needed("Say which lesson."))
    on_screen = Choice("On the screen", needed("Choose one."), [("yes", "Yes"), ("no", "No")])


class LessonPickForm(Form):
    """One lesson."""

    lesson = Pick(validators=needed("Say which lesson."))


class StartPickForm(Form):
    """One tap on *The lesson starts*."""

    start = Pick(validators=needed("Say which start."))


class WatchForm(Form):
    """Who watches whom."""

    lesson = Pick(validators=needed("Say which lesson."))
    observer = Pick("Who watches", needed("Choose who watches."))
    words = line("Whom, by code", description="Like Table 1 (Pupils A, B). Empty: nobody in particular.")


class PhaseForm(Form):
    """The lesson comes into another phase."""

    lesson = Pick(validators=needed("Say which lesson."))
    second = LessonClock("When")
    since = Moment("The start that the tablet counted from")
    phase = Choice("Phase", needed("Choose a phase."), PHASES)
    title = line("What happens")


class NoticeForm(Form):
    """One moment that one observer noticed."""

    lesson = Pick(validators=needed("Say which lesson."))
    second = LessonClock("When, on the lesson clock", description="Minutes and seconds, like 12:40.")
    since = Moment("The start that the tablet counted from")
    code = line("Who", [_Code()], most=40, description="A code: Pupil A, Table 3. Never a name.")
    predicted = Pick("Saw")
    phase = Choice("Phase", choices=PHASES)
    words = words("Words", most=4000, description=f"I noticed … {CODES}")
    tags = Picks("Tags", most=8)
    rough = tick("The time is rough")


class AddWordsForm(Form):
    """Words that come later."""

    noticing = Pick(validators=needed("Say which moment."))
    words = words("Words", needed("Enter some words."), most=4000, description=f"I noticed … {CODES}")
    after = hidden()


class TagForm(Form):
    """The tags of one's own moment."""

    noticing = Pick(validators=needed("Say which moment."))
    tags = Picks("Tags", most=8)


class FlagForm(Form):
    """A flag on one's own moment."""

    noticing = Pick(validators=needed("Say which moment."))
    flagged = Choice("To talk about", needed("Say whether to talk about it."), [("yes", "Yes"), ("no", "No")])


class NoticingPickForm(Form):
    """One noticing."""

    noticing = Pick(validators=needed("Say which moment."))


class StepForm(Form):
    """The discussion goes on to a step."""

    lesson = Pick(validators=needed("Say which lesson."))
    step = Choice("Step", needed("Choose a step."), STEPS)


class PenForm(Form):
    """The pen is handed to somebody, or taken back."""

    lesson = Pick(validators=needed("Say which lesson."))
    person = Pick("Who writes", needed("Choose who writes."))
    holds = Choice("The pen", needed("Say whether they have it."), [("yes", "Hand it"), ("no", "Take it back")])


class DiscussForm(Form):
    """A note of the discussion."""

    lesson = Pick(validators=needed("Say which lesson."))
    step = Choice("Step", needed("Choose a step."), STEPS)
    words = words("Note", needed("Enter a note."), most=4000, description=CODES)


class DiscussionPickForm(Form):
    """One note of the discussion."""

    discussion_note = Pick(validators=needed("Say which note."))


class ImplyForm(Form):
    """What the lesson means for a school."""

    lesson = Pick(validators=needed("Say which lesson."))
    school_in_group = Pick("School", needed("Choose a school."))
    words = words("What it means for this school", needed("Enter what it means."), most=2000)
    make_task = tick("Make it a gap task")
    due_on = Day("Back by")


class ImplicationPickForm(Form):
    """One implication."""

    implication = Pick(validators=needed("Say which implication."))


class LinkTaskForm(Form):
    """An implication became a gap task that was already there."""

    implication = Pick(validators=needed("Say which implication."))
    gap_task = Pick("Gap task", needed("Choose a gap task."))


class ShareForm(Form):
    """The teacher's yes or no."""

    lesson = Pick(validators=needed("Say which lesson."))
    shared_with = Choice("Who may see it from now on", needed("Choose who may see it."), SHARED)


class AskTeacherForm(Form):
    """A link for the teacher who taught, who may have no account."""

    lesson = Pick(validators=needed("Say which lesson."))
    email = email("E-mail of who taught", needed("Enter their e-mail."))


class CommentForm(Form):
    """What the teacher says to it."""

    lesson = Pick(validators=needed("Say which lesson."))
    noticing = Pick("To one moment")
    words = words("Your comment", needed("Enter a comment."), most=4000)


def options_of_predicted(predicted):
    """Return the predicted responses as a select wants them, *something else* first."""
    return options([(p["id"], f"{p['number']} {p['words']}") for p in predicted if not p["ended"]], "Something else")
