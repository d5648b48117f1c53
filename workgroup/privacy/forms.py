"""The shapes of changes to how long words are kept, and of erasing somebody from the settings."""

from wtforms import StringField
from wtforms.validators import Length, ValidationError

from workgroup.fields import Day, Form, Pick, hidden, needed
from workgroup.number_fields import Count
from workgroup.retention import KINDS


class RetentionForm(Form):
    """How many months each kind of words is kept; blank is as long as the hub."""

    seen = hidden()


for _name, _kind in KINDS.items():
    setattr(RetentionForm, _name, Count(_kind.words, least=1, most=600))


class PurgeForm(Form):
    """Let go of what is over on a day."""

    on = Day("Day", needed("Say the day."))


class EraseForm(Form):
    """Somebody who is to be erased, with their name typed as it stands here."""

    not_kept = ("name",)

    person = Pick(validators=needed("Say whom."))
    name = StringField("Their name, as it stands above", needed("Type their name, so that nobody is erased by a slip."))

    def validate_name(self, field):
        """A name is not longer than a line."""
        if len(field.data) > 200:
            raise ValidationError("This is not the name that stands above.")


class EraseNamedForm(Form):
    """Somebody who is known here by a full name alone, such as a visitor; it is not kept."""

    not_kept = ("name",)

    name = StringField("Their full name", [*needed("Say the name."), Length(max=200)])


class EraseAddressForm(Form):
    """Somebody who has no account here, and was only ever sent links: by their e-mail, which is not kept."""

    not_kept = ("email",)

    # the longest there may be: RFC 5321
    email = StringField("Their e-mail", [*needed("Say the e-mail."), Length(max=320)])
