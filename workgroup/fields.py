"""Form fields shared by the features. Each gives plain data (text, int, bool, list), the same from page and wire.

Every text is bounded, stripped, and free of characters that no keyboard makes; errors are whole sentences.
"""

import json
import re
from datetime import date

import wtforms
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional, StopValidation, ValidationError

from workgroup import clock

LINE = 200
WORDS = 10_000
_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_LINE_ENDS = re.compile("[\t\n\r\x85\u2028\u2029]+")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


class Form(wtforms.Form):
    """A change's form: it checks the shape, the change checks the world."""

    not_kept = ()  # names of fields that are compared and never written to the ledger: a name has to go for good

    class Meta:
        """Plain messages, no translations."""

        locales = False
        csrf = False


def needed(sentence):
    """Ask for the field; the sentence says what to do: Enter a title."""
    return [_Needed(sentence)]


class _Needed(InputRequired):
    def __call__(self, form, field):
        if field.data in (None, "", []) or (isinstance(field.data, str) and not field.data.strip()):
            field.errors = [e for e in field.errors if e != self.message]
            raise StopValidation(None if field.errors else self.message)


def _strip(text):
    return text.strip() if isinstance(text, str) else text


def _one_line(text):
    """Put a space where a line would end: it becomes a header, a file's name, a line of a calendar."""
    return _LINE_ENDS.sub(" ", text) if isinstance(text, str) else text


def _clean(form, field):
    if field.data and _CONTROL.search(field.data):
        raise ValidationError("This holds a character that cannot be kept. Type it again without it.")


def _text(kind, most, label, validators, keywords, filters=(_strip,)):
    tail = [Length(max=most, message=f"Use {most:,} characters or fewer."), _clean]
    return kind(label, [*(validators or [Optional(strip_whitespace=True)]), *tail], filters=list(filters), **keywords)


def line(label, validators=None, most=LINE, **keywords):
    """One line of text."""
    return _text(wtforms.StringField, most, label, validators, keywords, (_strip, _one_line))


def words(label, validators=None, most=WORDS, **keywords):
    """Several lines in somebody's own words."""
    return _text(_Words, most, label, validators, keywords)


class _Box(wtforms.widgets.TextArea):
    """A box that takes a long paste whole: the browser would cut its end off without a word; we say that it is long."""

    validation_attrs = tuple(set(wtforms.widgets.TextArea.validation_attrs) - {"maxlength"})


class _Words(wtforms.TextAreaField):
    widget = _Box()

    def process_formdata(self, valuelist):
        super().process_formdata([v.replace("\r\n", "\n") for v in valuelist])


def email(label, validators=None, **keywords):
    """An e-mail address, in lower case; whether it exists is found out by writing to it."""
    return line(label, [*(validators or [Optional(strip_whitespace=True)]), _Email()], most=254, **keywords)


class _Email:
    def __call__(self, form, field):
        try:
            field.data = read_email(field.data)
        except ValueError:
            raise ValidationError("Enter an e-mail address like name@school.sch.uk.") from None


def read_email(text):
    """Return an e-mail address normalised to lower case; ValueError when it is not one."""
    from email_validator import EmailNotValidError, validate_email

    try:
        return validate_email(text or "", check_deliverability=False, test_environment=True).normalized.lower()
    except EmailNotValidError as wrong:
        raise ValueError(str(wrong)) from None


def secret(label, validators=None, **keywords):
    """A password or a typed code: never written to the ledger and never shown again."""
    return wtforms.PasswordField(label, [*(validators or [Optional()]), Length(max=LINE), _clean], **keywords)


class Day(wtforms.StringField):
    """A day, as YYYY-MM-DD (browsers send it so) or d/m/yyyy as typed; between 1900 and 2100."""

    def pre_validate(self, form):
        """Read the day, or say what is wrong."""
        text = (self.data or "").strip()
        if not text:
            self.data = None
            return
        typed = re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", text)
        iso = f"{typed[3]}-{int(typed[2]):02d}-{int(typed[1]):02d}" if typed else text
        if not is_day(iso):
            raise StopValidation("Enter a day like 9/3/2027.")
        self.data = date.fromisoformat(iso).isoformat()


class Time(wtforms.StringField):
    """A time of day, as HH:MM on the clock in London."""

    def pre_validate(self, form):
        """Read the time, or say what is wrong."""
        text = (self.data or "").strip().replace(".", ":")
        if not text:
            self.data = None
            return
        match = re.fullmatch(r"([01]?\d|2[0-3]):([0-5]\d)(:[0-5]\d)?", text)
        if not match:
            raise StopValidation("Enter a time like 13:30.")
        self.data = f"{int(match[1]):02d}:{match[2]}"


class LessonClock(wtforms.StringField):
    """A time on the lesson clock: mm:ss as typed, or whole seconds; data is seconds."""

    def pre_validate(self, form):
        """Read minutes and seconds, or say what is wrong."""
        text = (self.data or "").strip()
        if not text:
            self.data = None
            return
        try:
            self.data = int(text) if re.fullmatch(r"\d{1,5}", text) else clock.seconds_of(text)
        except ValueError:
            raise StopValidation("Enter minutes and seconds like 12:40.") from None

    def _value(self):
        return clock.say_clock(self.data) if isinstance(self.data, int) else self.data or ""


class Moment(wtforms.StringField):
    """A moment in UTC text, as the wire gives it."""

    def pre_validate(self, form):
        """Read the moment, or say what is wrong."""
        if not self.data:
            self.data = None
            return
        try:
            self.data = clock.moment(clock.read_moment(self.data))
        except ValueError:
            raise StopValidation("This is not a moment like 2027-03-09T14:05:00.000Z.") from None


def options(pairs, blank=None):
    """Return (value, words) pairs as a select wants them, with words for *nothing chosen* first when `blank`."""
    first = [SelectChoice("", blank)] if blank else []
    return first + [SelectChoice(value, words) for value, words in pairs]


class Pick(wtforms.SelectField):
    """The id of something in the record. The view gives the choices; the change checks that it is there."""

    def __init__(self, label=None, validators=None, **keywords):
        keywords.setdefault("choices", [])
        super().__init__(label, validators or [Optional()], validate_choice=False, **keywords)

    def process_formdata(self, valuelist):
        """Take the value as text; nothing chosen is None."""
        self.data = (valuelist[0].strip() or None) if valuelist else None

    def process_data(self, value):
        """Take a value from the record."""
        self.data = str(value) if value else None

    def pre_validate(self, form):
        """Ids are UUIDs; anything else was not made here."""
        if self.data and not is_id(self.data):
            raise StopValidation("Choose one from the list.")


class Picks(wtforms.SelectMultipleField):
    """Several ids of things in the record."""

    def __init__(self, label=None, validators=None, most=200, **keywords):
        keywords.setdefault("choices", [])
        self.most = most
        super().__init__(label, validators or [Optional()], validate_choice=False, **keywords)

    def pre_validate(self, form):
        """Not too many, and each what it may be."""
        if len(self.data or []) > self.most:
            raise StopValidation(f"Choose {self.most} or fewer.")
        if not all(self._may_be(one) for one in self.data or []):
            raise StopValidation("Choose from the list.")

    def _may_be(self, one):
        """Tell whether it can be one of them: ids are UUIDs."""
        return is_id(one)


class Several(Picks):
    """Several lines of text, such as names; the view gives the choices, the change checks them."""

    def process_formdata(self, valuelist):
        """Take each once, as a line; a blank one is none."""
        lines = (_strip(_one_line(v)) for v in valuelist)
        self.data = list(dict.fromkeys(line for line in lines if line))

    def _may_be(self, one):
        """Tell whether it can be one of them: not too long, and no character that cannot be kept."""
        return len(one) <= LINE and not _CONTROL.search(one)


class Choice(wtforms.SelectField):
    """One of a closed list of (value, words)."""

    def __init__(self, label=None, validators=None, choices=(), **keywords):
        super().__init__(label, validators or [Optional()], choices=options(choices), **keywords)

    def process_formdata(self, valuelist):
        """Take the value as text; nothing chosen is None."""
        self.data = (valuelist[0] or None) if valuelist else None

    def process_data(self, value):
        """Take a value from the record."""
        self.data = str(value) if value is not None else None

    def pre_validate(self, form):
        """Refuse what is not in the list."""
        if self.data is not None and self.data not in {value for value, *_ in self.iter_choices()}:
            raise StopValidation("Choose one from the list.")


class Rows(wtforms.FieldList):
    """Rows of one small form each, named `name-0-field`, `name-1-field` and so on; data is a list of dicts."""

    def __init__(self, form, label="", most=60, **keywords):
        super().__init__(wtforms.FormField(form), label, max_entries=most, **keywords)

    def process(self, formdata, data=wtforms.utils.unset_value, extra_filters=None):
        """Read the rows; more than there may be are an error in words, not a broken page."""
        if formdata and len(set(self._extract_indices(self.name, formdata))) > self.max_entries:
            super().process(None, (), extra_filters)
            self.process_errors = [f"There are too many rows: {self.max_entries} at most."]
            return
        super().process(formdata, data, extra_filters)

    def _extract_indices(self, prefix, formdata):
        """Yield the numbers of the rows; what is too long for a number of ours is none."""
        for name in formdata:
            found = re.fullmatch(rf"{re.escape(prefix)}-([0-9]{{1,4}})-.+", name)
            if found:
                yield int(found[1])

    def validate(self, form, extra_validators=()):
        """Check every row; there may be none."""
        if self.process_errors:
            self.errors = list(self.process_errors)
            return False
        return super().validate(form, extra_validators)


def tick(label, **keywords):
    """A box to tick."""
    return wtforms.BooleanField(label, false_values=(False, "false", "0", ""), **keywords)


def hidden(label="", **keywords):
    """A value the page carries, such as the version or versions that a text was written from."""
    return _text(wtforms.HiddenField, 4000, label, None, keywords)


def is_day(text):
    """Tell whether a text is a day, as YYYY-MM-DD between 1900 and 2100."""
    try:
        return bool(re.fullmatch(r"\d{4}-\d\d-\d\d", text or "")) and 1900 <= date.fromisoformat(text).year <= 2100
    except ValueError:
        return False


def is_id(text):
    """Tell whether a text is a UUID in its usual writing."""
    return isinstance(text, str) and _UUID.fullmatch(text) is not None


def rows_of(text, most):
    """Return the rows that a hidden field holds as JSON, or [] where there are none, or more than `most`."""
    try:
        rows = json.loads(text)
    except (ValueError, RecursionError):
        return []
    return rows if isinstance(rows, list) and len(rows) <= most else []
