"""The shapes of changes to what Today shows at the beginning."""

from workgroup.fields import Form, line, needed


class PutAwayForm(Form):
    """What is put away, or brought back: `hub`, `visit`, or the id of a Work Group."""

    about = line("What", needed("Say what to put away."), most=60)
