"""The columns of the hub's exports, in order, each with its meaning: the data dictionary is made from them."""

import re
from typing import NamedTuple

# what stands in a column, in the words of the dictionary
TYPES = {"text": "text", "day": "a day", "whole": "a whole number", "number": "a number", "exact": "an exact number"}


class Column(NamedTuple):
    """A column's name in every format, what stands in it, and of which type: a key of TYPES."""

    name: str
    meaning: str
    type: str = "text"


_GROUP = (
    Column("hub", "The Maths Hub’s name"),
    Column("academic_year", "The Work Group’s academic year, like 2026/27"),
    Column("project_code", "The Work Group’s project code, or blank"),
    Column("work_group", "The Work Group’s title"),
    Column("strand", "The Work Group’s programme strand, or blank"),
)
_SCHOOL = (
    Column("school", "The school’s name"),
    Column("urn", "The school’s unique reference number, as text"),
    Column("la", "The school’s local authority"),
    Column("phase", "The school’s phase of education"),
)
ATTENDANCE = (
    *_GROUP,
    Column("session_number", "The session’s number in the Work Group’s year", "whole"),
    Column("session_title", "The session’s title"),
    Column("session_kind", "What kind of meeting it was, in the Work Group’s own words"),
    Column("date", "The day of the session, YYYY-MM-DD", "day"),
    Column("half_term", "The half-term that day lies in, or blank when it lies in none"),
    Column("mode", "room, online or mixed"),
    Column("length", "How long the session was planned to last, in minutes", "whole"),
    Column("host_school", "The school that hosted, or blank"),
    Column("host_urn", "The host school’s unique reference number, or blank"),
    *_SCHOOL,
    Column("participant", "The person’s name; a visitor’s as it was written on the register"),
    Column("email", "The person’s e-mail; blank for a visitor without an account"),
    Column("role", "The person’s role in school, like maths lead, or blank"),
    Column("attending_as", "participant, leader, substitute or visitor"),
    Column("status", "present, apologies, absent (no word) or not expected"),
    Column("told_on", "The day they sent apologies, YYYY-MM-DD", "day"),
    Column("arrived_at", "When they came, HH:MM in London; with the day before it when it is not the session’s"),
    Column("left_at", "When they left, in the same way; blank when it was not noted"),
    Column("substitute_for", "The person of the Work Group they stood in for, or blank"),
    Column("session_summary", "The summary of the session as it stood on that day; both, where two stand side by side"),
)
# only where the hub keeps them, and then after the role
TRN = Column("trn", "The person’s teacher reference number, seven digits as text, or blank")
ENGAGEMENT = (
    Column("as_at", "The day this row is true for, YYYY-MM-DD", "day"),
    *_GROUP,
    *_SCHOOL,
    Column("establishment_type", "The school’s type in the national register"),
    Column("trust", "The school’s trust, or blank"),
    Column("state", "registered, active, completed or withdrawn, as on that day"),
    Column("state_since", "The day that state began, YYYY-MM-DD", "day"),
    Column("withdrawn_reason", "Why the school withdrew; blank for every other state"),
    Column("grant_amount", "Pounds granted to the school, all grants together; those noted or paid after that day"
           " are left out", "number"),
    Column("grant_paid_on", "The newest day a grant was paid, YYYY-MM-DD, or blank", "day"),
    Column("sessions_held", "Sessions the Work Group has held: closed, or with somebody present on the register",
           "whole"),
    Column("sessions_attended", "Of those, how many a participant or a substitute of the school was present at",
           "whole"),
    Column("both_teachers_sessions", "Of those, how many two or more of them were present at", "whole"),
    Column("visits_planned", "Support visits meant for each school, by the Work Group or its strand; blank: as agreed",
           "whole"),
    Column("visits_made", "Support visits made to the school", "whole"),
    Column("visit_days_planned", "Visit days meant for each school, by the Work Group or its strand; blank: as agreed",
           "number"),
    Column("visit_days_used", "Days those visits took", "number"),
    Column("action_plan_on", "The day the action plan in force on that day was agreed, YYYY-MM-DD, or blank", "day"),
    Column("gap_tasks_set", "Gap tasks of the school, those that came from the year before too; one carried on counts"
           " once", "whole"),
    Column("gap_tasks_returned", "Of those, how many came back with something tried", "whole"),
    Column("head_met_on", "The newest visit at which the headteacher was met, YYYY-MM-DD, or blank", "day"),
)
DAYS = (
    Column("hub", "The Maths Hub’s name"),
    Column("academic_year", "The academic year the day lies in, like 2026/27"),
    Column("person", "Whose day it is"),
    Column("stage", "The stage of the allowance it counts against, of a claimed day as it was claimed; or blank"),
    Column("date", "The day, YYYY-MM-DD; of a correction the day of what it corrects", "day"),
    Column("activity", "What it was for, in the word it was entered with"),
    Column("days", "How many days, in quarters; a correction holds the difference and may be less than nothing",
           "exact"),
    Column("work_group", "The Work Group’s title, or blank"),
    Column("school", "The school’s name, or blank"),
    Column("urn", "The school’s unique reference number, as text, or blank"),
    Column("rate", "Pounds a day: as it was claimed, or as the allowance says now; blank when none is known", "exact"),
    Column("amount", "Pounds for the days at that rate, to the penny; blank when no rate is known", "exact"),
    Column("travel", "Pounds for travel, or blank", "exact"),
    Column("claimed_on", "The day of the claim it is in, YYYY-MM-DD; blank when it is in none, or was taken out",
           "day"),
    Column("reference", "The reference of that claim, or blank"),
    Column("notes", "What was noted with it"),
)
EVALUATION = (
    Column("heading", "One of the four outcomes, or challenges, next steps, what headteachers say"),
    Column("sentence", "The sentence, as it was sent"),
    Column("evidence_kind", "What kind of record it rests on; blank when no record stands behind the sentence"),
    Column("evidence_date", "The day of that record, YYYY-MM-DD", "day"),
    Column("evidence_link", "Where that record is read in this app, by those who may; blank for what is there no more"),
    Column("schools_counted", "How many schools the records behind the sentence are of; blank when of none", "whole"),
    *_GROUP,
    Column("half_term", "The half-term it is of"),
    Column("version", "The version that was sent last by that day", "whole"),
    Column("sent_on", "The day it was sent, YYYY-MM-DD", "day"),
    Column("schools", "Schools in the Work Group at the end of the half-term, as told when sent; not those withdrawn",
           "whole"),
    Column("teachers", "Participants in the Work Group on that day, as told when sent", "whole"),
)
# what of engagement tells neither who a school is nor when: its own numbers as they are
_NUMBERS = ("sessions_held", "sessions_attended", "both_teachers_sessions", "visits_planned", "visits_made",
            "visit_days_planned", "visit_days_used", "gap_tasks_set", "gap_tasks_returned")  # fmt: skip
_HIDDEN = "; “not shown” where fewer than five schools share it, and where a total would give those back"
ANONYMOUS_ENGAGEMENT = (
    Column("school", "School 1, School 2 …: the same within one file, in an order that is drawn anew for every file"),
    Column("academic_year", f"The Work Group’s academic year{_HIDDEN}"),
    Column("strand", f"The Work Group’s programme strand, or blank{_HIDDEN}"),
    Column("phase", f"The school’s phase of education{_HIDDEN}"),
    Column("state", f"registered, active, completed or withdrawn{_HIDDEN}"),
    *(column for column in ENGAGEMENT if column.name in _NUMBERS),
    Column("schools", "Schools in this file of the year and strand of this row, as they are shown; never below five",
           "whole"),
    Column("schools_in_state", "Of those, schools in the state of this row, as it is shown; never below five", "whole"),
    Column("teachers", "Participants from the schools of that year and strand; blank below five, and where a total"
           " would give those back", "whole"),
)  # fmt: skip
ANONYMOUS_EVALUATION = (
    Column("heading", "One of the four outcomes, or challenges, next steps, what headteachers say"),
    Column("sentence", "The sentence without names, days and small counts: what was taken out is in brackets, like"
           " [name]; schools are School 1, School 2 …, the same within one file"),
    Column("evidence_kind", "What kinds of record it rests on; blank when no record stands behind the sentence"),
    Column("schools_counted", "How many schools those records are of; blank below five, and where all but fewer than"
           " five are counted", "whole"),
    Column("academic_year", f"The Work Group’s academic year{_HIDDEN}"),
    Column("strand", f"The Work Group’s programme strand, or blank{_HIDDEN}"),
    Column("half_term", f"The half-term it is of{_HIDDEN}"),
    Column("schools", "Schools in the Work Group; blank below five, and where a total would give those back", "whole"),
    Column("teachers", "Participants in the Work Group; blank in the same way", "whole"),
)  # fmt: skip
KINDS = {
    "attendance": "Attendance|A row for everybody on the register of a session.",
    "engagement": "Engagement|A row for each school in a Work Group: sessions, visits, gap tasks, where it is.",
    "days": "Days|A row for each entry of the days log: against the allowance, with what was claimed.",
    "evaluation": "Evaluation|A row for each record that a sentence rests on, of what leaders sent.",
    "anonymous_engagement": "Anonymous engagement|A row for each school as School 1, 2, 3 …: no names, no days.",
    "anonymous_evaluation": "Anonymous evaluation|A row for each sentence, without names, days and small counts.",
}
DICTIONARY = (
    Column("export", "Which export the column is of"),
    Column("column", "Its name, the same in every format"),
    Column("type", "What stands in it: text, a day, a whole number, a number or an exact number"),
    Column("meaning", "What it means"),
)
_WHOLE = {"days": DAYS, "evaluation": EVALUATION, "dictionary": DICTIONARY,
          "anonymous_evaluation": ANONYMOUS_EVALUATION}  # fmt: skip


def attendance(with_trn):
    """Return the columns of attendance, with the teacher reference number or without."""
    place = [c.name for c in ATTENDANCE].index("attending_as")
    return [*ATTENDANCE[:place], *([TRN] if with_trn else ()), *ATTENDANCE[place:]]


def columns(kind, aspects=(), with_trn=False):
    """Return the columns of an export; engagement has more for each aspect that was ever put to use."""
    if kind == "attendance":
        return attendance(with_trn)
    if kind in _WHOLE:
        return list(_WHOLE[kind])
    found = list(ANONYMOUS_ENGAGEMENT if is_anonymous(kind) else ENGAGEMENT)
    for key, some in keyed(aspects).items():
        names = dict.fromkeys(name for aspect in some for name in reversed(aspect["names"]))
        now, *before = names
        called = f"{now} (also called {', '.join(before)})" if before else now
        tail = "or blank, as where the Work Group’s schools are not reviewed in it"
        found.append(Column(f"{key}_step", f"{called}: the newest step agreed with the school, {tail}"))
        if not is_anonymous(kind):
            found.append(Column(f"{key}_on", f"{called}: the day of the review that says so, YYYY-MM-DD", "day"))
    return found


def is_anonymous(kind):
    """Tell whether an export names nobody."""
    return kind.startswith("anonymous")


def said(kind):
    """Say an export's name: anonymous_engagement → Anonymous engagement."""
    return KINDS[kind].partition("|")[0] if kind in KINDS else "Dictionary"


def keyed(aspects):
    """Return aspects by what their columns are called, from the first name they had: systems_and_culture.

    Columns change only by addition: an aspect in other words keeps its own, one that is taken out keeps them for the
    years it was in use, and a new one comes last. Two of one name share theirs: a school is reviewed in one of them.
    """
    fixed, found = {c.name for c in ENGAGEMENT}, {}
    for aspect in aspects:
        key = re.sub(r"\W+", "_", aspect["names"][0].lower()).strip("_")
        if {f"{key}_step", f"{key}_on"} & fixed:
            key = f"aspect_{key}"  # an aspect called Action plan is not the day of the action plan
        found.setdefault(key, []).append(aspect)
    return found
