"""The shapes of what is asked of the hub: an export, which changes nothing; and to try something again."""

from wtforms.validators import ValidationError

from workgroup.clock import HALF_TERMS, first_day_of, today
from workgroup.fields import Choice, Day, Form, Pick, Several, is_day, line, needed
from workgroup.hub.columns import KINDS


class ExportForm(Form):
    """Which export, of which Work Group, leader and time, as at which day; days of which person."""

    kind = Choice("What", needed("Choose one."), list(KINDS.items()))
    group = Pick("Work Group")
    as_at = Day("As at", needed("Enter the day."), description="As it was at the end of this day.")
    leader = Pick("Leader", description="The Work Groups they lead or have led.")
    person = Pick("Person")
    year = line("Academic year", most=7)
    half_term = Choice("Half-term", choices=[(name, name) for name in HALF_TERMS])

    def validate_as_at(self, field):
        """Nobody knows how it stands at the end of a day that has not come."""
        if is_day(field.data) and field.data > today():
            raise ValidationError("This day has not come yet.")

    def validate_year(self, field):
        """A half-term is one of a year."""
        try:
            if field.data:
                first_day_of(field.data)
        except ValueError:
            raise ValidationError("Enter an academic year like 2026/27.") from None

    def validate_half_term(self, field):
        """Say which year's half-term it is."""
        if field.data and not self.year.data:
            raise ValidationError("Choose the academic year of this half-term too.")


class StrandsForm(Form):
    """Which strands a hub lead looks after; none is every strand."""

    role = Pick(validators=needed("Say whose role."))
    strands = Several("Only these strands", most=60)


class LaterForm(Form):
    """One thing that is to happen by itself."""

    key = line("What", needed("Say what is to be tried again."))
