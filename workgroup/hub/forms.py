"""The shape of what is asked of an export; nothing is changed by it."""

from workgroup.fields import Choice, Day, Form, Pick, needed
from workgroup.hub.columns import KINDS


class ExportForm(Form):
    """Which export, of which Work Group, as at which day."""

    kind = Choice("What", needed("Choose one."), list(KINDS.items()))
    group = Pick("Work Group")
    as_at = Day("As at", needed("Enter the day."), description="As it was at the end of this day.")
