"""Sums are exact, tax stands per line, the code is added on top."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.orders.totals import LinePrice, order_totals, part_totals

prices = st.builds(LinePrice, st.integers(1, 9_999), st.integers(0, 10**8))


@pytest.mark.promise("M1")
def test_a_shop_with_vat_has_eleven_of_a_hundred_and_eleven_parts_per_line() -> None:
    totals = part_totals([LinePrice(1, 111_000), LinePrice(3, 50)], shipping_minor=9_000, is_pkp=True)
    assert totals.taxes_minor == (11_000, 15)  # 150 × 11 / 111 = 14,86
    assert (totals.goods_minor, totals.tax_minor, totals.total_minor) == (111_150, 11_015, 120_150)


def test_other_shops_have_no_tax_in_their_prices() -> None:
    assert part_totals([LinePrice(1, 111_000)], shipping_minor=0, is_pkp=False).tax_minor == 0


def test_the_unique_code_is_its_own_line() -> None:
    totals = order_totals([part_totals([LinePrice(2, 25_000)], shipping_minor=10_000, is_pkp=False)], unique_code_minor=123)
    assert (totals.base_minor, totals.total_minor) == (60_000, 60_123)


@pytest.mark.parametrize("line", [LinePrice(0, 1), LinePrice(-1, 1), LinePrice(1, -1)])
def test_no_part_has_such_a_line(line: LinePrice) -> None:
    with pytest.raises(ValueError, match="at least one step"):
        part_totals([line], shipping_minor=0, is_pkp=False)


def test_a_part_is_never_empty_and_a_code_never_negative() -> None:
    with pytest.raises(ValueError, match="has lines"):
        part_totals([], shipping_minor=0, is_pkp=False)
    with pytest.raises(ValueError, match="added"):
        order_totals([], unique_code_minor=-1)


@pytest.mark.promise("M1", "I4")
@given(st.lists(st.tuples(st.lists(prices, min_size=1, max_size=5), st.integers(0, 10**6), st.booleans()), max_size=7),
       st.integers(0, 999))  # fmt: skip
def test_parts_add_up_to_their_whole(drawn: list[tuple[list[LinePrice], int, bool]], code: int) -> None:
    parts = [part_totals(lines, shipping_minor=fee, is_pkp=pkp) for lines, fee, pkp in drawn]
    whole = order_totals(parts, unique_code_minor=code)
    assert whole.total_minor == sum(part.total_minor for part in parts) + code
    for part, (_, _, pkp) in zip(parts, drawn, strict=True):
        assert 0 <= part.tax_minor <= part.goods_minor
        assert pkp or part.tax_minor == 0
