"""What a courier asks, and what it refuses."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.kernel.weight import Box, Grams
from marketplace.shipping.parcels import Parcel, Piece, stack
from marketplace.shipping.quotes import Quote, Rate, Service, WhyNot, Withheld, courier_quote, fee_minor
from marketplace.shipping.weights import RoundingRule

JNE = RoundingRule(divisor=6000, step_g=1000, round_up_over_g=300, min_g=1000)
RATE = Rate(first_minor=10_000, next_minor=8_000, days_min=2, days_max=4)
SERVICE = Service(7, "JNE REG", JNE, max_grams=50_000, max_length_mm=1_500, refuses=frozenset({"blade"}), allows_cod=False)


def parcel(grams: int = 800, *, flags: frozenset[str] = frozenset(), box: Box = Box(100, 100, 100)) -> Parcel:
    return Parcel(Grams(grams), box, max(box.length_mm, box.width_mm), flags, value_minor=50_000)


@pytest.mark.row("H1", "H2")
@pytest.mark.parametrize(("grams", "fee"), [(1_000, 10_000), (2_000, 18_000), (3_000, 26_000), (500, 10_000)])
def test_the_first_kilogram_and_each_further_step(grams: int, fee: int) -> None:
    assert fee_minor(RATE, JNE, grams=grams) == fee


def test_a_service_with_half_kilogram_steps() -> None:
    assert fee_minor(RATE, RoundingRule(5000, 500, 0, 500), grams=1_500) == 26_000


@pytest.mark.row("H2")
def test_a_light_big_parcel_pays_for_its_size() -> None:
    quote = courier_quote(SERVICE, RATE, parcel(500, box=Box(400, 300, 300)), shop_takes_cod=True)
    assert isinstance(quote, Quote)
    assert (quote.chargeable_grams, quote.fee_minor) == (6_000, 50_000)
    assert (quote.code, quote.days_min, quote.days_max, quote.allows_cod) == ("courier-7", 2, 4, False)


@pytest.mark.row("H4")
@pytest.mark.parametrize(
    ("given_parcel", "rate", "why"),
    [
        (parcel(flags=frozenset({"blade"})), RATE, WhyNot.REFUSES_GOODS),
        (parcel(box=Box(1_501, 10, 10)), RATE, WhyNot.TOO_LONG),
        (parcel(50_301), RATE, WhyNot.TOO_HEAVY),
        (parcel(), None, WhyNot.NOT_SERVED),
    ],
)
def test_a_refused_parcel_is_no_choice(given_parcel: Parcel, rate: Rate | None, why: WhyNot) -> None:
    assert courier_quote(SERVICE, rate, given_parcel, shop_takes_cod=True) == Withheld("JNE REG", why)


@pytest.mark.parametrize(("service_cod", "shop_cod", "allowed"), [(True, True, True), (True, False, False), (False, True, False)])
def test_cash_needs_both_the_service_and_the_shop(service_cod: bool, shop_cod: bool, allowed: bool) -> None:
    quote = courier_quote(replace(SERVICE, allows_cod=service_cod), RATE, parcel(), shop_takes_cod=shop_cod)
    assert isinstance(quote, Quote)
    assert quote.allows_cod is allowed


def test_pieces_are_stacked_on_the_largest_base() -> None:
    made = stack([Piece(545, Box(160, 60, 240), 2), Piece(100, Box(300, 20, 100), 1)], flags=frozenset({"liquid"}), value_minor=1)
    assert made.grams == 1_190
    assert made.box == Box(length_mm=300, width_mm=160, height_mm=140)
    assert made.longest_mm == 300
    with pytest.raises(ValueError, match="at least one"):
        stack([], flags=frozenset(), value_minor=0)


sides = st.integers(1, 2_000)
boxes = st.builds(Box, sides, sides, sides)


@given(st.lists(st.builds(Piece, st.integers(1, 5_000), boxes, st.integers(1, 40)), min_size=1, max_size=6))
def test_a_stack_is_never_smaller_than_what_is_in_it(pieces: list[Piece]) -> None:
    made = stack(pieces, flags=frozenset(), value_minor=0)
    assert made.box.volume_mm3 >= sum(piece.box.volume_mm3 * piece.count for piece in pieces)
    assert made.longest_mm == max(max(p.box.length_mm, p.box.width_mm, p.box.height_mm) for p in pieces)


@given(st.integers(1, 200_000), st.integers(1, 200_000))
def test_more_never_costs_less(one: int, other: int) -> None:
    light, heavy = sorted((one, other))
    assert fee_minor(RATE, JNE, grams=light) <= fee_minor(RATE, JNE, grams=heavy)
