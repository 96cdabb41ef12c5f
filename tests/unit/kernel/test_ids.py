"""Public numbers: unguessable when made, forgiving when read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.kernel.ids import CROCKFORD, order_number, random_code, read_number, sub_order_number


def test_numbers_are_drawn_from_the_whole_alphabet() -> None:
    """Forty bits each: no two alike among 5,000, every letter used, none that can be misread."""
    numbers = {order_number("LBK") for _ in range(5_000)}
    assert len(numbers) == 5_000
    letters = set("".join(number[4:].replace("-", "") for number in numbers))
    assert letters == set(CROCKFORD)
    assert not letters & set("ILOU")


@given(st.integers(min_value=1, max_value=99), st.sampled_from(["", "-", " ", " - ", "–", "−"]), st.booleans())
def test_a_number_typed_any_way_reads_as_printed(position: int, between: str, is_lower: bool) -> None:
    """Grouped by spaces, by any dash or not at all, in either case, with or without the part's position."""
    number = order_number("LBK")
    typed = number.replace("-", between)
    assert read_number(f"  {typed.lower() if is_lower else typed} ") == number
    part = sub_order_number(number, position)
    if between:
        assert read_number(part.replace("-", between)) == part


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("lbk-7k3m-9qxa", "LBK-7K3M-9QXA"),
        ("LBK-OILO-1234", "LBK-0110-1234"),  # misheard letters
        ("OIL-OILO-1234", "OIL-0110-1234"),  # but the prefix keeps its own
        ("LBK 7K3M 9QXA 2", "LBK-7K3M-9QXA-2"),
        ("LBK7K3M9QXA", "LBK-7K3M-9QXA"),
        ("LBK-7K 3M-9QXA", "LBK-7K3M-9QXA"),
        ("lbk", "LBK"),
        ("", ""),
        ("   ", ""),
        ("---", ""),
    ],
)
def test_typed_numbers_by_example(typed: str, read: str) -> None:
    """What people type and what we look up."""
    assert read_number(typed) == read


@given(st.text(max_size=60))
def test_nothing_typed_breaks_it(typed: str) -> None:
    """Reading never fails, and reading twice changes nothing more."""
    once = read_number(typed)
    assert isinstance(once, str)
    assert not any(letter.isspace() for letter in once)


def test_a_code_has_its_groups() -> None:
    """Groups and size are what was asked for."""
    assert [len(part) for part in random_code(3, 5).split("-")] == [5, 5, 5]
