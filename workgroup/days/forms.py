"""The shapes of changes to the days log. Days come in whole quarters and money in whole pence."""

import re

from wtforms import HiddenField, SelectMultipleField
from wtforms.validators import Regexp, StopValidation

from workgroup.fields import Choice, Day, Form, Pick, hidden, is_id, line, needed, words
from workgroup.number_fields import Count, Pounds, Quarters

A_YEAR = Regexp(r"^\d{4}/\d\d$", message="Enter an academic year like 2026/27.")
MOST_DAYS = 40  # quarters of one entry: two weeks
A_SOURCE = r"(session|visit):([0-9a-fA-F-]{36}):(\d{4}-\d\d-\d\d):(\d{1,2})"
SETTLE = [("follow", "Take it as it is now"), ("keep", "Keep my entry as it is")]
NOT_NAMES = "Never a pupil’s name, nothing about one teacher."


class _Several(SelectMultipleField):
    """Several texts of one shape, as ticked on a page."""

    shape, most = "", 1000

    def __init__(self, label=None, validators=None, **keywords):
        super().__init__(label, validators, choices=[], validate_choice=False, **keywords)

    def pre_validate(self, form):
        """Hold the shape and a bound."""
        if len(self.data or []) > self.most:
            raise StopValidation(f"Choose {self.most:,} or fewer.")
        if not all(re.fullmatch(self.shape, one, re.ASCII) and is_id(_id_in(one)) for one in self.data or []):
            raise StopValidation("Choose from the list.")


def _id_in(text):
    return next((part for part in re.split("[:.]", text) if len(part) == 36), None)


class Sources(_Several):
    """Sessions and visits with the day and the quarters that were seen: `visit:ID:2027-03-09:2`."""

    shape = A_SOURCE


class Seen(_Several):
    """Entries with the version and the pence a day that were seen: `ID.3.20000`; no rate is `ID.3.`."""

    shape = r"[0-9a-fA-F-]{36}\.\d{1,6}\.\d{0,9}"


class EntryForm(Form):
    """One entry of somebody's days."""

    on_day = Day("Day", needed("Enter the day."))
    activity = Pick("What for", needed("Choose what the time was for."))
    days = Quarters("Days", needed("Enter how many days."), most=MOST_DAYS, description="A quarter day is 0.25.")
    work_group = Pick("Work Group")
    school = Pick("School")
    allowance = Pick("Counts against")
    travel = Pounds("Travel in pounds", most=1_000_000)
    words = words("Notes", most=1000, description=f"For you and the hub. {NOT_NAMES}")


class EnterForm(EntryForm):
    """A new entry, by hand or from what was suggested."""

    source = HiddenField(validators=[Regexp(rf"({A_SOURCE})?\Z", re.ASCII, "Choose from the list.")])


class EditForm(EntryForm):
    """An entry, changed."""

    day_entry = Pick(validators=needed("Say which entry."))
    seen = hidden()


class TakeForm(Form):
    """What was suggested is taken in, one or several."""

    sources = Sources("Suggested", needed("Choose what to take in."))


class DeclineForm(Form):
    """One suggestion is not a day of mine."""

    source = HiddenField(
        validators=[*needed("Say which suggestion."), Regexp(rf"{A_SOURCE}\Z", re.ASCII, "Choose from the list.")]
    )


class DeclinedPickForm(Form):
    """One thing that was declined."""

    declined = Pick(validators=needed("Say which suggestion."))


class EntryPickForm(Form):
    """One entry."""

    day_entry = Pick(validators=needed("Say which entry."))


class SettleForm(EntryPickForm):
    """The session or visit behind an entry has changed: what now?"""

    how = Choice("What now?", needed("Choose one."), SETTLE)
    seen = hidden()


class CorrectForm(EntryPickForm):
    """What a claimed entry should have been: a new entry holds the difference."""

    days = Quarters("Days it should have been", needed("Enter how many days; 0 takes it back whole."), most=MOST_DAYS)
    travel = Pounds("Travel it should have been", most=1_000_000)
    words = words("Why", needed("Say in a few words why."), most=1000)


class AllowanceForm(Form):
    """The days somebody has in a year, at which stage, and the rate a day."""

    stage = line("Stage", needed("Enter the stage, like Training year."), most=80)
    days = Quarters("Days", needed("Enter how many days."), most=1464)
    rate = Pounds("Rate a day in pounds", most=10_000_00)


class NewAllowanceForm(AllowanceForm):
    """A new allowance."""

    person = Pick(validators=needed("Say who."))
    academic_year = line("Academic year", [*needed("Say which year."), A_YEAR])


class EditAllowanceForm(AllowanceForm):
    """An allowance, changed."""

    allowance = Pick(validators=needed("Say which allowance."))
    seen = hidden()


class AllowancePickForm(Form):
    """One allowance."""

    allowance = Pick(validators=needed("Say which allowance."))


class ActivityForm(Form):
    """A new word for what days are used for."""

    name = line("Activity", needed("Enter a word for it."), most=40)


class EditActivityForm(ActivityForm):
    """An activity is renamed, taken out of use, or used again."""

    activity = Pick(validators=needed("Say which activity."))
    ended = Count("Out of use", most=1)


class LookForm(Form):
    """Whose days of which time are to be claimed; changes nothing."""

    person = Pick("Whose days")
    from_on = Day("From")
    to_on = Day("To")


class ClaimForm(LookForm):
    """Entries are claimed together."""

    entries = Seen("Entries", needed("Tick at least one entry."))
    reference = line("Reference", needed("Enter the reference of the claim."), most=60)
    claimed_on = Day("Claimed on", needed("Enter the day of the claim."))


class UndoClaimForm(Form):
    """A claim is undone."""

    claim = Pick(validators=needed("Say which claim."))
    why = line("Why", needed("Say in a few words why."), most=300)


class UnclaimForm(UndoClaimForm):
    """One entry is taken out of its claim."""

    day_entry = Pick(validators=needed("Say which entry."))
