"""What is drawn to be sent: awkward texts, JSON of any shape, and how many of each are tried."""

import os

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

STRESS = bool(os.environ.get("WORKGROUP_STRESS"))
LONG = "y" * 30_000
AWKWARD = [
    "", " ", "\t", "\x00", "\u0000words", "\r\nX-Evil: 1", "\u202egnp.exe", "\ufeff", "\u2028", "\ud800", "😀" * 60,
    "é" * 300,
    LONG, "<script>alert(1)</script>", "'\"><img src=x onerror=alert(1)>", "=cmd|' /C calc'!A0", "{{ 7 * 7 }}", "%s%n",
    "' or 1=1 --", "*", '"', "a AND (b OR", "NEAR(", "-1", "0", "00", "1e309", "NaN", "Infinity", "9" * 400, "٣",
    "2026-12-25", "2026-13-45", "0000-00-00", "9999-12-31", "29/2/2027", "24:61", "09:00", "12:34", "999:59",
    "2027-03-09T14:05:00.000Z", "2026/27", "9999/00", "a@b", "a@example.org", "a@example.org\nBcc: b@example.org",
    "11111111-1111-4111-8111-111111111111", "11111111-1111-4111-8111-11111111111G", "planned", "present", "me", "y",
    "on", "[]", "{}", "null", "//evil.example", "https:evil.example", "/\\evil.example", "javascript:alert(1)",
    "../../etc/passwd", "C:\\con",
]  # fmt: skip
TEXT = st.one_of(st.sampled_from(AWKWARD), st.text(max_size=40))
# small enough for SQLite, too large for it, too large for a float; NaN and the infinities are JSON to Python
NUMBER = st.one_of(st.integers(-3, 70), st.sampled_from([2**63, -(2**63) - 1, 10**400, 1e308, 0.1]),
                   st.floats(allow_nan=True, allow_infinity=True))  # fmt: skip
PLAIN = st.one_of(st.none(), st.booleans(), NUMBER, TEXT)
NAME = TEXT.map(lambda text: text[:60])
JSON = st.recursive(
    PLAIN, lambda one: st.one_of(st.lists(one, max_size=4), st.dictionaries(NAME, one, max_size=4)), max_leaves=8
)


def tries(few, many):
    """Return hypothesis' settings: few and always the same in `make test`, many and new ones in `make stress`."""
    return settings(
        max_examples=many if STRESS else few, deadline=None, derandomize=not STRESS, database=None,
        suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.generate, Phase.shrink],
    )  # fmt: skip
