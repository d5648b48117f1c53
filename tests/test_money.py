"""Money goes by whole pence and days by whole quarters: what is read, reckoned and said is exact."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workgroup import money


@pytest.mark.parametrize(("text", "pence"), [("£1,200", 120_000), ("12.5", 1250), ("0.29", 29), (" 3.10 ", 310)])
def test_pounds_are_read_as_people_type_them(text, pence):
    assert money.read_pounds(text) == pence


@pytest.mark.parametrize("text", ["", "x", "1.005", "-3", "1e9", "12.", "1.2.3", "99999999"])
def test_what_is_no_amount_is_not_read(text):
    with pytest.raises(ValueError):
        money.read_pounds(text)


@pytest.mark.parametrize(("text", "quarters"), [("0.25", 1), (".5", 2), ("1.0", 4), ("12", 48), ("2.75", 11), ("0", 0)])
def test_days_are_read_in_quarters(text, quarters):
    assert money.read_days(text) == quarters


@pytest.mark.parametrize("text", ["", ".", "0.3", "-1", "half", "1.125", "1000"])
def test_what_is_no_days_in_quarters_is_not_read(text):
    with pytest.raises(ValueError):
        money.read_days(text)


@given(st.integers(-400, 400), st.integers(0, 100_000))
def test_an_amount_is_to_the_penny_and_its_opposite_takes_all_of_it_back(quarters, rate):
    pence = money.amount(quarters, rate)
    assert abs(Decimal(quarters) * rate / 4 - pence) <= Decimal("0.5")
    assert pence + money.amount(-quarters, rate) == 0


def test_half_a_penny_goes_up_and_no_rate_is_no_amount():
    assert money.amount(1, 20_102) == 5026 and money.amount(-1, 20_102) == -5026
    assert money.amount(3, None) is None and money.total([100, None, 50]) == 150


@given(st.lists(st.integers(0, 10_000_000), max_size=50))
def test_an_older_table_s_pounds_give_back_their_pence(many):
    assert [money.pence_of(pence / 100) for pence in many] == many


def test_it_is_said_as_people_say_it():
    assert (money.say_pounds(123_450), money.say_pounds(-5000)) == ("£1,234.50", "−£50.00")
    assert [money.say_days(n) for n in (0, 1, 4, 8, -2)] == ["0 days", "0.25 days", "1 day", "2 days", "−0.5 days"]
