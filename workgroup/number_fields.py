"""Form fields that hold numbers: whole ones, those between two bounds, exact money, days in quarters."""

import re

import wtforms
from wtforms.validators import Optional, StopValidation

from workgroup import money


class _Bounded:
    """A number between two bounds; without validators it may be left out."""

    def __init__(self, label=None, validators=None, least=0, most=100_000, **keywords):
        self.least, self.most = least, most
        super().__init__(label, validators or [Optional()], **keywords)

    def pre_validate(self, form):
        """Hold the bounds."""
        if self.data is not None and not self.least <= self.data <= self.most:
            raise StopValidation(f"Enter a number from {self.least} to {self.most:,}.")


class Count(_Bounded, wtforms.IntegerField):
    """A whole number between two bounds."""

    def process_formdata(self, valuelist):
        """Read the number; keep what was typed when it is none."""
        text = valuelist[0].strip() if valuelist else ""
        if not text:
            self.data = None
            return
        if not re.fullmatch(r"-?\d{1,9}", text):
            self.data = None
            raise ValueError("Enter a whole number.")
        self.data = int(text)


class Amount(_Bounded, wtforms.FloatField):
    """A number between two bounds, such as days a school is visited; sums of money and days are Pounds and Quarters."""

    def process_formdata(self, valuelist):
        """Read the number, with or without a pound sign and commas."""
        text = valuelist[0].strip().lstrip("£").replace(",", "") if valuelist else ""
        if not text:
            self.data = None
            return
        if not re.fullmatch(r"\d{1,9}(\.\d{1,4})?", text):
            self.data = None
            raise ValueError("Enter a number.")
        self.data = float(text)


class _Exact(wtforms.StringField):
    """A number kept as a whole count of its smallest part, from what is typed; `_read` and `_say` know which part."""

    def __init__(self, label=None, validators=None, most=100_000_000, **keywords):
        self.most = most
        super().__init__(label, validators or [Optional()], **keywords)

    def process_formdata(self, valuelist):
        """Read the number; keep what was typed when it is none."""
        text = valuelist[0].strip() if valuelist else ""
        if not text:
            self.data = None
            return
        try:
            self.data = self._read(text)
        except ValueError:
            self.data = None
            raise ValueError(self.sentence) from None

    def pre_validate(self, form):
        """Hold the bound."""
        if self.data is not None and self.data > self.most:
            raise StopValidation(f"Enter {self._say(self.most)} or less.")

    def _value(self):
        if self.raw_data:
            return self.raw_data[0]
        return "" if self.data is None else self._say(self.data)


class Pounds(_Exact):
    """Money, typed in pounds; data is whole pence."""

    sentence = "Enter an amount in pounds, like 12.50."
    _read = staticmethod(money.read_pounds)

    def _say(self, pence):
        return str(money.pounds(pence))


class Quarters(_Exact):
    """Days in quarters, typed like 0.5; data is whole quarters."""

    sentence = "Count days in quarters, like 0.25 or 0.5."
    _read = staticmethod(money.read_days)

    def _say(self, quarters):
        return str(money.days(quarters))
