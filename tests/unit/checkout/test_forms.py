"""What a buyer types is bounded and typed, or wrong per field."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.checkout.forms import Contact, FieldErrors, PlaceOrder, parse_contact, parse_place_order
from marketplace.orders.models import PaymentMethod

GOOD = {
    "name": " Ibu  Ratna ", "phone": "0812-3456-7890", "email": "Ratna@Contoh.id", "district": "36.02.14",
    "street": "Jl. Multatuli 5\r\nRT 2", "postal_code": "42311", "landmark": "depan masjid", "delivery-7": "courier-3",
}  # fmt: skip
SECOND = {"method": "transfer", "seen_total_minor": "171000"}


def contact() -> Contact:
    found = parse_contact(GOOD)
    assert isinstance(found, Contact)
    return found


@pytest.mark.row("K1")
def test_the_first_page() -> None:
    found = contact()
    assert (found.name, found.phone, found.email) == ("Ibu Ratna", "+6281234567890", "ratna@contoh.id")
    assert (found.street, found.choices) == ("Jl. Multatuli 5\nRT 2", {7: "courier-3"})


@pytest.mark.row("K1")
def test_the_second_page_from_a_kept_draft() -> None:
    kept = contact().model_dump(mode="json")
    found = parse_place_order({**SECOND, "is_adult_confirmed": "on"}, contact=kept)
    assert found == PlaceOrder(
        contact=contact(), method=PaymentMethod.TRANSFER, is_adult_confirmed=True, seen_total_minor=171_000
    )


def test_email_and_landmark_may_be_empty() -> None:
    assert isinstance(parse_contact({**GOOD, "email": "", "landmark": "", "postal_code": ""}), Contact)


@pytest.mark.promise("V1")
@pytest.mark.parametrize(
    ("field", "value", "word"),
    [
        ("name", "", "required"),
        ("name", "   ", "required"),
        ("name", "x" * 81, "too_long"),
        ("name", "a\x00b", "bad_characters"),
        ("name", "a\ud800b", "bad_characters"),
        ("phone", "", "required"),
        ("phone", "12", "bad_phone"),
        ("email", "ratna", "bad_email"),
        ("email", "a@b@c.id", "bad_email"),
        ("district", "", "required"),
        ("district", "36.02", "bad_format"),
        ("district", "36.02.14.2001", "bad_format"),
        ("street", "Jl", "too_short"),
        ("street", "x" * 301, "too_long"),
        ("postal_code", "4231", "bad_format"),
        ("landmark", "x" * 201, "too_long"),
        ("price_minor", "1", "unknown_field"),
        ("delivery-7", "x" * 31, "too_long"),
        ("delivery-0", "pickup", "out_of_bounds"),
        ("delivery-9223372036854775808", "pickup", "out_of_bounds"),
        ("delivery-x", "pickup", "bad_number"),
    ],
)
def test_each_field_says_what_is_wrong(field: str, value: str, word: str) -> None:
    found = parse_contact({**GOOD, field: value})
    assert found == FieldErrors({field: word})


def test_missing_fields_are_required() -> None:
    found = parse_contact({})
    assert found == FieldErrors(dict.fromkeys(("name", "phone", "district", "street"), "required"))


@pytest.mark.promise("M2", "B2")
@pytest.mark.parametrize(
    ("field", "value", "word"),
    [
        ("method", "", "required"),
        ("method", "barter", "choose"),
        ("seen_total_minor", "-1", "out_of_bounds"),
        ("seen_total_minor", "1.5", "bad_number"),
        ("seen_total_minor", "1e3", "bad_number"),
        ("seen_total_minor", "9" * 30, "out_of_bounds"),
        ("total_minor", "1", "unknown_field"),
        ("shop_id", "1", "unknown_field"),
        ("currency", "KRW", "unknown_field"),
        ("is_adult_confirmed", "perhaps", "bad"),
    ],
)
def test_the_second_page_takes_nothing_else(field: str, value: str, word: str) -> None:
    found = parse_place_order({**SECOND, field: value}, contact=contact().model_dump(mode="json"))
    assert found == FieldErrors({field: word})


def test_too_many_deliveries_are_refused() -> None:
    found = parse_contact({**GOOD, **{f"delivery-{n}": "pickup" for n in range(1, 43)}})
    assert isinstance(found, FieldErrors)


@pytest.mark.promise("V1")
@given(st.dictionaries(st.sampled_from([*GOOD, "delivery-1", "x"]), st.text(max_size=400)))
def test_any_text_is_values_or_errors(form: dict[str, str]) -> None:
    found: Any = parse_contact({**GOOD, **form})
    assert isinstance(found, Contact | FieldErrors)
