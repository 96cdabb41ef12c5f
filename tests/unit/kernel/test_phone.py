"""Phone numbers as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.kernel.phone import BadPhone, display_phone, normalise_phone, whatsapp_digits


@pytest.mark.row("K1")
@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("081234567890", "+6281234567890"),
        ("0812-3456-7890", "+6281234567890"),
        ("0812 3456 7890", "+6281234567890"),
        ("0812\u00a03456\u20117890", "+6281234567890"),
        ("6281234567890", "+6281234567890"),
        ("+62 812 3456 7890", "+6281234567890"),
        ("+62 (0) 812 3456 7890", "+6281234567890"),
        ("81234567890", "+6281234567890"),
        ("(0252) 201234", "+62252201234"),
        ("+82 10-1234-5678", "+821012345678"),
        ("+1 (202) 555-0123", "+12025550123"),
    ],
)
def test_what_people_write(typed: str, kept: str) -> None:
    assert normalise_phone(typed) == kept


@pytest.mark.promise("V1")
@pytest.mark.parametrize(
    "typed",
    ["", " ", "0", "08", "12345", "0812abc4567", "+", "+0812345678", "+62", "0812345678901234567", "++6281234567890",
     "٠٨١٢٣٤٥٦٧٨٩٠", "0812\x0034567890", "0812+34567890", "0" * 10_000, "01234567890"],
)  # fmt: skip
def test_what_is_no_phone_number(typed: str) -> None:
    with pytest.raises(BadPhone):
        normalise_phone(typed)


def test_how_it_is_shown() -> None:
    assert display_phone("+6281234567890") == "0812-3456-7890"
    assert display_phone("+821012345678") == "+821012345678"
    assert whatsapp_digits("+6281234567890") == "6281234567890"


@given(st.from_regex(r"8[0-9]{8,11}", fullmatch=True))
def test_normalising_again_changes_nothing_nor_does_how_it_is_shown(national: str) -> None:
    kept = normalise_phone(f"0{national}")
    assert normalise_phone(kept) == kept == normalise_phone(display_phone(kept))


@given(st.text(max_size=60))
def test_any_text_is_a_number_or_a_refusal(typed: str) -> None:
    try:
        kept = normalise_phone(typed)
    except BadPhone:
        return
    assert kept[0] == "+"
    assert kept[1:].isdecimal()
    assert len(kept) <= 16
