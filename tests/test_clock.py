"""Times and days: the clock change, academic years, half-terms, and how they are said."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workgroup import clock


@pytest.mark.parametrize(
    ("day", "year"),
    [("2026-08-31", "2025/26"), ("2026-09-01", "2026/27"), ("2027-07-01", "2026/27"), ("1999-12-31", "1999/00")],
)
def test_an_academic_year_starts_on_the_first_of_september(day, year):
    assert clock.academic_year(day) == year
    assert clock.first_day_of(year) <= day


@pytest.mark.parametrize("text", ["2026", "2026/28", "26/27", "", None, "2026-27"])
def test_what_is_no_academic_year_is_refused(text):
    with pytest.raises(ValueError):
        clock.first_day_of(text)


@given(st.integers(1990, 2080))
def test_the_usual_half_terms_follow_one_another_within_their_year(first):
    year = f"{first}/{(first + 1) % 100:02d}"
    terms = clock.usual_half_terms(year)
    assert [name for name, _, _ in terms] == list(clock.HALF_TERMS)
    days = [d for _, a, b in terms for d in (a, b)]
    assert days == sorted(days) and len(set(days)) == 12
    assert all(clock.academic_year(d) == year for d in days)
    for _, a, b in terms:
        assert timedelta(21) < date.fromisoformat(b) - date.fromisoformat(a) < timedelta(75)


@given(st.datetimes(min_value=datetime(1980, 1, 1), max_value=datetime(2100, 1, 1)))
def test_a_moment_reads_back_as_it_was_written(when):
    text = clock.moment(when.replace(tzinfo=UTC))
    assert clock.moment(clock.read_moment(text)) == text


@pytest.mark.parametrize("text", ["", "2027-03-09", "2027-03-09T14:05:00", "2027-03-09T14:05:00+01:00", "x", None])
def test_what_is_no_moment_is_refused(text):
    with pytest.raises(ValueError):
        clock.read_moment(text)


def test_the_clock_in_london_is_kept_across_its_change():
    assert clock.at_london("2026-10-24", "13:00") == "2026-10-24T12:00:00.000Z"
    assert clock.at_london("2026-10-25", "13:00") == "2026-10-25T13:00:00.000Z"
    assert clock.day_of("2026-06-30T23:30:00.000Z") == "2026-07-01"


def test_times_are_said_as_people_say_them():
    assert clock.say_day("2027-03-09") == "Tue 9 Mar"
    assert clock.say_whole_day("2027-03-09") == "Tuesday 9 March 2027"
    assert clock.say_clock(754) == "12:34" and clock.seconds_of("12:34") == 754
    assert clock.say_moment("2027-03-09T14:05:00.000Z", since="2027-03-10") == "yesterday 14:05"
    assert clock.say_moment("2025-03-09T14:05:00.000Z", since="2027-03-10") == "Sun 9 Mar 2025 14:05"


@pytest.mark.parametrize("text", ["", "12", "1:60", "a:b", "1234:00", "-1:00"])
def test_what_is_no_lesson_clock_is_refused(text):
    with pytest.raises(ValueError):
        clock.seconds_of(text)


def test_no_two_changes_are_stamped_with_one_moment(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: "2040-03-09T14:05:00.999Z")
    given = [clock.stamp() for _ in range(3)]
    assert given == ["2040-03-09T14:05:00.999Z", "2040-03-09T14:05:01.000Z", "2040-03-09T14:05:01.001Z"]
    monkeypatch.setattr(clock, "now", lambda: "2040-03-09T14:05:00.100Z")
    assert clock.stamp() == "2040-03-09T14:05:01.002Z", "a clock that is set back by a little is waited for"
    monkeypatch.setattr(clock, "now", lambda: "2026-03-09T14:05:00.100Z")
    assert clock.stamp() == "2026-03-09T14:05:00.100Z", "a clock that was wrong is not followed for years"
