"""Money is exact: no float, no mixing, and parts that add up."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.kernel.money import Currency, CurrencyMismatchError, Money, share_out, tax_within

amounts = st.integers(min_value=-(10**15), max_value=10**15)
weights = st.lists(st.integers(min_value=0, max_value=10**12), min_size=1, max_size=12)


@pytest.mark.promise("M1")
@pytest.mark.parametrize("bad", [1.0, Decimal(1), "1", True, None])
def test_only_whole_minor_units_are_money(bad: Any) -> None:
    """A float never becomes money, and neither does a bool."""
    with pytest.raises(TypeError):
        Money(bad)
    with pytest.raises(TypeError):
        Money(1) * bad


@given(amounts, amounts)
def test_sums_and_differences_are_exact(one: int, other: int) -> None:
    """Adding and taking away again leaves what was."""
    assert Money(one) + Money(other) - Money(other) == Money(one)
    assert (Money(one) < Money(other)) == (one < other)


def test_currencies_do_not_mix() -> None:
    """A sum, a difference and a comparison of two currencies are bugs."""
    won, rupiah = Money(1, Currency.KRW), Money(1, Currency.IDR)
    for act in (lambda: won + rupiah, lambda: won - rupiah, lambda: won < rupiah):
        with pytest.raises(CurrencyMismatchError):
            act()
    assert won != rupiah


@pytest.mark.promise("M1", "I4")
@given(amounts, weights)
def test_shared_parts_add_up_and_are_near_the_exact_share(total: int, parts: list[int]) -> None:
    """The parts equal the whole; each is within one minor unit of its exact share and has the sign of the whole."""
    shares = share_out(total, parts)
    assert sum(shares) == total
    even = parts if sum(parts) else [1] * len(parts)
    for share, weight in zip(shares, even, strict=True):
        assert abs(share - Fraction(total * weight, sum(even))) < 1
        assert share * total >= 0


@given(amounts, weights)
def test_a_part_without_weight_gets_nothing(total: int, parts: list[int]) -> None:
    """Nobody pays for goods that are not theirs."""
    shares = share_out(total, [*parts, 0, 1])
    assert shares[-2] == 0


def test_ties_go_to_the_earlier_part() -> None:
    """The same input always splits the same way."""
    assert share_out(100, [1, 1, 1]) == [34, 33, 33]
    assert share_out(-100, [1, 1, 1]) == [-34, -33, -33]
    assert share_out(5, [0, 0]) == [3, 2]


@pytest.mark.parametrize("bad", [[], [1, -1]])
def test_weights_must_make_sense(bad: list[int]) -> None:
    """No weights, or a negative one, are refused."""
    with pytest.raises(ValueError, match="weights"):
        share_out(100, bad)


@pytest.mark.promise("M1")
@given(st.integers(min_value=0, max_value=10**15))
def test_contained_tax_is_rounded_half_up(price: int) -> None:
    """Eleven of 111 parts, to the nearest minor unit; never more than the price."""
    tax = tax_within(price)
    exact = Fraction(price * 11, 111)
    assert tax - Fraction(1, 2) <= exact < tax + Fraction(1, 2)
    assert 0 <= tax <= price


def test_contained_tax_by_example() -> None:
    """Rp111.000 hold Rp11.000; a half goes up; a negative price is refused."""
    assert tax_within(111_000) == 11_000
    assert tax_within(1, numerator=1, denominator=2) == 1
    with pytest.raises(ValueError, match="negative"):
        tax_within(-1)
