"""An example of every kind of change, beside its feature: `tests/<feature>/examples.py` holds a dict EXAMPLES.

tests/test_kinds.py tries each four ways: it works; who may not; what is refused; said twice.
"""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Example:
    """How to say one kind.

    `by` and `not_by` name people of tests/world.py (None: nobody signed in); `fields(db, w)` makes what is needed
    and returns fields that are right; each of `bad` overrides them so that they are refused, and `other` so that
    they are right but otherwise.
    """

    by: str | None
    fields: Any
    bad: tuple = ()
    other: Any = None
    not_by: str | None = "outsider"
    anyone: bool = False  # the deed asks for a proof instead of a right
