"""The shapes of what is asked of the hub: an export, which changes nothing; and to try something again."""

from workgroup.fields import Choice, Day, Form, Pick, line, needed
from workgroup.hub.columns import KINDS


class ExportForm(Form):
    """Which export, of which Work Group, as at which day."""

    kind = Choice("What", needed("Choose one."), list(KINDS.items()))
    group = Pick("Work Group")
    as_at = Day("As at", needed("Enter the day."), description="As it was at the end of this day.")


class LaterForm(Form):
    """One thing that is to happen by itself."""

    key = line("What", needed("Say what is to be tried again."))
