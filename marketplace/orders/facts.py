"""The facts people read about a sub-order, derived from quantities and amounts alone: pure rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .models import CaseFact, FulfilmentFact, PaymentFact


@dataclass(frozen=True, slots=True)
class LineCount:
    """What became of one line, in steps of its variant; `unit_price_minor` is for one step."""

    quantity: int
    unit_price_minor: int = 0
    cancelled: int = 0
    handed_over: int = 0
    delivered: int = 0
    returned: int = 0

    @property
    def live(self) -> int:
        """Return how many steps are still wanted."""
        return self.quantity - self.cancelled


@dataclass(frozen=True, slots=True)
class Facts:
    """What a sub-order's rows say about its money and its goods."""

    payment: PaymentFact
    fulfilment: FulfilmentFact


def derive(lines: Sequence[LineCount], *, paid_minor: int, refunded_minor: int, total_minor: int) -> Facts:
    """Return the facts of a sub-order, from its lines and amounts in minor units of its order's currency."""
    return Facts(
        payment=payment_fact(
            paid_minor=paid_minor, refunded_minor=refunded_minor, due_minor=due_minor(lines, total_minor=total_minor)
        ),
        fulfilment=fulfilment_fact(lines),
    )


def due_minor(lines: Sequence[LineCount], *, total_minor: int) -> int:
    """Return what is owed after cancellations: nothing when all is cancelled, else the total less the cancelled steps."""
    if lines and not any(line.live for line in lines):
        return 0
    return max(0, total_minor - sum(line.cancelled * line.unit_price_minor for line in lines))


def payment_fact(*, paid_minor: int, refunded_minor: int, due_minor: int) -> PaymentFact:
    """Return how much of a sub-order is paid."""
    if refunded_minor > 0:
        return PaymentFact.REFUNDED if refunded_minor >= paid_minor else PaymentFact.PART_REFUNDED
    if paid_minor == 0:
        return PaymentFact.UNPAID
    return PaymentFact.PAID if paid_minor >= due_minor else PaymentFact.PART_PAID


def fulfilment_fact(lines: Sequence[LineCount]) -> FulfilmentFact:
    """Return how much of what is still wanted was handed over, arrived and came back."""
    live = sum(line.live for line in lines)
    handed = sum(line.handed_over for line in lines)
    if handed == 0:
        return FulfilmentFact.UNFULFILLED
    if handed < live:
        return FulfilmentFact.PART_SHIPPED
    if sum(line.returned for line in lines) == handed:
        return FulfilmentFact.RETURNED
    if sum(line.delivered for line in lines) == handed:
        return FulfilmentFact.DELIVERED
    return FulfilmentFact.SHIPPED


def case_fact(*, opened: int, resolved: int) -> CaseFact:
    """Return whether somebody complains, from how many cases were opened and how many of them ended."""
    if opened > resolved:
        return CaseFact.OPEN
    return CaseFact.RESOLVED if opened else CaseFact.NONE
