"""What a courier bills: the vectors of domain.md §6, and what must hold for every parcel."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.kernel.weight import Box, Grams
from marketplace.shipping.weights import RoundingRule, chargeable_grams, volumetric_grams

JNE = RoundingRule(divisor=6000, step_g=1000, round_up_over_g=300, min_g=1000)
SCALE = RoundingRule(divisor=5000, step_g=1, round_up_over_g=0, min_g=11_000)
FLAT = RoundingRule(divisor=None, step_g=1000, round_up_over_g=0, min_g=1000)
SMALL = Box(100, 100, 100)

grams = st.integers(1, 200_000).map(Grams)
boxes = st.builds(Box, *[st.integers(1, 3000)] * 3)
rules = st.integers(1, 5000).flatmap(
    lambda step: st.builds(
        RoundingRule,
        divisor=st.one_of(st.none(), st.integers(1000, 8000)),
        step_g=st.just(step),
        round_up_over_g=st.integers(0, step - 1),
        min_g=st.integers(0, 20_000),
    )
)


@pytest.mark.row("H2")
@pytest.mark.parametrize(
    ("actual", "billed"),
    [(300, 1000), (1000, 1000), (1300, 1000), (1310, 2000), (2200, 2000), (2300, 2000), (2301, 3000), (2450, 3000)],
)
def test_jne_rounds_as_published(actual: int, billed: int) -> None:
    assert chargeable_grams(Grams(actual), SMALL, JNE) == billed


@pytest.mark.row("H2")
def test_a_big_light_box_is_billed_by_its_size() -> None:
    box = Box(500, 500, 1001)  # 250,250 cm³, so 41.7083 kg by 6000
    assert volumetric_grams(box, 6000) == 41_709
    assert chargeable_grams(Grams(3000), box, JNE) == 42_000


def test_a_rest_of_exactly_the_tolerance_by_size_goes_down_and_a_hair_more_goes_up() -> None:
    assert chargeable_grams(Grams(100), Box(100, 100, 780), JNE) == 1000  # 1,300 g
    assert chargeable_grams(Grams(100), Box(101, 100, 780), JNE) == 2000  # 1,313 g


def test_without_rounding_the_scale_counts_above_the_first_block() -> None:
    assert chargeable_grams(Grams(5000), SMALL, SCALE) == 11_000
    assert chargeable_grams(Grams(12_345), SMALL, SCALE) == 12_345


def test_without_a_divisor_size_does_not_count() -> None:
    assert chargeable_grams(Grams(900), Box(2000, 2000, 2000), FLAT) == 1000


@pytest.mark.parametrize("box", [Box(0, 10, 10), Box(10, -1, 10), Box(10, 10, 0)])
def test_a_box_without_measures_is_refused(box: Box) -> None:
    with pytest.raises(ValueError, match="positive"):
        chargeable_grams(Grams(100), box, JNE)


def test_no_weight_and_impossible_rules_are_refused() -> None:
    with pytest.raises(ValueError, match="weighs"):
        chargeable_grams(Grams(0), SMALL, JNE)
    with pytest.raises(ValueError, match="rounding rule"):
        RoundingRule(6000, 1000, 1000, 1000)
    with pytest.raises(ValueError, match="divisor"):
        RoundingRule(0, 1000, 300, 1000)


@pytest.mark.row("H2")
@given(actual=grams, box=boxes, rule=rules)
def test_never_billed_less_than_carried_beyond_the_tolerance(actual: Grams, box: Box, rule: RoundingRule) -> None:
    billed = chargeable_grams(actual, box, rule)
    assert billed >= actual - rule.round_up_over_g
    assert billed >= rule.min_g
    assert billed == rule.min_g or billed % rule.step_g == 0


@given(actual=grams, more=st.integers(0, 50_000), box=boxes, taller=st.integers(0, 500), rule=rules)
def test_heavier_or_bigger_never_costs_less(actual: Grams, more: int, box: Box, taller: int, rule: RoundingRule) -> None:
    bigger = Box(box.length_mm, box.width_mm, box.height_mm + taller)
    assert chargeable_grams(Grams(actual + more), bigger, rule) >= chargeable_grams(actual, box, rule)
