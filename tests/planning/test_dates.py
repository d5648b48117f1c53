"""Which days a year's sessions and visits get."""

import pytest

from workgroup import clock
from workgroup.planning import dates

TERMS = [{"name": n, "from_on": a, "to_on": b} for n, a, b in clock.usual_half_terms("2026/27")]


def test_six_sessions_lie_in_the_six_half_terms_on_one_weekday():
    days = dates.spread(TERMS, "2026-09-22", 6)
    assert [dates.half_term_at(TERMS, d)["name"] for d in days] == list(clock.HALF_TERMS)
    assert days[0] == "2026-09-22" and len(days) == len(set(days)) == 6
    assert {dates.between("2026-09-22", d) % 7 for d in days} == {0}


@pytest.mark.parametrize(("count", "terms"), [(3, ["Autumn 1", "Spring 1", "Summer 1"]), (1, ["Autumn 1"])])
def test_fewer_sessions_leave_half_terms_out_evenly(count, terms):
    days = dates.spread(TERMS, "2026-09-22", count)
    assert [dates.half_term_at(TERMS, d)["name"] for d in days] == terms


def test_more_sessions_share_the_half_terms_that_are_left():
    days = dates.spread(TERMS, "2027-01-12", 8)
    names = [dates.half_term_at(TERMS, d)["name"] for d in days]
    assert [names.count(t["name"]) for t in TERMS] == [0, 0, 2, 2, 2, 2]
    assert sorted(set(days)) == days and days[0] == "2027-01-12"


def test_bank_holidays_and_taken_days_are_passed_over_where_there_is_another():
    assert dates.bank_holiday("2027-05-03") and dates.bank_holiday("2027-03-26") == "Good Friday"
    mondays = dates.spread(TERMS, "2026-09-14", 6)
    assert not [d for d in mondays if dates.bank_holiday(d)]
    usual = dates.spread(TERMS, "2026-09-22", 6)
    other = dates.spread(TERMS, "2026-09-22", 6, taken={usual[1]})
    assert other[1] != usual[1] and dates.half_term_at(TERMS, other[1])["name"] == "Autumn 2"


def test_where_the_host_keeps_other_half_terms_the_nearest_day_in_both_is_taken():
    theirs = [*TERMS[:1], {**TERMS[1], "from_on": "2026-11-17"}, *TERMS[2:]]
    assert dates.in_theirs(TERMS, theirs, "2026-11-03") == "2026-11-17"
    assert dates.in_theirs(TERMS, theirs, "2026-11-03", taken={"2026-11-17"}) == "2026-11-24"
    early = [{**TERMS[0], "to_on": "2026-09-12"}]
    assert dates.in_theirs(TERMS, early, "2026-09-22") == "2026-09-08"
    assert dates.in_theirs(TERMS, early, "2026-09-22", since="2026-09-15") == "2026-09-22", "none before the first"
    assert dates.in_theirs(TERMS, theirs, "2026-09-22") == "2026-09-22"
    nowhere = [{**t, "from_on": t["to_on"]} for t in TERMS]
    assert dates.in_theirs(TERMS, nowhere, "2026-11-03") == "2026-11-03", "it is said on the page instead"


def test_a_first_day_in_the_holidays_is_not_guessed_at():
    with pytest.raises(ValueError, match="no half-term"):
        dates.spread(TERMS, "2026-10-28", 6)


def test_the_first_day_is_kept_though_it_is_taken():
    assert dates.spread(TERMS, "2026-09-22", 2, taken={"2026-09-22"})[0] == "2026-09-22"


def test_visits_are_one_a_term_on_school_days_of_their_own():
    days = dates.visit_days(TERMS, schools=7, each=3, taken={"2026-09-22"})
    assert [len(some) for some in days] == [3] * 7
    every = [d for some in days for d in some]
    assert len(set(every)) == 21 and "2026-09-22" not in every
    assert all(not dates.troubles(TERMS, d) for d in every)
    for some in days:
        assert [dates.half_term_at(TERMS, d)["name"].split()[0] for d in some] == ["Autumn", "Spring", "Summer"]


def test_no_visits_and_no_schools_are_nothing():
    assert dates.visit_days(TERMS, 7, 0) == [[]] * 7
    assert dates.visit_days(TERMS, 0, 3) == []


def test_what_speaks_against_a_day_is_said_in_words():
    assert dates.troubles(TERMS, "2026-09-19") == ["a Saturday"]
    assert dates.troubles(TERMS, "2027-05-03") == ["May Day, a bank holiday"]
    assert dates.troubles(TERMS, "2026-12-25") == ["Christmas Day, a bank holiday", "in no half-term"]
