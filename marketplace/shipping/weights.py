"""The weight a courier bills: pure rules, in grams and millimetres."""

from __future__ import annotations

from dataclasses import dataclass

from marketplace.kernel.weight import Box, Grams


@dataclass(frozen=True, slots=True)
class RoundingRule:
    """How one service turns a weight into a billed weight.

    Units: grams; `divisor` in cubic centimetres per kilogram, None where size does not count.
    A rest up to and including `round_up_over_g` beyond a whole step is dropped, more counts as a step.
    Source: the courier's published tariff.
    """

    divisor: int | None
    step_g: int
    round_up_over_g: int
    min_g: int

    def __post_init__(self) -> None:
        """Refuse a rule that could not bill anything. Raises: ValueError."""
        if self.step_g <= 0 or self.min_g < 0 or not 0 <= self.round_up_over_g < self.step_g:
            raise ValueError("a rounding rule wants step > 0, min >= 0 and 0 <= round_up_over < step")
        if self.divisor is not None and self.divisor <= 0:
            raise ValueError("a divisor is positive")


def volumetric_grams(box: Box, divisor: int) -> Grams:
    """Return the weight `box` counts for by its size, in grams, a part of a gram rounded up.

    Units: millimetres; `divisor` in cubic centimetres per kilogram, so grams = mm³ / divisor.
    Raises: ValueError if a measure or the divisor is not positive.
    """
    if divisor <= 0 or min(box.length_mm, box.width_mm, box.height_mm) <= 0:
        raise ValueError("a box and a divisor are positive")
    return Grams(-(-box.volume_mm3 // divisor))


def chargeable_grams(actual: Grams, box_mm: Box, rule: RoundingRule) -> Grams:
    """Return the weight the courier bills: the larger of actual and volumetric, rounded by `rule`, at least its minimum.

    Raises: ValueError if the weight or a measure is not positive.
    """
    if actual <= 0:
        raise ValueError("a parcel weighs something")
    heavier = actual if rule.divisor is None else max(actual, volumetric_grams(box_mm, rule.divisor))
    steps, rest = divmod(heavier, rule.step_g)
    if rest > rule.round_up_over_g:
        steps += 1
    return Grams(max(rule.min_g, steps * rule.step_g))
