"""Which values a property takes."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.catalog.errors import AttributeValueWrong
from marketplace.catalog.models import AttributeKind, ProductState, RevisionState
from marketplace.catalog.states import ProductMoveRefused, RevisionMoveRefused, move, move_revision
from marketplace.catalog.typing_rules import AttributeRule, Given, TypedValue, typed_value
from marketplace.catalog.unit_prices import per_100g_minor
from marketplace.language.languages import Language

CHOICE = AttributeRule(1, "form", AttributeKind.CHOICE, {"block": 7})
NUMBER = AttributeRule(2, "net", AttributeKind.NUMBER, {})
TEXT = AttributeRule(3, "ingredients", AttributeKind.TEXT, {})


@pytest.mark.parametrize(
    ("rule", "value", "kept"),
    [
        (CHOICE, "block", TypedValue(1, choice_id=7)),
        (NUMBER, 250, TypedValue(2, number_milli=250_000)),
        (NUMBER, Decimal("0.001"), TypedValue(2, number_milli=1)),
        (TEXT, {Language.ID: " Nira ", Language.KO: ""}, TypedValue(3, words={Language.ID: "Nira"})),
    ],
)
def test_keeps(rule: AttributeRule, value: Given, kept: TypedValue) -> None:
    assert typed_value(rule, value) == kept


@pytest.mark.parametrize(
    ("rule", "value"),
    [
        (CHOICE, "liquid"), (CHOICE, 7), (NUMBER, 0), (NUMBER, -1), (NUMBER, True), (NUMBER, Decimal("0.0001")), (NUMBER, "250"),
        (TEXT, "Nira"), (TEXT, {Language.KO: "수액"}), (TEXT, {Language.ID: "  "}), (TEXT, {Language.ID: "x" * 201}),
    ],
)  # fmt: skip
def test_refuses(rule: AttributeRule, value: Given) -> None:
    with pytest.raises(AttributeValueWrong):
        typed_value(rule, value)


@given(price=st.integers(1, 10**9), grams=st.integers(1, 10**6))
def test_price_per_100_g_is_within_half_a_rupiah(price: int, grams: int) -> None:
    found = per_100g_minor(price_minor=price, net_weight_grams=grams)
    assert found is not None
    assert abs(found * grams - price * 100) * 2 <= grams


def test_no_weight_no_unit_price() -> None:
    assert per_100g_minor(price_minor=1, net_weight_grams=0) is None


@pytest.mark.promise("I9")
def test_every_move_of_a_product_is_declared() -> None:
    allowed = {(a, b) for a in ProductState for b in ProductState if _moves(a, b)}
    assert len(allowed) == 13
    assert not any(b is ProductState.DRAFT and a is ProductState.PUBLISHED for a, b in allowed)
    assert not any(a is ProductState.ARCHIVED for a, _ in allowed)
    with pytest.raises(RevisionMoveRefused):
        move_revision(RevisionState.DRAFT, RevisionState.APPROVED)


def _moves(a: ProductState, b: ProductState) -> bool:
    try:
        return move(a, b) is b
    except ProductMoveRefused:
        return False
