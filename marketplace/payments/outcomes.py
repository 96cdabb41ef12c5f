"""What becomes of money that arrives: one table, decided from values alone.

================  ==========================  =====================================================================
outcome           when                        what `settle` does
================  ==========================  =====================================================================
`FULL`            open, sum = amount due      captured; shares counted; order paid; holds claimed
`SHORT`           open or closed, sum < due   state stays; money in suspense; attention SHORT, ended when the rest comes
`OVER`            open, sum > due             as FULL; the excess in suspense; attention OVER
`LATE`            closed, sum ≥ due           every line held again → as FULL; else captured, all of it asked back; attention LATE
`DOUBLE`          captured before             state stays; money in suspense; attention DOUBLE
`UNMATCHED`       voided                      state stays; money in suspense; attention UNMATCHED
================  ==========================  =====================================================================

The sum is what this payment already has in suspense plus what arrives now.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from .models import AttentionKind, PaymentState
from .states import OPEN, TAKEN


class Outcome(StrEnum):
    """What money turned out to be."""

    FULL = "full"
    SHORT = "short"
    OVER = "over"
    LATE = "late"
    DOUBLE = "double"
    UNMATCHED = "unmatched"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome, and how much of the money stays in suspense because of it (minor units)."""

    outcome: Outcome
    excess_minor: int

    @property
    def is_enough(self) -> bool:
        """Tell whether the amount due is there, in time or late."""
        return self.outcome in (Outcome.FULL, Outcome.OVER, Outcome.LATE)


ATTENTION: dict[Outcome, AttentionKind | None] = {
    Outcome.FULL: None,
    Outcome.SHORT: AttentionKind.SHORT,
    Outcome.OVER: AttentionKind.OVER,
    Outcome.LATE: AttentionKind.LATE,
    Outcome.DOUBLE: AttentionKind.DOUBLE,
    Outcome.UNMATCHED: AttentionKind.UNMATCHED,
}


def decide(state: PaymentState, *, due_minor: int, suspense_minor: int, received_minor: int) -> Verdict:
    """Return what `received_minor` is to a payment in `state` that has `suspense_minor` waiting already.

    All amounts are minor units of the payment's currency. Raises: ValueError unless money arrives and money is due.
    """
    if received_minor <= 0 or due_minor <= 0 or suspense_minor < 0:
        raise ValueError("money arrives in positive amounts, for a positive amount due")
    if state is PaymentState.VOIDED:
        return Verdict(Outcome.UNMATCHED, received_minor)
    if state in TAKEN:
        return Verdict(Outcome.DOUBLE, received_minor)
    missing = due_minor - suspense_minor - received_minor
    if missing > 0:
        return Verdict(Outcome.SHORT, received_minor)
    if state not in OPEN:
        return Verdict(Outcome.LATE, -missing)
    return Verdict(Outcome.OVER if missing else Outcome.FULL, -missing)
